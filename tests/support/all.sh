#!/usr/bin/env bash
# all.sh BUILD - make test: every kind of test in order, each kind's last line collected, the sum at the end.
set -u
build=$1
log=$build/test-summary.txt
mkdir -p "$build"
: >"$log"
status=0

# kind NAME TARGET... - runs make TARGET, keeps its line "NAME: N passed, N failed, N skipped"
kind() {
    local name=$1
    shift
    echo "== $name"
    make --no-print-directory BUILD="$build" "$@" 2>&1 | tee "$build/$name.out"
    if [ "${PIPESTATUS[0]}" -ne 0 ]; then
        status=1
        grep -qE "^$name: [0-9]+ passed, [1-9][0-9]* failed" "$build/$name.out" || echo "$name: 0 passed, 1 failed, 0 skipped" >>"$log"
    fi
    grep -E "^$name: [0-9]+ passed" "$build/$name.out" | tail -n 1 >>"$log"
}

make --no-print-directory BUILD="$build" -j"$(nproc)" all || exit 1
kind unit -j"$(nproc)" unit
kind component component
kind e2e e2e
kind chaos chaos SHORT=1
echo
cat "$log"
awk '{ p += $2; f += $4; s += $6 } END { printf "%d passed, %d failed, %d skipped\n", p, f, s; exit f > 0 }' "$log" || status=1
exit $status
