#!/usr/bin/env python3
"""chain.py - encounters a second through the whole chain: from the first message sent to the last claim at the payer. One process a stage."""

import argparse
import os
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "support"))
from world import Mllp, World, ack_code, at_payer, hl7_messages, multiply, sample  # noqa: E402


def send(port, visits):
    """One sender's visits, in order."""
    mllp = Mllp(port)
    for messages in visits:
        for m in messages:
            assert ack_code(mllp.send(m)) == "AA"
    mllp.close()


def main():
    """Start, send, wait, print."""
    p = argparse.ArgumentParser()
    p.add_argument("--build", default="build")
    p.add_argument("--encounters", type=int, default=2000)
    a = p.parse_args()
    base = hl7_messages(sample("office_visit.hl7"))
    visits = [multiply(base, n) for n in range(a.encounters)]
    world = World(a.build)
    try:
        world.start()
        stack = world.stack("bench")
        stack.start_stages()
        stack.wait_ready()
        start = time.time()
        threads = [threading.Thread(target=send, args=(stack.ports["MLLP_PORT"], visits[i::8])) for i in range(8)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        sent = time.time()
        stack.wait(lambda: len(at_payer(stack)) == a.encounters, 600, "every claim at the payer")
        end = time.time()
        print(f"chain: {a.encounters} encounters of {len(base)} HL7 messages; taken in {sent - start:.1f} s, at the payer after {end - start:.1f} s: "
              f"{a.encounters / (end - start):.0f} encounters/s")
    finally:
        world.stop()
        world.remove()
    return 0


sys.exit(main())
