#!/usr/bin/env bash
# run.sh BUILD SECONDS NAME_fuzz... - each target for so long, from its samples, what it once broke on, and what it found
# before (BUILD/corpus/NAME). The first that breaks ends it; its input lies in BUILD/crash-NAME-….
set -u
build=$1 time=$2
shift 2
for t in "$@"; do
    name=${t%_fuzz} corpus=$build/corpus/${t%_fuzz} from=()
    mkdir -p "$corpus"
    for d in tests/fuzz/$name tests/fuzz/crashes/$name "$build/tests/seeds/$name"; do [ -d "$d" ] && from+=("$d"); done
    "$build/tests/fuzz/$t" -max_total_time="$time" -rss_limit_mb=2048 -timeout=20 -print_final_stats=1 -dict="tests/fuzz/$name.dict" \
        -artifact_prefix="$build/crash-$name-" "$corpus" "${from[@]}" >"$build/$t.log" 2>&1 ||
        { tail -n 40 "$build/$t.log"; echo "fuzz: $name: broken, see $build/$t.log"; exit 1; }
    awk -v name="$name" '/cov: /{ for (i = 1; i < NF; i++) if ($i == "cov:") cov = $(i + 1) }
        /number_of_executed_units/{ n = $2 } /average_exec_per_sec/{ s = $2 }
        END { printf "%-10s %9d inputs, %6d a second, %6d edges\n", name, n, s, cov }' "$build/$t.log"
done
echo "fuzz: $# passed, 0 failed, 0 skipped"
