#!/usr/bin/env bash
# floors.sh - a room includes only rooms of lower floors, and third-party headers only where the design lets them in.
set -u
awk '
function fail(why) { printf "%s:%d: %s: %s\n", FILENAME, FNR, why, $0; bad = 1 }
BEGIN {
    split("base:0 codes:1 sys:1 drg:1 mce:1 event:2 tables:2 x12:2 bus:3 store:3 state:3 claim:3 text:3 price:4 hcc:4 svc:4 rules:1", f, " ")
    for (i in f) { split(f[i], kv, ":"); floor[kv[1]] = kv[2] }
    # header (prefix) -> rooms that may include it
    third["librdkafka/"] = "common/bus"
    third["hiredis/"] = "common/store"
    third["lmdb.h"] = "common/state"
    third["microhttpd.h"] = "common/svc services/intake"
    third["jansson.h"] = "services/intake services/cleanclaim"
    third["gnutls/"] = "services/intake"
    third["cjose/"] = "services/intake"
    third["curl/"] = "common/svc services/submitter services/cleanclaim"
    third["openssl/"] = "common/sys common/store common/bus"
    third["protobuf-c/"] = "common/event"
    third["expat.h"] = "common/tables"
    third["zip.h"] = "common/tables services/cleanclaim"
    third["zlib.h"] = "common/tables services/cleanclaim"
}
FNR == 1 {
    n = split(FILENAME, p, "/")
    room = p[1] "/" p[2]
}
/^#include "/ {
    split($0, q, "\"")
    inc = q[2]
    if (inc ~ /\.pb-c\.h$/) { if (room != "common/event") fail("only common/event includes generated headers"); next }
    if (inc !~ /\//) { fail("include by full path from the root"); next }
    split(inc, t, "/")
    target = t[1] "/" t[2]
    if (target == room) next
    if (FILENAME ~ /^services\/(coder|validator\/edits)\// && (t[2] == "price" || t[2] == "hcc")) fail("no coding rule and no edit reads what a claim brings")
    if (t[1] == "common") {
        if (!(t[2] in floor)) { fail("no such room"); next }
        if (p[1] == "common" && floor[t[2]] >= floor[p[2]]) fail("floor " floor[p[2]] " may not include floor " floor[t[2]])
        next
    }
    if (t[1] == "services" && p[1] == "services" && p[2] == "cleanclaim" && inc == "services/" t[2] "/" t[2] ".h") next
    fail("may not include another service")
}
/^#include </ {
    split($0, q, /[<>]/)
    for (h in third)
        if (index(q[2], h) == 1) {
            ok = 0
            m = split(third[h], rooms, " ")
            for (i = 1; i <= m; i++) if (rooms[i] == room) ok = 1
            if (!ok) fail(h " belongs to " third[h])
        }
}
FILENAME ~ /^services\/(coder|validator\/edits)\// && /->expected[^a-z_]/ { fail("no coding rule and no edit reads what a claim brings") }
END { exit bad }
' $(git ls-files 'common/*/*.[ch]' 'common/*/*/*.[ch]' 'services/*.[ch]') || { echo "floors: broken"; exit 1; }
echo "floors: kept"
