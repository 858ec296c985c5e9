#!/usr/bin/env python3
"""ncci_oracle.py BUILD [CLAIMS [SEED]] - a second reading of NCCI: pairs, units of service and add-on codes.

Written from the rules (billing 7.3, 7.4, 7.8) without a look at the validator: thousands of made-up 837 claims are judged here and
by `cleanclaim validate`, over the same official files, and every finding must be the other's. Files are those of the public data
folder when it is there, else the seed tables.

Where the rules leave a question open, both go by this:
  - a line over several days meets another on their first common day; its units are spread evenly over its days;
  - what is found stands at the line: of a pair at the line of column 2, of a sum of units and of an add-on at the first line of the
    code on that day by that provider; a pair is found once a line, at its worst, however often column 1
    is billed;
  - an add-on with some published primaries (type 3, or type 1 that the contractor may extend: CCCCC) is in order with one of these,
    one without any (type 2, or only CCCCC) with any service that is no add-on itself;
  - a severity E that the rules call "no reject" for a bill is W;
  - a file says nothing of days after its quarter: nothing is found there.
"""
import collections
import csv
import datetime
import glob
import json
import os
import random
import subprocess
import sys
import tempfile

EDITS = "NCC-01,NCC-02,MUE-01,MUE-02,MUE-03,AOC-01,AOC-02".split(",")
DATA = os.path.join(os.path.dirname(__file__), "..", "..", "..", "shared", "data", "ncci")
SEED = os.path.join(os.path.dirname(__file__), "..", "..", "deploy", "seed", "tables")
# billing 7.4: anatomic, global, other
OPENING = ("E1 E2 E3 E4 FA F1 F2 F3 F4 F5 F6 F7 F8 F9 TA T1 T2 T3 T4 T5 T6 T7 T8 T9 LT RT LC LD RC LM RI "
           "24 25 57 58 78 79 27 59 91 XE XS XP XU").split()
DISTINCT = "59 XE XS XP XU".split()
OTHERS = "22 50 51 62 76 77 26 TC KX GA".split()
INPATIENT = "11 18 21 28 41 65 66 86".split()
EITHER_SIDE = datetime.date(2019, 7, 1)
OPEN_END = datetime.date(9999, 12, 31)
DAY = datetime.timedelta(days=1)


# --- the tables, read by a reader of our own

def day(text):
    """yyyymmdd or yyyyddd (day of the year); blank or * is no day."""
    text = text.strip()
    if not text or text == "*":
        return None
    return datetime.datetime.strptime(text, "%Y%m%d" if len(text) == 8 else "%Y%j").date()


def read_pairs(path):
    """(column 1, column 2) -> [(from, to, indicator)]"""
    pairs = collections.defaultdict(list)
    for line in open(path, encoding="cp1252"):
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) == 7 and len(cells[0]) == 5 and cells[3].isdigit():
            pairs[cells[0], cells[1]].append((day(cells[3]), day(cells[4]) or OPEN_END, cells[5].strip()))
    return pairs


def read_units(path):
    """code -> (value, adjudication indicator); and the quarter that the name gives (a seed table serves back to 2000)"""
    units = {}
    for cells in csv.reader(open(path, encoding="cp1252", newline="")):
        if len(cells) == 4 and len(cells[0]) == 5 and cells[1].isdigit():
            units[cells[0]] = (int(cells[1]), int(cells[2][0]))
    month, of_month, year = os.path.basename(path).split("Eff_")[1][:10].split("-")
    first = datetime.date(int(year), int(month), int(of_month))
    return units, datetime.date(2000, 1, 1) if "seed" in path else first, datetime.date(first.year + first.month // 10, (first.month + 2) % 12 + 1, 1) - DAY


def read_addons(path):
    """add-on -> [(primary, type, first day, first day that it is deleted)]"""
    addons = collections.defaultdict(list)
    for line in open(path, encoding="cp1252"):
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) >= 8 and cells[0] in ("1", "2", "3"):
            ends = [d for d in (day(cells[2]), day(cells[4]), day(cells[6])) if d]
            addons[cells[1]].append((cells[3], int(cells[0]), day(cells[5]), min(ends, default=OPEN_END)))
    return addons


