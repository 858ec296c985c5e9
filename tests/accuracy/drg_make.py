"""drg_make.py - claims for the grouper: built from a formula so that they reach its DRG, or at random."""
import collections
import random

from drg_rules import MULTST, STATUSES, Claim

COUNTED = {"SINGLEFUSIONCTR": ["sglantfuse", "sglpostfuse", "sglantfuse"], "MULTFUSE": ["sglantfuse", "sglpostfuse1"],
           "SGLANTCTR": ["sglantfuse"] * 2, "SGLPOST1CTR": ["sglpostfuse1"] * 2, "SGLANTSECTXCTR": ["sglantsectXfuse"] * 2,
           "SGLPOSTFUSECTR": ["sglpostfuse"] * 2, "BILATERAL": ["righthip", "lefthip"],
           "FOUR_VESSELS": ["vessel2"] * 2, "FOUR_STENTS": ["stent2"] * 2, "ORPROC": ["d468"]}
STATUS = {"ALIVE": 1, "DIED": 20, "AMA": 7, "XFRNBA": 2, "INVALID_DSTAT": 9}


class Maker:
    def __init__(self, version, seed):
        self.v, self.r = version, random.Random(seed)
        self.dx_with, self.px_with = collections.defaultdict(list), collections.defaultdict(list)
        self.by_mdc, self.by_severity = collections.defaultdict(list), collections.defaultdict(list)
        for code, d in version.dx.items():
            self.by_mdc[d["mdc"]].append(code)
            self.by_severity[d["severity"]].append(code)
            for a in d["attrs"]:
                self.dx_with[a].append(code)
        for code, attrs in version.px.items():
            if not code.startswith("Z@") or code in version.clusters:
                for a in attrs:
                    self.px_with[a].append(code)
        self.all_dx = list(version.dx)
        self.all_px = [c for c in version.px if not c.startswith("Z@")]
        self.listed = [c for c, d in version.dx.items() if d["hacs"]]
        self.clusters = list(version.clusters)

    def pick(self, codes):
        return self.r.choice(codes) if codes else None

    def procedure(self, attribute):
        """codes that bring a procedure attribute: one, or the parts of a cluster"""
        code = self.pick(self.px_with[attribute])
        return [code] if code is None or not code.startswith("Z@") else self.parts(code)

    def parts(self, cluster):
        return [self.pick(sorted(codes)) for _, codes in sorted(self.v.clusters[cluster]["choices"].items())]

    def wants(self, tree, negated=False):
        """one way to make a formula true: a list of names; those to be absent are left out, but who is not ALIVE has DIED"""
        if isinstance(tree, str):
            return [] if negated and tree != "ALIVE" else ["DIED" if negated else tree]
        if tree[0] == "not":
            return self.wants(tree[1], not negated)
        if (tree[0] == "and") != negated:
            return [name for t in tree[1:] for name in self.wants(t, negated)]
        return self.wants(self.r.choice(tree[1:]), negated)

    def from_formula(self, f):
        """a claim with what the formula asks for; whether it wins, the caller sees"""
        names = self.wants(f.tree) + ["MULTST"] * (f.mdc == 24)
        pdx = [n[4:] for n in names if n.startswith("PDX:")]
        principals = self.dx_with[pdx[0]] if pdx else self.principals(f.mdc)
        if len(pdx) > 1:
            principals = [c for c in principals if all(a in self.v.dx[c]["attrs"] for a in pdx)]
        principal, secondary, px, status = self.pick(principals), [], [], self.r.choice((1, 1, 1, 20))
        for name in names:
            where, _, what = name.rpartition(":")
            if name in STATUS:
                status = STATUS[name]
            elif name == "MULTST":
                secondary += [self.pick(self.dx_with[a]) for a in self.r.sample(MULTST, 3)]
            elif name in COUNTED:
                px += [self.pick([c for c in self.px_with[a] if c[0] != "Z"]) for a in COUNTED[name]]
            elif name in ("MCC", "CC"):
                secondary.append(self.pick(self.by_severity[name]))
            elif where == "SDX":
                secondary.append(self.pick(self.dx_with[what]))
            elif where == "ANY":
                if self.dx_with[what] and self.r.random() < 0.5:
                    secondary.append(self.pick(self.dx_with[what]))
                elif self.dx_with[what]:
                    principal = self.pick([c for c in self.dx_with[what] if self.v.dx[c]["mdc"] == f.mdc] or self.dx_with[what])
                else:
                    px += self.procedure(what)
            elif where == "" and what in self.px_with:
                px += self.procedure(what)
        px = [c for c in px if c]
        self.r.shuffle(px)
        dx = [(principal, "Y")] + [(c, self.poa()) for c in secondary if c]
        return Claim(dx if principal else [], px, self.r.choice((1, 2)), status)

    def principals(self, mdc):
        """diagnoses that lead to an MDC: of it, or by what the pre-MDC formulas ask for"""
        if mdc == 24:
            return self.dx_with["strauma"]
        if mdc == 25:
            return self.dx_with["hiv"]
        return self.by_mdc[mdc if 0 < mdc < 29 else self.r.choice(sorted(self.by_mdc))]

    def poa(self):
        return self.r.choices(("Y", "N", "U", "W", ""), (70, 14, 6, 5, 5))[0]

    def noise(self, claim):
        """codes at random among those of the claim"""
        r = self.r
        for _ in range(r.choice((0, 0, 1, 2, 4, 9))):
            pool = r.choice((self.all_dx, self.by_severity["CC"], self.by_severity["MCC"], self.listed))
            claim.dx.insert(r.randint(min(1, len(claim.dx)), len(claim.dx)), (r.choice(pool), self.poa()))
        for _ in range(r.choice((0, 0, 1, 3))):
            what = r.random()
            more = self.parts(r.choice(self.clusters)) if what < 0.2 else [r.choice(self.all_px)]
            for code in more:
                claim.px.insert(r.randint(0, len(claim.px)), code)
        if claim.px and r.random() < 0.05:
            claim.px.append(r.choice(claim.px))
        if claim.dx and r.random() < 0.05:
            claim.dx.append(r.choice(claim.dx))
        return claim

    def random_claim(self):
        r = self.r
        f = r.choice(r.choice([fs for mdc, fs in sorted(self.v.formulas.items()) if mdc != 99]))
        claim = self.from_formula(f) if r.random() < 0.8 else Claim([(r.choice(self.all_dx), "Y")])
        self.noise(claim)
        if r.random() < 0.1:
            claim.status = r.choice(sorted(STATUSES) + [0, 8, 9, 22, 40, 99])
        if r.random() < 0.05:
            claim.sex = 0
        claim.exempt = r.random() < 0.1
        if r.random() < 0.02 and claim.dx:
            claim.dx[0] = (r.choice(("ZZZ99", "E11", "i5020", "W1830XA", "A000000")), "Y")
        if r.random() < 0.02:
            claim.dx.append(("Q9999", "Y"))
            claim.px.append("0000000")
        return claim
