#!/usr/bin/env python3
"""notes.py WORK [--fit] - codes read from the notes of CodiEsp against its gold ones.

The cases by name, even ones to tune on, odd ones never looked at. Gold codes are of 2018: one that has since got children counts
as its least specific child, and a code made later counts as the one that it came from (the official conversion table). The corpus
codes what its texts deny, too ("no fever"): such codes count here, the coder rejects them. --fit: writes common/text/lists/weights.tsv (logistic regression by Newton's method, ridge 1/0.3)
and families.tsv (how often candidates of a category are right, smoothed to its letter and to all; a candidate's own part in it is left out while the weights are fitted)."""
import bisect
import collections
import glob
import math
import os
import sys

RIDGE, ROUNDS, WEIGHTS = 1 / 0.3, 12, "common/text/lists/weights.tsv"
FAMILIES, SMOOTH = "common/text/lists/families.tsv", (8, 10)  # of a category to its letter, of a letter to all


def titles(work):
    """code -> (billable, title)."""
    path = glob.glob(f"{work}/tabs/icd10cm@*.tsv")[0]
    rows = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8") if line[0] != "#"]
    return {r[0]: (r[3] == "Y", r[5] or r[4]) for r in rows}


def today(code, have, codes):
    """The code of today's edition for a gold one."""
    if code.endswith("XXX") or (code not in have and code.endswith("X")):
        code = code.rstrip("X")
    if code not in have or have[code][0]:
        return code
    below = []
    for c in codes[bisect.bisect(codes, code):]:
        if not c.startswith(code):
            break
        if have[c][0]:
            below.append(c)
    plain = [c for c in below if "unspecified" in have[c][1].lower() and "subsequent" not in have[c][1] and "sequela" not in have[c][1]]
    rank = lambda c: (-have[c][1].lower().count("unspecified"), "initial" not in have[c][1] and len(c) == 7, c)
    return min(plain or below, key=rank, default=code)


def earlier(work, since=2018):
    """code made in that year or later -> the code that stood for it before."""
    was = {}
    for path in glob.glob(f"{work}/*CONVERSION*.tsv"):
        for line in open(path, encoding="utf-8"):
            new, year, old = (line.rstrip("\n").split("\t") + ["", ""])[:3]
            if year[:4].isdigit() and int(year[:4]) >= since:
                was[new.replace(".", "")] = old.replace(".", "")
    return was


def before(code, was):
    """The code of 2018 for one of today."""
    for _ in range(8):
        if code not in was:
            break
        code = was[code]
    return code


def read(work):
    """names of features, (note, code, confidence, values) of candidates, gold by note."""
    have, was = titles(work), earlier(work)
    codes = sorted(have)
    gold, now = collections.defaultdict(set), collections.defaultdict(dict)
    for line in open(f"{work}/train/trainD.tsv", encoding="utf-8"):
        note, code = line.upper().split()[:2]
        code = code.replace(".", "")
        now[note][code] = today(code, have, codes)
        gold[note].add(now[note][code])
    lines = open(f"{work}/candidates.tsv", encoding="utf-8").read().split("\n")
    rows = [line.split("\t") for line in lines[1:] if line]
    for r in rows:
        r[0] = os.path.basename(r[0])[:-4]
        r[1] = r[1] if r[1] in gold[r[0].upper()] else now[r[0].upper()].get(before(r[1], was), r[1])
    return (lines[0].split("\t")[3:],
            [(r[0].upper(), r[1], float(r[2]), [float(v) for v in r[3:]]) for r in rows], gold)


def logistic(z):
    """1 / (1 + e^-z), safe."""
    return 1 / (1 + math.exp(-z)) if z > -500 else 0.0


def solve(a, b):
    """Gauss with pivots; a is changed."""
    n = len(b)
    for i in range(n):
        p = max(range(i, n), key=lambda r: abs(a[r][i]))
        a[i], a[p], b[i], b[p] = a[p], a[i], b[p], b[i]
        for r in range(i + 1, n):
            f = a[r][i] / a[i][i]
            if f:
                for c in range(i, n):
                    a[r][c] -= f * a[i][c]
                b[r] -= f * b[i]
    for i in range(n - 1, -1, -1):
        b[i] = (b[i] - sum(a[i][c] * b[c] for c in range(i + 1, n))) / a[i][i]
    return b


