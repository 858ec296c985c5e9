#!/usr/bin/env python3
"""drg_beside.py RATES CLAIMS - PyPI msdrg on the claims that drg_bench measured, as a ratio.

RATES is what drg_bench printed, CLAIMS what it wrote. msdrg is measured twice: as it is called from Python, and its library alone (JSON
made before, the answer not read), which is the most that any caller gets of it. CPU time, one core."""
import json
import re
import sys
import time

ON, ROUNDS = 20260501, 2


def rate(one, claims):
    began = time.process_time()
    for _ in range(ROUNDS):
        for c in claims:
            one(c)
    return ROUNDS * len(claims) / (time.process_time() - began)


def claim_of(line):
    c = json.loads(line)
    codes = [{"code": code, "poa": poa} for code, poa in c["dx"]]
    return {"version": 431, "discharge_date": ON, "age": 65, "sex": 0, "discharge_status": 1, "pdx": codes[0], "sdx": codes[1:],
            "procedures": [{"code": x} for x in c["px"]]}


def alone(tool, call, claims):
    def one(data):
        tool.lib.msdrg_string_free(call(tool.ctx, data))
    return rate(one, [json.dumps(c).encode() for c in claims])


def main(rates, path):
    try:
        import msdrg
    except ImportError:
        print("PyPI msdrg: not measured, not installed (make venv)")
        return 0
    with open(rates, encoding="utf-8") as f:
        ours = dict(re.findall(r"^(.*?): +(\d+) claims/s$", f.read(), re.M))
    with open(path, encoding="ascii") as f:
        claims = [claim_of(line) for line in f]
    with msdrg.MsdrgGrouper() as g, msdrg.MceEditor() as m:
        for name, what, call, native in (("group, 10 dx + 4 px", "group", g.group, g.lib.msdrg_group_json),
                                         ("Medicare Code Editor", "edit", m.edit, m.lib.mce_edit_json)):
            if name not in ours:
                print(f"msdrg {what}: ours was not measured")
                continue
            tool, mine = (g if what == "group" else m), int(ours[name])
            whole, library = rate(call, claims), alone(tool, native, claims)
            print(f"PyPI msdrg, {what}: {whole:10.0f} claims/s, ours {mine / whole:.1f} times; its library alone {library:.0f}, ours {mine / library:.1f} times")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
