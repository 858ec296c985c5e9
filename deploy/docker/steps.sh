#!/usr/bin/env bash
# steps.sh - how the image is made: the Dockerfile runs these steps, and so do the tests, without a container engine.
#
#   steps.sh packages                  Debian's packages that building needs (root; Debian 12 or 13)
#   steps.sh build SOURCE              all programs, in SOURCE/build
#   steps.sh root SOURCE BUILD ROOT    the final root file system: programs, the libraries that they load, certificates of authorities,
#                                      character sets, the MS-DRG tables; no shell, no package manager, no file that anybody may change
#
# packages and build are for an empty Debian; root copies from the machine that it runs on.
set -euo pipefail

# Out of deploy/packages.txt, which says what each is for.
packages=(build-essential pkg-config librdkafka-dev libprotobuf-c-dev protobuf-c-compiler libhiredis-dev liblmdb-dev libmicrohttpd-dev
    libjansson-dev libcjose-dev libgnutls28-dev libcurl4-openssl-dev libssl-dev libzip-dev zlib1g-dev libexpat1-dev)
programs=(intake coder validator submitter sandbox cleanclaim)
uid=65532

say() { echo "image: $*" >&2; }

# install_packages - and the authorities' certificates, which the image gets a copy of
install_packages() {
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq update
    apt-get -qq -y -o Dpkg::Use-Pty=0 install --no-install-recommends ca-certificates "${packages[@]}" >/dev/null
    rm -rf /var/lib/apt/lists/*
}

build() { make -C "$1" -j"$(nproc)" all; }

# place FILE - into the root under its path; /lib is a link to /usr/lib in both
place() {
    local to=$1
    case $to in /lib/* | /lib64/* | /bin/*) to=/usr$to ;; esac
    install -D -m "$(test -x "$1" && echo 755 || echo 644)" "$1" "$root$to"
}

# libraries FILE... - paths of all that they load
libraries() { ldd "$@" | awk '$2 == "=>" && $3 ~ /^\// { print $3 } $1 ~ /^\// && NF == 2 && $2 ~ /^\(/ { print $1 }' | sort -u; }

# owner FILE - the package that a file is from; Debian records it with or without /usr
owner() {
    local p
    for p in "$1" "/usr$1" "${1#/usr}" "$(realpath "$1")"; do
        dpkg-query -S "$p" 2>/dev/null | sed -n '/^diversion/!{s/:.*//p;q}' | grep . && return 0
    done
    return 0
}

# record PACKAGE - so that scanners know what is in the image, and its licence
record() {
    mkdir -p "$root/var/lib/dpkg/status.d"
    dpkg-query -s "$1" >"$root/var/lib/dpkg/status.d/$1"
    [ -f "/usr/share/doc/$1/copyright" ] && install -D -m 644 "/usr/share/doc/$1/copyright" "$root/usr/share/doc/$1/copyright"
    return 0
}

# skeleton - folders and the few files that libc looks for
skeleton() {
    mkdir -p "$root"/{etc,usr/lib,usr/lib64,usr/local/bin,proc,dev,sys,run/secrets/routes,etc/cleanclaim,tables,var/lib/cleanclaim/state,var/lib/cleanclaim/mail}
    ln -sfn usr/lib "$root/lib"
    ln -sfn usr/lib64 "$root/lib64"
    install -d -m 1777 "$root/tmp"
    printf 'root:x:0:0:root:/:/nonexistent\ncleanclaim:x:%d:%d:cleanclaim:/:/nonexistent\n' $uid $uid >"$root/etc/passwd"
    printf 'root:x:0:\ncleanclaim:x:%d:\n' $uid >"$root/etc/group"
    printf 'passwd: files\ngroup: files\nhosts: files dns\n' >"$root/etc/nsswitch.conf"
    install -m 644 /etc/os-release "$root/etc/os-release"
}

# certificates - where OpenSSL and libcurl of Debian look for them
certificates() {
    install -D -m 644 /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
    mkdir -p "$root/usr/lib/ssl"
    ln -sfn /etc/ssl/certs "$root/usr/lib/ssl/certs"
    ln -sfn /etc/ssl/certs/ca-certificates.crt "$root/usr/lib/ssl/cert.pem"
    ln -sfn /etc/ssl/openssl.cnf "$root/usr/lib/ssl/openssl.cnf"
    install -m 644 /etc/ssl/openssl.cnf "$root/etc/ssl/openssl.cnf"
    record ca-certificates
}

# charsets - iconv loads them by name: HL7 messages of older systems
charsets() {
    local from
    from=$(dirname "$(ldd "$root/usr/local/bin/intake" | awk '$1 == "libc.so.6" { print $3 }')")/gconv
    mkdir -p "$root/usr${from#/usr}"
    cp -RL "$from"/. "$root/usr${from#/usr}/"
}

make_root() {
    local source=$1 build=$2 p f
    root=$3
    [ ! -e "$root" ] || { say "$root is there already"; exit 1; }
    skeleton
    for p in "${programs[@]}"; do
        strip --strip-unneeded -o "$root/usr/local/bin/$p" "$build/bin/$p"
    done
    for f in $(libraries "${programs[@]/#/$build/bin/}"); do
        place "$f"
        owner "$f"
    done | sort -u | while read -r p; do record "$p"; done
    charsets
    certificates
    mkdir -p "$root/usr/local/share/cleanclaim"
    cp -R "$source/deploy/tables" "$root/usr/local/share/cleanclaim/tables"
    ldconfig -r "$root"
    chown -R 0:0 "$root"
    chmod -R go-w "$root"
    chmod 1777 "$root/tmp"
    chown $uid:$uid "$root"/var/lib/cleanclaim/{state,mail}
    say "$(du -sm "$root" | cut -f1) MB in $root"
}

case "${1:-} $#" in
"packages 1") install_packages ;;
"build 2") build "$2" ;;
"root 4") make_root "$2" "$3" "$4" ;;
*) sed -n '4,8p' "${BASH_SOURCE[0]}" | cut -c3- >&2; exit 2 ;;
esac