def fit(rows, truth):
    """Weights and the constant, last; values are scaled by their spread."""
    n = len(rows[0])
    spread = []
    for k in range(n):
        mean = sum(r[k] for r in rows) / len(rows)
        spread.append(math.sqrt(sum((r[k] - mean) ** 2 for r in rows) / len(rows)) + 1e-9)
    sparse = [[(k, v / spread[k]) for k, v in enumerate(r) if v] + [(n, 1.0)] for r in rows]
    w = [0.0] * (n + 1)
    for _ in range(ROUNDS):
        grad = [-RIDGE * w[k] if k < n else 0.0 for k in range(n + 1)]
        hess = [[0.0] * (n + 1) for _ in range(n + 1)]
        for x, y in zip(sparse, truth):
            p = logistic(sum(w[k] * v for k, v in x))
            d, s = y - p, max(p * (1 - p), 1e-9)
            for k, v in x:
                grad[k] += d * v
                row, sv = hess[k], s * v
                for j, u in x:
                    row[j] += sv * u
        for k in range(n + 1):
            hess[k][k] += RIDGE if k < n else 1e-9
        w = [a + b for a, b in zip(w, solve(hess, grad))]
    return [w[k] / spread[k] if spread[k] > 1e-8 else 0.0 for k in range(n)] + [w[n]]


class Rates:
    """How often candidates are right, by category, letter, and all in all."""

    def __init__(self, rows, gold):
        self.of = collections.defaultdict(lambda: [0, 0])
        for r in rows:
            for key in (r[1][:3], r[1][0], "*"):
                self.of[key][0] += r[1] in gold[r[0]]
                self.of[key][1] += 1

    def odds(self, key, right=None):
        """Log odds of a category; right: without one of its candidates, which was so."""
        less = (0, 0) if right is None else (right, 1)
        p = self.of["*"][0] / self.of["*"][1]
        for k, smooth in ((key[0], SMOOTH[1]), (key, SMOOTH[0])):
            p = (self.of[k][0] - less[0] + smooth * p) / (self.of[k][1] - less[1] + smooth)
        return math.log(p / (1 - p))

    def write(self):
        with open(FAMILIES, "w", encoding="utf-8") as f:
            f.write("# category, letter, or * for all others\tlog of the odds that a candidate of it is right; fitted by tests/accuracy/notes.py --fit\n")
            p = self.of["*"][0] / self.of["*"][1]
            f.write(f"*\t{math.log(p / (1 - p)):.3f}\n")
            for k in sorted((k for k in self.of if k != "*"), key=lambda k: (len(k), k)):
                if len(k) == 1:
                    q = (self.of[k][0] + SMOOTH[1] * p) / (self.of[k][1] + SMOOTH[1])
                    f.write(f"{k}\t{math.log(q / (1 - q)):.3f}\n")
                else:
                    f.write(f"{k}\t{self.odds(k):.3f}\n")


def with_family(rows, k, rates, gold, own):
    """The rows with their family's value anew; own: each was counted in it."""
    return [(*r[:3], r[3][:k] + [rates.odds(r[1][:3], (r[1] in gold[r[0]]) if own else None)] + r[3][k + 1:]) for r in rows]


def measure(rows, gold, notes, threshold, cut=None):
    """F1, precision, recall; cut: of the first characters."""
    said, wanted = collections.defaultdict(set), 0
    for note, code, p in rows:
        if p >= threshold:
            said[note].add(code[:cut])
    hits = total = 0
    for note in notes:
        g = {c[:cut] for c in gold[note]}
        hits, total, wanted = hits + len(g & said[note]), total + len(said[note]), wanted + len(g)
    return 2 * hits / max(1, total + wanted), hits / max(1, total), hits / max(1, wanted)


def best_threshold(rows, gold, notes):
    """Where F1 is greatest."""
    return max((t / 100 for t in range(10, 60, 2)), key=lambda t: measure(rows, gold, notes, t)[0])


def accept_threshold(rows, gold, share=0.95, least=100):
    """The lowest from which on so many are right, of a hundred or more: fewer prove nothing (coding 4.12); 1: none."""
    hits, best = 0, 1.0
    for n, (note, code, p) in enumerate(sorted(rows, key=lambda r: -r[2]), 1):
        hits += code in gold[note]
        if hits >= share * n and n >= least:
            best = p
    return best


