#!/usr/bin/env python3
"""drg_beside.py BUILD [CLAIMS] [SEED] - `cleanclaim group` beside PyPI msdrg, a native port of CMS's grouper that is not ours.

On CLAIMS (20,000) generated claims of the versions both have: initial and final DRG, MDC, return code. Where the two differ, the
formulas of deploy/tables are evaluated once more by the plain reading (drg_rules.py): the difference is listed with the formula that
decides, and fails unless that gives our answer. Skipped where msdrg is not installed (`make venv`).
"""
import collections
import os
import subprocess
import sys
import tempfile

from drg_check import TABLES, VERSIONS, answers, reach
from drg_make import Maker
from drg_rules import Version, group

FIELDS = ("initial_drg", "drg", "mdc", "return_code")


def number(drg):
    return int(drg) if drg else 0


def ours(line):
    return number(line["initial_drg"]), number(line["drg"]), line["mdc"], line["return_code"]


def theirs(grouper, version, claim):
    """what msdrg says; it takes no claim without a principal"""
    codes = [{"code": code, "poa": poa} if poa else {"code": code} for code, poa in claim.dx]
    out = grouper.group({"version": int(version[1:]), "age": 65, "sex": {1: 0, 2: 1}.get(claim.sex, 2),
                         "discharge_status": claim.status, "hospital_status": "EXEMPT" if claim.exempt else "NOT_EXEMPT",
                         "pdx": codes[0], "sdx": codes[1:], "procedures": [{"code": c} for c in claim.px]})
    return out["initial_drg"] or 0, out["final_drg"] or 0, out["final_mdc"] or 0, out["return_code"]


def defined(version, claim):
    """what the definitions give, and the formula that decides"""
    initial, final = group(version, claim)
    by = final[5] or initial[5]
    return (initial[0], final[0], final[1], final[4]), f"MDC {by.mdc}: {by.text}" if by else "no formula"


def compare(version, name, claims, lines, grouper, told):
    """(the same, differences that the definitions do not give us); each difference counted in told"""
    same = wrong = 0
    for claim, line in zip(claims, lines):
        have, other = ours(line), theirs(grouper, name, claim)
        if have == other:
            same += 1
            continue
        want, by = defined(version, claim)
        wrong += want != have
        told[("as defined" if want == have else "NOT as defined", have[3], other[3], by, f"status {claim.status:02}")] += 1
        if want != have:
            print(f"{name} {vars(claim)}\n  ours {have}, msdrg {other}, definitions {want} by {by}")
    return same, wrong


def main(build, n=20000, seed=1):
    try:
        import msdrg
    except ImportError:
        print("drg_beside: skipped, PyPI msdrg is not installed (make venv)")
        return 77
    tool, told, same, wrong = os.path.join(build, "bin", "cleanclaim"), collections.Counter(), 0, 0
    with tempfile.TemporaryDirectory() as folder, msdrg.MsdrgGrouper() as grouper:
        tables = os.path.join(folder, "tables")
        os.mkdir(tables)
        subprocess.run([tool, "tables", "load", "--tables", tables, TABLES], check=True, capture_output=True)
        for name, day in VERSIONS.items():
            version = Version(os.path.join(TABLES, name))
            maker, claims = Maker(version, seed), []
            while len(claims) < n // len(VERSIONS):  # msdrg takes none without a principal
                claims += [c for c in [maker.random_claim()] if c.dx]
            a, b = compare(version, name, claims, answers(tool, tables, folder, claims, day), grouper, told)
            same, wrong = same + a, wrong + b
    for (how, have, other, by, status), count in sorted(told.items(), key=lambda x: (-x[1], x[0])):
        print(f"  {count} {how}: ours {have}, msdrg {other}, {status}; decided by {by}")
    print(f"drg_beside: {n} claims, seed {seed}, {', '.join(VERSIONS)}: {same} the same, {sum(told.values())} differ, {wrong} of them not as defined")
    return wrong > 0 or same + sum(told.values()) != n


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:])))
