#!/usr/bin/env bash
# image_test.sh BUILD PYTHON SUITE... - the image as the Dockerfile makes it, on an empty Debian of each suite: its packages, compiled there
# with warnings as errors, its root, in which the checks of the image run. Minutes; needs root and debootstrap; what is fetched stays in .cache.
set -euo pipefail
build=$1 python=$2
shift 2
cache=$(cd "$(dirname "$0")/../.." && pwd)/.cache/deploy
say() { echo "image-test: $*"; }

# mirror - where this machine's Debian is from
mirror() { grep -rhoE 'https?://[^ ]+/debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null | head -n 1 | tr -d ' '; }

# in_suite SUITE COMMAND... - with nothing of this machine's environment, make's flags among it
in_suite() { env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 chroot "$cache/$1" "${@:2}"; }

# base SUITE - an empty Debian with the packages, once
base() {
    [ ! -f "$cache/$1.ready" ] || return 0
    command -v debootstrap >/dev/null || { apt-get -qq update && apt-get -qq -y install --no-install-recommends debootstrap >/dev/null; }
    rm -rf "${cache:?}/$1"
    mkdir -p "$cache"
    say "$1: debootstrap"
    debootstrap --variant=minbase "$1" "$cache/$1" "$(mirror)" >"$cache/$1.log" 2>&1 || { tail -n 20 "$cache/$1.log"; exit 1; }
    install -m 755 deploy/docker/steps.sh "$cache/$1/steps.sh"
    in_suite "$1" /steps.sh packages
    touch "$cache/$1.ready"
}

# compile SUITE - the files that the Dockerfile copies; objects of the last run stay
compile() {
    local to=$cache/$1/source
    mkdir -p "$to"
    install -m 755 deploy/docker/steps.sh "$cache/$1/steps.sh"
    find "$to" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
    git ls-files -z Makefile common proto services deploy/docker/steps.sh deploy/tables | tar -c --null -T - | tar -x -C "$to"
    rm -rf "$to/build/proto" "${cache:?}/$1/image"
    say "$1: compiling with gcc $(in_suite "$1" gcc -dumpfullversion)"
    in_suite "$1" /steps.sh build /source >"$cache/$1.log" 2>&1 || { grep -E 'error|warning' "$cache/$1.log" | head -n 20 || tail -n 20 "$cache/$1.log"; exit 1; }
    in_suite "$1" /steps.sh root /source /source/build /image
}

status=0
for suite in "$@"; do
    base "$suite"
    compile "$suite"
    say "$suite: $(in_suite "$suite/image" /usr/local/bin/coder --version)"
    "$python" tests/deploy/run.py --build "$build" --image "$cache/$suite/image" || status=1
done
exit $status
