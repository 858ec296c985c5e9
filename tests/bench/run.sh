#!/usr/bin/env bash
# run.sh BUILD [NAME] - every measurement, with the machine and the versions it was taken on.
set -u
build=$1 only=${2:-}
echo "machine: $(nproc) x $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), $(free -h | awk '/^Mem/{print $2}')"
echo "system:  $(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release), $(gcc --version | head -n 1), librdkafka $(pkg-config --modversion rdkafka), protobuf-c $(pkg-config --modversion libprotobuf-c)"
echo "command: make bench${only:+ ONLY=$only}; revision $(git rev-parse --short HEAD 2>/dev/null)"
status=0
for b in "$build"/tests/bench/*_bench; do
    name=$(basename "$b")
    [ -z "$only" ] || [ "$only" = "$name" ] || continue
    echo "== $name"
    case $name in
    copy_bench) tests/support/with-kafka.sh "$b" || status=1 ;;
    drg_bench)
        "$b" "$build/drg-claims.jsonl" | tee "$build/drg-rates.txt"
        [ "${PIPESTATUS[0]}" -eq 0 ] || status=1
        .cache/venv/bin/python3 tests/bench/drg_beside.py "$build/drg-rates.txt" "$build/drg-claims.jsonl" || status=1
        ;;
    *) "$b" || status=1 ;;
    esac
done
for name in workers chain; do
    [ -z "$only" ] || [ "$only" = "$name" ] || continue
    echo "== $name"
    python3 "tests/bench/$name.py" --build "$build" || status=1
done
exit $status
