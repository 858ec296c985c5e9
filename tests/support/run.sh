#!/usr/bin/env bash
# run.sh KIND BUILD NAME... - runs test programs (behind $RUN, where it is set; $JOBS at a time), prints what failed, closes with "N passed, N failed, N skipped".
set -u
export kind=$1 build=$2
shift 2
passed=0 failed=0 skipped=0

# run_one NAME - its output and its exit code beside it
run_one() {
    log=$build/tests/$kind/$1.log
    CC_BUILD=$build ${RUN:-} "$build/tests/$kind/$1" >"$log" 2>&1
    echo $? >"$log.code"
}
export -f run_one

for t in "$@"; do
    rm -f "$build/tests/$kind/$t.log.code"
done
printf '%s\n' "$@" | xargs -P "${JOBS:-1}" -I NAME bash -c 'run_one NAME'
for t in "$@"; do
    log=$build/tests/$kind/$t.log
    code=$(cat "$log.code" 2>/dev/null || echo "not run")
    n=$(grep -c '^\[       OK \]' "$log")
    f=$(grep -c '^\[  FAILED  \].*[^:]$' "$log")
    s=$(grep -c '^\[  SKIPPED \]' "$log")
    n=$((n - s > 0 ? n - s : (n > 0 ? n : 0)))
    if [ "$code" != 0 ]; then
        [ "$f" -gt 0 ] || f=1
        echo "FAILED $kind/$t (exit $code)"
        tail -n 40 "$log"
    fi
    passed=$((passed + n)) failed=$((failed + f)) skipped=$((skipped + s))
done
echo "$kind: $passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
