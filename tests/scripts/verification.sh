#!/usr/bin/env bash
# The commands of docs/verification.md, taken from the page as they stand, run on a ledger that the program made
# and exported; and once more on changed copies, where they must fail.
# usage: BUILD=build tests/scripts/verification.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
build=$(cd "${BUILD:-build}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Every block that begins with ```sh, in order.
{
	echo 'set -eu'
	sed -n '/^```sh$/,/^```$/{/^```/d;p}' docs/verification.md
} > "$work/page.sh"
[ "$(wc -l < "$work/page.sh")" -gt 80 ] || { echo "the page has lost its commands" >&2; exit 1; }

# Where events lie when there are many.
# shellcheck disable=SC2034 # the page's function reads it
size=1234567
eval "$(sed -n '/^bundle() {/,/^}/p' "$work/page.sh")"
[ "$(bundle tile/entries 255) $(bundle payload 256)" = "tile/entries/000 payload/001" ]
[ "$(bundle tile/entries 1234560)" = "tile/entries/x004/822.p/135" ]
# shellcheck disable=SC2034
size=400000000
[ "$(bundle tile/entries 315921279)" = "tile/entries/x001/x234/067" ]

# A small office: a task opened, its receipt kept, an act more, and the export.
mkdir "$work/whole"
data=$work/data
bihuan() { "$build/bihuan" "$@" --lang en; }
bihuan init "$data" --institution institutions/minimal --now 2018-12-31T08:00 > /dev/null
bihuan open "$data" task 'title=Repair the sluice' lead_unit=projects leader=deputy-director-2 due=2019-03-29 \
	--as li.zhufei --now 2019-01-07T09:00 > /dev/null
index=$(($(bihuan checkpoint "$data" | sed -n 2p) - 1))
bihuan checkpoint "$data" --key > "$work/whole/vkey.txt"
bihuan receipt "$data" "$index" > "$work/whole/receipt.txt"
bihuan act "$data" '督〔2019〕1号' send --as li.zhufei --now 2019-01-08T09:00 > /dev/null
bihuan export-ledger "$data" "$work/whole/ledger.tar" --now 2019-01-09T09:00 > /dev/null
bihuan verify "$work/whole/ledger.tar" --key @"$work/whole/vkey.txt" --since "$work/whole/receipt.txt"

run() { (cd "$1" && bash "$work/page.sh" 2>&1); }

run "$work/whole" > "$work/said" || { cat "$work/said" >&2; echo "the page's commands fail on a true ledger" >&2; exit 1; }
grep -q '^{"act":"matter.open' "$work/said"
grep -q 'Repair the sluice' "$work/said"
[ "$(grep -c 'Signature Verified Successfully' "$work/said")" = 2 ]

# change FILE EDIT: the page's commands must notice.
change() {
	rm -rf "$work/changed" && mkdir "$work/changed"
	cp "$work/whole/"{ledger.tar,vkey.txt,receipt.txt} "$work/changed"
	LC_ALL=C sed -i "$2" "$work/changed/$1"
	! cmp -s "$work/whole/$1" "$work/changed/$1" || { echo "$1: $2 changes nothing" >&2; exit 1; }
	if run "$work/changed" > "$work/said"; then
		cat "$work/said"
		echo "$1, $2: the page's commands notice nothing" >&2
		exit 1
	fi
}
change ledger.tar 's/"act":"matter.open/"act":"mattes.open/' # the event of the receipt
change ledger.tar 's/Repair the sluice/Repair the sluicf/'   # its payload
change ledger.tar "s/^$((index + 2))\$/$((index + 3))/"      # the signed size
change vkey.txt 's/^bureau/bureaux/'
change receipt.txt "2s/ $index\$/ $((index - 1))/"           # another event's receipt
change receipt.txt '3s/^A/C/;t;3s/^./A/'                      # a hash beside the way
echo "the commands of docs/verification.md hold on $(sed -n 2p "$work/whole/checkpoint") events and fail on changed copies"
