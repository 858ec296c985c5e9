#!/usr/bin/env python3
"""drg_check.py BUILD [CLAIMS] [SEED] - `cleanclaim group` against a second grouper written from the definitions' description (drg_rules.py).

Every DRG of every version must be reached by a claim built from a formula of its own, and both must agree on these claims and on
CLAIMS (20,000) random ones spread over the versions of deploy/tables: initial and final DRG, MDC, base DRG, medical or surgical,
return code; of each diagnosis severity, exclusion and HAC, of each procedure its kind; of every tenth claim the DRG without each code.
"""
import collections
import json
import os
import subprocess
import sys
import tempfile

from drg_make import Maker
from drg_rules import Claim, Stay, Version, group

TABLES = os.path.join(os.path.dirname(__file__), "..", "..", "deploy", "tables", "msdrg")
VERSIONS = {"v411": "20240501", "v421": "20250501", "v430": "20251101", "v431": "20260501"}
TRIES, BATCH = 600, 5000
KINDS = {"SURGICAL": "surgical", "MEDICAL": "medical", "NA": None}
HEAD = ("ISA*00*          *00*          *ZZ*S1             *ZZ*R1             *260101*1000*^*00501*000000001*0*P*:~"
        "GS*HC*S1*R1*20260101*1000*1*X*005010X223A2~ST*837*0001*005010X223A2~BHT*0019*00*1*20260101*1000*CH~"
        "NM1*41*2*S*****46*S1~PER*IC*A*TE*5551234567~NM1*40*2*R*****46*R1~HL*1**20*1~NM1*85*2*HOSPITAL*****XX*1455555023~"
        "N3*1 ST~N4*SPRINGTOWN*OH*441010001~REF*EI*123456789~")


def some(qualifiers, items):
    """HI segments of up to twelve items"""
    return ["HI*" + "*".join(f"{q}:{x}" for q, x in zip(qualifiers[k:k + 12], items[k:k + 12])) for k in range(0, len(items), 12)]


def segments(i, c, day):
    """one inpatient claim; external causes stand apart, as the guide has it"""
    dx = [code + (f":::::::{poa}" if poa else "") for code, poa in c.dx]
    out = [f"HL*{i + 2}*1*22*0", "SBR*P*18*******MA", "NM1*IL*1*DOE*JO****MI*1EG4TE5MK73", "N3*1 ELM", "N4*CITY*OH*44101",
           f"DMG*D8*19500101*{'UMF'[c.sex]}", "NM1*PR*2*MEDICARE*****PI*99901", f"CLM*C{i}*100***11:A:1**A*Y*Y",
           f"DTP*434*RD8*{day}-{day}", f"DTP*435*DT*{day}1000", f"CL1*1*1*{c.status:02}"]
    out += [f"HI*ABK:{x}" for x in dx[:1]]
    out += some(["ABF"] * len(dx), dx[1:])
    out += [f"HI*BBR:{x}:D8:{day}" for x in c.px[:1]]
    out += some(["BBQ"] * len(c.px), [f"{x}:D8:{day}" for x in c.px[1:]])
    return out + ["NM1*71*1*DOC*A****XX*1455555023", "LX*1", f"SV2*0120**100*UN*1", f"DTP*472*D8*{day}"]


def interchange(claims, day):
    body = HEAD + "".join(s + "~" for i, c in enumerate(claims) for s in segments(i, c, day))
    return body + f"SE*{body.count('~') - 1}*0001~GE*1*1~IEA*1*000000001~"


def answers(tool, tables, folder, claims, day):
    """what `group` says, a line a claim; those of exempt hospitals in a run of their own"""
    lines = [None] * len(claims)
    for exempt in (False, True):
        mine = [i for i, c in enumerate(claims) if c.exempt == exempt]
        for k in range(0, len(mine), BATCH):
            part = mine[k:k + BATCH]
            path = os.path.join(folder, "stays.837")
            with open(path, "w", encoding="ascii") as f:
                f.write(interchange([claims[i] for i in part], day))
            run = subprocess.run([tool, "group", "--json", "--tables", tables, path] + ["--poa-exempt"] * exempt, capture_output=True,
                                 text=True, check=False)
            for line in map(json.loads, run.stdout.splitlines()):
                lines[part[int(line["claim"][1:])]] = line
    return lines


def three(drg):
    return f"{drg:03}" if drg else None


def wanted(version, claim):
    initial, final = group(version, claim)
    return {"initial_drg": three(initial[0]), "drg": three(final[0]), "mdc": final[1], "base_drg": three(final[2]),
            "medical_surgical": KINDS[final[3]], "return_code": final[4]}


