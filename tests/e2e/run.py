#!/usr/bin/env python3
"""run.py - the whole chain on real Apache Kafka and real Redis. Every test_* function of the files beside this one: those of a file in order, the
files in worlds (a broker and a Redis each) side by side, for most of what a test does is wait.

Closes with "e2e: N passed, N failed, N skipped". A test that raises Skip says why and is counted as skipped, never as passed; one that never ran
has failed.
"""

import argparse
import importlib.util
import multiprocessing
import os
import sys
import time
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "support"))
sys.path.insert(0, HERE)
from skip import Skip  # noqa: E402
from world import World  # noqa: E402

# the longest first, so that the worlds end at about the same time
FILES = ["changed", "state", "scenarios", "review", "bad_input", "routes", "secure", "chain", "sealed", "merged", "real_input", "traces", "x12_in", "notes",
         "expected", "interchanges"]
WORLDS = 2


def tests_of(name, only):
    """The test functions of a file whose names have `only` in them, in the order they stand in."""
    spec = importlib.util.spec_from_file_location(name, os.path.join(HERE, f"{name}.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return [getattr(module, n) for n in vars(module) if n.startswith("test_") and only in n]


def run_one(test, world):
    """passed, failed or skipped."""
    start = time.time()
    try:
        test(world)
    except Skip as why:
        print(f"[  SKIPPED ] {test.__name__}: {why}", flush=True)
        return "skipped"
    except Exception:  # noqa: BLE001 - a test may fail in any way; all are reported
        print(f"{traceback.format_exc()}[  FAILED  ] {test.__name__} ({time.time() - start:.1f} s)", flush=True)
        return "failed"
    print(f"[       OK ] {test.__name__} ({time.time() - start:.1f} s)", flush=True)
    return "passed"


def in_a_world(a, files, results):
    """A world of its own, and in it one file after the other until None comes; what became of the tests goes into `results`."""
    world, outcomes = World(a.build), []
    try:
        world.start()
        for name in iter(files.get, None):
            for test in tests_of(name, a.only):
                outcomes.append(run_one(test, world))
                for s in world.stacks:
                    s.stop()
    finally:
        world.stop()
        results.put(outcomes)
    if "failed" in outcomes or a.keep:
        print(f"files and logs: {world.folder}", flush=True)
    else:
        world.remove()


def main():
    """All files, or --only one test."""
    p = argparse.ArgumentParser()
    p.add_argument("--build", default="build")
    p.add_argument("--only", default="")
    p.add_argument("--keep", action="store_true")
    a = p.parse_args()
    counts = {name: len(tests_of(name, a.only)) for name in FILES}
    names = [name for name in FILES if counts[name]]
    worlds = min(WORLDS, len(names))
    files, results = multiprocessing.SimpleQueue(), multiprocessing.SimpleQueue()
    for item in names + [None] * worlds:
        files.put(item)
    processes = [multiprocessing.Process(target=in_a_world, args=(a, files, results)) for _ in range(worlds)]
    for w in processes:
        w.start()
    for w in processes:
        w.join()
    outcomes = []
    while not results.empty():
        outcomes += results.get()
    passed, skipped = outcomes.count("passed"), outcomes.count("skipped")
    failed = sum(counts.values()) - passed - skipped
    print(f"e2e: {passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not names else 0


sys.exit(main())
