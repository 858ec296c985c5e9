"""routes.py - files on their way: kill -9 of build, deliver, follow and of the payers' SFTP server while claims go out and answers come back

Claims are fed to claims.clean, every so many between two kills. Four receivers take files by SFTP (OpenSSH's server), two in folders; the sandbox
answers all of them, and follow posts what it pays. build runs by a planned clock (clock.c), so that an undisturbed run of the same claims
writes the same files to the byte, control numbers and times of day included. Compared: what each mailbox holds, control numbers, each
claim's last status, what was posted.
"""

import bisect
import glob
import hashlib
import os
import random
import re
import struct
import subprocess
import time
from collections import Counter

from sshd import Sshd
from world import REST, SEED, claims_in

STAGES = ["build", "deliver", "follow"]
KILLED = [*STAGES, "sshd"]
SFTP = ["SFTP01", "SFTP02", "SFTP03", "SFTP04"]
FOLDERS = ["FOLDER01", "FOLDER02"]
BATCH, AGE_MS = 10, 1  # build's clock stands until all is fed: batches close by size, the rest at the end
AT_REST = REST | {"COB_WAIT"}  # nothing here sends the secondary claims that follow makes
READY = re.compile(r"at=(\S+) .*event=state_restored")


def routes(stack, sshd, path):
    """The routes table: as the workers see it (sshd given), or as the payer does, to whom every mailbox is a folder."""
    with open(os.path.join(SEED, "tables", "routes.csv"), encoding="utf-8") as f:
        names, row = (line.split(",") for line in f.read().splitlines()[:2])
    more = ["transport", "gap_ms", "time_zone", "closed", "user", "secret", "host_key", "poll_ms", "timeout_ms"]
    lines = [",".join(names + more)]
    for receiver in SFTP + FOLDERS:
        cells = dict(zip(names, row))
        for column, box in (("mailbox", "out"), ("replies", "in")):
            cells[column] = os.path.join(stack.folder, "mail", box, receiver)
            os.makedirs(cells[column], exist_ok=True)
        cells.update({"receiver": receiver, "receiver_id": receiver, "batch_claims": str(BATCH), "batch_age_ms": str(AGE_MS)})
        way = [""] * len(more)
        if sshd and receiver in SFTP:
            for column in ("mailbox", "replies"):
                cells[column] = f"sftp://127.0.0.1:{sshd.port}{cells[column]}"
            way = ["sftp", "", "", "", sshd.user, "user_key", sshd.print, "500", "10000"]
        lines.append(",".join([cells[n] for n in names] + way))
    with open(path, "w", encoding="utf-8") as f:
        f.write("\n".join(lines) + "\n")


