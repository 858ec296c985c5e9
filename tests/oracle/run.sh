#!/usr/bin/env bash
# run.sh BUILD [NAME] - second readings of the rules in another language, compared claim by claim with ours; exit 77 = skipped. CLAIMS: how many, for the
# grouper: drg_check (4,000 here, 100,000 as measured), drg_beside and mce_beside (2,000, 20,000).
set -u
build=$1 only=${2:-}
passed=0 failed=0 skipped=0
for x in tests/oracle/*_oracle.py tests/accuracy/drg_check.py tests/accuracy/drg_beside.py tests/accuracy/mce_beside.py; do
    name=$(basename "$x" .py)
    [ -z "$only" ] || [ "$only" = "$name" ] || continue
    case $name in
    drg_beside | mce_beside) .cache/venv/bin/python3 "$x" "$build" "${CLAIMS:-2000}" ;;
    drg_check) python3 "$x" "$build" "${CLAIMS:-4000}" ;;
    *) python3 "$x" "$build" ;;
    esac
    case $? in
    0) passed=$((passed + 1)) ;;
    77) skipped=$((skipped + 1)) ;;
    *) failed=$((failed + 1)) && echo "FAILED $name" ;;
    esac
done
echo "oracle: $passed passed, $failed failed, $skipped skipped"
exit $((failed > 0))
