"""drg_rules.py - a second MS-DRG grouper, written from the definitions' description alone: plain, slow, one sentence a function.

It shares nothing with common/drg: formulas are evaluated as text each time, attributes are sets of names. drg_check.py compares."""
import gzip
import os
import re

MULTST = ["sthead", "stchest", "stabdom", "stkidney", "sturin", "stpel", "stuplimb", "stlolimb"]
SIDES = ["righthip", "lefthip", "leftknee", "rightknee", "leftankle", "rightankle"]
STATUSES = set(range(1, 8)) | {20, 21, 30, 43, 50, 51} | set(range(61, 67)) | {69, 70} | set(range(81, 96))


def rows(folder, name):
    with gzip.open(os.path.join(folder, name + ".tsv.gz"), "rt", encoding="utf-8") as f:
        next(f)
        return [line.rstrip("\n").split("\t") for line in f]


class Formula:
    def __init__(self, mdc, order, rank, base, drg, kind, reroute, _severity, suppress, text):
        self.mdc, self.order, self.rank, self.base, self.drg = int(mdc), int(order), int(rank), int(base), int(drg)
        self.kind, self.reroute, self.suppress, self.text = kind, int(reroute), set(suppress.split()), text
        self.tree = parse(text)


class Version:
    def __init__(self, folder):
        self.dx = {}
        for code, mdc, male, female, severity, collection, attrs, cats, hac_attrs, hacs in rows(folder, "dx"):
            self.dx[code] = {"mdc": int(mdc), 1: male, 2: female, "severity": severity, "collection": collection,
                             "attrs": set(attrs.split()) | set(cats.split()) | set(hac_attrs.split()),
                             "hacs": [int(h) for h in hacs.split()]}
        self.px = {code: set(attrs.split()) for code, attrs in rows(folder, "px")}
        self.excluded = {c: set(codes.split()) for c, codes in rows(folder, "exclusion_collections")}
        self.formulas = {}
        for row in rows(folder, "formulas"):
            f = Formula(*row)
            self.formulas.setdefault(f.mdc, []).append(f)
        for fs in self.formulas.values():
            fs.sort(key=lambda f: (f.rank, f.order))
        self.hacs = {}
        for hac, _order, text in rows(folder, "hac_formulas"):
            self.hacs.setdefault(int(hac), []).append(parse(text))
        self.clusters, self.of_code = {}, {}
        for name, mdcs, choice, codes in rows(folder, "clusters"):
            c = self.clusters.setdefault(name, {"mdcs": set(), "choices": {}})
            c["mdcs"] |= set(map(int, mdcs.split()))
            c["choices"][choice] = set(codes.split())
            for code in codes.split():
                self.of_code.setdefault(code, set()).add(name)


def parse(text):
    """a formula as nested tuples: ("or", …) ("and", …) ("not", x) name"""
    tokens = re.findall(r"[&|~()]|[^\s&|~()]+", text)
    at = 0

    def peek():
        return tokens[at] if at < len(tokens) else None

    def some(sign, name, operand):
        nonlocal at
        parts = [operand()]
        while peek() == sign:
            at += 1
            parts.append(operand())
        return parts[0] if len(parts) == 1 else (name, *parts)

    def one():
        nonlocal at
        token = tokens[at]
        at += 1
        if token == "~":
            return ("not", one())
        if token == "(":
            inner = either()
            assert tokens[at] == ")", text
            at += 1
            return inner
        return token

    def both():
        return some("&", "and", one)

    def either():
        return some("|", "or", both)

    tree = either()
    assert at == len(tokens), text
    return tree


class Claim:
    """dx: [(code, poa)] principal first; px: [code]; sex 0 unknown 1 male 2 female; status int; exempt bool"""

    def __init__(self, dx, px=(), sex=1, status=1, exempt=False):
        self.dx, self.px, self.sex, self.status, self.exempt = list(dx), list(px), sex, status, exempt


