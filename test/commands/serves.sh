#!/usr/bin/env bash
# `npm start -- --no-browser` in this clone builds both extensions and serves, and nothing outlives it. With
# `--demo` it serves a repository by value, in which people have voted.
set -euo pipefail
cd "$(dirname "$0")/../.."
export PORT=${PORT:-18787}
log=$(mktemp)
trap 'rm -f "$log"' EXIT

npm start -- --no-browser "$@" >"$log" 2>&1 &
started=$!
for _ in $(seq 180); do
  if grep -q 'Ctrl+C stops everything' "$log"; then
    curl -fs "http://127.0.0.1:$PORT/readyz" >/dev/null
    curl -fs "http://127.0.0.1:$PORT/v1/about"
    echo
    if [ "${1-}" = --demo ]; then
      curl -fs "http://127.0.0.1:$PORT/v1/feed?repo=github.com/moot/garden&limit=1" | grep '"up":[1-9]'
    fi
    [ -f .output/chrome-mv3/manifest.json ] && [ -f .output/firefox-mv3/manifest.json ]
    kill "$started"
    wait "$started" 2>/dev/null || true
    for _ in $(seq 50); do
      curl -fs "http://127.0.0.1:$PORT/healthz" >/dev/null 2>&1 || exit 0
      sleep 0.2
    done
    echo "the server outlived npm start" >&2
    exit 1
  fi
  kill -0 "$started" 2>/dev/null || break
  sleep 1
done
echo "npm start did not serve:" >&2
cat "$log" >&2
kill "$started" 2>/dev/null || true
exit 1
