#!/usr/bin/env python3
"""table.py LOG ROWS - the one table of a run: what the measurements printed (LOG) and what they told by themselves (ROWS), with its anchor where there is one"""

import re
import sys

# what a line of LOG looks like -> row, figure, anchor, ratio; \1 ... are its groups
LINES = (
    (r"^(bare|pass|state|validator) +(\d+) records/s +([\d.]+) us CPU a record \( *(\d+)/s of a core\) +([\d.]+) of the bare copy +(\d+) MB",
     r"worker: \1", r"\2 records/s, \3 us, \4/s of a core, \6 MB", "bare copy", r"\5"),
    (r"^tables load, ([^:]+): ([\d.]+ s), .* at most (\d+ MB)", r"tables: load, \1", r"\2, \3", "", ""),
    (r"^held in a worker, ([^:]+): ([\d.]+ MB); .* in ([\d.]+ s)", r"tables: held in a worker, \1", r"\2, read in \3", "", ""),
    (r"^lookup, pair (there|not there) *, (.+?) *: +([\d.]+ ns)", r"tables: lookup, \1, \2", r"\3", "", ""),
    (r"^swap of a table, .*at most ([\d.]+ ms)", "tables: swap holds the loop", r"\1", "", ""),
    (r"^(837p|837i|835) +(read|write|check) +(\d+ MB/s)", r"X12 \1: \2", r"\3", "", ""),
    (r"^837p +pyx12 +([\d.]+) MB/s, we are (\d+) times", "X12 837p: check", r"", r"pyx12 \1 MB/s", r"\2"),
    (r"^latency at (\d+) encounters/s.*p50 (\d+ ms), p99 (\d+ ms)", "chain: visit to the payer's file, half load", r"p50 \2, p99 \3", r"\1 encounters/s", ""),
    (r"^chain: .*: (\d+) encounters/s", "chain: all processes", r"\1 encounters/s", "", ""),
)


def main():
    """Lines of the log first, in their order, then what came as rows."""
    rows = []
    for line in open(sys.argv[1], encoding="utf-8", errors="replace"):
        for shape, *cells in LINES:
            found = re.search(shape, line)
            if found:
                rows.append([found.expand(c) for c in cells])
                break
    rows += [line.rstrip("\n").split("\t") for line in open(sys.argv[2], encoding="utf-8")]
    print("\n| what | figure | anchor in the same run | of the anchor |\n|---|---|---|---|")
    for r in rows:
        print("| " + " | ".join(r) + " |")
    return 0 if rows else 1


sys.exit(main())
