#!/usr/bin/env bash
# install-packages.sh - installs what deploy/packages.txt lists and this machine lacks. sudo only when not root.
set -euo pipefail
list=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/packages.txt

# there - is a package installed, or another that provides it (a JDK instead of default-jre-headless)?
there() {
    dpkg-query -W -f='${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed && return 0
    case $1 in
    default-jre-headless) command -v java >/dev/null ;;
    maven) command -v mvn >/dev/null ;;
    *) return 1 ;;
    esac
}

missing=()
while read -r package _; do
    case $package in '' | '#'*) continue ;; esac
    there "$package" || missing+=("$package")
done <"$list"
[ ${#missing[@]} -gt 0 ] || { echo "packages: all there"; exit 0; }

echo "packages: installing ${missing[*]}"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "packages: neither root nor sudo: please install them" >&2; exit 1; }
    echo "packages: with sudo"
    as_root=(sudo)
fi
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get -qq -o Dpkg::Use-Pty=0 update >/dev/null
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Dpkg::Use-Pty=0 install --no-install-recommends "${missing[@]}" >/dev/null
echo "packages: done"