class Run:
    """One run: a stack, a payer, their own tables, the planned clock, and the feeder."""

    def __init__(self, world, name, seed, at_ms):
        self.stack = world.stack(name)
        self.sshd, self.feeder = Sshd(os.path.join(self.stack.folder, "sshd")), None
        self.tools = os.path.join(os.path.abspath(world.build), "tests", "chaos")
        self.at_ms, self.kills, self.back, self.fed = at_ms, [], [], 0
        self.seed = seed
        self.others = [type(self.stack)(os.path.join(self.stack.folder, f"redis-{who}"), world.build) for who in ("workers", "payer")]

    def begin(self):
        """Tables, clock, feeder, all stages."""
        for who, beside in enumerate(self.others):
            self.tables(beside, None if who else self.sshd)
        self.stack.redis_url = self.others[0].redis_url
        self.clock = os.path.join(self.stack.folder, "clock")
        self.plan(self.at_ms)
        self.settings()
        self.feeder = subprocess.Popen([os.path.join(self.tools, "records"), "feed", str(self.seed), *SFTP, *FOLDERS], env=self.stack.env(),
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.stack.start_stages([*STAGES, "sandbox"])
        self.stack.wait_ready(stages=STAGES)

    def tables(self, beside, sshd):
        """A Redis of its own: the seed's tables, other routes."""
        beside.start_redis()
        self.stack.redis_url = beside.redis_url
        path = os.path.join(beside.folder, "routes.csv")
        routes(self.stack, sshd, path)
        others = [p for p in sorted(glob.glob(os.path.join(SEED, "tables", "*"))) if not p.endswith("routes.csv") and os.path.isfile(p)]
        self.stack.cli("tables", "load", path, *others)

    def settings(self):
        """What single stages get beside the stack's settings."""
        common = self.stack.env
        own = {s: {"KAFKA_GROUP_INSTANCE_ID": f"{s}-0", "SECRETS_DIR": self.sshd.folder} for s in STAGES}
        own["build"].update({"LD_PRELOAD": os.path.join(self.tools, "clock.so"), "CHAOS_CLOCK": self.clock})
        own["sandbox"] = {"REDIS_URL": self.others[1].redis_url, "SANDBOX_POLL_MS": "50"}
        self.stack.env = lambda stage="", number=0: {**common(stage, number), **own.get(stage, {})}

    def plan(self, at_ms):
        """build's clock."""
        with open(self.clock, "r+b" if os.path.exists(self.clock) else "wb") as f:
            f.write(struct.pack("=q", at_ms))

    def feed(self, n):
        """The next n claims."""
        self.feeder.stdin.write(f"{n}\n")
        self.feeder.stdin.flush()
        if self.feeder.stdout.readline().strip() != "ok":
            raise RuntimeError("claims could not be fed")
        self.fed += n

    def kill(self, what, pause):
        """kill -9, and a new start after a pause."""
        at = time.time()
        if what == "sshd":
            self.sshd.kill()
            time.sleep(pause)
            self.sshd.start()
            self.back.append(time.time() - at)
        else:
            self.stack.kill(f"{what}-0")
            time.sleep(pause)
            self.stack.start_stage(what)
        self.kills.append((what, at))

    def recovered(self):
        """Seconds from each kill until the stage that was killed had its partitions and state again (a server: until it answered)."""
        took = list(self.back)
        for stage in STAGES:
            with open(os.path.join(self.stack.folder, "log", f"{stage}-0.log"), encoding="utf-8", errors="replace") as f:
                ready = [moment(m.group(1)) for m in map(READY.match, f) if m]
            for what, at in self.kills:
                after = bisect.bisect(ready, at)
                if what == stage and after < len(ready):
                    took.append(ready[after] - at)
        return sorted(took)

    def taken(self):
        """Files that the payer has taken."""
        return sum(len(glob.glob(os.path.join(self.stack.folder, "mail", "out", r, ".taken", "*.x12"))) for r in SFTP + FOLDERS)

    def lines(self, verb):
        """What records VERB prints, each line in its columns."""
        run = subprocess.run([os.path.join(self.tools, "records"), verb], env=self.stack.env(), capture_output=True, text=True, check=True)
        return [line.split(" ") for line in run.stdout.splitlines()]

    def finish(self, seconds):
        """Once all was taken the open batches close; then until every claim rests and every answer was read."""
        self.stack.wait(lambda: self.lines("behind") == [["0"]], 120, "the builder at the end of what was fed")
        self.plan(self.at_ms + AGE_MS + 1)

        def resting():
            time.sleep(1 + self.fed / 4000)
            states = [s["state"] for c, s in self.stack.statuses().items() if not c.endswith("S")]
            return len(states) >= self.fed and all(s in AT_REST for s in states) and not self.unread()

        self.stack.wait(resting, seconds, f"{self.fed} claims at rest")
        time.sleep(3)

    def unread(self):
        """Answers that lie in a replies folder."""
        return [p for r in SFTP + FOLDERS for p in glob.glob(os.path.join(self.stack.folder, "mail", "in", r, "*")) if os.path.isfile(p)]

    def result(self):
        """What came of it, as plain data."""
        self.stack.statuses()
        return {
            "files": {(os.path.basename(p), n): content(p) for name, paths in self.stack.mailbox().items() for n, p in enumerate(paths)},
            "claims": Counter(c for paths in self.stack.mailbox().values() for p in paths for c, copies in claims_in(p).items() for _ in copies),
            "built": {f"{file} {sha}" for _, file, _, sha in self.lines("files")},
            "numbers": Counter((receiver, number) for receiver, _, number, _ in self.lines("files")),
            "states": {c: (s["state"], s["version"], s["paid_cents"]) for c, s in self.stack.statuses().items()},
            "posted": Counter((claim, status, cents) for claim, _, status, cents in self.lines("posted")),
        }

    def stop(self):
        """All of it."""
        if self.feeder:
            self.feeder.stdin.close()
            self.feeder.wait()
        self.stack.stop()
        self.sshd.kill()
        for beside in self.others:
            beside.stop()


def content(path):
    """A file's hash."""
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


def moment(text):
    """A log line's time as seconds since the epoch."""
    whole, part = text.rstrip("Z").split(".")
    return time.mktime(time.strptime(whole, "%Y-%m-%dT%H:%M:%S")) - time.timezone + float("0." + part)


def undisturbed(run, plan):
    """The same claims in the same portions, nothing killed."""
    run.begin()
    for portion, *_ in plan:
        run.feed(portion)
    run.finish(1200)
    return run.result()


def disturbed(run, plan):
    """A kill after each portion."""
    run.begin()
    for portion, wait, what, pause in plan:
        run.feed(portion)
        time.sleep(wait)
        run.kill(what, pause)
    run.finish(1800)
    return run.result()


def plan_of(rng, kills, claims, pause):
    """Per kill: claims before it, seconds to wait, what is killed, seconds until it starts again."""
    share = [claims * (k + 1) // kills - claims * k // kills for k in range(kills)]
    return [(n, rng.uniform(*pause), rng.choice(KILLED), rng.choice([0.0, rng.uniform(0, 0.5)])) for n in share]


def compare(plain, chaos):
    """What differs, as sentences; lost and doubled claims."""
    lost = sorted(c for c in plain["claims"] if c not in chaos["claims"])
    doubled = sorted(c for c, n in chaos["claims"].items() if n > 1)
    wrong = [f"{c}: lost" for c in lost] + [f"{c}: {chaos['claims'][c]} times at the payer" for c in doubled]
    wrong += [f"{name}: {'other bytes' if name in chaos['files'] else 'not there'}" for (name, n), sha in plain["files"].items() if chaos["files"].get((name, n)) != sha]
    wrong += [f"{name}: not in the undisturbed run" for name, n in chaos["files"] if (name, n) not in plain["files"]]
    wrong += [f"{receiver}: control number {n} used {times} times" for (receiver, n), times in chaos["numbers"].items() if times > 1]
    if {f"{name} {sha}" for (name, _), sha in chaos["files"].items()} != chaos["built"]:
        wrong.append("what the mailboxes hold is not what was built")
    wrong += [f"{c}: ends as {chaos['states'].get(c)}, undisturbed {s}" for c, s in plain["states"].items() if chaos["states"].get(c) != s]
    wrong += [f"{p}: posted {chaos['posted'][p]} times, undisturbed {plain['posted'][p]}" for p in {*plain["posted"], *chaos["posted"]} if chaos["posted"][p] != plain["posted"][p]]
    return wrong, lost, doubled


def form(world, seed, kills, claims, pause):
    """Both runs, compared; what is wrong, as sentences."""
    plan, at_ms = plan_of(random.Random(seed), kills, claims, pause), int(time.time() * 1000)
    found, took = [], []
    print(f"chaos routes: {claims} claims to {len(SFTP)} receivers by SFTP and {len(FOLDERS)} in folders, seed {seed}", flush=True)
    for name, how in (("plain-routes", undisturbed), ("chaos-routes", disturbed)):
        start = time.time()
        run = Run(world, name, seed, at_ms)
        try:
            found.append(how(run, plan))
            took = run.recovered()
        finally:
            run.stop()
        print(f"{how.__name__}: {len(found[-1]['files'])} files in {time.time() - start:.1f} s", flush=True)
    wrong, lost, doubled = compare(*found)
    killed = Counter(what for _, _, what, _ in plan)
    print(f"{kills} kills ({', '.join(f'{killed[k]} {k}' for k in KILLED)}), {claims} claims, {len(lost)} lost, {len(doubled)} doubled, "
          f"{sum(found[1]['posted'].values())} remittances posted (undisturbed {sum(found[0]['posted'].values())}); "
          f"recovered after {took[len(took) // 2]:.2f} s p50, {took[len(took) * 99 // 100]:.2f} s p99", flush=True)
    if not any(found[0]["posted"].values()) or len(found[0]["claims"]) != claims:
        wrong.append("the undisturbed run did not send every claim, or posted nothing")
    return wrong