def details(version, claim, refused):
    """severity, exclusion and HAC of each diagnosis; kind of each procedure"""
    stay = Stay(version, claim)
    if not claim.exempt and not refused:
        stay.judge_hacs()
    known = iter(zip(stay.sdx, stay.gone, stay.met))
    dx = [[version.dx[claim.dx[0][0]]["severity"] if claim.dx[0][0] in version.dx else "NCC", False, False]] if claim.dx else []
    for code, _ in claim.dx[1:]:
        if code in version.dx:
            (_, _, d), gone, met = next(known)
            dx.append([d["severity"], gone, met])
        else:
            dx.append(["NCC", False, False])
    attrs = [version.px.get(c, set()) for c in claim.px]
    return dx, ["extensive" if "d468" in a else "non-extensive" if "d477" in a else "no" for a in attrs]


def shown_details(line):
    dx = [[{"none": "NCC"}.get(d["severity"], d["severity"]), d["excluded_by"] is not None, d["hac_met"]] for d in line["diagnoses"]]
    return dx, [p["or"] for p in line["procedures"]]


def without_each(version, claim):
    """DRG without each secondary diagnosis, then without each procedure"""
    out = []
    for i in range(1, len(claim.dx)):
        out.append(group(version, Claim(claim.dx[:i] + claim.dx[i + 1:], claim.px, claim.sex, claim.status, claim.exempt))[1][0])
    for i in range(len(claim.px)):
        out.append(group(version, Claim(claim.dx, claim.px[:i] + claim.px[i + 1:], claim.sex, claim.status, claim.exempt))[1][0])
    return [three(x) for x in out]


def differs(version, claim, line, all_of_it):
    """why the two do not agree; None: they do"""
    if line is None:
        return "no line"
    want = wanted(version, claim)
    have = {k: line[k] for k in want}
    if want != have:
        return f"{want} expected, {have}"
    want = details(version, claim, group(version, claim)[0][4] != "OK")
    if want != shown_details(line):
        return f"{want} expected, {shown_details(line)}"
    if all_of_it and without_each(version, claim) != [x["drg"] for x in line["what_if"]]:
        return f"what if: {without_each(version, claim)} expected, {line['what_if']}"
    return None


def reach(version, maker):
    """for each DRG a claim that one of its own formulas decides, if one is found"""
    found = {}
    formulas = [f for fs in version.formulas.values() for f in fs if f.drg and f.mdc != 99]
    for f in formulas:
        for _ in range(TRIES if f.drg not in found else 0):
            claim = maker.from_formula(f)
            if group(version, claim)[0][5] is f:
                found[f.drg] = claim
                break
    return found, {f.drg for f in formulas}


def check(name, tool, tables, folder, n, seed):
    """one version; (agreed, not, DRGs not reached)"""
    version = Version(os.path.join(TABLES, name))
    maker = Maker(version, seed)
    found, drgs = reach(version, maker)
    claims = list(found.values()) + [maker.random_claim() for _ in range(n)]
    lines = answers(tool, tables, folder, claims, VERSIONS[name])
    wrong, seen, returns = 0, set(), collections.Counter()
    for i, (claim, line) in enumerate(zip(claims, lines)):
        why = differs(version, claim, line, i % 10 == 0)
        if why:
            wrong += 1
            if wrong <= 5:
                print(f"{name} {vars(claim)}\n  {why}")
        if line:
            seen.add(line["drg"])
            returns[line["return_code"]] += 1
    missing = sorted(drgs - set(found))
    told = ", ".join(f"{k} {v}" for k, v in sorted(returns.items(), key=str))
    print(f"{name}: {len(found)} of {len(drgs)} DRGs by a claim of their own{f', not {missing}' if missing else ''}; "
          f"{n} random claims, seed {seed}, {len(seen)} DRGs; {wrong} differ; {told}")
    return len(claims) - wrong, wrong, len(missing)


def main(build, n=20000, seed=1):
    tool = os.path.join(build, "bin", "cleanclaim")
    sums = [0, 0, 0]
    with tempfile.TemporaryDirectory() as folder:
        tables = os.path.join(folder, "tables")
        os.mkdir(tables)
        subprocess.run([tool, "tables", "load", "--tables", tables, TABLES], check=True, capture_output=True)
        for name in VERSIONS:
            sums = [a + b for a, b in zip(sums, check(name, tool, tables, folder, n // len(VERSIONS), seed))]
    print(f"drg: {sums[0]} passed, {sums[1] + sums[2]} failed, 0 skipped")
    return sums[1] + sums[2] > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:])))
