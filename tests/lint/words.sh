#!/usr/bin/env bash
# words.sh - what may not stand in the tree: words in place of behaviour, fixed ports in tests, schemas that protobuf-c cannot guard.
set -u
bad=0
say() { echo "$1"; bad=1; }
# XXX is also what the fee schedule calls a code without global days: only as a comment's first word does it stand in for something.
git grep -nIE '\b(TODO|FIXME)\b|(/\*|//|#) *XXX\b|\bXXX:' -- '*.c' '*.h' '*.sh' '*.py' ':!tests/lint' && say "words: a word stands in for behaviour"
grep -nE '^\s*optional ' proto/*.proto && say "words: proto3 optional"
python3 - <<'P' || say "words: a recursive message type"
import glob, re, sys
uses = {}
for path in glob.glob("proto/*.proto"):
    name = None
    for line in open(path, encoding="utf-8"):
        m = re.match(r"message (\w+)", line)
        if m:
            name = m.group(1)
            uses.setdefault(name, set())
        m = re.match(r"\s+(?:repeated )?(\w+) \w+ = \d+;", line)
        if m and name:
            uses[name].add(m.group(1))
        if line.startswith("}"):
            name = None
def reach(n, seen):
    for u in uses.get(n, ()):
        if u in uses and u not in seen:
            seen.add(u)
            reach(u, seen)
    return seen
sys.exit(any(n in reach(n, set()) for n in uses))
P
[ $bad = 0 ] && echo "words: clean"
exit $bad
