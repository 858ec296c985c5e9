#!/usr/bin/env python3
"""workers.py - each stage of the chain as a worker, alone on what the stage before it wrote, with a bare transactional copy of its input as anchor.

Visits go through intake, once as HL7 and once as FHIR; then one stage after the other runs on a topic that is full when it starts, from its
first record until nothing comes any more. Records/s is wall time, us is processor time of the process, kernel and librdkafka's threads
included; the sample tables of deploy/seed are loaded (full ones: copy_bench)."""

import argparse
import json
import os
import re
import subprocess
import sys
import threading
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "support"))
from world import Mllp, World, ack_code, hl7_messages, multiply, post_fhir, sample  # noqa: E402
from stack import free_port  # noqa: E402 (world.py says where it lies)

TICK = os.sysconf("SC_CLK_TCK")
SENDERS = 64  # each waits for its answers
QUIET = 2.0  # seconds without a record: the topic is read
STAGES = (("coder", "encounters"), ("validator", "claims.coded"), ("build", "claims.clean"), ("deliver", "interchanges"), ("follow", "payer.replies"))


def processor_s(pid):
    """Seconds of the processor that a process has used."""
    with open(f"/proc/{pid}/stat", encoding="utf-8") as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def in_mb(pid, what):
    """A line of a process's status, in MB."""
    with open(f"/proc/{pid}/status", encoding="utf-8") as f:
        return int(re.search(rf"{what}:\s+(\d+)", f.read()).group(1)) // 1024


def most_mb(pid):
    """The most memory that a process ever had."""
    return in_mb(pid, "VmHWM")


def memory(pid):
    """The same, and how much of what it has now are pages of files, which the kernel takes back when it wants: the state's, programs."""
    return f"{most_mb(pid)} MB (files {in_mb(pid, 'RssFile')})"


def metric(port, name):
    """Sum of a counter over its labels."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as r:
        return sum(float(line.rsplit(" ", 1)[1]) for line in r.read().decode().splitlines() if line.startswith(name) and line[len(name)] in " {")


def start(stack, stage):
    """A worker with a known port for its metrics; (process, port)."""
    stack.extra["HTTP_PORT"] = str(free_port())
    return stack.start_stage(stage), stack.extra["HTTP_PORT"]


def consumed(port):
    """Records that a worker has read; 0 until it answers."""
    try:
        return metric(port, "cleanclaim_events_consumed_total")
    except OSError:
        return 0


def watch(stack, stage):
    """Runs a stage until its input is read; (records, seconds, processor seconds, memory), from the last look at which it had read none."""
    process, port = start(stack, stage)
    first = last = None
    while last is None or time.time() - last[1] < QUIET:
        now = (consumed(port), time.time(), processor_s(process.pid))
        if not now[0]:
            first = now
        elif last is None or now[0] > last[0]:
            last = now
        time.sleep(0.01)
    most = memory(process.pid)
    stack.stop_stage(f"{stage}-0", 30)
    return int(last[0]), last[1] - first[1], last[2] - first[2], most


def anchor(stack, build, topic, records, number):
    """Records/s of the bare copy of a topic's records into a topic of another prefix."""
    env = {**stack.env(), "CC_KAFKA": stack.broker, "TOPIC_PREFIX": f"copy{number}."}
    stack.cli("topics", "create", "--partitions", "4", "--replication", "1", env={"TOPIC_PREFIX": env["TOPIC_PREFIX"]})
    prefix = stack.extra["TOPIC_PREFIX"]
    run = subprocess.run([os.path.join(build, "tests/bench/copy_bench"), "bare", prefix + topic, env["TOPIC_PREFIX"] + "claims.clean", str(records)],
                         env=env, stdout=subprocess.PIPE, text=True, timeout=120, check=True)
    n, wall, processor, _ = map(int, run.stdout.split())
    return n / wall * 1e6, processor / n


