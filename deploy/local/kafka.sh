#!/usr/bin/env bash
# kafka.sh - a real Apache Kafka (KRaft) on loopback, with ports and data of its own, for tests and trying out.
#
#   kafka.sh start DIR [BROKERS [PORTS]]
#                                  1 (default) or 3 brokers; the last line printed is the bootstrap address. Started ones that
#                                  died are started again on their ports and data; running ones are left alone. PORTS, one a
#                                  broker, comma separated: a second listener each for clients that come through a proxy; they
#                                  are told the proxy's PORTS, and the listeners themselves are in DIR/behind, host:port a line.
#   kafka.sh secure DIR CERTS      one broker with TLS, SASL and ACLs (secure.properties); CERTS holds ca.pem, server.both.pem (its key and
#                                  certificate), jwks.json, and users: NAME PASSWORD a line, for SCRAM-SHA-512; "admin" may do everything,
#                                  as may the broker itself, "server". The last line but one is the address for who has a certificate.
#   kafka.sh stop DIR              all brokers, in order; data stays
#   kafka.sh kill9 DIR [N]         kill -9 of broker N (default: all)
#   kafka.sh jars                  only fetches and checks the jars
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
jars=$root/.cache/kafka-4.1.2
say() { echo "kafka: $*" >&2; }
die() { say "$*"; exit 1; }

# checked - are exactly the pinned jars there, byte for byte?
checked() {
    [ -d "$1" ] && [ "$(find "$1" -name '*.jar' | wc -l)" -eq "$(wc -l <"$here/kafka-jars.sha256")" ] &&
        (cd "$1" && sha256sum --quiet --check "$here/kafka-jars.sha256" >&2)
}

# fetch_jars - by Maven, once; several at a time wait for the first
fetch_jars() {
    mkdir -p "$root/.cache"
    exec 8>"$root/.cache/kafka.lock"
    flock 8
    if [ ! -f "$jars/checked" ]; then
        say "fetching the broker's jars by Maven into .cache/ (54 MB, once)"
        rm -rf "$jars.new"
        mvn -q -B -Dstyle.color=never -f "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$jars.new" >&2 || die "Maven could not fetch the jars"
        checked "$jars.new" || die "the jars are not the pinned ones (kafka-jars.sha256)"
        rm -rf "$jars"
        mv "$jars.new" "$jars"
        touch "$jars/checked"
    fi
    exec 8>&-
}

# free_ports N - ports nobody listens on, one a line
free_ports() {
    python3 - "$1" <<'P'
import socket, sys
held = [socket.socket() for _ in range(int(sys.argv[1]))]
for s in held:
    s.bind(("127.0.0.1", 0))
print("\n".join(str(s.getsockname()[1]) for s in held))
P
}

# alive FILE - is the process of a pid file ours and there?
alive() {
    [ -f "$1" ] && kill -0 "$(cat "$1")" 2>/dev/null && grep -qz 'kafka.Kafka' "/proc/$(cat "$1")/cmdline" 2>/dev/null
}

# heap DIR - three brokers share a machine that one has for itself: less memory, and no time for the second compiler
heap() { if [ "$(brokers_of "$1" | wc -l)" -ge 3 ]; then echo "-Xmx256m -Xms96m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"; else echo "-Xmx512m -Xms128m"; fi; }

# secured DIR CERTS PORT SSL_PORT CONTROLLER_PORT - the lines of secure.properties; prints who may log in as StorageTool wants it
secured() {
    local dir=$1 certs=$2 name password
    sed -e "s|@CERTS@|$certs|;s|@PORT@|$3|;s|@SSL_PORT@|$4|;s|@CONTROLLER_PORT@|$5|" "$here/secure.properties" >>"$dir/1/server.properties"
    echo "-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=file://$certs/jwks.json -Dorg.apache.kafka.sasl.oauthbearer.allowed.files=$certs/jwks.json" >"$dir/1/jvm"
    echo "127.0.0.1:$4" >"$dir/ssl"
    while read -r name password; do printf -- '--add-scram\nSCRAM-SHA-512=[name=%s,password=%s]\n' "$name" "$password"; done <"$certs/users"
}

java_run() { java -Xmx512m -Xms128m -Djava.awt.headless=true -Dlog4j2.configurationFile="$1/log4j2.properties" -cp "$jars/*" "${@:2}"; }

