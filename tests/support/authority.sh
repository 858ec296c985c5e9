#!/usr/bin/env bash
# authority.sh DIR - an authority and certificates by it for tests, in DIR:
#   ca.pem             the authority; other.pem, one that vouched for nobody here
#   NAME.pem NAME.key  server: for 127.0.0.1 and localhost; ip: for 127.0.0.1 only; expired: a server's, over since 2021
#                      and for each further word of the command line a client's, with that CN
set -euo pipefail
cd "$1"
shift
new_key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key" 2>/dev/null; }

# authority NAME
authority() {
    new_key "$1"
    openssl req -x509 -new -key "$1.key" -days 3 -subj "/CN=$1" -addext keyUsage=critical,keyCertSign -out "$1.pem" 2>/dev/null
}

# certificate NAME CN EXTENSIONS [DATES...] - signed by ca
certificate() {
    local name=$1 cn=$2
    new_key "$name"
    printf '%s\n' "$3" >"$name.ext"
    openssl req -new -key "$name.key" -subj "/CN=$cn" -out "$name.csr" 2>/dev/null
    shift 3
    openssl ca -batch -notext -config ca.cnf -extfile "$name.ext" -in "$name.csr" -out "$name.pem" "$@" 2>/dev/null
}

authority ca
authority other
cat >ca.cnf <<'C'
[ca]
default_ca = one
[one]
database = index.txt
serial = serial
new_certs_dir = .
certificate = ca.pem
private_key = ca.key
default_md = sha256
policy = any
unique_subject = no
default_days = 2
[any]
commonName = supplied
C
: >index.txt
echo 01 >serial
certificate server server 'subjectAltName=DNS:localhost,IP:127.0.0.1'
certificate ip server 'subjectAltName=IP:127.0.0.1'
certificate expired localhost 'subjectAltName=DNS:localhost,IP:127.0.0.1' -startdate 20200101000000Z -enddate 20210101000000Z
for name in "$@"; do certificate "$name" "$name" 'extendedKeyUsage=clientAuth'; done
