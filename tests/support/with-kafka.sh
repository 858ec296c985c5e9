#!/usr/bin/env bash
# with-kafka.sh COMMAND... - a real Kafka and a real Redis of its own for one command: CC_KAFKA and CC_REDIS name them.
set -u
dir=$(mktemp -d "${TMPDIR:-/tmp}/cleanclaim-XXXXXX")
here=$(dirname "$0")/../../deploy/local
finish() {
    "$here/kafka.sh" stop "$dir/kafka" >/dev/null 2>&1
    "$here/redis.sh" stop "$dir/redis" >/dev/null 2>&1
    rm -rf "$dir"
}
trap finish EXIT
trap 'exit 130' INT TERM
CC_KAFKA=$("$here/kafka.sh" start "$dir/kafka" | tail -n 1) || { echo "Kafka did not start"; exit 1; }
CC_REDIS=$("$here/redis.sh" start "$dir/redis" | tail -n 1) || { echo "Redis did not start"; exit 1; }
export CC_KAFKA CC_REDIS
"$@"
