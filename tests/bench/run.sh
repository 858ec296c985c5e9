#!/usr/bin/env bash
# run.sh BUILD [NAME] - every measurement, with the machine and the versions it was taken on, and at the end one table of all.
set -u
build=$1 only=${2:-}
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
export BENCH_ROWS=$work/rows
: >"$BENCH_ROWS"
echo "machine: $(nproc) x $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), $(free -h | awk '/^Mem/{print $2}'), load $(cut -d' ' -f1-3 /proc/loadavg)"
echo "system:  $(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release), $(gcc --version | head -n 1), librdkafka $(pkg-config --modversion rdkafka), protobuf-c $(pkg-config --modversion libprotobuf-c)"
echo "command: make bench${only:+ ONLY=$only}; revision $(git rev-parse --short HEAD 2>/dev/null)"
status=0

# measure NAME COMMAND... - its lines to the screen and the table
measure() {
    local name=$1
    shift
    [ -z "$only" ] || [ "$only" = "$name" ] || return 0
    echo "== $name"
    "$@" | tee -a "$work/log"
    [ "${PIPESTATUS[0]}" = 0 ] || status=1
}

: >"$work/log"
for b in "$build"/tests/bench/*_bench; do
    name=$(basename "$b")
    case $name in
    copy_bench) measure "$name" tests/support/with-kafka.sh "$b" ;;
    *) measure "$name" "$b" ;;
    esac
done
for name in workers growth chain; do
    measure "$name" python3 "tests/bench/$name.py" --build "$build"
done
python3 tests/bench/table.py "$work/log" "$work/rows" || status=1
exit $status
