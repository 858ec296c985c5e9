#!/usr/bin/env python3
"""mce_oracle.py BUILD [CLAIMS [SEED]] - the Medicare Code Editor once more, from its tables and rules alone.

Random acute stays from October 2015 to September 2026, every flag of the editor's tables among their codes, go as an 837I through
`cleanclaim validate` and `cleanclaim group`; the set of (edit, code) that each reports must be the set that this reading of the rules
gives, and `group` must name a flag that the code has. Skipped without ../shared/data/mce.
"""
import collections
import datetime
import gzip
import json
import os
import random
import subprocess
import sys
import tempfile

DATA = os.path.join("..", "shared", "data", "mce")
MSDRG = os.path.join("deploy", "tables", "msdrg")
LAST = 20260930


def codes(name):
    """code -> its spans (from, to, flags)."""
    out = collections.defaultdict(list)
    with gzip.open(os.path.join(DATA, name), "rt", encoding="ascii") as f:
        for line in f:
            if line[0] != "#":
                code, start, end, flags = line.rstrip("\n").split("\t")
                out[code].append((int(start), int(end or LAST), set(flags.split(",")) - {""}))
    return out


def rows(name):
    with open(os.path.join(DATA, name), encoding="ascii") as f:
        return [line.split() for line in f if line[0] != "#"]


def flags_on(table, code, day):
    """The flags of a code on a day; None: no such code."""
    for start, end, flags in table.get(code, ()):
        if start <= day <= end:
            return flags
    return None


def number(day):
    return int(day.strftime("%Y%m%d"))


class Editor:
    """The rules, in the words of the tables' README."""

    def __init__(self):
        self.dx, self.px = codes("icd10_dx_valid.tsv.gz"), codes("icd10_px_valid.tsv.gz")
        self.ages, self.statuses = rows("age_groups.tsv"), rows("discharge_status.tsv")

    def principal(self, c, flags, out):
        for flag, edit in (("ecodepdx", 2), ("manifestation", 6), ("qadm", 8)):
            if flag in flags:
                out.add((edit, c["pdx"]))
        if "unacceptable" in flags and ("reqsdx" not in flags or not c["sdx"]):
            out.add((9, c["pdx"]))

    def each_dx(self, c, code, flags, day, out):
        for group, low, high, start, end in self.ages:
            if int(start) <= day <= int(end) and group.lower() in flags and not int(low) <= c["age"] <= int(high):
                out.add((4, code))
        for flag, edit in (("wrngproc", 18), ("unspecified", 20)):
            if flag in flags:
                out.add((edit, code))

    def each_px(self, c, code, flags, dx, px, second, out):
        if "los" in flags and c["stay"] < 5:
            out.add((19, code))
        if flags & {"csect", "vagdel"} and "delout" not in second:
            out.add((8, code))
        both = {"lcov_artheartxpa", "lcov_artheartxpb"}
        heart = bool(flags & both) and both <= px
        if ("noncovered" in flags or ("ncov45" in flags and "kidneyxp" not in px and "diabtypeI" not in dx)
                or ("ncov12agele60" in flags and c["age"] > 60) or flags & dx & {"ncov6", "ncov7", "ncov_z302"}
                or (heart and "clintrial" not in dx)):
            out.add((11, code))
        elif "lcov" in flags or heart:
            out.add((17, code))

    def judge(self, c):
        day, out = c["thru"], set()
        dx = [(code, flags_on(self.dx, code, day)) for code in [c["pdx"], *c["sdx"]]]
        px = [(code, flags_on(self.px, code, day)) for code in c["px"]]
        out |= {(1, code) for code, flags in dx + px if flags is None}
        self.principal(c, dx[0][1] or set(), out)
        out |= {(3, code) for code in c["sdx"] if code == c["pdx"]}
        of_dx, of_px = (set().union(*(flags or set() for _, flags in x)) for x in (dx, px))
        second = set().union(*(flags or set() for _, flags in dx[1:]))  # the manual: a secondary diagnosis of the outcome
        other = {"F": "male", "M": "female"}.get(c["sex"])
        out |= {(5, code) for code, flags in dx + px if flags and other in flags}
        for code, flags in dx:
            self.each_dx(c, code, flags or set(), day, out)
        for code, flags in px:
            self.each_px(c, code, flags or set(), of_dx, of_px, second, out)
        if not 0 <= c["age"] <= 124:
            out.add((14, ""))
        if c["sex"] == "U" and day < 20241001:
            out.add((15, ""))
        if not any(s.zfill(2) == c["status"] and int(a) <= day <= int(b) for s, a, b in self.statuses):
            out.add((16, c["status"]))
        return out