def calibration(rows, gold):
    """Expected calibration error, ten bins."""
    bins = collections.defaultdict(list)
    for note, code, p in rows:
        bins[min(9, int(p * 10))].append((p, code in gold[note]))
    return sum(abs(sum(p for p, _ in b) - sum(y for _, y in b)) for b in bins.values()) / len(rows)


def refit(names, rows, gold, half):
    """Fits on the even half, thresholds by five folds of it, writes the list; returns the rows with their new confidence."""
    tune = [r for r in rows if half[r[0]] == 0]
    notes = sorted({r[0] for r in tune})
    fold = {n: i % 5 for i, n in enumerate(notes)}
    held, k = [], names.index("family")
    for f in range(5):
        mine = [r for r in tune if fold[r[0]] != f]
        rates = Rates(mine, gold)
        w = fit([r[3] for r in with_family(mine, k, rates, gold, True)], [r[1] in gold[r[0]] for r in mine])
        held += [(r[0], r[1], logistic(sum(a * b for a, b in zip(w, r[3])) + w[-1]))
                 for r in with_family([r for r in tune if fold[r[0]] == f], k, rates, gold, False)]
    rates = Rates(tune, gold)
    w = fit([r[3] for r in with_family(tune, k, rates, gold, True)], [r[1] in gold[r[0]] for r in tune])
    rates.write()
    rows = with_family(rows, k, rates, gold, False)
    with open(WEIGHTS, "w", encoding="utf-8") as f:
        f.write("# feature\tweight; fitted by tests/accuracy/notes.py --fit\n")
        for name, v in zip(names, w):
            f.write(f"{name}\t{v:.4f}\n")
        f.write(f"constant\t{w[-1]:.4f}\n# from this probability on: all in all most right codes; 95 in 100 right\n")
        f.write(f"report\t{best_threshold(held, gold, [n for n in half if half[n] == 0]):.2f}\n")
        f.write(f"accept\t{accept_threshold(held, gold):.4f}\n")
    return [(r[0], r[1], logistic(sum(a * b for a, b in zip(w, r[3])) + w[-1]), r[3]) for r in rows]


def causes(rows, gold, notes, report):
    """What becomes of the gold codes of some notes, by cause."""
    said = collections.defaultdict(dict)
    for note, code, p, values in rows:
        said[note][code] = (p, values)
    count = collections.Counter()
    for note in notes:
        for code in gold[note]:
            p = said[note].get(code, (None,))[0]
            near = any(c[:3] == code[:3] for c in said[note])
            count["reported" if p is not None and p >= report else "under the level" if p is not None
                  else "another code of its category" if near else "no words of it found"] += 1
    return count.most_common()


def main():
    """The table."""
    work = sys.argv[1]
    names, rows, gold = read(work)
    notes = sorted(os.path.basename(p)[:-4].upper() for p in glob.glob(f"{work}/train/text_files_en/*.txt"))
    half = {n: i % 2 for i, n in enumerate(notes)}
    if "--fit" in sys.argv:
        rows = refit(names, rows, gold, half)
    level = dict(line.split("\t")[:2] for line in open(WEIGHTS, encoding="utf-8") if line[0] != "#")
    report, accept = float(level["report"]), float(level["accept"])
    for h, name in ((0, "tuned on"), (1, "untouched")):
        mine, of = [r[:3] for r in rows if half[r[0]] == h], [n for n in notes if half[n] == h]
        f, p, r = measure(mine, gold, of, report)
        print(f"codiesp {name:10} full codes F1 {f:.3f} precision {p:.3f} recall {r:.3f} of at most "
              f"{measure(mine, gold, of, 0)[2]:.3f}; categories F1 {measure(mine, gold, of, report, 3)[0]:.3f}; "
              f"calibration error {calibration(mine, gold):.3f}")
        if h == 0:
            print("codiesp tuned on   gold codes: " + ", ".join(f"{what} {n}" for what, n in causes(rows, gold, of, report)))
        said = [x for x in mine if x[2] >= accept]
        right = sum(c in gold[n] for n, c, _ in said)
        print(f"codiesp {name:10} accepted from {accept:.2f}: {len(said)} codes, {100 * len(said) / max(1, sum(len(gold[n]) for n in of)):.1f} % "
              f"of the gold ones' number, precision {right / max(1, len(said)):.3f}")


main()