class Tables:
    def __init__(self, folder):
        def one(pattern):
            found = sorted(glob.glob(os.path.join(folder, pattern)))
            return found[0] if found else sys.exit(f"{folder}: no {pattern}")
        self.files = [one("ccipra*"), one("ccioph*"), one("MCR_MUE_Practitioner*"), one("MCR_MUE_OutpatientHospital*")]
        self.pairs = {"P": read_pairs(self.files[0]), "I": read_pairs(self.files[1])}
        self.units = {"P": read_units(self.files[2]), "I": read_units(self.files[3])}
        self.last = self.units["P"][2]  # all are of one quarter
        self.addon_file = one("AOC_V????Q?-MCR*")
        self.addons = None

    def extend_addons(self, folder):
        """The official add-on rows and some made up, for what the extract lacks: chains, a closed list that the contractor defines,
        rows that end."""
        rows = [("1", "G9001", "", "G9002", "", "2024001", "", ""), ("1", "G9002", "", "G9003", "", "2024001", "", ""),
                ("1", "G9003", "", "G9004", "", "2024001", "", ""), ("1", "G9003", "", "G9005", "2024213", "2024001", "", ""),
                ("1", "G9006", "", "CCCCC", "", "2024001", "", ""), ("3", "G9007", "", "CCCCC", "", "2024001", "", ""),
                ("1", "G9011", "", "G9004", "", "2024001", "", ""), ("1", "G9011", "", "CCCCC", "", "2024001", "", ""),
                ("3", "G9007", "", "G9002", "", "2024001", "", ""), ("1", "G9008", "2024227", "G9004", "", "2024001", "", ""),
                ("1", "G9009", "", "G9004", "", "2024182", "2024244", ""), ("2", "G9010", "", "CCCCC", "", "2024183", "", "")]
        name = os.path.join(folder, os.path.basename(self.addon_file))
        with open(name, "w", encoding="cp1252", newline="") as out:
            out.write(open(self.addon_file, encoding="cp1252", newline="").read())
            out.writelines("\t".join(r) + "\r\n" for r in rows)
        self.addon_file = name
        self.addons = read_addons(name)


# --- the rules

Line = collections.namedtuple("Line", "number code mods first last units provider revenue")
Claim = collections.namedtuple("Claim", "id kind bill lines attachment")


def same_provider(claim, a, b):
    """Same NPI, or same group and specialty; a facility's bill is one provider's."""
    if claim.kind == "I" or a.provider[0] == b.provider[0]:
        return True
    return bool(a.provider[1]) and a.provider[1] == b.provider[1]


def professional_tables(claim):
    return claim.kind == "P" or claim.bill[:2] == "83"


def judged(claim):
    return claim.kind == "P" or claim.bill[:2] not in INPATIENT


def opens(column1, column2, on):
    """Does a modifier of the list open the pair? 59 and X on column 1 only since July 2019."""
    if any(m in OPENING for m in column2.mods):
        return True
    return any(m in OPENING and (on >= EITHER_SIDE or m not in DISTINCT) for m in column1.mods)


def fee(line):
    return 960 <= int(line.revenue) <= 989


def find_pairs(tables, claim):
    table = tables.pairs["P" if professional_tables(claim) else "I"]
    if not judged(claim) or claim.bill[:2] == "71":
        return
    for column2 in claim.lines:
        found = {}
        for column1 in claim.lines:
            on = max(column1.first, column2.first)
            if column1.code == column2.code or on > min(column1.last, column2.last, tables.last):
                continue
            if not same_provider(claim, column1, column2):
                continue
            if claim.bill[:2] == "85" and fee(column1) != fee(column2):
                continue
            for first, last, indicator in table.get((column1.code, column2.code), ()):
                if not first <= on <= last or indicator == "9":
                    continue
                if indicator == "0":
                    found[column1.code] = "NCC-01"
                elif not opens(column1, column2, on):
                    found.setdefault(column1.code, "NCC-02")
        for code, edit in found.items():
            yield edit, "reject", column2.number, (code, column2.code)


def a_day(line):
    return line.units / ((line.last - line.first).days + 1)


