#!/usr/bin/env python3
"""rights.py BUILD [--write] - deploy/kafka/rights.tsv holds the rights that each program needs, and no other; docs/security.md shows them.

What a worker needs follows from the topics that its --help names. Columns: principal, resource, pattern, name, operations; TOPIC_PREFIX goes
before every name, "*" is every topic with that prefix.
"""
import re
import subprocess
import sys

WORKERS = [["intake"], ["coder"], ["validator"], ["submitter", "build"], ["submitter", "deliver"], ["submitter", "follow"]]
FILE, DOC = "deploy/kafka/rights.tsv", "docs/security.md"
BEGIN, END = "<!-- rights:begin -->", "<!-- rights:end -->"


def words_after(text, verb):
    """The topics of a line of --help."""
    m = re.search(rf"^{verb} (.*)$", text, re.M)
    return m.group(1).split() if m else []


def topics(build):
    """(every topic, those with dead letters)."""
    out = subprocess.run([f"{build}/bin/cleanclaim", "topics", "list"], capture_output=True, text=True, check=True).stdout.splitlines()
    return [line.split()[0] for line in out], [line.split()[0] for line in out if line.endswith(".dead")]


def worker(build, argv, dead):
    """Rows of one worker: reads what it consumes, writes what it produces, both of its state; its group, its transactions."""
    text = subprocess.run([f"{build}/bin/{argv[0]}", *argv[1:], "--help"], capture_output=True, text=True, check=True).stdout
    name = "-".join(argv)
    consumes, produces, state = (words_after(text, v) for v in ("consumes", "produces", "remembers in"))
    refused = [f"{t}.dead" for t in consumes if t in dead] or ["encounters.dead"]  # intake keeps what it refuses there
    reads, writes = set(consumes + state), set(produces + state + refused)
    rows = [(name, "topic", "literal", t, ",".join(o for o, s in (("read", reads), ("write", writes)) if t in s)) for t in sorted(reads | writes)]
    rows.append((name, "topic", "literal", "audit", "read,write"))  # with AUDIT=on; a record vouches for those before it
    if consumes:
        rows += [(name, "group", "literal", f"cleanclaim-{name}", "read"), (name, "transactional-id", "prefixed", f"cleanclaim-{name}-", "write")]
    return rows


def people(every, dead):
    """Rows of the operator's command: daily work, sending dead letters again, making topics."""
    states = {"encounters.state", "claims.history", "claims.pending", "claims.follow"}
    writes = {"encounters", "claims.coded", "claims.decisions", "interchanges", "audit"}
    rows = [("operator", "topic", "literal", t, "read,write" if t in writes else "read") for t in every if t not in states]
    rows += [("operator", "topic", "literal", f"{t}.dead", "read") for t in dead]
    rows += [("repair", "topic", "literal", t, "write") for t in dead] + [("repair", "topic", "literal", f"{t}.dead", "read") for t in dead]
    rows.append(("repair", "topic", "literal", "audit", "read,write"))
    return rows + [("setup", "topic", "prefixed", "*", "create,describe,describe-configs")]


def made(build):
    """All rows."""
    every, dead = topics(build)
    rows = [r for argv in WORKERS for r in worker(build, argv, dead)] + people(every, dead)
    return "principal\tresource\tpattern\tname\toperations\n" + "".join("\t".join(r) + "\n" for r in rows)


def table(text):
    """For people: one line a principal."""
    out = ["| principal | reads | writes | reads and writes | more |", "|---|---|---|---|---|"]
    rows = [line.split("\t") for line in text.splitlines()[1:]]
    for who in dict.fromkeys(r[0] for r in rows):
        mine = [r for r in rows if r[0] == who]
        cells = [" ".join(f"`{r[3]}`" for r in mine if r[1] == "topic" and r[4] == o) for o in ("read", "write", "read,write")]
        more = [f"{r[1]} `{r[3]}`{'…' if r[2] == 'prefixed' else ''}: {r[4]}" for r in mine if r[1] != "topic"]
        more += [f"every topic: {r[4].replace(',', ', ')}" for r in mine if r[3] == "*"]
        out.append(f"| `{who}` | " + " | ".join(cells + ["; ".join(more)]) + " |")
    return "\n".join(out)


def main():
    """Compare, or write."""
    text = made(sys.argv[1])
    doc = open(DOC, encoding="utf-8").read()
    shown = re.sub(f"{BEGIN}.*{END}", lambda m: f"{BEGIN}\n{table(text)}\n{END}", doc, flags=re.S)
    if "--write" in sys.argv:
        open(FILE, "w", encoding="utf-8").write(text)
        open(DOC, "w", encoding="utf-8").write(shown)
    elif open(FILE, encoding="utf-8").read() != text or shown != doc or BEGIN not in doc:
        print("rights: deploy/kafka/rights.tsv or docs/security.md differ from what the programs need: make docs")
        return 1
    print("rights: as the programs need")
    return 0


sys.exit(main())
