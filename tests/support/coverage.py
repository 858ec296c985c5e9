#!/usr/bin/env python3
"""coverage.py BUILD FLOOR - branch coverage of rules, edits and readers, by file and in all, from what the unit tests counted.

Nothing in the rooms below is left out but what no input can reach: the branches that gcov counts inside an assertion (none of our
rooms asserts on what comes from outside) and branches that the compiler added for exceptions, which C has not ("throw" in gcov's
words). Exit 1 below FLOOR percent.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

ROOMS = {
    "rules": ["common/rules/", "services/coder/rules/", "services/validator/rule"],
    "edits": ["services/validator/edits/", "services/validator/repairs/"],
    "readers": ["common/event/", "common/x12/", "common/tables/layout", "common/tables/csv", "common/tables/xml", "common/tables/tabular",
                "common/claim/read", "common/claim/seg_", "common/claim/take", "common/claim/walk837", "common/claim/hl837",
                "common/text/read", "common/text/strip", "services/intake/hl7/", "services/intake/fhir/", "services/intake/x12/"],
}


def room_of(path):
    """The room of a source file, or None."""
    for room, starts in ROOMS.items():
        if any(path.startswith(s) for s in starts):
            return room
    return None


def branches(build, out):
    """Yields (path, branches, taken) of every source file that was counted."""
    names = [p for p in sorted(pathlib.Path(build).glob("**/*.gcno")) if room_of(str(p.relative_to(build).with_suffix(".c")))]
    # To stdout, a line per file: as files, reports of two rooms with one name (reader.c) would overwrite each other.
    reports = subprocess.run(["gcov", "--json-format", "--stdout", "--branch-probabilities", *[str(p.resolve()) for p in names]],
                             cwd=out, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    seen = {}
    for report in reports.splitlines():
        for f in json.loads(report)["files"]:
            if not f["file"].endswith(".c") or not room_of(f["file"]):
                continue
            for line in f["lines"]:
                for i, b in enumerate(b for b in line["branches"] if not b["throw"]):
                    key = (f["file"], line["line_number"], i)
                    seen[key] = max(seen.get(key, 0), b["count"])
    by_file = {}
    for (path, _, _), count in seen.items():
        n = by_file.setdefault(path, [0, 0])
        n[0] += 1
        n[1] += count > 0
    return [(path, *n) for path, n in sorted(by_file.items())]


def main():
    build, floor = sys.argv[1], float(sys.argv[2])
    with tempfile.TemporaryDirectory() as out:
        rows = branches(build, out)
    if not rows:
        sys.exit("coverage: nothing was counted")
    for path, n, taken in rows:
        print(f"{100 * taken / n:6.1f} %  {taken:5d} of {n:5d}  {path}")
    for room in ROOMS:
        n = sum(r[1] for r in rows if room_of(r[0]) == room)
        taken = sum(r[2] for r in rows if room_of(r[0]) == room)
        print(f"{100 * taken / n:6.1f} %  {taken:5d} of {n:5d}  {room}")
    n, taken = sum(r[1] for r in rows), sum(r[2] for r in rows)
    share = 100 * taken / n
    print(f"coverage: {share:.1f} % of {n} branches of rules, edits and readers, at least {floor:.1f} are wanted")
    sys.exit(share < floor)


if __name__ == "__main__":
    main()