class Stays:
    """Random claims, flagged codes among them more often than in life."""

    def __init__(self, editor, seed):
        self.r = random.Random(seed)
        self.pools = {}
        for name, table in (("dx", editor.dx), ("px", editor.px)):
            flagged = collections.defaultdict(list)
            for code, spans in table.items():
                for flag in set().union(*(flags for _, _, flags in spans)):
                    flagged[flag].append(code)
            self.pools[name] = (list(table), sorted(flagged), flagged)

    def code(self, name):
        every, names, flagged = self.pools[name]
        chance = self.r.random()
        if chance < 0.4:
            return self.r.choice(flagged[self.r.choice(names)])
        code = self.r.choice(every)
        return code if chance < 0.95 else code[:-1] + "Q"

    def one(self):
        r = self.r
        thru = datetime.date(2015, 10, 1) + datetime.timedelta(r.randrange(4018))
        stay = r.choice([0, 1, 3, 4, 5, 6, 9])
        admit = thru - datetime.timedelta(stay)
        birth = datetime.date(admit.year - r.choice([0, 0, 1, 8, 9, 12, 14, 15, 17, 18, 30, 55, 56, 60, 61, 64, 65, 90, 124, 125]),
                              r.randint(1, 12), r.randint(1, 28))
        birth = min(birth, admit)
        c = {"pdx": self.code("dx"), "sdx": [self.code("dx") for _ in range(r.choice([0, 0, 1, 2, 4, 8]))],
             "px": [self.code("px") for _ in range(r.choice([0, 0, 1, 2, 3]))], "sex": r.choice("MFFMU"), "stay": stay,
             "age": admit.year - birth.year - ((admit.month, admit.day) < (birth.month, birth.day)),
             "birth": number(birth), "admit": number(admit), "thru": number(thru), "admitting": self.code("dx"),
             "status": r.choice(["01", "30", "02", "40", "69", "81", "77", "21", "43", "09", "07", "20"])}
        if c["sdx"] and r.random() < 0.1:
            c["sdx"][-1] = c["pdx"]
        if c["px"] and r.random() < 0.1:
            c["px"] += ["02RK0JZ", "02RL0JZ"]
        return c


HEAD = ("ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260401*1200*^*00501*000000001*0*T*:~"
        "GS*HC*SENDER*RECEIVER*20260401*1200*1*X*005010X223A2~ST*837*0001*005010X223A2~BHT*0019*00*1*20260401*1200*CH~"
        "NM1*41*2*SUB*****46*S1~PER*IC*A*TE*5555550100~NM1*40*2*REC*****46*R1~HL*1**20*1~NM1*85*2*HOSPITAL*****XX*1987654328~"
        "N3*1 RIVER RD~N4*CITY*OH*441011234~REF*EI*987654322~")