class Stay:
    def __init__(self, v, claim):
        self.v, self.c = v, claim
        self.pdx = v.dx.get(claim.dx[0][0]) if claim.dx else None
        self.sdx = [(code, poa, v.dx[code]) for code, poa in claim.dx[1:] if code in v.dx]
        hidden = {code: set() for code in claim.px}
        self.px = [(code, v.px[code], hidden[code]) for code in claim.px if code in v.px and not code.startswith("Z@")]
        self.found = self.find_clusters()
        self.mdc, self.sex_conflict = self.principal_mdc()
        gone = v.excluded.get(self.pdx["collection"], set()) if self.pdx else set()
        self.gone = [code in gone or (claim.status == 20 and "mccalive" in d["attrs"]) for code, _, d in self.sdx]
        self.met = [False] * len(self.sdx)

    def find_clusters(self):
        found = []
        for name in sorted(set().union(*(self.v.of_code.get(code, set()) for code, _, _ in self.px))):
            c, marked, used = self.v.clusters[name], set(), []
            for code, _, hidden in self.px:
                hit = [k for k, codes in c["choices"].items() if code in codes]
                if not hit:
                    continue
                marked.add(hit[0])
                used.append(hidden)
                if len(marked) == len(c["choices"]):
                    found.append(self.v.px[name])
                    for h in used:
                        h |= c["mdcs"]
                    break
        return found

    def principal_mdc(self):
        if not self.pdx:
            return 0, False
        by_sex = self.pdx[1] or self.pdx[2]
        own = self.pdx.get(self.c.sex) if self.c.sex in (1, 2) else ""
        return (int(own) if own else self.pdx["mdc"]), bool(by_sex) and self.c.sex not in (1, 2)

    def severity(self, suppress):
        best = 0
        for (code, _, d), gone, met in zip(self.sdx, self.gone, self.met):
            if not gone and not met and not d["attrs"] & suppress:
                best = max(best, {"MCC": 2, "CC": 1, "NCC": 0}[d["severity"]])
        return best

    def seen(self, mdc):
        return [(code, attrs) for code, attrs, hidden in self.px if mdc not in hidden]

    def test(self, name, mdc, suppress):
        s, px = self.severity(suppress), [(code, attrs) for code, attrs, _ in self.px]  # counts look at hidden parts too
        all_px = [a for _, a in self.seen(mdc)] + self.found
        count = {k: sum(k in a for _, a in px) for k in ("sglantfuse", "sglpostfuse", "sglpostfuse1", "sglantsectXfuse")}
        ant, post, post1, sect = count.values()
        status = self.c.status
        simple = {
            "MCC": s == 2, "CC": s == 1, "NONE": s == 0, "ALIVE": status != 20, "DIED": status == 20, "AMA": status == 7,
            "XFRNBA": status in (2, 5, 66, 82, 85, 94), "ANYDX": True, "ERRORDRG": False, "5": False,
            "ORPROC": any(a & {"d468", "d477"} for a in all_px),
            "SINGLEFUSIONCTR": ant > 0 and post > 0 and ant + post > 2, "MULTFUSE": ant + post1 > 1, "SGLANTCTR": ant > 1,
            "SGLPOST1CTR": post1 > 1, "SGLANTSECTXCTR": sect > 1, "SGLPOSTFUSECTR": post > 1,
            "PDX_ECODE": bool(self.c.dx) and self.c.dx[0][0][:1] in ("V", "W", "X", "Y"), "INVALID_PDX": self.pdx is None,
            "INVALID_SEX": self.sex_conflict, "INVALID_DSTAT": status not in STATUSES,
        }
        if name in simple:
            return simple[name]
        if re.fullmatch(r"MDC\d\d", name):
            return False
        if name == "MULTST":
            return self.two([d["attrs"] for d in [self.pdx] + [d for _, _, d in self.sdx] if d], MULTST)
        if name == "BILATERAL":
            return self.two([a for _, a in px], SIDES)
        if name in ("FOUR_VESSELS", "FOUR_STENTS"):
            word = "vessel" if name == "FOUR_VESSELS" else "stent"
            return sum(n for _, a in px for n in (1, 2, 3, 4) if f"{word}{n}" in a) >= 4
        if name == "ONLY:incident":
            return self.pdx is not None and all("incident" in d["attrs"] for d in [self.pdx] + [d for _, _, d in self.sdx])
        where, _, what = name.rpartition(":")
        principal = self.pdx is not None and what in self.pdx["attrs"]
        secondary = any(what in d["attrs"] for _, _, d in self.sdx)
        procedure = any(what in a for a in all_px)
        return {"": procedure, "PDX": principal, "SDX": secondary, "ANY": principal or secondary or procedure}[where]

    @staticmethod
    def two(members, lists):
        taken = []
        for attrs in members:
            taken += [name for name in lists if name in attrs and name not in taken][:1]
        return len(taken) >= 2

    def true(self, tree, mdc, suppress=frozenset()):
        if isinstance(tree, str):
            return self.test(tree, mdc, suppress)
        if tree[0] == "not":
            return not self.true(tree[1], mdc, suppress)
        parts = (self.true(t, mdc, suppress) for t in tree[1:])
        return all(parts) if tree[0] == "and" else any(parts)

    def first(self, mdc):
        return next((f for f in self.v.formulas.get(mdc, []) if self.true(f.tree, mdc, f.suppress)), None)

    def one_pass(self):
        """(drg, mdc, base, kind, return, formula)"""
        mdc = self.mdc
        f = self.first(0)
        if f and f.drg:
            return f.drg, mdc, f.base, f.kind, "OK", f
        if f and not f.reroute:
            return self.refused(f)
        if f:
            mdc = f.reroute
        g = self.first(mdc)
        if g and g.reroute == 29:
            g = self.first(29)
        if g is None:
            return 999, 0, 0, "NA", "UNGROUPABLE", None
        if not g.drg:
            return self.refused(g)
        return g.drg, mdc, g.base, g.kind, "OK", g

    @staticmethod
    def refused(f):
        for name, ret in (("INVALID_PDX", "INVALID_PDX"), ("PDX_ECODE", "DX_CANNOT_BE_PDX"), ("INVALID_SEX", "INVALID_SEX"),
                          ("INVALID_DSTAT", "INVALID_DISCHARGE_STATUS")):
            if name in f.text:
                return 999, 0, 0, "NA", ret, f
        return 999, 0, 0, "NA", "UNGROUPABLE", f

    def judge_hacs(self):
        """marks what is met; True: a POA is missing that would matter"""
        met = [set() for _ in self.sdx]
        for i, (_, poa, d) in enumerate(self.sdx):
            for hac in d["hacs"]:
                if poa not in ("Y", "W") and not self.gone[i] and any(self.true(t, 0) for t in self.v.hacs.get(hac, [])):
                    met[i].add(hac)
        if not any(6 in m and "hac06_show" not in self.sdx[i][2]["attrs"] for i, m in enumerate(met)):
            for m in met:
                m.discard(6)
        self.met = [bool(m) for m in met]
        other = any(m - {6} for m in met)
        return any(d["hacs"] and not self.gone[i] and poa not in ("Y", "N", "U", "W") and (other or 6 in met[i])
                   for i, (_, poa, d) in enumerate(self.sdx))


def group(version, claim):
    """initial and final (drg, mdc, base, kind, return, formula)"""
    stay = Stay(version, claim)
    initial = stay.one_pass()
    if initial[4] != "OK":
        return initial, initial
    if not claim.exempt and stay.judge_hacs():
        return initial, (999, 0, 0, "NA", "HAC_MISSING_ONE_POA", None)
    return initial, stay.one_pass()
