#!/usr/bin/env bash
# rows.sh - the edits' rows, functions and cases are the same set; each has a case that fires and one that does not; no id twice. The repairs' and the coding rules' likewise; each coding rule has a case each way and one at its boundary.
set -u
python3 - <<'P'
import glob
import re
import sys

def read(path):
    with open(path, encoding="utf-8") as f:
        return f.read()

bad = []
rows = re.findall(r'^    \{"([A-Z]{3}-\d\d)", (\w), (\d), .*?\bedit_([a-z]{3}_\d\d)\b', read("services/validator/edit_list.c"), re.M | re.S)
ids = [r[0] for r in rows]
for i in sorted({i for i in ids if ids.count(i) > 1}):
    bad.append(f"{i}: two rows")
for row, _, _, function in rows:
    if function != row.lower().replace("-", "_"):
        bad.append(f"{row}: its row names edit_{function}")
order = "1253467"
if [order.index(r[2]) for r in rows] != sorted(order.index(r[2]) for r in rows):
    bad.append("rows are not in the order SNIP 1, 2, 5, 3, 4, 6, 7")
if not rows or ids[-1] != "TAB-01":
    bad.append("TAB-01 does not stand last")

functions = []
for path in glob.glob("services/validator/edits/*.c"):
    functions += re.findall(r"^void edit_([a-z]{3}_\d\d)\(struct edit_run \*r\)$", read(path), re.M)
functions = [f.upper().replace("_", "-") for f in functions]

fires, silent = set(), set()
for path in glob.glob("services/validator/cases/*.c"):
    for case, n in re.findall(r'^    \{"([A-Z]{3}-\d\d)", \'[PIO]\', (\d+),', read(path), re.M):
        (silent if n == "0" else fires).add(case)

def same(what, have):
    for i in sorted(set(ids) - set(have)):
        bad.append(f"{i}: a row, but {what} is missing")
    for i in sorted(set(have) - set(ids)):
        bad.append(f"{i}: {what}, but no row")

same("its function", functions)
same("a case that fires", fires)
same("a case that does not fire", silent)
repairs = re.findall(r'^    \{"(REP-\d\d)", repair_(\w+),', read("services/validator/repair.c"), re.M)
functions = []
for path in glob.glob("services/validator/repairs/*.c"):
    functions += re.findall(r"^void repair_(\w+)\(struct repair_run \*r\)$", read(path), re.M)
cases = set(re.findall(r'^    \{"(REP-\d\d)", \'[PIO]\',', read("services/validator/cases/repairs.c"), re.M))
ids = [r[0] for r in repairs]
if len(set(ids)) != len(ids) or not ids:
    bad.append("repairs: an id has two rows, or there is none")
for name in sorted(set(functions) ^ {r[1] for r in repairs}):
    bad.append(f"repair_{name}: a row without function, or a function without row")
for i in sorted(set(ids) ^ cases):
    bad.append(f"{i}: a repair without case, or a case without repair")

coding = re.findall(r'^    \{"([A-Z]{2,3}-[\w.]+)",.*?\b(rule_\w+),$', "".join(read(p) for p in sorted(glob.glob("services/coder/rules/*.c"))), re.M)
ids, named = [r[0] for r in coding], [r[1] for r in coding]
functions = []
for path in glob.glob("services/coder/**/*.c", recursive=True):
    functions += re.findall(r"^void (rule_\w+)\(struct work \*w, const struct rule \*r\)$", read(path), re.M)
for i in sorted({i for i in ids if ids.count(i) > 1} | {n for n in named if named.count(n) > 1} - {"rule_stated"}):
    bad.append(f"{i}: two rows of coding rules")
stated = re.findall(r'^    \{"([A-Z]{2,3}-[\w.]+)", \{"', read("services/coder/lines/stated.c"), re.M)
for i in sorted(set(stated) ^ {i for i, n in coding if n == "rule_stated"}):
    bad.append(f"{i}: a coding rule of rule_stated without word, or a word without rule")
for i in sorted({i for i in stated if stated.count(i) > 1}):
    bad.append(f"{i}: two words of rule_stated")
for name in sorted(set(functions) ^ set(named)):
    bad.append(f"{name}: a coding rule without function, or a function without row")
ways = set(re.findall(r'^    \{"([a-z-]+)",\s+WAY_\w+,\s+price_\w+\},', read("common/price/price.c"), re.M))
for word in sorted(ways ^ set(re.findall(r'"([a-z-]+)"', re.search(r"static bool pay_method\(.*?\{(\".*?)NULL\}", read("common/tables/own_columns.c"), re.S).group(1)))):
    bad.append(f"{word}: a way of payment that contracts.csv does not take, or takes and nothing reckons")
takes = re.search(r"static bool coding\(.*?\{(\".*?)NULL\}", read("common/tables/own_columns.c"), re.S).group(1)
for path in glob.glob("services/coder/**/*.c", recursive=True):
    for word in re.findall(r'fact_wants\(\w+, \w+, "([^"]+)"', read(path)):
        if f'"{word}"' not in takes:
            bad.append(f"{word}: asked of a payer's row, whose column coding does not take it")
cases = set()
for path in glob.glob("tests/support/*_cases.c") + glob.glob("tests/unit/coder_*_test.c"):
    cases |= set(re.findall(r'^    \{"([A-Z]{2,3}-[\w.-]+)", \'[A-Z]\', \'([-+bB])\',', read(path), re.M))
for i in sorted({c[0] for c in cases} - set(ids)):
    bad.append(f"{i}: a case, but no coding rule")
APART = {"TXT-16"}  # it speaks by CM-II.H and CM-IV.H
for i in sorted(set(ids) - APART):
    if {c[1].lower() for c in cases if c[0] == i} != set("+-b"):
        bad.append(f"{i}: a coding rule without a case that fires, one that does not, or one at its boundary")

page = set(re.findall(r"\b(?:CM|POA)-[\w.]*\w", read("docs/guidelines.md")))
for i in sorted({i for i in ids if i.startswith(("CM-", "POA-"))} ^ page):
    bad.append(f"{i}: a coding rule without a place in docs/guidelines.md, or a place without a rule")

worker = re.findall(r"TABLE_\w+", re.search(r"enum table_id tables\[\] = \{(.*?)\};", read("services/coder/coder.c"), re.S).group(1))
for path in sorted(glob.glob("services/coder/**/*.c", recursive=True)):
    for name in sorted(set(re.findall(r"\bTABLE_[A-Z0-9_]+", read(path))) - set(worker)):
        bad.append(f"{path}: {name} is asked, but the worker does not load it")
if "tabular_" in "".join(read(p) for p in glob.glob("services/coder/**/*.c", recursive=True)) and "TABLE_ICD10CM_TABULAR" not in worker:
    bad.append("services/coder: the tabular list is asked, but the worker does not load it")

for path in sorted(glob.glob("services/validator/edits/*.c")):
    for body in re.findall(r"static const uint64_t \w+\[\] = \{(.*?)\};", read(path), re.S):
        codes = re.findall(r'K\("(\w+)"\)', body)
        if not codes or codes != sorted(set(codes)):
            bad.append(f"{path}: a list of codes that is not in rising order, each once")

print("\n".join(bad) if bad else f"rows: {len(repairs)} repairs, {len(rows)} edits, {len(coding)} coding rules, each with its function and cases")
sys.exit(bool(bad))
P
