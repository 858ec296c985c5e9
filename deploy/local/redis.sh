#!/usr/bin/env bash
# redis.sh - a private redis-server on loopback, with port and data of its own.
#
#   redis.sh start DIR    the last line printed is its URL; one that died is started again on its port and data, one that runs is left alone
#   redis.sh stop DIR     data stays
#   redis.sh kill9 DIR
set -euo pipefail
say() { echo "redis: $*" >&2; }
die() { say "$*"; exit 1; }

# alive DIR - is the process of the pid file a redis-server, and there?
alive() {
    [ -f "$1/pid" ] && kill -0 "$(cat "$1/pid")" 2>/dev/null && grep -qz 'redis-server' "/proc/$(cat "$1/pid")/cmdline" 2>/dev/null
}

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

start() {
    local dir=$1 i
    mkdir -p "$dir"
    dir=$(cd "$dir" && pwd)
    exec 9>"$dir/lock"
    flock 9
    [ -f "$dir/port" ] || free_port >"$dir/port"
    if ! alive "$dir"; then
        (
            exec 9>&- </dev/null >>"$dir/out.log" 2>&1
            exec setsid redis-server --port "$(cat "$dir/port")" --bind 127.0.0.1 --dir "$dir" --save "" --appendonly yes --daemonize no
        ) &
        echo $! >"$dir/pid"
    fi
    for ((i = 0; i < 100; i++)); do
        [ "$(redis-cli -h 127.0.0.1 -p "$(cat "$dir/port")" ping 2>/dev/null)" = PONG ] && break
        alive "$dir" || sleep 0.3
        alive "$dir" || { tail -n 20 "$dir/out.log" >&2; die "did not start"; }
        sleep 0.1
    done
    [ $i -lt 100 ] || die "does not answer"
    echo "redis://127.0.0.1:$(cat "$dir/port")"
}

# end DIR SIGNAL - and wait until it is gone
end() {
    local dir=$1 i
    alive "$dir" || return 0
    kill "-$2" "$(cat "$dir/pid")"
    for ((i = 0; i < 50; i++)); do alive "$dir" || break; sleep 0.1; done
    alive "$dir" && kill -9 "$(cat "$dir/pid")"
    rm -f "$dir/pid"
}

[ $# -eq 2 ] || { sed -n '2,6p' "${BASH_SOURCE[0]}" | cut -c3- >&2; exit 2; }
case "$1" in
start) start "$2" ;;
stop) end "$2" TERM ;;
kill9) end "$2" KILL ;;
*) die "start, stop or kill9" ;;
esac