def segments(i, c):
    """One claim: subscriber, CLM, diagnoses, procedures, a line."""
    cause = [x for x in c["sdx"] if x[0] in "VWXY"]
    rest = [x for x in c["sdx"] if x[0] not in "VWXY"]
    out = [f"HL*{i + 2}*1*22*0", "SBR*P*18*******MA", "NM1*IL*1*DOE*JO****MI*1EG4TE5MK73", "N3*1 ELM", "N4*CITY*OH*44101",
           f"DMG*D8*{c['birth']}*{c['sex']}", "NM1*PR*2*MEDICARE*****PI*99901", f"CLM*C{i}*100***11:A:1**A*Y*Y", "DTP*096*TM*1100",
           f"DTP*434*RD8*{c['admit']}-{c['thru']}", f"DTP*435*DT*{c['admit']}1200", f"CL1*1*1*{c['status']}", f"HI*ABK:{c['pdx']}",
           f"HI*ABJ:{c['admitting']}"]
    for qualifier, some in (("ABN", cause), ("ABF", rest)):
        if some:
            out.append("HI*" + "*".join(f"{qualifier}:{x}" for x in some))
    if c["px"]:
        out.append(f"HI*BBR:{c['px'][0]}:D8:{c['thru']}")
    if c["px"][1:]:
        out.append("HI*" + "*".join(f"BBQ:{x}:D8:{c['thru']}" for x in c["px"][1:]))
    return out + ["NM1*71*1*DOC*A****XX*1455555023", "LX*1", "SV2*0250**100*UN*1"]


def interchange(claims):
    body = HEAD + "".join(s + "~" for i, c in enumerate(claims) for s in segments(i, c))
    return body + f"SE*{body.count('~') - 1}*0001~GE*1*1~IEA*1*000000001~"


def reported(line):
    """(edit, code) pairs of a line of `validate`."""
    out = set()
    for f in line["findings"]:
        for name in f.get("same_as") or []:
            if name.startswith("MCE "):
                out.add((int(name[4:]), (f["codes"] or [""])[0].replace(".", "")))
    return out


def edited(line, editor, day):
    """(edit, code) pairs of a line of `group`; a flag that its code has not is a pair of its own"""
    out = set()
    for x in line["mce"]:
        code, number = (x["code"] or "").replace(".", ""), int(x["edit"][4:])
        has = (flags_on(editor.dx, code, day) or set()) | (flags_on(editor.px, code, day) or set())
        out.add((number, code))
        if (x["flag"] is None) != (number in (1, 3, 14, 15, 16)) or (x["flag"] and x["flag"] not in has):
            out.add((number, f"{code} by {x['flag']}"))
    return out


def answers(run):
    """lines of a command by the number of their claim"""
    return {int(line["claim"][1:]): line for line in map(json.loads, run.stdout.splitlines())}


def main(build, n, seed):
    if not os.path.isdir(DATA):
        print("mce_oracle: skipped, ../shared/data/mce is not there")
        return 77
    tool, editor = os.path.join(build, "bin", "cleanclaim"), Editor()
    stays = Stays(editor, seed)
    claims = [stays.one() for _ in range(n)]
    with tempfile.TemporaryDirectory() as folder:
        tables, path = os.path.join(folder, "tables"), os.path.join(folder, "stays.837")
        os.mkdir(tables)
        subprocess.run([tool, "tables", "load", "--tables", tables, DATA, MSDRG], check=True, capture_output=True)
        with open(path, "w", encoding="ascii") as f:
            f.write(interchange(claims))
        lines = [answers(subprocess.run([tool, *stage, "--json", "--tables", tables, path], capture_output=True, text=True, check=False))
                 for stage in (["validate"], ["group", "--drg-version", "43.1"])]
    count, wrong = collections.Counter(), 0 if len(lines[0]) == len(lines[1]) == n else n
    for i, c in enumerate(claims):
        if i not in lines[0] or i not in lines[1]:
            continue
        wanted = editor.judge(c)
        count.update(edit for edit, _ in wanted)
        for have in (reported(lines[0][i]), edited(lines[1][i], editor, c["thru"])):
            if wanted != have:
                wrong += 1
                print(f"C{i} {c}\n  missing {wanted - have}, too many {have - wanted}")
    told = ", ".join(f"{k}: {count[k]}" for k in sorted(count))
    print(f"mce_oracle: {n} stays, seed {seed}, {wrong} judged otherwise; edits {told}")
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 2000, int(sys.argv[3]) if len(sys.argv) > 3 else 1))
