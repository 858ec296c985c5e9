#!/usr/bin/env bash
# run.sh KIND BUILD NAME... - runs test programs (behind $RUN, where it is set), prints what failed, closes with "N passed, N failed, N skipped".
set -u
kind=$1 build=$2
shift 2
passed=0 failed=0 skipped=0
for t in "$@"; do
    log=$build/tests/$kind/$t.log
    CC_BUILD=$build ${RUN:-} "$build/tests/$kind/$t" >"$log" 2>&1
    code=$?
    n=$(grep -c '^\[       OK \]' "$log")
    f=$(grep -c '^\[  FAILED  \].*[^:]$' "$log")
    s=$(grep -c '^\[  SKIPPED \]' "$log")
    n=$((n - s > 0 ? n - s : (n > 0 ? n : 0)))
    if [ $code -ne 0 ]; then
        [ "$f" -gt 0 ] || f=1
        echo "FAILED $kind/$t (exit $code)"
        tail -n 40 "$log"
    fi
    passed=$((passed + n)) failed=$((failed + f)) skipped=$((skipped + s))
done
echo "$kind: $passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
