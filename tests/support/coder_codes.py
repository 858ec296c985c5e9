#!/usr/bin/env python3
"""coder_codes.py FOLDER > coder_codes.c - the rows of the official tables that the coder's cases need

FOLDER is a tables folder with icd10cm and icd10cm-tabular of FY2026. Run it after a case names a new code."""
import glob
import re
import sys


def rows(folder, table):
    with open(glob.glob(f"{folder}/{table}@*.tsv")[0], encoding="utf-8") as f:
        return [line.rstrip("\n").split("\t") for line in f if not line.startswith("#")]


def array(name, lines):
    print(f"const char *const {name}[] = {{")
    for line in lines:
        print('    "%s",' % line.replace("\\", "\\\\").replace('"', '\\"'))
    print("    NULL};")


def main():
    folder = sys.argv[1]
    cases = open("tests/support/coder_cases.c", encoding="utf-8").read()
    wanted = set()
    for given, coded in re.findall(r"'[IO]', '.', \"([^\"]*)\", \"([^\"]*)\"", cases):
        for word in (given + " " + coded).split():
            code = re.sub(r"[^A-Z0-9]", "", re.split("[:@=/]|(?<=.)<", word.lstrip("01"))[0].upper())
            if not re.match(r"ask:|[a-z]+=|-(notes|charges)", word):
                wanted.add(code)
    icd = rows(folder, "icd10cm")
    wanted |= {r[0] for r in icd if re.match(r"(S52501|W19XXX)\w$", r[0])}
    keep = {c[:n] for c in wanted for n in range(3, 8)}
    note = {}
    for r in rows(folder, "icd10cm-tabular"):
        note.setdefault(r[0], []).append(r)
    nodes = set()
    for code in keep:
        node = code if code in note else None
        while node and node not in nodes:
            nodes.add(node)
            node = next((r[5] for r in note[node] if r[1] == "parent"), None)
    parts = {"desc", "parent", "code-first", "use-additional", "excludes1", "seven"}
    print("/* coder_codes.c - made by coder_codes.py from the tables of FY2026; see coder_cases.h */")
    print('#include "tests/support/coder_cases.h"\n\n#include <stddef.h>\n\n/* clang-format off */')
    array("coder_codes_icd", ["!".join([r[0]] + r[3:]) for r in icd if r[0] in keep])
    print()
    array("coder_codes_tabular", ["!".join([r[0], r[1]] + r[4:]) for n in sorted(nodes) for r in note[n]
                                  if r[1] in parts and (r[1] in ("desc", "parent", "seven") or r[6])])
    print("/* clang-format on */")


if __name__ == "__main__":
    main()
