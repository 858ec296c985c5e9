#!/usr/bin/env python3
"""pyx12_check.py FILE... - what pyx12, a validator that shares nothing with ours, finds in X12 files.

One line a file: its name and the number of findings, the findings below it; exit 1 if there are any, 2 without pyx12.
What pyx12 is known to get wrong (its maps, not our files) is not counted, but said with --all.
"""
import io
import json
import logging
import os
import sys
import tempfile

try:
    import pyx12.params
    import pyx12.x12n_document
except ImportError:
    print("pyx12 is not installed (tests/support/requirements.txt)", file=sys.stderr)
    sys.exit(2)

# (version, segment, words of the finding): why it is not one.
KNOWN = [
    *[("005010X222A1", "PWK", f"({how})", "the second kind of PWK in 2400 is matched against the first")
      for how in ("AB", "AD", "AF", "AG", "NS")],
    ("005010X231A1", "CTX", "", "a second CTX is allowed"),
    ("005010X214", "", "2000C", "below a refused 2000B there is no 2000C"),
    ("005010X214", "", "2000D", "below a refused 2000C there is no 2000D"),
    ("005010X214", "HL", "(0)", "and so its HL04 is 0"),
    ("005010X212", "", "", "its map of the 277 refuses every valid file"),
    ("", "", "vriic=005010X212", "it finds no map for 276 and 277"),
]


def errors_of(node, version, segment, out):
    """All errors of a node of pyx12's tree, with the version and segment they are about."""
    version = node.get("vriic") or version
    segment = node.get("seg_id") or segment
    for e in node.get("errors", []):
        out.append((version, segment, node.get("seg_count"), e["err_cde"], e["err_str"]))
    for key in ("groups", "transactions", "segments", "elements"):
        for child in node.get(key, []):
            errors_of(child, version, segment, out)


def known(version, segment, text):
    """Why a finding is pyx12's own mistake; None: it is not known as one."""
    for v, s, words, why in KNOWN:
        if version == v and (not s or s == segment) and words in text:
            return why
    return None


def run(path):
    """All findings of a file; giving up, or saying no without saying why, is one."""
    out, findings = io.StringIO(), []
    try:
        valid = pyx12.x12n_document.x12n_document(pyx12.params.params(), path, None, None, fd_json=out)
    except Exception as e:  # pylint: disable=broad-except
        return [("", "", None, type(e).__name__, str(e))]
    for interchange in json.loads(out.getvalue() or '{"interchanges": []}')["interchanges"]:
        errors_of(interchange, "", "", findings)
    if not valid and not findings:
        findings.append(("", "", None, "refused", "not valid, and nothing said"))
    return findings


def one_line(path):
    """pyx12 wants a file it can seek in, and no BOM; everything else is left as it is."""
    with open(path, "rb") as f:
        data = f.read()
    handle, name = tempfile.mkstemp(suffix=".x12")
    with os.fdopen(handle, "wb") as f:
        f.write(data.removeprefix(b"\xef\xbb\xbf"))
    return name


def main():
    logging.disable(logging.CRITICAL)
    show_all = "--all" in sys.argv[1:]
    bad = 0
    for path in [a for a in sys.argv[1:] if a != "--all"]:
        copy = one_line(path)
        try:
            found = [(f, known(f[0], f[1], f[4])) for f in run(copy)]
        finally:
            os.unlink(copy)
        count = sum(1 for _, why in found if not why)
        bad += count
        print(f"{path}: {count} findings")
        for (_, segment, position, code, text), why in found:
            if not why or show_all:
                print(f"  {code} {segment} {position if position is not None else ''} {text}{' [known: ' + why + ']' if why else ''}")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
