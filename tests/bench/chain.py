#!/usr/bin/env python3
"""chain.py - the whole chain, one process a stage: encounters a second from the first message sent to the last claim at the payer; then, at half
of that rate, how long an encounter takes from its last message to its file at the payer. Batches of claims close after a millisecond for that:
how long they wait for each other is the payer's setting (batch_age_ms), not the chain's speed.

Both are measured twice in one go: first while everything is new (the broker's machine code is not compiled yet, each topic gets its first segment,
each process its first pages), then on the same processes once they are warm. A hospital's chain is cold once a release."""

import argparse
import csv
import os
import statistics
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "support"))
sys.path.insert(0, HERE)
from collector import Collector  # noqa: E402
from world import SEED, Mllp, World, ack_code, at_payer, claims_in, hl7_messages, multiply, sample  # noqa: E402
from workers import in_threads, send_hl7  # noqa: E402

SENDERS = 128  # each waits for its answers: with eight it is they that are measured


def quick_routes(folder):
    """The sample routes, their batches closed after a millisecond; the file's path."""
    path = os.path.join(folder, "routes.csv")
    with open(os.path.join(SEED, "tables", "routes.csv"), encoding="utf-8") as f, open(path, "w", encoding="utf-8") as out:
        rows = list(csv.DictReader(f))
        w = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
        w.writeheader()
        w.writerows({**r, "batch_age_ms": "1"} for r in rows)
    return path


def whole(stack, visits, messages, name):
    """All visits as fast as they are taken; encounters a second."""
    known, start = len(at_payer(stack)), time.time()
    in_threads(lambda part: send_hl7(stack.ports["MLLP_PORT"], part), visits, SENDERS)
    sent = time.time()
    stack.wait(lambda: len(at_payer(stack)) == known + len(visits), 600, "every claim at the payer")
    end = time.time()
    print(f"chain, {name}: {len(visits)} encounters of {messages} HL7 messages; taken in {sent - start:.1f} s, at the payer after {end - start:.1f} s: "
          f"{len(visits) / (end - start):.0f} encounters/s", flush=True)
    return len(visits) / (end - start)


def send_paced(port, timed, done):
    """One sender's visits, each at its time; when its last message was answered."""
    mllp = Mllp(port)
    for number, messages, at in timed:
        time.sleep(max(0, at - time.time()))
        for m in messages:
            assert ack_code(mllp.send(m)) == "AA"
        done[number] = time.time()
    mllp.close()


def arrivals(stack):
    """claim id -> when its file was complete at the payer."""
    found = {}
    for paths in stack.mailbox().values():
        try:
            at, claims = min(os.stat(p).st_mtime for p in paths), claims_in(paths[0])
        except FileNotFoundError:
            continue  # the payer is taking it: it lies elsewhere at the next look
        found.update({claim: at for claim in claims})
    return found


def latency(stack, visits, rate, cold):
    """Visits at a rate; milliseconds from the last answer of a visit to its claim at the payer, the first `cold` visits and the others apart. Claims
    come in the order of their visits, but for neighbours, so that the n-th to come is taken for the n-th sent: differences of neighbours even out."""
    done, first = {}, time.time() + 1
    timed = [(n, messages, first + n / rate) for n, messages in enumerate(visits)]
    in_threads(lambda part: send_paced(stack.ports["MLLP_PORT"], part, done), timed, SENDERS)
    stack.wait(lambda: len(at_payer(stack)) == len(visits), 120, "every claim at the payer")
    came, sent = sorted(arrivals(stack).values()), sorted(done.values())
    ms = [(c - s) * 1000 for c, s in zip(came, sent)]
    for name, part in (("cold", sorted(ms[:cold])), ("warm", sorted(ms[cold:]))):
        print(f"latency, {name}, at {rate:.0f} encounters/s, {len(part)} of them: p50 {statistics.median(part):.0f} ms, "
              f"p99 {part[len(part) * 99 // 100]:.0f} ms, longest {part[-1]:.0f} ms", flush=True)


def hops(spans):
    """(from, to) -> milliseconds from the end of a step to the beginning of the one that it caused; (step, "") -> a step's own."""
    by_id = {s["spanId"]: s for s in spans}
    found = {}
    for s in spans:
        name, cause = f"{s['service']} {s['name'].split()[0]}", by_id.get(s.get("parentSpanId", ""))
        found.setdefault((name, ""), []).append((int(s["endTimeUnixNano"]) - int(s["startTimeUnixNano"])) / 1e6)
        if cause:
            key = (f"{cause['service']} {cause['name'].split()[0]}", name)
            found.setdefault(key, []).append((int(s["startTimeUnixNano"]) - int(cause["endTimeUnixNano"])) / 1e6)
    return found


def where(spans):
    """Where the time of an encounter goes, by its spans."""
    for (cause, step), ms in sorted(hops(spans).items()):
        ms.sort()
        if len(ms) > 50:
            print(f"  {cause + (' -> ' + step if step else ' itself'):58s} {len(ms):6d}  p50 {statistics.median(ms):7.1f} ms  p99 {ms[len(ms) * 99 // 100]:7.1f} ms")


def main():
    """Start, send, wait, print; once for the rate, once for the latency."""
    p = argparse.ArgumentParser()
    p.add_argument("--build", default="build")
    p.add_argument("--encounters", type=int, default=6000)
    p.add_argument("--cold", type=int, default=20, help="seconds at half of the rate before the warm ones")
    p.add_argument("--seconds", type=int, default=30, help="seconds at half of the rate that count as warm")
    p.add_argument("--rate", type=float, default=0, help="encounters/s at which the latency is taken; 0: half of what the chain took")
    a = p.parse_args()
    base = hl7_messages(sample("office_visit.hl7"))
    visits = [multiply(base, n) for n in range(2 * a.encounters)]
    world = World(a.build)
    try:
        world.start()
        stack = world.stack("bench")
        stack.start_stages()
        stack.wait_ready()
        whole(stack, visits[:a.encounters], len(base), "cold")
        most = whole(stack, visits[a.encounters:], len(base), "warm")
        rate = a.rate or most / 2
        stack.stop()
        world.base.cli("tables", "load", quick_routes(world.folder))
        collector = Collector()
        stack = world.stack("paced", settings={"BILL_HOLD_MS": "0", "OTEL_EXPORTER_OTLP_ENDPOINT": collector.url, "TRACE_SAMPLE_PER_MILLE": "20"})
        stack.start_stages()
        stack.wait_ready()
        cold = int(rate * a.cold)
        latency(stack, [multiply(base, n) for n in range(cold + int(rate * a.seconds))], rate, cold)
        stack.stop()
        where(collector.spans)
    finally:
        world.stop()
        world.remove()
    return 0


sys.exit(main())
