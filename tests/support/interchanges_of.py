"""interchanges_of.py - every interchange that a test run made, before two validators: our own x12 check over all of them, pyx12 (slow) over one of each shape

Two files have one shape when the same segments follow each other with the same elements filled: a batch of ten like claims says to a validator
of syntax what a batch of one says. What pyx12 is known to get wrong is listed, each with its reason, in pyx12_check.py.
"""

import hashlib
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def made_by(stacks):
    """Every 837 that any of these stacks brought to the payer's mailbox."""
    return sorted(p for s in stacks for paths in s.mailbox().values() for p in paths)


def shape(path):
    """The set of (segment before, segment, which of its elements are filled and with how many parts)."""
    with open(path, encoding="utf-8") as f:
        text = f.read()
    element, component, end = text[3], text[104], text[105]
    seen, before = set(), ""
    for segment in text.split(end):
        parts = segment.strip().split(element)
        filled = tuple(p.count(component) + 1 if p else 0 for p in parts[1:])
        qualifier = parts[1] if len(parts) > 1 and len(parts[1]) <= 3 and not parts[1].isdigit() else ""
        seen.add((before, parts[0], qualifier, filled))
        before = parts[0]
    return frozenset(seen)


def one_of_each_shape(paths):
    """The first file of every shape."""
    first = {}
    for p in paths:
        first.setdefault(shape(p), p)
    return sorted(first.values())


def chunks(items, n):
    """Lists of at most n."""
    return [items[i : i + n] for i in range(0, len(items), n)]


def distinct(paths):
    """One path of each content: a run that was disturbed made the files of the run that was not."""
    seen = {}
    for p in paths:
        with open(p, "rb") as f:
            seen.setdefault(hashlib.sha256(f.read()).digest(), p)
    return sorted(seen.values())


def findings(stack, paths):
    """What either validator says of these files, as lines; none: nothing."""
    said, paths = [], distinct(paths)
    for some in chunks(paths, 200):
        for line in stack.rows("x12", "check", *some, check=False):
            if not line["accepted"] or line["findings"]:
                said.append(f"{line['source']}: {line['findings']}")
    for some in chunks(one_of_each_shape(paths), 50):
        run = subprocess.run([sys.executable, os.path.join(HERE, "pyx12_check.py"), *some], capture_output=True, text=True, check=False)
        if run.returncode:
            said.append(run.stdout + run.stderr)
    return said