def firsts(claim):
    """The first line of each code, first day and provider."""
    seen = []
    for line in claim.lines:
        if not any(line.code == s.code and line.first == s.first and same_provider(claim, line, s) for s in seen):
            seen.append(line)
    return seen


def find_units(tables, claim):
    practitioner = professional_tables(claim)
    units, first, last = tables.units["P" if practitioner else "I"]
    if not judged(claim):
        return

    def row(line):
        return units.get(line.code, (0, 0)) if first <= line.first <= last else (0, 0)

    def severity(value, otherwise):
        return "hold" if value == 0 and practitioner else otherwise
    for line in claim.lines:
        value, mai = row(line)
        if mai == 1 and a_day(line) > value:
            yield "MUE-01", severity(value, "reject"), line.number, (line.code,)
    for line in firsts(claim):
        value, mai = row(line)
        total = sum(a_day(x) for x in claim.lines
                    if x.code == line.code and x.first <= line.first <= x.last and same_provider(claim, x, line))
        if mai == 2 and total > value:
            yield "MUE-02", severity(value, "reject"), line.number, (line.code,)
        if mai == 3 and total > value and not claim.attachment:
            yield "MUE-03", "hold", line.number, (line.code,)


def rows_of(tables, line):
    return [r for r in tables.addons.get(line.code, ()) if r[2] <= line.first < r[3] and line.first <= tables.last]


def closed(rows):
    """A published closed list of primaries; one that the contractor defines is not."""
    return any(r[1] == 1 for r in rows) and not any(r[0] == "CCCCC" for r in rows)


def near(claim, addon, other):
    return other.first <= addon.first and other.last >= addon.first - DAY and same_provider(claim, addon, other)


def listed_primary(tables, claim, addon, rows):
    return any(other.code == r[0] and near(claim, addon, other) and in_order(tables, claim, other)
               for r in rows for other in claim.lines)


def in_order(tables, claim, line):
    rows = rows_of(tables, line)
    return not closed(rows) or listed_primary(tables, claim, line, rows)


def find_addons(tables, claim):
    opps = claim.kind == "I" and claim.bill[:2] in ("12", "13", "14")
    if not judged(claim):
        return
    for line in firsts(claim):
        rows = rows_of(tables, line)
        if closed(rows) and not listed_primary(tables, claim, line, rows):
            yield "AOC-01", "hold" if opps else "reject", line.number, (line.code,)
        elif rows and not closed(rows):
            if any(r[1] == 3 or (r[1] == 1 and r[0] != "CCCCC") for r in rows):
                fine = listed_primary(tables, claim, line, rows)
            else:
                fine = any(o.code != line.code and near(claim, line, o) and not rows_of(tables, o) for o in claim.lines)
            if not fine:
                yield "AOC-02", "hold", line.number, (line.code,)


def judge(tables, claim):
    return sorted(f for find in (find_pairs, find_units, find_addons) for f in find(tables, claim))


# --- claims

PROVIDERS = [("1455555015", "207Q00000X"), ("1455555023", "207Q00000X"), ("1455555031", "208M00000X"), ("1455555049", "")]


