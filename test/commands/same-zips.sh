#!/usr/bin/env bash
# The zips for the stores are reproducible: made twice, they have the same bytes.
set -euo pipefail
cd "$(git -C "$(dirname "$0")" rev-parse --show-toplevel)"

zips() {
  rm -f .output/*.zip
  npm run -s zip >/dev/null
  (cd .output && sha256sum ./*.zip)
}

first=$(zips)
second=$(zips)
echo "$second"
[ "$first" = "$second" ] || { echo "made again, the zips differ:" >&2; echo "$first" >&2; exit 1; }
echo "the zips are reproducible"
