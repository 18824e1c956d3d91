#!/usr/bin/env bash
# Each header compiles alone, so that no file depends on what another happened to include before it.
# usage: headers_alone.sh ROOT BUILD CC…
set -uo pipefail
root=$1 build=$2
shift 2

failed=0
for header in "$root"/src/*/*.h; do
	"$@" -std=gnu17 -D_GNU_SOURCE -Wall -Wextra -Werror -fsyntax-only -x c -I"$root/src" -I"$build/src" \
		-include "$header" /dev/null || {
		echo "${header#"$root"/}: does not compile alone: include what it uses"
		failed=1
	}
done
exit $failed
