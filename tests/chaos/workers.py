"""workers.py - the whole chain on real brokers behind a proxy, with every kind of fault (faults.py) while encounters come; at the payer
every claim once, the bytes as undisturbed

Full: three brokers, every topic three times, two of them needed; 100 faults. Short: one broker, 14 faults. The encounters come at a steady rate
as long as there are faults; then all must come to rest, and the same encounters go through the chain undisturbed. Compared: claims at the payer and
their bytes, the last state of each claim, what was posted. Three faults in four are waited for until all got on (progress.py); the
others have the next one on top of them.
"""

import os
import subprocess
import threading
import time
from collections import Counter

from faults import SESSION_MS, WEIGHTS, WORKERS, Faults, plan
from progress import Progress
from world import REST, Mllp, ack_code, at_payer, digest, hl7_messages, multiply, sample

LANES = 4
RECOVER_S = 120
TELL = 100  # a line after so many faults
SETTINGS = {"KAFKA_SESSION_TIMEOUT_MS": str(SESSION_MS), "KAFKA_HEARTBEAT_INTERVAL_MS": "500"}


class Clinics:
    """Send visits, several at a time, each message again until it is taken; at a rate, or as fast as they are taken."""

    def __init__(self, stack, visits, taken=lambda at: None):
        self.stack, self.visits, self.taken = stack, visits, taken
        self.next, self.lock, self.sent, self.open = 0, threading.Lock(), 0, True
        self.threads = [threading.Thread(target=self.lane, daemon=True) for _ in range(LANES)]
        for t in self.threads:
            t.start()

    def lane(self):
        """One clinic."""
        mllp = Mllp(self.stack.ports["MLLP_PORT"])
        while (messages := self.draw()) is not None:
            for m in messages:
                self.deliver(mllp, m)
        mllp.close()

    def draw(self):
        """The next visit; None: there is none."""
        with self.lock:
            visit = next(self.visits, None) if self.open else None
            self.sent += visit is not None
            return visit

    def deliver(self, mllp, message):
        """Until it is taken."""
        while True:
            at = time.time()
            try:
                if ack_code(mllp.send(message, timeout=40)) == "AA":
                    self.taken(at)
                    return
            except OSError:
                pass
            time.sleep(0.1)

    def finish(self, seconds):
        """What was begun, to its end."""
        for t in self.threads:
            t.join(seconds)
            if t.is_alive():
                raise RuntimeError(f"a message was not taken in {seconds} s")


def visits_of(count=None, rate=None):
    """Visits from 0 on; rate: so many a second."""
    base, start, n = hl7_messages(sample("office_visit.hl7")), time.time(), 0
    while count is None or n < count:
        if rate:
            time.sleep(max(0.0, start + n / rate - time.time()))
        yield multiply(base, n)
        n += 1


def finish(stack, count, seconds):
    """Until every claim rests at the payer's answer; what came of it, as plain data."""

    def done():
        time.sleep(count / 2000)
        states = [s["state"] for s in stack.statuses().values()]
        return len(states) >= count and all(s in REST for s in states)

    stack.wait(done, seconds, f"{count} claims at rest")
    tool = os.path.join(stack.bin, "..", "tests", "chaos", "records")
    posted = subprocess.run([tool, "posted"], env=stack.env(), capture_output=True, text=True, check=True).stdout.split("\n")
    return {
        "claims": at_payer(stack),
        "states": {c: (s["state"], s["version"], s["paid_cents"]) for c, s in stack.statuses().items()},
        "posted": Counter((claim, status, cents) for claim, _, status, cents in (line.split(" ") for line in posted if line)),
    }


def undisturbed(world, count):
    """The plain run."""
    stack = world.stack("plain")
    stack.start_stages()
    stack.wait_ready()
    start = time.time()
    Clinics(stack, visits_of(count)).finish(600)
    found = finish(stack, count, 600)
    print(f"undisturbed: {len(found['claims'])} claims in {time.time() - start:.1f} s", flush=True)
    stack.stop()
    return found


def through_proxy(world, stack, faults):
    """Workers of the stack see brokers and Redis through the proxy, have a name in their group, and a successor a state of its own."""
    common = stack.env

    def env(stage="", number=0):
        e = common(stage, number)
        if stage in WORKERS:
            e.update({"KAFKA_BOOTSTRAP_SERVERS": world.proxied, "REDIS_URL": world.proxied_redis})
            e["STATE_DIR"] += f".{faults.generation[stage]}"
        if stage in WORKERS and number == 0:
            e["KAFKA_GROUP_INSTANCE_ID"] = f"{stage}-0"
        return e

    stack.env = env


def log(world, text):
    """A line in the run's own log, beside those of the workers."""
    with open(os.path.join(world.folder, "chaos", "log", "faults.log"), "a", encoding="utf-8") as f:
        f.write(time.strftime("%H:%M:%S", time.gmtime()) + f".{int(time.time() * 1000) % 1000:03} {text}\n")


