"""world.py - what the end-to-end and chaos tests share: stacks side by side on one broker, samples multiplied, claims read back."""

import glob
import hashlib
import os
import re
import shutil
import socket
import sys
import tempfile
import time
import urllib.error
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "deploy", "local"))
from proxy import Proxy  # noqa: E402
from stack import Stack, StackError  # noqa: E402

SEED = os.path.join(ROOT, "deploy", "seed")
DATA = os.path.join(os.path.dirname(ROOT), "shared", "data")
REST = {"PAID", "PARTIAL", "DENIED", "HELD", "REVIEW", "REJECTED", "COB_WAIT", "PATIENT_DUE", "CLOSED"}
FAST = {"SANDBOX_PAY_AFTER_MS": "500", "SANDBOX_SEED": "7", "BILL_HOLD_MS": "500", "QUALITY_PER_MILLE": "0"}


class World:
    """A real broker (or three, behind a proxy) and Redis, and stacks beside each other on them."""

    def __init__(self, build, tables=None, brokers=1, proxied=False):
        self.build = build
        self.brokers = brokers
        self.proxy = Proxy() if proxied else None
        self.folder = tempfile.mkdtemp(prefix="cleanclaim-")
        self.base = Stack(os.path.join(self.folder, "base"), build, real=True)
        self.tables = tables or [os.path.join(SEED, "tables")]
        self.stacks = []
        self.count = 0

    def start(self):
        """Brokers, Redis, tables; with a proxy its addresses, too."""
        doors = [self.proxy.door(f"broker {n + 1}") for n in range(self.brokers)] if self.proxy else []
        behind = self.base.start_broker(self.brokers, [d.port for d in doors])
        self.base.start_redis()
        for door, address in zip(doors, behind):
            self.proxy.open(door.name, *address.split(":"))
        if self.proxy:
            redis = self.proxy.door("redis", kafka=False)
            self.proxy.open("redis", *self.base.redis_url.removeprefix("redis://").split(":"))
            self.proxied = ",".join(f"127.0.0.1:{d.port}" for d in doors)
            self.proxied_redis = f"redis://127.0.0.1:{redis.port}"
        self.base.cli("tables", "load", *self.tables)

    def stack(self, name, settings=None, partitions=4, beside=True):
        """Topics of its own; nothing runs yet."""
        self.count += 1
        s = Stack(os.path.join(self.folder, name), self.build, real=True, partitions=partitions,
                  settings={**FAST, "TOPIC_PREFIX": f"{name}.", **(settings or {})}, beside=self.base if beside else None)
        s.start_broker()
        s.start_redis()
        s.prepare([])
        self.stacks.append(s)
        return s

    def wait_copies(self, seconds=120):
        """Until every partition has all its copies again."""
        from confluent_kafka.admin import AdminClient  # only tests that kill brokers need it

        admin = AdminClient({"bootstrap.servers": self.base.broker, "log_level": 0})
        end = time.time() + seconds
        while time.time() < end:
            topics = admin.list_topics(timeout=10).topics.values()
            if all(len(p.isrs) == len(p.replicas) for t in topics for p in t.partitions.values()):
                return
            time.sleep(0.1)
        raise StackError(f"not every partition has all its copies after {seconds} s")

    def stop(self):
        """All of it."""
        for s in self.stacks:
            s.stop()
        if self.proxy:
            self.proxy.stop()
        self.base.stop()

    def remove(self):
        """The folder, with all stacks in it."""
        shutil.rmtree(self.folder, ignore_errors=True)


