#!/usr/bin/env python3
"""growth.py - the coder on one topic of encounters, copied for each run: 4 and 16 partitions, one process and two. Records/s from the first
record until nothing comes any more, and the processor's seconds of all of them; the anchor of each is the bare copy that filled its topic. On a
machine whose processors broker and load share with the workers, a second process only gains what they leave."""

import argparse
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "support"))
sys.path.insert(0, HERE)
from world import World, hl7_messages, multiply, sample  # noqa: E402
from workers import QUIET, consumed, in_threads, most_mb, processor_s, row, send_hl7  # noqa: E402
from stack import free_port  # noqa: E402 (world.py says where it lies)

RUNS = ((4, 1), (4, 2), (16, 1), (16, 2))


def fill(world, stack, target, records):
    """The encounters of one stack into the topic of another; records/s of the copy."""
    prefixes = [s.extra["TOPIC_PREFIX"] for s in (stack, target)]
    run = subprocess.run([os.path.join(world.build, "tests/bench/copy_bench"), "bare", *(p + "encounters" for p in prefixes), str(records)],
                         env={**target.env(), "CC_KAFKA": stack.broker}, stdout=subprocess.PIPE, text=True, timeout=300, check=True)
    n, wall, _, _ = map(int, run.stdout.split())
    return n / wall * 1e6


def code(stack, processes, records):
    """All of a topic; (records/s, processor's seconds, MB of one)."""
    ports, pids = [], []
    for number in range(processes):
        ports.append(free_port())
        stack.extra["HTTP_PORT"] = str(ports[-1])
        pids.append(stack.start_stage("coder", number).pid)
    first = last = None
    while last is None or last[0] < records and time.time() - last[1] < 30 * QUIET:
        stack.check_alive()
        now = (sum(consumed(p) for p in ports), time.time())
        if first is None or now[0] == 0:
            first = last = now
        elif now[0] > last[0]:
            last = now
        time.sleep(0.02)
    assert last[0] == records, (last, records)
    used, most = sum(processor_s(p) for p in pids), max(most_mb(p) for p in pids)
    for number in range(processes):
        stack.stop_stage(f"coder-{number}", 30)
    return (last[0] - first[0]) / max(last[1] - first[1], 1e-3), used, most


def main():
    """Encounters once, then each run on its copy."""
    p = argparse.ArgumentParser()
    p.add_argument("--build", default="build")
    p.add_argument("--visits", type=int, default=2000)
    a = p.parse_args()
    base = hl7_messages(sample("office_visit.hl7"))
    records = len(base) * a.visits
    visits = [multiply(base, n) for n in range(a.visits)]
    world = World(os.path.abspath(a.build))
    try:
        world.start()
        source = world.stack("source")
        source.start_stage("intake")
        source.wait_ready()
        in_threads(lambda part: send_hl7(source.ports["MLLP_PORT"], part), visits)
        source.stop_stage("intake-0")
        alone, full = None, source
        for partitions, processes in RUNS:
            stack = world.stack(f"grow{partitions}x{processes}", settings={"BILL_HOLD_MS": "0"}, partitions=partitions)
            bare = fill(world, full, stack, records)
            rate, used, most = code(stack, processes, records)
            alone, full = alone or rate, stack
            print(f"coder, {partitions:2} partitions, {processes} process{'es' if processes > 1 else '  '} {records} records {rate:8.0f}/s  {used * 1e6 / records:7.1f} us  "
                  f"{most:4} MB  {rate / alone:5.2f} of one process on 4 partitions  {rate / bare:5.2f} of {bare:.0f}/s bare", flush=True)
            row(f"coder, {partitions} partitions, {processes} process(es)", f"{rate:.0f} records/s", f"bare copy {bare:.0f}/s", rate / bare)
    finally:
        world.stop()
        world.remove()
    return 0


if __name__ == "__main__":
    sys.exit(main())