def row(what, figure, anchor="", ratio=None):
    """One row of the table that `make bench` closes with."""
    if "BENCH_ROWS" in os.environ:
        with open(os.environ["BENCH_ROWS"], "a", encoding="utf-8") as f:
            f.write(f"{what}\t{figure}\t{anchor}\t{'' if ratio is None else f'{ratio:.2f}'}\n")


def show(name, n, seconds, processor, most, bare=None):
    """One row of the table."""
    rate = n / seconds if seconds else 0
    of_bare = f"{rate / bare[0]:5.2f} of {bare[0]:.0f}/s bare ({bare[1]:.1f} us)" if bare else ""
    print(f"{name:10} {n:7} records {rate:8.0f}/s  {processor * 1e6 / n:7.1f} us  {n / processor if processor else 0:8.0f}/s of a core  {most}  {of_bare}",
          flush=True)
    row(f"worker: {name}, sample tables", f"{rate:.0f} records/s, {processor * 1e6 / n:.1f} us, {n / processor if processor else 0:.0f}/s of a core, {most}",
        f"bare copy {bare[0]:.0f}/s" if bare else "", rate / bare[0] if bare else None)


def in_threads(work, items, senders=SENDERS):
    """work(part) of each sender's part of the items, at the same time."""
    threads = [threading.Thread(target=work, args=(items[i::senders],)) for i in range(senders)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()


def take_in(stack, name, work, items, count):
    """What intake takes, from the first message to the last answer."""
    process = stack.processes["intake-0"]
    before, began = processor_s(process.pid), time.time()
    in_threads(work, items)
    show(name, count, time.time() - began, processor_s(process.pid) - before, memory(process.pid))


def send_hl7(port, visits):
    """One sender's visits, in order."""
    mllp = Mllp(port)
    for m in (m for messages in visits for m in messages):
        assert ack_code(mllp.send(m)) == "AA"
    mllp.close()


def bundles(count):
    """The sample Bundle, of so many other patients."""
    text = sample("clinic_icd10.json").decode()
    ids = sorted({r["resource"]["id"] for r in json.loads(text)["entry"]}, key=len, reverse=True)
    for n in range(count):
        t = text
        for i in ids:
            t = re.sub(rf'(["/]){re.escape(i)}"', rf'\g<1>{i}-{n}"', t)
        yield re.sub(r'("value"\s*:\s*")([A-Z]*\d{3,9})"', rf'\g<1>\g<2>{n}"', t).encode()


def send_fhir(port, parts):
    """One sender's Bundles."""
    for b in parts:
        status, _ = post_fhir(port, b)
        assert status in (200, 201, 202), status


def main():
    """Intake twice, then stage after stage."""
    p = argparse.ArgumentParser()
    p.add_argument("--build", default="build")
    p.add_argument("--visits", type=int, default=20000)
    p.add_argument("--bundles", type=int, default=2000)
    a = p.parse_args()
    base = hl7_messages(sample("office_visit.hl7"))
    visits = [multiply(base, n) for n in range(a.visits)]
    world = World(a.build)
    try:
        world.start()
        stack = world.stack("workers", settings={"BILL_HOLD_MS": "0"})
        start(stack, "intake")
        stack.wait_ready()
        take_in(stack, "HL7", lambda part: send_hl7(stack.ports["MLLP_PORT"], part), visits, len(base) * a.visits)
        fhir = list(bundles(a.bundles))
        take_in(stack, "FHIR", lambda part: send_fhir(stack.ports["FHIR_PORT"], part), fhir, a.bundles)
        stack.stop_stage("intake-0")
        for number, (stage, topic) in enumerate(STAGES):
            if stage == "follow":
                start(stack, "sandbox")
                time.sleep(8)
            n, seconds, processor, most = watch(stack, stage)
            show(stage, n, seconds, processor, most, anchor(stack, a.build, topic, n, number) if stage in ("coder", "validator", "build") else None)
    finally:
        world.stop()
        world.remove()
    return 0


if __name__ == "__main__":
    sys.exit(main())