def post_fhir(port, body):
    """(status, text) of a POST."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}/fhir", body, {"Content-Type": "application/fhir+json"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as e:
        return e.code, e.read().decode()


class Mllp:
    """A sender that sends again until it has an answer, as a real interface engine does."""

    def __init__(self, port):
        self.port = port
        self.s = None

    def send(self, message, timeout=30):
        """The acknowledgment as text; raises OSError when the connection breaks."""
        if self.s is None:
            self.s = socket.create_connection(("127.0.0.1", self.port), timeout=timeout)
        try:
            self.s.sendall(b"\x0b" + message + b"\x1c\x0d")
            answer = b""
            while not answer.endswith(b"\x1c\x0d"):
                piece = self.s.recv(65536)
                if not piece:
                    raise OSError("connection closed")
                answer += piece
        except OSError:
            self.close()
            raise
        return answer.strip(b"\x0b\x1c\x0d").decode("utf-8", "replace")

    def close(self):
        """Hang up."""
        if self.s is not None:
            self.s.close()
        self.s = None


def ack_code(answer):
    """MSA-1."""
    m = re.search(r"MSA\|(\w+)", answer)
    return m.group(1) if m else ""


def hl7_messages(data):
    """Messages of a file's bytes, CR as terminator."""
    messages = []
    for line in data.replace(b"\r\n", b"\r").replace(b"\n", b"\r").split(b"\r"):
        if line.startswith(b"MSH"):
            messages.append([])
        if line and messages:
            messages[-1].append(line)
    return [b"\r".join(m) + b"\r" for m in messages]


def sample(name):
    """Bytes of deploy/seed/encounters/NAME."""
    with open(os.path.join(SEED, "encounters", name), "rb") as f:
        return f.read()


def multiply(messages, number):
    """The same visit of another patient: record, account, visit and control numbers, member id and names are made from `number`."""
    tag = f"{number:06d}".encode()
    out = []
    for m in messages:
        lines = m.split(b"\r")
        control = lines[0].split(b"|")[9]
        lines[0] = lines[0].replace(b"|" + control + b"|", b"|" + control + tag + b"|", 1)
        for i, line in enumerate(lines):
            f = line.split(b"|")
            if f[0] == b"PID":
                f[3] = re.sub(rb"^[^^~|]+", b"T" + tag, f[3])
                f[5] = b"TESTER" + "".join(chr(65 + int(c)) for c in str(number)).encode() + b"^ADA"
                if len(f) > 18 and f[18]:
                    f[18] = re.sub(rb"^[^^~|]+", b"A" + tag, f[18])
            elif f[0] == b"PV1" and len(f) > 19 and f[19]:
                f[19] = re.sub(rb"^[^^~|]+", b"V" + tag, f[19])
            elif f[0] == b"IN1":
                for k in (36, 49):
                    if len(f) > k and f[k]:
                        f[k] = re.sub(rb"^[^^~|]+", b"SYN" + tag, f[k])
            elif f[0] == b"FT1" and len(f) > 2 and f[2]:
                f[2] = f[2] + b"-" + tag
            lines[i] = b"|".join(f)
        out.append(b"\r".join(lines))
    return out


def claims_in(path):
    """claim id -> list of the bytes from CLM to the next claim's first loop, of an 837 with customary delimiters."""
    with open(path, "rb") as f:
        segments = [s.strip() for s in f.read().split(b"~")]
    claims, now = {}, None
    for s in segments:
        if s.startswith(b"CLM*"):
            now = s.split(b"*")[1].decode()
            claims.setdefault(now, []).append([])
        elif s.startswith((b"HL*", b"SE*")):
            now = None
        if now:
            claims[now][-1].append(s)
    return {c: [b"~".join(x) for x in lists] for c, lists in claims.items()}


def at_payer(stack):
    """claim id -> list of (file, bytes): every claim in every file that reached the payer. A file that the payer takes out of its folder meanwhile: once more."""
    while True:
        found = {}
        try:
            for name, paths in stack.mailbox().items():
                for path in paths:
                    for claim, copies in claims_in(path).items():
                        found.setdefault(claim, []).extend((name, c) for c in copies)
            return found
        except FileNotFoundError:
            continue


def quiet(stack):
    """Until nothing moves: what a transaction leaves behind its last record counts as lag for good, so it is not waited for."""
    seen = []

    def still():
        seen.append(stack.rows("watch", "--once")[0]["stages"])
        return len(seen) > 5 and all(x == seen[-1] for x in seen[-6:])

    stack.wait(still, 60, "the stages to be through")


def digest(found):
    """One hash of the set of claims and their bytes, whatever files they travelled in."""
    h = hashlib.sha256()
    for claim in sorted(found):
        for _, data in sorted(found[claim], key=lambda x: x[1]):
            h.update(claim.encode() + b"\0" + data + b"\0")
    return h.hexdigest()


def everything_written(folder):
    """Paths of all logs of a run."""
    return sorted(glob.glob(os.path.join(folder, "**", "*.log"), recursive=True))
