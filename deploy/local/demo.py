#!/usr/bin/env python3
"""demo.py - one command, the whole chain: sample encounters in, X12 out, a pretend payer's answers back, payments posted.

demo.py BUILD [--keep] | demo.py BUILD --stop
"""

import argparse
import glob
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from stack import ROOT, Stack, StackError  # noqa: E402

SEED = os.path.join(ROOT, "deploy", "seed")
REST = {"PAID", "PARTIAL", "DENIED", "HELD", "REVIEW", "REJECTED", "COB_WAIT", "PATIENT_DUE", "CLOSED"}
COLOURS = {"PAID": 32, "PARTIAL": 32, "DENIED": 31, "REJECTED": 31, "HELD": 33, "REVIEW": 33}
FRAME = (b"\x0b", b"\x1c\x0d")


def say(text=""):
    """One line, at once."""
    print(text, flush=True)


def coloured(state):
    """A state, in colour on a terminal."""
    if not sys.stdout.isatty() or state not in COLOURS:
        return f"{state:<13}"
    return f"\033[{COLOURS[state]}m{state:<13}\033[0m"


def post_fhir(port, path):
    """One bundle to intake; the HTTP status."""
    with open(path, "rb") as f:
        request = urllib.request.Request(f"http://127.0.0.1:{port}/fhir", f.read(), {"Content-Type": "application/fhir+json"})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return str(answer.status)
    except urllib.error.HTTPError as e:
        return str(e.code)


def hl7_messages(path):
    """The messages of a file: each begins with MSH at the start of a line."""
    with open(path, "rb") as f:
        lines = f.read().replace(b"\r\n", b"\r").replace(b"\n", b"\r").split(b"\r")
    messages = []
    for line in lines:
        if line.startswith(b"MSH"):
            messages.append([])
        if line and messages:
            messages[-1].append(line)
    return [b"\r".join(m) + b"\r" for m in messages]


def send_mllp(port, path):
    """All messages of a file over one connection; the acknowledgment codes."""
    codes = []
    with socket.create_connection(("127.0.0.1", port), timeout=30) as s:
        for message in hl7_messages(path):
            s.sendall(FRAME[0] + message + FRAME[1])
            answer = b""
            while not answer.endswith(FRAME[1]):
                piece = s.recv(65536)
                if not piece:
                    return codes + ["connection closed"]
                answer += piece
            for line in answer.split(b"\r"):
                if line.startswith(b"MSA"):
                    codes.append(line.split(b"|")[1].decode())
    return codes


