"""runbook.py - docs/operations.md has a line for every alert and for every error's code that the sources know."""
import glob
import os
import re

import metrics
import tools
from chart import need

PAGE = os.path.join(tools.ROOT, "docs", "operations.md")


def section(title):
    """The text under a heading of two #, up to the next."""
    text = open(PAGE, encoding="utf-8").read()
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    need(found, f"docs/operations.md has no section {title}")
    return found[1]


def rows(title):
    """First cells of a section's tables: {`name`: the other cells}."""
    out = {}
    for line in section(title).splitlines():
        cells = [c.strip() for c in line.strip().strip("|").split(" | ")]
        for name in re.findall(r"`([^`]+)`", cells[0]) if line.startswith("| `") else []:
            need(name not in out, f"{title}: {name} twice")
            out[name] = cells[1:]
    return out


def codes():
    """{code: classes} of all errors in the sources: err_set, and functions of ours that hand a code on."""
    found = {}
    for path in glob.glob(os.path.join(tools.ROOT, "common", "**", "*.c"), recursive=True) + \
            glob.glob(os.path.join(tools.ROOT, "services", "**", "*.c"), recursive=True):
        text = open(path, encoding="utf-8").read()
        for kind, code in re.findall(r'ERR_(REJECT|RETRY|FATAL),\s*(?:[^,"()]*\?\s*)?"([a-z0-9._-]+)"', text):
            found.setdefault(code, set()).add(kind)
        for code in re.findall(r'\brefuse\(m, f, "([a-z0-9-]+)"', text):
            found.setdefault(code, set()).add("REJECT")
    return found


def check_alerts(w):
    """Every alert has an entry, and no entry is without its alert."""
    known, told = {r["alert"] for r in metrics.alerts()}, rows("Alerts")
    need(known == set(told), f"{sorted(known ^ set(told))}")
    need(all(len(c) >= 2 and all(len(x) > 15 for x in c[:2]) for c in told.values()), "an entry says nothing")


def check_codes(w):
    """Every code, with all its classes; a code that is no more is told too."""
    known, told = codes(), rows("Errors by code")
    need(len(known) > 60, f"only {len(known)} codes were found")
    need(set(known) == set(told), f"without a line: {sorted(set(known) - set(told))}; no such code: {sorted(set(told) - set(known))}")
    for code, cells in told.items():
        classes = set(re.findall(r"\b(reject|retry|fatal)\b", cells[0]))
        need(classes == {c.lower() for c in known[code]}, f"{code}: it is {sorted(known[code])}")


def check_links(w):
    """What the page points to in this repository is there."""
    text = open(PAGE, encoding="utf-8").read()
    for path in re.findall(r"\]\(([^)#:]+)\)", text):
        need(os.path.exists(os.path.join(os.path.dirname(PAGE), path)), f"{path} is not there")


CHECKS = [
    ("a runbook entry for each alert", check_alerts),
    ("a runbook line for each error code", check_codes),
    ("the runbook's links", check_links),
]
