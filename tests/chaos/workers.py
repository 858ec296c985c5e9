"""workers.py - the whole chain: kill -9 of workers and of the broker while encounters come; at the payer every claim once, the bytes as undisturbed

Full: 2,000 encounters, 30 kills of workers, 2 of the broker. Short: 150 encounters, 8 kills, 1 of the broker.
"""

import random
import threading
import time

from world import REST, Mllp, ack_code, at_payer, digest, hl7_messages, multiply, sample

KILLED = ["intake", "coder", "validator", "build", "deliver", "follow", "sandbox"]


def sender(stack, visits, stop):
    """Sends every message until it is taken, whatever breaks in between; several visits at a time as from several clinics."""

    def lane(mine):
        mllp = Mllp(stack.ports["MLLP_PORT"])
        for messages in mine:
            for m in messages:
                while not stop.is_set():
                    try:
                        if ack_code(mllp.send(m, timeout=40)) == "AA":
                            break
                    except OSError:
                        pass
                    time.sleep(0.2)
        mllp.close()

    threads = [threading.Thread(target=lane, args=(visits[i::4],), daemon=True) for i in range(4)]
    for t in threads:
        t.start()
    return threads


def finish(stack, count, seconds):
    """Until every claim rests at the payer's answer; what the payer has."""

    def done():
        states = [s["state"] for s in stack.statuses().values()]
        return len(states) >= count and all(s in REST for s in states)

    stack.wait(lambda: len(at_payer(stack)) >= count, seconds, f"{count} claims at the payer")
    stack.wait(done, seconds, "every claim at rest")
    return at_payer(stack)


def undisturbed(world, visits):
    """The plain run."""
    stack = world.stack("plain")
    stack.start_stages()
    stack.wait_ready()
    start = time.time()
    for t in sender(stack, visits, threading.Event()):
        t.join()
    found = finish(stack, len(visits), 600)
    print(f"undisturbed: {len(found)} claims in {time.time() - start:.1f} s", flush=True)
    stack.stop()
    return found


def disturb(stack, rng, kills, broker_kills, pause):
    """Kills, each followed by a new start under the same name."""
    plan = ["worker"] * kills + ["broker"] * broker_kills
    rng.shuffle(plan)
    for what in plan:
        time.sleep(rng.uniform(*pause))
        if what == "broker":
            stack.beside.kill_broker()
            time.sleep(rng.uniform(0.2, 1.5))
            stack.beside.restart_broker()
            continue
        stage = rng.choice(KILLED)
        if f"{stage}-0" in stack.processes:
            stack.kill(f"{stage}-0")
            time.sleep(rng.uniform(0.0, 0.5))
            stack.start_stage(stage)


def disturbed(world, visits, rng, kills, broker_kills, pause):
    """The same input with kills."""
    stack = world.stack("chaos")
    stack.start_stages()
    stack.wait_ready()
    stop = threading.Event()
    start = time.time()
    threads = sender(stack, visits, stop)
    try:
        disturb(stack, rng, kills, broker_kills, pause)
        for t in threads:
            t.join(600)
        found = finish(stack, len(visits), 600)
    finally:
        stop.set()
    print(f"disturbed: {len(found)} claims in {time.time() - start:.1f} s, {kills} kills of workers, {broker_kills} of the broker", flush=True)
    return found


def compare(plain, chaos):
    """What differs, as a list of sentences."""
    wrong = [f"{c}: {len(copies)} times at the payer" for c, copies in chaos.items() if len(copies) != 1]
    wrong += [f"{c}: lost" for c in plain if c not in chaos]
    wrong += [f"{c}: not in the undisturbed run" for c in chaos if c not in plain]
    wrong += [f"{c}: other bytes" for c in plain if c in chaos and plain[c][0][1] != chaos[c][0][1]]
    if not wrong and digest(plain) != digest(chaos):
        wrong.append("the digests differ")
    return wrong


def form(world, seed, short, encounters=None):
    """Both runs, compared; what is wrong, as sentences."""
    count, kills, broker_kills, pause = (150, 8, 1, (0.5, 1.5)) if short else (2000, 30, 2, (1.0, 3.0))
    count = encounters or count
    base = hl7_messages(sample("office_visit.hl7"))
    visits = [multiply(base, n) for n in range(count)]
    print(f"chaos: {count} encounters, seed {seed}", flush=True)
    return compare(undisturbed(world, visits), disturbed(world, visits, random.Random(seed), kills, broker_kills, pause))
