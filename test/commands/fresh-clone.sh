#!/usr/bin/env bash
# What README promises a newcomer: clone into an empty folder, `npm start`, and it serves, twice in a row,
# with nothing installed by hand and an empty npm cache; then `npm test`.
set -euo pipefail
here=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

git clone -q "$here" "$folder/forgemoot"
cd "$folder/forgemoot"
export npm_config_cache="$folder/npm-cache" PORT=18787

serves() {
  npm start -- --no-browser >"$folder/start.log" 2>&1 &
  local started=$!
  for _ in $(seq 180); do
    if curl -fs "http://127.0.0.1:$PORT/readyz" >/dev/null 2>&1; then
      curl -fs "http://127.0.0.1:$PORT/v1/about"
      echo
      [ -f .output/chrome-mv3/manifest.json ] && [ -f .output/firefox-mv3/manifest.json ]
      kill "$started"
      wait "$started" 2>/dev/null || true
      for _ in $(seq 50); do
        curl -fs "http://127.0.0.1:$PORT/healthz" >/dev/null 2>&1 || return 0
        sleep 0.2
      done
      echo "the server outlived npm start" >&2
      return 1
    fi
    kill -0 "$started" 2>/dev/null || break
    sleep 1
  done
  echo "npm start did not serve:" >&2
  cat "$folder/start.log" >&2
  kill "$started" 2>/dev/null || true
  return 1
}

serves
serves
npm test
[ -z "$(git status --porcelain)" ] || { git status --short; echo "the commands changed the checkout" >&2; exit 1; }
echo "a fresh clone serves, twice, and passes its tests"
