#!/usr/bin/env python3
"""lookup.py BUILD TABLES [--all] - official descriptions, whole and altered, must come back to their own code first"""
import glob
import random
import re
import subprocess
import sys

SHORT = [("unspecified", "unsp"), ("fracture", "fx"), ("without", "w/o"), ("with", "w"), ("initial encounter", "init"), ("right", "rt"),
         ("subsequent encounter", "subs"), ("left", "lt"), ("other", "oth"), ("due to", "d/t"), ("acute", "ac"), ("chronic", "chr"),
         ("bilateral", "bi"), ("sequela", "sqla")]
UK = [("hemorrhage", "haemorrhage"), ("edema", "oedema"), ("anemia", "anaemia"), ("tumor", "tumour"), ("esophag", "oesophag"),
      ("diarrhea", "diarrhoea"), ("leukemia", "leukaemia"), ("ischemi", "ischaemi")]


def descriptions(folder):
    """(code, long, short) of every billable code."""
    path = glob.glob(f"{folder}/icd10cm@*.tsv")[0]
    rows = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8") if line[0] != "#"]
    return [(r[0], r[5] or r[4], r[4]) for r in rows if r[3] == "Y"]


def swap(text, pairs):
    """Words replaced."""
    for a, b in pairs:
        text = re.sub(rf"\b{a}\b" if pairs is SHORT else a, b, text, flags=re.I)
    return text


def shuffle(rnd, words, between):
    """In another order."""
    rnd.shuffle(words)
    return between.join(words)


def slip(rnd, text):
    """One letter of one long word swapped, left out or changed."""
    words = text.split(" ")
    at = [i for i, w in enumerate(words) if len(w) >= 6 and w.isalpha()]
    if not at:
        return text
    i = rnd.choice(at)
    w = list(words[i])
    k = rnd.randrange(1, len(w) - 1)
    kind = rnd.randrange(3)
    if kind == 0:
        w[k], w[k + 1] = w[k + 1], w[k]
    elif kind == 1:
        del w[k]
    else:
        w[k] = rnd.choice("abcdefghijklmnopqrstuvwxyz")
    words[i] = "".join(w)
    return " ".join(words)


def main():
    """A line a variant: share whose first answer is the own code."""
    build, folder = sys.argv[1:3]
    rnd = random.Random(5)
    rows = descriptions(folder)
    rows = rows if "--all" in sys.argv else rnd.sample(rows, len(rows) // 10)
    same = {}
    for code, full, _ in descriptions(folder):
        same.setdefault(" ".join(sorted(re.findall(r"\w+", full.lower()))), set()).add(code)
    variants = [("verbatim", lambda f, s: f), ("capitals", lambda f, s: f.upper()),
                ("parts shuffled", lambda f, s: shuffle(rnd, f.split(", "), ", ")),
                ("words shuffled", lambda f, s: shuffle(rnd, re.findall(r"[\w.'-]+", f), " ")), ("official short title", lambda f, s: s),
                ("abbreviated", lambda f, s: swap(f, SHORT)), ("UK spelling", lambda f, s: swap(f, UK)),
                ("one typo", lambda f, s: slip(rnd, f))]
    for name, make in variants:
        asked = [make(full, short) for _, full, short in rows]
        out = subprocess.run([f"{build}/tests/accuracy/lookup_dump", folder, "20260301"], input="\n".join(asked) + "\n",
                             capture_output=True, text=True, check=True).stdout.split("\n")
        first = [line.split(":")[0] for line in out]
        own = sum(a == r[0] for a, r in zip(first, rows))
        words = sum(a in same.get(" ".join(sorted(re.findall(r"\w+", r[1].lower()))), set()) for a, r in zip(first, rows))
        print(f"lookup  {name:22} own code first {100 * own / len(rows):6.2f} %   or one with the same words {100 * words / len(rows):6.2f} %"
              f"   of {len(rows)}")
    alike = sum(len(s) for s in same.values() if len(s) > 1)
    print(f"lookup  {alike} of {sum(len(s) for s in same.values())} titles have just the words of another one: shuffled, nothing tells them apart")


main()
