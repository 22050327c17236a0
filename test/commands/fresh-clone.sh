#!/usr/bin/env bash
# `fresh-clone.sh COMMAND…`: what README promises a newcomer. A clone in an empty folder, with nothing installed
# by hand and an empty npm cache: `npm start` serves, twice in a row, and so does the demo; then the command runs
# there, as often in a row as TIMES says. Once packages are there nothing needs a network, which is shown by
# there being none.
set -euo pipefail
here=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

git clone -q "$here" "$folder/forgemoot"
# Pages that tests look at where somebody has put them beside the checkout.
[ ! -d "$here/../shared" ] || ln -s "$(realpath "$here/../shared")" "$folder/shared"
cd "$folder/forgemoot"
export npm_config_cache="$folder/npm-cache"

without=(bash test/commands/without-network.sh)
"${without[@]}" true || without=()

bash test/commands/serves.sh
STRICT=1 "${without[@]}" bash test/commands/serves.sh
STRICT=1 "${without[@]}" bash test/commands/serves.sh --demo
times=${TIMES:-1}
for _ in $(seq "$times"); do "${without[@]}" "$@"; done
[ -z "$(git status --porcelain)" ] || { git status --short; echo "the commands changed the checkout" >&2; exit 1; }
[ "${#without[@]}" -gt 0 ] && where=" without a network" || where=""
echo "a fresh clone serves, twice, and $* passes there, $times in a row$where"
