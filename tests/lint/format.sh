#!/usr/bin/env bash
# format.sh - clang-format would change nothing
set -u
files=$(git ls-files 'common/*.[ch]' 'services/*.[ch]' 'tests/*.[ch]')
out=$(clang-format --dry-run $files 2>&1 | grep -E 'warning:' | cut -d: -f1 | sort | uniq -c)
[ -z "$out" ] && { echo "format: clean"; exit 0; }
echo "$out"
echo "format: run make fmt"
exit 1
