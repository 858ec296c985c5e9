#!/usr/bin/env bash
# all.sh BUILD - make test: every kind of test in order, each kind's last line collected, the sum at the end.
set -u
build=$1
log=$build/test-summary.txt
mkdir -p "$build"
: >"$log"
status=0

# kind NAME TARGET... - runs make TARGET, keeps its line "NAME: N passed, N failed, N skipped"; a kind that ends without one failed
kind() {
    local name=$1 line well=yes
    shift
    echo "== $name"
    make --no-print-directory BUILD="$build" "$@" 2>&1 | tee "$build/$name.out"
    [ "${PIPESTATUS[0]}" -eq 0 ] || well=no
    line=$(grep -oE "$name: [0-9]+ passed, [0-9]+ failed, [0-9]+ skipped" "$build/$name.out" | tail -n 1)
    case $well:$line in
    *: | no:*" 0 failed"*) line="$name: 0 passed, 1 failed, 0 skipped" ;;
    esac
    [ $well = yes ] || status=1
    echo "$line" >>"$log"
}

make --no-print-directory BUILD="$build" -j"$(nproc)" all || exit 1
kind unit -j"$(nproc)" unit
kind sim sim
kind oracle oracle
kind component component
kind e2e e2e
kind chaos chaos SHORT=1
kind deploy deploy-test
echo
cat "$log"
awk '{ p += $2; f += $4; s += $6 } END { printf "%d passed, %d failed, %d skipped\n", p, f, s; exit f > 0 }' "$log" || status=1
exit $status
