#!/usr/bin/env python3
"""run.py - the whole chain on real Apache Kafka and real Redis. Every test_* function of the files beside this one, in order.

Closes with "e2e: N passed, N failed, N skipped". A test that raises Skip says why and is counted as skipped, never as passed.
"""

import argparse
import importlib.util
import os
import sys
import time
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "support"))
sys.path.insert(0, HERE)
from skip import Skip  # noqa: E402
from world import World  # noqa: E402

FILES = ["chain", "bad_input", "state", "review", "changed", "merged", "notes", "real_input", "x12_in", "routes", "scenarios", "expected", "traces", "secure", "interchanges", "sealed"]


def tests_of(name):
    """The test functions of a file, in the order they stand in."""
    spec = importlib.util.spec_from_file_location(name, os.path.join(HERE, f"{name}.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return [getattr(module, n) for n in vars(module) if n.startswith("test_")]


def run_one(test, world):
    """passed, failed or skipped."""
    start = time.time()
    try:
        test(world)
    except Skip as why:
        print(f"[  SKIPPED ] {test.__name__}: {why}", flush=True)
        return "skipped"
    except Exception:  # noqa: BLE001 - a test may fail in any way; all are reported
        traceback.print_exc()
        print(f"[  FAILED  ] {test.__name__} ({time.time() - start:.1f} s)", flush=True)
        return "failed"
    print(f"[       OK ] {test.__name__} ({time.time() - start:.1f} s)", flush=True)
    return "passed"


def main():
    """All files, or --only one test."""
    p = argparse.ArgumentParser()
    p.add_argument("--build", default="build")
    p.add_argument("--only", default="")
    p.add_argument("--keep", action="store_true")
    a = p.parse_args()
    tests = [t for f in FILES for t in tests_of(f) if not a.only or a.only in t.__name__]
    world = World(a.build)
    count = {"passed": 0, "failed": 0, "skipped": 0}
    try:
        world.start()
        for test in tests:
            count[run_one(test, world)] += 1
            for s in world.stacks:
                s.stop()
    finally:
        world.stop()
    if count["failed"] == 0 and not a.keep:
        world.remove()
    else:
        print(f"files and logs: {world.folder}")
    print(f"e2e: {count['passed']} passed, {count['failed']} failed, {count['skipped']} skipped")
    return 1 if count["failed"] or not tests else 0


sys.exit(main())