class Live:
    """Follows claims.status and prints each step."""

    def __init__(self, stack):
        self.newest, self.changed, self.start = {}, time.time(), time.time()
        env = stack.env()
        self.p = subprocess.Popen([os.path.join(stack.bin, "cleanclaim"), "claims", "--follow", "--json"], env=env,
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        """Lines as they come."""
        for line in self.p.stdout:
            s = json.loads(line)
            self.changed = time.time()
            if not s["refused"]:
                self.newest[s["claim"]] = s
            why = "; ".join(f"{f['edit']}: {f['message']}" for f in s["findings"] if f["severity"] != "note") or s["reason"] or ""
            say(f"  {time.time() - self.start:6.1f} s  {s['claim']:<20} {coloured(s['state'])} {s['event']:<16} {why[:90]}")

    def resting(self, at_least):
        """Have this many come to rest, all of them, for a while?"""
        states = [s["state"] for s in self.newest.values()]
        return len(states) >= at_least and all(s in REST for s in states) and time.time() - self.changed > 2.5

    def stop(self):
        """End the follower."""
        self.p.terminate()
        self.p.wait()


def send_samples(stack):
    """Every sample through the front doors; returns how many files."""
    files = sorted(glob.glob(os.path.join(SEED, "encounters", "*.hl7")) + [p for p in glob.glob(os.path.join(SEED, "encounters", "*.json")) if not p.endswith("expected.json")])
    for path in files:
        name = os.path.relpath(path, ROOT)
        if path.endswith(".json"):
            say(f"  POST /fhir  {name}: {post_fhir(stack.ports['FHIR_PORT'], path)}")
        else:
            say(f"  MLLP        {name}: {' '.join(send_mllp(stack.ports['MLLP_PORT'], path))}")
    return len(files)


def closing(stack, live):
    """The files that were made, one claim's story, the sum."""
    say("\nX12 files that reached the payer:")
    for name, paths in sorted(stack.mailbox().items()):
        say(f"  {paths[0]}  ({os.path.getsize(paths[0])} bytes)")
    say("\nand what it answered:")
    for base, _, names in sorted(os.walk(os.path.join(stack.folder, "mail", "in"))):
        for n in sorted(names):
            if n.endswith(".x12"):
                say(f"  {os.path.join(base, n)}")
    paid = [c for c, s in live.newest.items() if s["state"] in ("PAID", "PARTIAL")]
    if paid:
        say(f"\nOne claim's story (cleanclaim show {paid[0]}):\n")
        say(stack.cli("show", paid[0]))
    count = {}
    for s in live.newest.values():
        count[s["state"]] = count.get(s["state"], 0) + 1
    say("Claims: " + ", ".join(f"{n} {s}" for s, n in sorted(count.items())))


def addresses(stack, build):
    """How to look further."""
    say("\nStill running. In a shell:")
    say(f"  export KAFKA_BOOTSTRAP_SERVERS={stack.broker} REDIS_URL={stack.redis_url}")
    say(f"  {build}/bin/cleanclaim claims | show CLAIM | watch | tables get icd10cm E11.9 --on 2026-11-01")
    say(f"  intake: http://127.0.0.1:{stack.ports.get('FHIR_PORT')}/fhir, MLLP 127.0.0.1:{stack.ports.get('MLLP_PORT')}")
    say(f"  files and logs: {stack.folder}\nmake demo-stop ends it.")


def save(stack):
    """Process ids, so that --stop can end what this run left."""
    with open(os.path.join(stack.folder, "pids.json"), "w", encoding="utf-8") as f:
        json.dump({n: p.pid for n, p in stack.processes.items()}, f)


def stop_kept(folder, build):
    """Ends a demo that was left running: only processes that are still ours."""
    path = os.path.join(folder, "pids.json")
    if os.path.exists(path):
        for name, pid in json.load(open(path, encoding="utf-8")).items():
            try:
                with open(f"/proc/{pid}/cmdline", "rb") as f:
                    if os.path.abspath(build).encode() in f.read():
                        os.kill(pid, signal.SIGTERM)
            except (FileNotFoundError, ProcessLookupError):
                say(f"{name} had ended already")
        os.unlink(path)
    Stack(folder, build, real=False).stop()
    say("the demo is stopped")


def run(folder, build, keep):
    """The demo itself."""
    stack = Stack(folder, build, real=False, settings={"SANDBOX_PAY_AFTER_MS": "1500", "SANDBOX_SEED": "7", "BILL_HOLD_MS": "1000"})
    ok = False
    try:
        say("The broker of this demo is embedded: it forgets everything at exit and runs at-least-once.")
        say("Starting broker, Redis, tables, workers …")
        stack.start([os.path.join(SEED, "tables")])
        stack.wait_ready()
        live = Live(stack)
        say("Sending the sample encounters:")
        sent = send_samples(stack)
        say("\nEach claim on its way:")
        end = time.time() + 60
        while time.time() < end and not live.resting(sent):
            stack.check_alive()
            time.sleep(0.2)
        ok = live.resting(1)
        live.stop()
        closing(stack, live)
        if keep:
            save(stack)
            addresses(stack, build)
        else:
            say("\nTo look further: make demo KEEP=1 leaves it running; cleanclaim help lists the commands.")
    except StackError as e:
        say(f"error: {e}")
        keep = False
    finally:
        if not keep:
            stack.stop()
    return 0 if ok else 1


def main():
    """Arguments."""
    p = argparse.ArgumentParser()
    p.add_argument("build")
    p.add_argument("--keep", action="store_true")
    p.add_argument("--stop", action="store_true")
    a = p.parse_args()
    folder = os.path.join(os.path.abspath(a.build), "demo")
    if a.stop:
        stop_kept(folder, a.build)
        return 0
    if os.path.exists(os.path.join(folder, "pids.json")):
        stop_kept(folder, a.build)
    if os.path.isdir(folder):
        Stack(folder, a.build, real=False).remove()
    return run(folder, a.build, a.keep)


if __name__ == "__main__":
    sys.exit(main())
