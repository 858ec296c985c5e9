#!/usr/bin/env python3
"""readme.py BUILD [--write] - the README's settings and the metrics of docs/metrics.md are the rows that the programs print"""
import glob
import re
import subprocess
import sys

PROGRAMS = [["intake"], ["coder"], ["validator"], ["submitter", "build"], ["submitter", "deliver"], ["submitter", "follow"], ["sandbox"]]
METERED = PROGRAMS[:-1]


def rows(build, program, switch):
    """The Markdown rows of one program."""
    run = subprocess.run([f"{build}/bin/{program[0]}", *program[1:], switch], capture_output=True, text=True, check=True)
    return [line for line in run.stdout.splitlines() if line.startswith("| `")]


def settings(build):
    """One table of what all share, one of each program's own."""
    all_rows = {" ".join(p): rows(build, p, "--help-markdown") for p in PROGRAMS}
    shared = [r for r in all_rows["coder"] if all(r in all_rows[p] for p in all_rows if p not in ("sandbox", "intake"))]
    out = []
    for name, own in [("every worker", shared)] + [(p, [r for r in lines if r not in shared]) for p, lines in all_rows.items()]:
        if own:
            out += [f"**{name}**", "", "| setting | default | takes | what for |", "|---|---|---|---|", *own, ""]
    return "\n".join(out)


def metrics(build):
    """One table, with who has each."""
    having = {}
    for p in METERED:
        for row in rows(build, p, "--help-metrics"):
            having.setdefault(row, []).append(p[-1])
    lines = [f"{row} {'every worker' if len(who) == len(METERED) else ', '.join(who)} |" for row, who in having.items()]
    return "\n".join(["| metric | type | unit | labels | what | who |", "|---|---|---|---|---|---|", *sorted(lines)])


def never_counted():
    """Rows that no code counts."""
    ids = re.search(r"enum metric_id \{(.*?)METRIC_MAX", open("common/sys/metric.h", encoding="utf-8").read(), re.S).group(1)
    code = "".join(open(p, encoding="utf-8").read() for p in glob.glob("common/**/*.c", recursive=True) + glob.glob("services/**/*.c", recursive=True) if p != "common/sys/metric_rows.c")
    return [i for i in re.findall(r"METRIC_\w+", ids) if not re.search(rf"\b{i}\b", code)]


def agree(path, word, made_of, write):
    """Compares what stands between the marks with what the programs print, or writes it; False: differs."""
    begin, end = f"<!-- {word}:begin -->", f"<!-- {word}:end -->"
    text = open(path, encoding="utf-8").read()
    made = re.sub(f"{begin}.*{end}", lambda m: f"{begin}\n{made_of}\n{end}", text, flags=re.S)
    if write:
        open(path, "w", encoding="utf-8").write(made)
    elif made != text:
        print(f"readme: the {word} in {path} differ from the programs' rows: make docs")
        return False
    return True


def main():
    """Compare, or write."""
    build, write = sys.argv[1], "--write" in sys.argv
    good = agree("README.md", "settings", settings(build), write)
    good = agree("docs/metrics.md", "metrics", metrics(build), write) and good
    for i in never_counted():
        print(f"readme: {i} is a metric that no code counts")
        good = False
    if good:
        print("readme: settings and metrics agree")
    return 0 if good else 1


sys.exit(main())
