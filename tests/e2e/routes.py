"""routes.py - files to a payer's SFTP while deliver and the server are killed: every file once, and every claim in one file"""

import glob
import os
import random
import re
import threading
import time

from sshd import Sshd
from state import send
from world import SEED, hl7_messages, multiply, sample

VISITS, KILLS = 40, 12
STAGES = ["intake", "coder", "validator", "build", "deliver"]


class Payer:
    """Takes every whole file out of FOLDER/in at once."""

    def __init__(self, folder):
        self.folder = os.path.join(folder, "in")
        self.taken, self.twice = {}, []
        self.open = True
        os.makedirs(self.folder)
        self.thread = threading.Thread(target=self.take, daemon=True)
        self.thread.start()

    def take(self):
        """A name that comes a second time is what must not be."""
        while self.open:
            for name in os.listdir(self.folder):
                path = os.path.join(self.folder, name)
                if name.endswith(".part"):
                    continue
                with open(path, encoding="utf-8") as f:
                    text = f.read()
                os.unlink(path)
                if name in self.taken:
                    self.twice.append(name)
                self.taken[name] = text
            time.sleep(0.01)

    def close(self):
        """No more."""
        self.open = False
        self.thread.join()


def routes_to(sshd, path):
    """The seed's routes, by SFTP, a claim a file."""
    with open(os.path.join(SEED, "tables", "routes.csv"), encoding="utf-8") as f:
        header, *rows = f.read().splitlines()
    names = header.split(",")
    out = [header + ",transport,gap_ms,time_zone,closed,user,secret,host_key"]
    for row in rows:
        cells = dict(zip(names, row.split(",")))
        cells["mailbox"] = cells["replies"] = f"sftp://127.0.0.1:{sshd.port}{sshd.folder}/in"
        cells["replies"] += "/none"
        cells.update({"sandbox": "N", "batch_claims": "1"})
        out.append(",".join(cells[n] for n in names) + f",sftp,,,,{sshd.user},user_key,{sshd.print}")
    with open(path, "w", encoding="utf-8") as f:
        f.write("\n".join(out) + "\n")


def disturb(stack, sshd, rng):
    """Kills of deliver and of the server, each started again soon."""
    for n in range(KILLS):
        time.sleep(rng.uniform(0.1, 0.8))
        if n % 3 == 2:
            sshd.kill()
            time.sleep(rng.uniform(0.0, 0.5))
            sshd.start()
        else:
            stack.kill("deliver-0")
            stack.start_stage("deliver")


def test_files_by_sftp_arrive_once_whatever_is_killed(world):
    """kill -9 of deliver and of the SFTP server: each file once, each claim in one file, no number twice."""
    folder = os.path.join(world.folder, "sftp")
    os.makedirs(folder)
    payer, sshd = Payer(folder), Sshd(folder)
    seed = random.randrange(1 << 30)
    stack = world.stack("sftp-route", {"SECRETS_DIR": folder})
    private = type(stack)(os.path.join(world.folder, "sftp-redis"), world.build, real=True)
    try:
        private.start_redis()
        stack.redis_url = private.redis_url
        routes_to(sshd, os.path.join(folder, "routes.csv"))
        others = [p for p in sorted(glob.glob(os.path.join(SEED, "tables", "*"))) if not p.endswith("routes.csv") and os.path.isfile(p)]
        stack.cli("tables", "load", os.path.join(folder, "routes.csv"), *others)
        stack.start_stages(STAGES)
        stack.wait_ready(stages=STAGES)
        base = hl7_messages(sample("office_visit.hl7"))
        sending = threading.Thread(target=lambda: [send(stack, multiply(base, n)) for n in range(VISITS)])
        sending.start()
        disturb(stack, sshd, random.Random(seed))
        sending.join()
        stack.wait(lambda: len(payer.taken) >= VISITS, 120, f"{VISITS} files at the payer (seed {seed})")
        stack.wait(lambda: all(s["state"] == "SENT" for s in stack.rows("claims")), 60, f"every claim SENT (seed {seed})")
        time.sleep(2)
        claims = [c for text in payer.taken.values() for c in re.findall(r"~CLM\*([^*]+)\*", text.replace("\n", ""))]
        numbers = [text[90:99] for text in payer.taken.values()]
        assert not payer.twice, (seed, payer.twice)
        assert len(claims) == len(set(claims)) == VISITS, (seed, len(claims))
        assert len(numbers) == len(set(numbers)) == VISITS, (seed, numbers)
        routes = stack.rows("routes")
        assert sum(r["sent"] for r in routes) == VISITS and not any(r["waiting"] or r["held"] for r in routes), (seed, routes)
    finally:
        payer.close()
        sshd.kill()
        private.stop()