class Maker:
    def __init__(self, tables, seed):
        self.random = random.Random(seed)
        self.tables = tables
        self.pairs = {k: sorted(v) for k, v in tables.pairs.items()}
        self.units = {k: [sorted(c for c in v[0] if v[0][c][1] == mai) for mai in (1, 2, 3)] for k, v in tables.units.items()}
        self.addons = sorted(tables.addons)
        self.last = tables.last
        self.first = self.last - 91 * DAY

    def quarter_day(self):
        return self.first + DAY * self.random.randrange((self.last - self.first).days + 1)

    def mods(self):
        r = self.random
        kind = r.random()
        if kind < 0.55:
            return []
        return r.sample(OPENING if kind < 0.8 else OTHERS, r.choice((1, 1, 1, 2)))

    def pair(self, table, add):
        r = self.random
        key = r.choice(self.pairs[table])
        first, last, _ = r.choice(self.tables.pairs[table][key])
        on = self.quarter_day()
        if r.random() < 0.4:  # at the edges of its window
            on = r.choice((first - DAY, first, first + DAY, min(last, self.last), min(last, self.last) + DAY))
        for code in r.sample(key, 2):
            apart = r.choice((0, 0, 0, 0, 0, 1, 2))
            add(code, on + DAY * apart)
        if r.random() < 0.3:
            add(r.choice(key), on)

    def over_units(self, table, add):
        r = self.random
        code = r.choice(r.choice(self.units[table]))
        value = self.tables.units[table][0][code][0]
        on = self.quarter_day()
        for _ in range(r.choice((1, 1, 2, 3))):
            add(code, on + DAY * r.choice((0, 0, 0, 1)), r.choice((1, value, value, value + 1, max(value - 1, 1), max(value // 2, 1))) or 1)

    def addon(self, add):
        r = self.random
        code = r.choice(self.addons)
        on = self.quarter_day()
        add(code, on)
        for _ in range(r.choice((0, 1, 1, 2))):
            primary = r.choice(self.tables.addons[code])[0]
            if primary == "CCCCC":
                primary = "G0402"
            on += DAY * r.choice((0, 0, 0, -1, -1, -2, 1))
            add(primary, on)
            code = primary if primary in self.tables.addons else code

    def claim(self, n):
        r = self.random
        kind = "P" if r.random() < 0.6 else "I"
        bill = r.choice(("131", "131", "131", "851", "851", "831", "711", "121", "141", "111")) if kind == "I" else ""
        table = "P" if kind == "P" or bill[:2] == "83" else "I"
        home = r.choice(PROVIDERS)
        lines = []

        def add(code, first, units=1):
            span = r.randrange(1, 4) if r.random() < 0.08 else 0
            provider = r.choice(PROVIDERS) if kind == "P" and r.random() < 0.2 else home
            revenue = r.choice(("0961", "0972", "0300", "0636", "0450")) if kind == "I" else "0"
            lines.append(Line(len(lines) + 1, code, self.mods(), first, first + DAY * span, units * (span + 1), provider, revenue))
        while not lines or (len(lines) < 6 and r.random() < 0.6):
            scenario = r.random()
            if scenario < 0.5:
                self.pair(table, add)
            elif scenario < 0.8:
                self.over_units(table, add)
            else:
                self.addon(add)
        if r.random() < 0.5:  # all on one day: more of them meet
            on = lines[0].first
            lines = [x._replace(first=on, last=on + (x.last - x.first)) for x in lines]
        return Claim(f"N{n:06d}", kind, bill, lines, r.random() < 0.1), home


# --- as 837

def date_of(line):
    if line.first == line.last:
        return f"DTP*472*D8*{line.first:%Y%m%d}~"
    return f"DTP*472*RD8*{line.first:%Y%m%d}-{line.last:%Y%m%d}~"


def provider_837(provider):
    out = f"NM1*82*1*HEALER*JAN****XX*{provider[0]}~"
    return out + (f"PRV*PE*PXC*{provider[1]}~" if provider[1] else "")


def claim_837(claim, home):
    first, last = min(x.first for x in claim.lines), max(x.last for x in claim.lines)
    total = 10 * len(claim.lines)
    papers = f"PWK*OZ*EL***AC*P{claim.id}~" if claim.attachment else ""
    if claim.kind == "P":
        out = f"CLM*{claim.id}*{total}***11:B:1*Y*A*Y*Y~{papers}HI*ABK:I10~{provider_837(home)}"
    else:
        out = (f"CLM*{claim.id}*{total}***{claim.bill[:2]}:A:{claim.bill[2]}**A*Y*Y~DTP*434*RD8*{first:%Y%m%d}-{last:%Y%m%d}~"
               f"CL1*1*1*01~{papers}HI*ABK:I10~NM1*71*1*HEALER*JAN****XX*1455555023~")
    for x in claim.lines:
        code = ":".join(["HC", x.code] + x.mods)
        body = f"SV1*{code}*10*UN*{x.units}***1~" if claim.kind == "P" else f"SV2*{x.revenue}*{code}*10*UN*{x.units}~"
        own = provider_837(x.provider) if claim.kind == "P" and x.provider != home else ""
        out += f"LX*{x.number}~{body}{date_of(x)}REF*6R*{claim.id}L{x.number}~{own}"
    return out


def write_837(path, claims, kind, number):
    guide = "005010X222A1" if kind == "P" else "005010X223A2"
    body = f"ST*837*0001*{guide}~BHT*0019*00*B{number}*20241001*0915*CH~NM1*41*2*RIVERBEND*****46*SUBM10001~"
    body += "PER*IC*DESK*TE*5555550100~NM1*40*2*CLEARINGHOUSE*****46*CLRHOUSE01~HL*1**20*1~PRV*BI*PXC*207Q00000X~"
    body += "NM1*85*2*RIVERBEND*****XX*1234567893~N3*100 RIVER RD~N4*SPRINGTOWN*OH*441011234~REF*EI*987654321~"
    for n, (claim, home) in enumerate(claims, 2):
        body += f"HL*{n}*1*22*0~SBR*P*18*******CI~NM1*IL*1*TESTER*ADA****MI*SYN0001234~N3*12 ELM ST~N4*SPRINGTOWN*OH*44101~"
        body += "DMG*D8*19700214*F~NM1*PR*2*SAMPLE PLAN*****PI*SHP01~" + claim_837(claim, home)
    body += f"SE*{body.count('~') + 1}*0001~"
    with open(path, "w", encoding="ascii") as out:
        out.write(f"ISA*00*          *00*          *ZZ*SUBM10001      *ZZ*CLRHOUSE01     *241001*0915*^*00501*{number:09d}*0*T*:~"
                  f"GS*HC*SUBM10001*CLRHOUSE01*20241001*0915*{number}*X*{guide}~{body}GE*1*{number}~IEA*1*{number:09d}~")


# --- both

def run(args, **more):
    return subprocess.run(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)


def validated(command, folder, tables):
    """claim -> findings, by the validator"""
    out = run([command, "validate", "--json", "--only", ",".join(EDITS), "--tables", tables] + sorted(glob.glob(folder + "/*.837")))
    if out.returncode not in (0, 1):
        sys.exit(out.stderr)
    answers = {}
    for text in out.stdout.splitlines():
        one = json.loads(text)
        answers[one["claim"]] = sorted((f["edit"], f["severity"], f["line"], tuple(f["codes"])) for f in one["findings"])
    return answers


def make_claims(tables, folder, n, seed):
    maker = Maker(tables, seed)
    claims = [maker.claim(i) for i in range(n)]
    for kind in "PI":
        mine = [c for c in claims if c[0].kind == kind]
        for i in range(0, len(mine), 1000):
            write_837(f"{folder}/{kind}{i:06d}.837", mine[i:i + 1000], kind, i + (1 if kind == "P" else 2))
    return [c[0] for c in claims]


def compare(tables, claims, answers, counts):
    failed = 0
    for claim in claims:
        ours, theirs = judge(tables, claim), answers.get(claim.id)
        counts.update(f[0] for f in ours)
        if ours == theirs:
            continue
        failed += 1
        if failed <= 10:
            print(f"{claim.id} {claim.kind} {claim.bill}: here {[f for f in ours if f not in (theirs or [])]}, "
                  f"there {theirs and [f for f in theirs if f not in ours]}")
            print("  " + "\n  ".join(map(str, claim.lines)))
    return failed


def main(build, n, seed):
    command = os.path.join(build, "bin", "cleanclaim")
    folder = DATA if os.path.isdir(DATA) else SEED
    tables, counts = Tables(folder), collections.Counter()
    with tempfile.TemporaryDirectory() as temp:
        tables.extend_addons(temp)
        loaded = run([command, "tables", "load", "--part", "--tables", temp + "/tables", tables.addon_file] + tables.files)
        if loaded.returncode != 0:
            sys.exit(loaded.stderr)
        claims = make_claims(tables, temp, n, seed)
        failed = compare(tables, claims, validated(command, temp, temp + "/tables"), counts)
    told = ", ".join(f"{e}: {counts[e]}" for e in EDITS)
    print(f"ncci_oracle: over {'the public extract of July 2024' if folder == DATA else 'the seed tables'}, seed {seed}; findings {told}")
    print(f"ncci_oracle: {len(claims) - failed} passed, {failed} failed, 0 skipped")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20000, int(sys.argv[3]) if len(sys.argv) > 3 else 1))