def disturb(world, stack, faults, progress, todo):
    """One fault after the other; what did not go on, as sentences."""
    wrong = []
    for n, f in enumerate(todo):
        if n and n % TELL == 0:
            print(f"{n} of {len(todo)} faults, {len(wrong)} wrong so far", flush=True)
        faults.inject(f)
        log(world, f"{f}, done after {time.time() - f.at:.2f} s")
        end = time.time() + RECOVER_S
        wait = f.rng.random() < 0.75
        while wait and progress.recovered(f) is None and time.time() < end:
            stack.check_alive()
            time.sleep(0.05)
        if wait and progress.recovered(f) is None:
            late = [s for s in f.stages if progress.since(s, f.at) is None]
            wrong.append(f"{f}: {', '.join(late)} did not get on in {RECOVER_S} s")
        if f.kind == "broker":
            world.wait_copies()
        time.sleep(f.rng.uniform(0.1, 0.8))
    return wrong


def disturbed(world, todo, rate):
    """Encounters at a steady rate while faults last; what came of it, how many there were, what is wrong already."""
    stack = world.stack("chaos", SETTINGS)
    faults = Faults(stack, world.proxy)
    through_proxy(world, stack, faults)
    stack.start_stages()
    stack.wait_ready()
    progress, start = Progress(stack), time.time()
    clinics = Clinics(stack, visits_of(rate=rate), lambda at: progress.note("intake", at, time.time()))
    try:
        wrong = disturb(world, stack, faults, progress, todo)
        lasted = time.time() - start
        clinics.open = False
        clinics.finish(600)
        found = finish(stack, clinics.sent, 600)
    finally:
        clinics.open = False
        faults.end()
        progress.stop()
    for f in todo:
        f.took = progress.recovered(f)
        log(world, f"{f}: recovered after {f.took} s")
    print(f"disturbed: {len(found['claims'])} claims in {time.time() - start:.1f} s, {lasted:.1f} s of it with faults, {lasted / len(todo):.1f} s each; "
          f"{faults.fenced} zombies came back and were fenced; workers that ended by themselves and were started again: {sum(faults.again.values())}", flush=True)
    stack.stop()
    return found, clinics.sent, wrong + faults.stayed


def compare(plain, chaos):
    """What differs, as a list of sentences; lost and doubled claims."""
    a, b = plain["claims"], chaos["claims"]
    lost = [c for c in a if c not in b]
    doubled = [c for c, copies in b.items() if len(copies) != 1]
    wrong = [f"{c}: {len(b[c])} times at the payer" for c in doubled] + [f"{c}: lost" for c in lost]
    wrong += [f"{c}: not in the undisturbed run" for c in b if c not in a]
    wrong += [f"{c}: other bytes" for c in a if c in b and a[c][0][1] != b[c][0][1]]
    if not wrong and digest(a) != digest(b):
        wrong.append("the digests differ")
    wrong += [f"{c}: ends as {chaos['states'].get(c)}, undisturbed {s}" for c, s in plain["states"].items() if chaos["states"].get(c) != s]
    wrong += [f"{p}: posted {chaos['posted'][p]} times, undisturbed {plain['posted'][p]}" for p in {*plain["posted"], *chaos["posted"]}
              if chaos["posted"][p] != plain["posted"][p]]
    return wrong, lost, doubled


def share(sorted_values, percent):
    """A percentile as text."""
    return f"{sorted_values[min(len(sorted_values) - 1, len(sorted_values) * percent // 100)]:8.2f}" if sorted_values else "       -"


def table(todo):
    """Per kind: how many, and how long until all that it affected got on."""
    print(f"{'fault':12}{'count':>8}{'p50 s':>8}{'p99 s':>8}{'max s':>8}")
    for kind in [*WEIGHTS, "all"]:
        of_kind = [f for f in todo if kind in (f.kind, "all")]
        took = sorted(f.took for f in of_kind if f.took is not None)
        if of_kind:
            print(f"{kind:12}{len(of_kind):8}{share(took, 50)}{share(took, 99)}{share(took, 100)}", flush=True)


def form(world, seed, kills, rate, kinds=None):
    """Both runs, compared; what is wrong, as sentences."""
    print(f"chaos: {kills} faults, {world.base.brokers} brokers, {rate} encounters/s, seed {seed}", flush=True)
    todo = plan(seed, kills, kinds)
    found, count, wrong = disturbed(world, todo, rate)
    plain = undisturbed(world, count)
    more, lost, doubled = compare(plain, found)
    table(todo)
    events = count * len(hl7_messages(sample("office_visit.hl7")))
    print(f"{kills} faults, {events} events, {len(plain['claims'])} claims, {len(lost)} lost, {len(doubled)} doubled, "
          f"{sum(found['posted'].values())} remittances posted (undisturbed {sum(plain['posted'].values())})", flush=True)
    if len(plain["claims"]) != count or not plain["posted"]:
        wrong.append("the undisturbed run did not send every claim, or posted nothing")
    return wrong + more
