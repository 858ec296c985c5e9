"""routes.py - files to a payer's SFTP while deliver and the server are killed: every file once, and every claim in one file"""

import glob
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import threading
import time

from state import send
from world import SEED, hl7_messages, multiply, sample

VISITS, KILLS = 40, 12
STAGES = ["intake", "coder", "validator", "build", "deliver"]


class Sshd:
    """OpenSSH's server on loopback; in FOLDER/in a payer takes every whole file at once."""

    def __init__(self, folder):
        self.folder = folder
        self.process = None
        self.taken, self.twice = {}, []
        os.makedirs(os.path.join(folder, "in"))
        for key in ("host_key", "user_key"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", os.path.join(folder, key)], check=True)
        shutil.copy(os.path.join(folder, "user_key.pub"), os.path.join(folder, "allowed"))
        shown = subprocess.run(["ssh-keygen", "-lf", os.path.join(folder, "host_key.pub")], check=True, capture_output=True, text=True)
        self.print = shown.stdout.split()[1]
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        with open(os.path.join(folder, "conf"), "w", encoding="utf-8") as f:
            f.write(f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {folder}/host_key\nAuthorizedKeysFile {folder}/allowed\n"
                    "StrictModes no\nUsePAM no\nPermitRootLogin yes\nPidFile none\nPasswordAuthentication no\n"
                    "KbdInteractiveAuthentication no\nMaxStartups 100\nSubsystem sftp internal-sftp\n")
        if os.getuid() == 0:
            os.makedirs("/run/sshd", exist_ok=True)  # sshd wants it when root runs it
        self.start()
        self.open = True
        self.payer = threading.Thread(target=self.take, daemon=True)
        self.payer.start()

    def start(self):
        """The server, until it says its name."""
        for _ in range(50):
            self.process = subprocess.Popen(["/usr/sbin/sshd", "-D", "-f", os.path.join(self.folder, "conf")], stderr=subprocess.DEVNULL)
            time.sleep(0.1)
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=2) as s:
                    if s.recv(4) == b"SSH-":
                        return
            except OSError:
                pass
            self.kill()
        raise RuntimeError("sshd does not start")

    def family(self, pid):
        """The server's processes, its sessions too."""
        found = [pid]
        for path in glob.glob("/proc/[0-9]*/stat"):
            try:
                with open(path, encoding="utf-8", errors="replace") as f:
                    fields = f.read().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(fields[1]) == pid:
                found += self.family(int(path.split("/")[2]))
        return found

    def kill(self):
        """kill -9, in the middle of whatever it does; stopped first, so that no child is born meanwhile that keeps the port."""
        self.process.send_signal(signal.SIGSTOP)
        for pid in self.family(self.process.pid):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.wait()

    def take(self):
        """The payer: a name that comes a second time is what must not be."""
        while self.open:
            for name in os.listdir(os.path.join(self.folder, "in")):
                path = os.path.join(self.folder, "in", name)
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
        """All of it."""
        self.open = False
        self.payer.join()
        self.kill()


def routes_to(sshd, path):
    """The seed's routes, by SFTP, a claim a file."""
    with open(os.path.join(SEED, "tables", "routes.csv"), encoding="utf-8") as f:
        header, *rows = f.read().splitlines()
    names = header.split(",")
    out = [header + ",transport,gap_ms,time_zone,closed,user,secret,host_key"]
    user = subprocess.run(["id", "-un"], check=True, capture_output=True, text=True).stdout.strip()
    for row in rows:
        cells = dict(zip(names, row.split(",")))
        cells["mailbox"] = cells["replies"] = f"sftp://127.0.0.1:{sshd.port}{sshd.folder}/in"
        cells["replies"] += "/none"
        cells.update({"sandbox": "N", "batch_claims": "1"})
        out.append(",".join(cells[n] for n in names) + f",sftp,,,,{user},user_key,{sshd.print}")
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
    sshd = Sshd(folder)
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
        stack.wait(lambda: len(sshd.taken) >= VISITS, 120, f"{VISITS} files at the payer (seed {seed})")
        stack.wait(lambda: all(s["state"] == "SENT" for s in stack.rows("claims")), 60, f"every claim SENT (seed {seed})")
        time.sleep(2)
        claims = [c for text in sshd.taken.values() for c in re.findall(r"~CLM\*([^*]+)\*", text.replace("\n", ""))]
        numbers = [text[90:99] for text in sshd.taken.values()]
        assert not sshd.twice, (seed, sshd.twice)
        assert len(claims) == len(set(claims)) == VISITS, (seed, len(claims))
        assert len(numbers) == len(set(numbers)) == VISITS, (seed, numbers)
        routes = stack.rows("routes")
        assert sum(r["sent"] for r in routes) == VISITS and not any(r["waiting"] or r["held"] for r in routes), (seed, routes)
    finally:
        sshd.close()
        private.stop()
