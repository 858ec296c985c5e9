#!/usr/bin/env python3
"""run.py - faults at random moments, compared with an undisturbed run: at the payer every claim exactly once, the same bytes.

workers.py: the whole chain, every kind of fault, three brokers (100 faults). --routes: routes.py, from clean claims to posted payments (500 kills,
20,000 claims). --short: both, small. --kills: how many faults. The seed of the faults is printed; --seed repeats them.
"""

import argparse
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "support"))
import routes  # noqa: E402
import workers  # noqa: E402
from interchanges_of import findings, made_by  # noqa: E402
from world import World  # noqa: E402


def forms_of(a):
    """Which forms run, each with its arguments and what world it needs."""
    kills, claims, pause = (12, 400, (0.2, 0.8)) if a.short else (500, 20000, (0.2, 1.2))
    faults, brokers = (14, 1) if a.short else (100, 3)
    forms = []
    if a.short or not a.routes:
        forms.append(("claims exactly once, bytes equal to the undisturbed run", workers.form, (a.kills or faults, a.rate, a.kinds.split(",") if a.kinds else None),
                      {"brokers": a.brokers or brokers, "proxied": True}))
    if a.short or a.routes:
        forms.append(("files exactly once, mailboxes equal to the undisturbed run", routes.form, (a.kills or kills, a.claims or claims, pause), {}))
    return forms


def run_form(what, form, seed, build, keep, args, of_world):
    """A world of its own for each form; did it pass?"""
    world = World(build, **of_world)
    wrong = ["the run did not finish"]
    try:
        world.start()
        wrong = form(world, seed, *args)
        wrong += findings(world.base, made_by(world.stacks))
    finally:
        world.stop()
        if wrong or keep:
            print(f"files and logs: {world.folder}")
        else:
            world.remove()
    for line in wrong[:20]:
        print(f"[  FAILED  ] {line}")
    if not wrong:
        print(f"[       OK ] {what}", flush=True)
    return not wrong


def main():
    """The forms that were asked for."""
    p = argparse.ArgumentParser()
    p.add_argument("--build", default="build")
    p.add_argument("--keep", action="store_true", help="files and logs of a run that passed")
    p.add_argument("--short", action="store_true")
    p.add_argument("--routes", action="store_true")
    p.add_argument("--seed", type=int, default=int(time.time()))
    p.add_argument("--kinds", help="only these kinds of fault, comma separated")
    p.add_argument("--brokers", type=int)
    p.add_argument("--rate", type=float, default=10)
    p.add_argument("--kills", type=int)
    p.add_argument("--claims", type=int)
    a = p.parse_args()
    passed = [run_form(what, form, a.seed, a.build, a.keep, *args) for what, form, *args in forms_of(a)]
    print(f"chaos: {sum(passed)} passed, {len(passed) - sum(passed)} failed, 0 skipped")
    return 0 if all(passed) else 1


sys.exit(main())
