#!/usr/bin/env bash
# confined.sh ROOT [-b FROM:TO[:ro]]... COMMAND... - the command in ROOT as a cluster runs it: user 65532, no capability, none to be
# gained, nothing to write but /tmp (its own, in memory) and what is bound. The network is the machine's. Needs root; ends as the command
# does, under this process' id.
set -eu
if [ "${CC_CONFINED:-}" != yes ]; then
    exec env CC_CONFINED=yes unshare --mount --propagation private "$0" "$@"
fi
root=$1
shift
mount --bind "$root" "$root"
mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$root/tmp"
mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
while [ "${1:-}" = -b ]; do
    IFS=: read -r from to how <<<"$2"
    mount --bind "$from" "$root$to"
    mount -o "remount,bind,nosuid,nodev,${how:-rw}" "$root$to"
    shift 2
done
mount -o remount,bind,ro,nosuid,nodev "$root"
unset CC_CONFINED
exec setpriv --no-new-privs chroot --userspec=65532:65532 "$root" "$@"
