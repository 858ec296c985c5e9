#!/usr/bin/env python3
"""readme.py BUILD [--write] - the README's settings are the rows that the programs print"""
import re
import subprocess
import sys

PROGRAMS = [["intake"], ["coder"], ["validator"], ["submitter", "build"], ["submitter", "deliver"], ["submitter", "follow"], ["sandbox"]]
BEGIN, END = "<!-- settings:begin -->", "<!-- settings:end -->"


def rows(build, program):
    """The Markdown rows of one program."""
    run = subprocess.run([f"{build}/bin/{program[0]}", *program[1:], "--help-markdown"], capture_output=True, text=True, check=True)
    return [line for line in run.stdout.splitlines() if line.startswith("| `")]


def table(build):
    """One table of what all share, one of each program's own."""
    all_rows = {" ".join(p): rows(build, p) for p in PROGRAMS}
    shared = [r for r in all_rows["coder"] if all(r in all_rows[p] for p in all_rows if p not in ("sandbox", "intake"))]
    out = []
    for name, own in [("every worker", shared)] + [(p, [r for r in lines if r not in shared]) for p, lines in all_rows.items()]:
        if own:
            out += [f"**{name}**", "", "| setting | default | takes | what for |", "|---|---|---|---|", *own, ""]
    return "\n".join(out)


def main():
    """Compare, or write."""
    text = open("README.md", encoding="utf-8").read()
    made = re.sub(f"{BEGIN}.*{END}", lambda m: f"{BEGIN}\n{table(sys.argv[1])}\n{END}", text, flags=re.S)
    if "--write" in sys.argv:
        open("README.md", "w", encoding="utf-8").write(made)
    elif made != text:
        print("readme: the settings in README.md differ from the programs' rows: make docs")
        return 1
    print("readme: settings agree")
    return 0


sys.exit(main())