# new_cluster DIR BROKERS PORTS CERTS - configuration, ports, formatted storage
new_cluster() {
    local dir=$1 n=$2 certs=$4 copies=1 isr=1 voters="" i more="" told="" users=()
    [ "$n" -ge 3 ] && copies=3 isr=2
    mapfile -t port < <(free_ports $((3 * n)))
    IFS=, read -ra proxy <<<"$3"
    [ -z "$3" ] || [ "${#proxy[@]}" -eq "$n" ] || die "as many PORTS as brokers"
    for ((i = 0; i < n; i++)); do voters+="${voters:+,}$((i + 1))@127.0.0.1:${port[n + i]}"; done
    local id=-
    while [ "${id:0:1}" = - ]; do id=$(head -c 16 /dev/urandom | base64 | tr '+/' '-_' | tr -d =); done
    cat >"$dir/log4j2.properties" <<'P'
status = error
appender.out.type = Console
appender.out.name = out
appender.out.layout.type = PatternLayout
appender.out.layout.pattern = %d %p %m (%c)%n
rootLogger.level = warn
rootLogger.appenderRef.out.ref = out
logger.server.name = kafka.server.KafkaRaftServer
logger.server.level = info
P
    for ((i = 1; i <= n; i++)); do
        mkdir -p "$dir/$i"
        [ -z "$3" ] || more=",PROXIED://127.0.0.1:${port[2 * n + i - 1]}" told=",PROXIED://127.0.0.1:${proxy[i - 1]}"
        cat >"$dir/$i/server.properties" <<P
process.roles=broker,controller
node.id=$i
controller.quorum.voters=$voters
listeners=PLAINTEXT://127.0.0.1:${port[i - 1]},CONTROLLER://127.0.0.1:${port[n + i - 1]}$more
advertised.listeners=PLAINTEXT://127.0.0.1:${port[i - 1]}$told
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,PROXIED:PLAINTEXT
log.dirs=$dir/$i/data
auto.create.topics.enable=false
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
min.insync.replicas=$isr
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
default.replication.factor=$copies
offsets.topic.replication.factor=$copies
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=$copies
transaction.state.log.min.isr=$isr
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=$copies
share.coordinator.state.topic.min.isr=$isr
log.cleaner.dedupe.buffer.size=16777216
num.network.threads=2
num.io.threads=4
P
        [ -z "$certs" ] || mapfile -t users < <(secured "$dir" "$certs" "${port[0]}" "${port[2]}" "${port[1]}")
        java_run "$dir" kafka.tools.StorageTool format --ignore-formatted -t "$id" "${users[@]}" -c "$dir/$i/server.properties" >"$dir/$i/format.log" 2>&1 ||
            { cat "$dir/$i/format.log" >&2; die "formatting failed"; }
    done
    [ -z "$3" ] || printf '127.0.0.1:%s\n' "${port[@]:2 * n:n}" >"$dir/behind"
    printf '127.0.0.1:%s\n' "${port[@]:0:n}" | paste -sd, >"$dir/bootstrap.new"
    mv "$dir/bootstrap.new" "$dir/bootstrap"
}

# start_broker DIR N - in the background, unless it runs
start_broker() {
    local b=$1/$2
    alive "$b/pid" && return 0
    : >"$b/out.log"
    (
        exec 8>&- 9>&- </dev/null >>"$b/out.log" 2>&1
        cd "$b"
        # shellcheck disable=SC2046  # several words are meant
        exec setsid java $(heap "$1") -Djava.awt.headless=true -Dlog4j2.configurationFile="$1/log4j2.properties" \
            $(cat jvm 2>/dev/null) -cp "$jars/*" kafka.Kafka "$b/server.properties"
    ) &
    echo $! >"$b/pid"
}

# wait_for DIR N - until it says that it serves; 1: it ended instead, or hangs
wait_for() {
    local b=$1/$2 i
    for ((i = 0; i < 600; i++)); do
        grep -q 'Kafka Server started' "$b/out.log" && return 0
        alive "$b/pid" || sleep 0.5
        alive "$b/pid" || return 1
        sleep 0.1
    done
    return 1
}

# served DIR N - waits; one that ended while it started is started again, as who keeps a broker running does
served() {
    local i
    for i in 1 2 3; do
        wait_for "$1" "$2" && return 0
        say "broker $2 did not start ($i of 3)"
        tail -n 20 "$1/$2/out.log" >&2
        [ "$i" = 3 ] || start_broker "$1" "$2"
    done
    return 1
}

brokers_of() { find "$1" -mindepth 2 -maxdepth 2 -name server.properties -printf '%h\n' | xargs -rn1 basename | sort -n; }

start() {
    local dir=$1 n=${2:-1} ports=${3:-} certs=${4:-} i
    [[ $n = 1 || $n = 3 ]] || die "1 or 3 brokers"
    fetch_jars
    mkdir -p "$dir"
    dir=$(cd "$dir" && pwd)
    exec 9>"$dir/lock"
    flock 9
    [ -f "$dir/bootstrap" ] || new_cluster "$dir" "$n" "$ports" "${certs:+$(cd "$certs" && pwd)}"
    for i in $(brokers_of "$dir"); do start_broker "$dir" "$i"; done
    for i in $(brokers_of "$dir"); do served "$dir" "$i" || die "broker $i did not start"; done
    [ ! -f "$dir/ssl" ] || cat "$dir/ssl"
    cat "$dir/bootstrap"
}

# end DIR SIGNAL [N] - and wait until they are gone
end() {
    local dir=$1 signal=$2 only=${3:-} i j pid
    [ -d "$dir" ] || return 0
    for i in $(brokers_of "$dir"); do
        [ -n "$only" ] && [ "$only" != "$i" ] && continue
        alive "$dir/$i/pid" && kill "-$signal" "$(cat "$dir/$i/pid")"
    done
    for i in $(brokers_of "$dir"); do
        [ -n "$only" ] && [ "$only" != "$i" ] && continue
        for ((j = 0; j < 150; j++)); do alive "$dir/$i/pid" || break; sleep 0.1; done
        if alive "$dir/$i/pid"; then pid=$(cat "$dir/$i/pid"); say "broker $i does not stop, killed"; kill -9 "$pid"; fi
        rm -f "$dir/$i/pid"
    done
}

case "${1:-}" in
start) [ $# -ge 2 ] || die "start DIR [BROKERS [PORTS]]"; start "$2" "${3:-1}" "${4:-}" ;;
secure) [ $# -eq 3 ] || die "secure DIR CERTS"; start "$2" 1 "" "$3" ;;
stop) [ $# -eq 2 ] || die "stop DIR"; end "$2" TERM ;;
kill9) [ $# -ge 2 ] || die "kill9 DIR [N]"; end "$2" KILL "${3:-}" ;;
jars) fetch_jars ;;
*) sed -n '2,14p' "${BASH_SOURCE[0]}" | cut -c3- >&2; exit 2 ;;
esac
