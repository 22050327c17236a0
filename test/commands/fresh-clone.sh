#!/usr/bin/env bash
# What README promises a newcomer: clone into an empty folder, `npm start`, and it serves, twice in a row,
# with nothing installed by hand and an empty npm cache, and the demo; then `npm test`, as often in a row as
# is asked (`fresh-clone.sh 2`). Once packages are there nothing needs a network, which is shown by there being
# none.
set -euo pipefail
here=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

git clone -q "$here" "$folder/forgemoot"
cd "$folder/forgemoot"
export npm_config_cache="$folder/npm-cache"

without=(bash test/commands/without-network.sh)
"${without[@]}" true || without=()

bash test/commands/serves.sh
STRICT=1 "${without[@]}" bash test/commands/serves.sh
STRICT=1 "${without[@]}" bash test/commands/serves.sh --demo
times=${1:-1}
for _ in $(seq "$times"); do "${without[@]}" npm test; done
[ -z "$(git status --porcelain)" ] || { git status --short; echo "the commands changed the checkout" >&2; exit 1; }
[ "${#without[@]}" -gt 0 ] && where=" without a network" || where=""
echo "a fresh clone serves, twice, and passes its tests, $times in a row$where"
