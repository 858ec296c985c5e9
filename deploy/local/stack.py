"""stack.py - the whole of cleanclaim on this machine: a broker, Redis, the workers, the sandbox payer.

Used by the demo (embedded broker) and by the end-to-end and chaos tests (real Apache Kafka). Everything that it starts it stops, by its own
process id; ports are chosen free; all files lie in one folder.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
STAGES = ["intake", "coder", "validator", "build", "deliver", "follow", "sandbox"]


class StackError(Exception):
    """Something did not start or did not answer; the text says what."""


def free_port():
    """A port that nobody listens on at this moment."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Stack:
    """One running system in one folder."""

    def __init__(self, folder, build="build", real=True, partitions=4, settings=None, beside=None):
        """beside: another stack whose broker and Redis are shared; give TOPIC_PREFIX in settings then."""
        self.beside = beside
        self.folder = os.path.abspath(folder)
        self.bin = os.path.join(os.path.abspath(build), "bin")
        self.real = real
        self.partitions = partitions
        self.extra = dict(settings or {})
        self.processes = {}
        self.log_start = {}
        self.broker = None
        self.brokers = 1
        self.redis_url = None
        self.ports = {}
        os.makedirs(self.folder, exist_ok=True)
        for sub in ("log", "state", "mail/out", "mail/in"):
            os.makedirs(os.path.join(self.folder, sub), exist_ok=True)

    # -- broker and Redis ---------------------------------------------------------------------------------------------
    def _script(self, name, *args):
        run = subprocess.run([os.path.join(HERE, name), *args], capture_output=True, text=True, check=False)
        if run.returncode != 0:
            raise StackError(f"{name} {args[0]}: {run.stdout[-400:]}{run.stderr[-1200:]}")
        return run.stdout.strip().splitlines()[-1] if run.stdout.strip() else ""

    def start_broker(self, brokers=1, proxied=()):
        """Real Kafka, or librdkafka's mock cluster in a process of its own. proxied: ports of a proxy, one a broker; returns what it leads to."""
        if self.beside:
            self.broker, self.brokers = self.beside.broker, self.beside.brokers
            return []
        if self.real:
            folder = os.path.join(self.folder, "kafka")
            self.brokers = brokers
            self.broker = self._script("kafka.sh", "start", folder, str(brokers), ",".join(map(str, proxied)))
            return open(os.path.join(folder, "behind"), encoding="utf-8").read().split() if proxied else []
        address = os.path.join(self.folder, "broker.address")
        if os.path.exists(address):
            os.unlink(address)
        self.spawn("mockbroker", [os.path.join(self.bin, "mockbroker"), str(self.partitions), address])
        self.wait(lambda: os.path.exists(address) and os.path.getsize(address) > 0, 20, "the embedded broker")
        self.broker = open(address, encoding="utf-8").read().strip()
        return []

    def kill_broker(self, number=1):
        """kill -9 of one of the real brokers, to be started again on the same data."""
        self._script("kafka.sh", "kill9", os.path.join(self.folder, "kafka"), str(number))

    def kill_redis(self):
        """kill -9; start_redis starts it again on the same port and data."""
        self._script("redis.sh", "kill9", os.path.join(self.folder, "redis"))

    def restart_broker(self):
        """After kill_broker: same port, same data."""
        again = self._script("kafka.sh", "start", os.path.join(self.folder, "kafka"))
        if again != self.broker:
            raise StackError(f"the broker came back at {again}, not {self.broker}")

    def start_redis(self):
        """A private Redis on a free port."""
        if self.beside:
            self.redis_url = self.beside.redis_url
            return
        self.redis_url = self._script("redis.sh", "start", os.path.join(self.folder, "redis"))

    def secret(self, name, text):
        """A secret as the programs take it: the name of a file that only we can read."""
        path = os.path.join(self.folder, "secrets", name)
        if not os.path.exists(path):
            os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
            with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as f:
                f.write(text + "\n")
        return path

    # -- environment and processes ------------------------------------------------------------------------------------
    def env(self, stage="", number=0):
        """Settings of one program."""
        e = {k: v for k, v in os.environ.items() if not k.startswith("KAFKA_")}
        e.update({
            "KAFKA_BOOTSTRAP_SERVERS": self.broker or "",
            "REDIS_URL": self.redis_url or "",
            "WORKER_ID": str(number),
            "SITE_SECRET_FILE": self.secret("site", "a-secret-of-the-tests-only"),
            "DELIVERY": "exactly_once" if self.real else "at_least_once",
            "STATE_DIR": os.path.join(self.folder, "state", f"{stage or 'cli'}-{number}"),
            "MAIL_DIR": os.path.join(self.folder, "mail"),
            "HTTP_PORT": "0",
            "REPLIES_POLL_MS": "200",
            "REPLIES_SETTLE_MS": "200",
        })
        if not self.real:
            e.update({"KAFKA_SESSION_TIMEOUT_MS": "6000", "KAFKA_FETCH_WAIT_MAX_MS": "10"})
        e.update(self.extra)
        return e

    def argv(self, stage):
        """Program and role of a stage."""
        if stage in ("build", "deliver", "follow"):
            return [os.path.join(self.bin, "submitter"), stage]
        return [os.path.join(self.bin, stage)]

    def spawn(self, name, argv, env=None):
        """A process whose log is log/NAME.log (appended)."""
        log = open(os.path.join(self.folder, "log", f"{name}.log"), "ab")
        self.log_start[name] = log.tell()
        p = subprocess.Popen(argv, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder)
        log.close()
        self.processes[name] = p
        return p

    def start_stage(self, stage, number=0):
        """One worker."""
        env = self.env(stage, number)
        os.makedirs(env["STATE_DIR"], exist_ok=True)
        if stage == "intake":
            for key in ("FHIR_PORT", "MLLP_PORT"):
                self.ports.setdefault(key, free_port())
                env[key] = str(self.ports[key])
        return self.spawn(f"{stage}-{number}", self.argv(stage), env)

    def start_stages(self, stages=None):
        """All workers, or some."""
        for stage in stages or STAGES:
            self.start_stage(stage)

    def cli(self, *args, check=True, timeout=300, env=None, text_in=None):
        """The operator's command; returns what it printed."""
        e = self.env()
        e.update(env or {})
        run = subprocess.run([os.path.join(self.bin, "cleanclaim"), *args], env=e, capture_output=True, text=True, timeout=timeout,
                             check=False, cwd=ROOT, input=text_in)
        if check and run.returncode != 0:
            raise StackError(f"cleanclaim {' '.join(args)}: exit {run.returncode}\n{run.stdout[-2000:]}{run.stderr[-2000:]}")
        return run.stdout

    def rows(self, *args, **kw):
        """JSON lines of the operator's command."""
        return [json.loads(line) for line in self.cli(*args, "--json", **kw).splitlines() if line.strip()]

    def prepare(self, tables):
        """Topics and code tables."""
        if self.real:
            self.cli("topics", "create", "--partitions", str(self.partitions), "--replication", str(self.brokers))
        if tables:
            self.cli("tables", "load", *tables)

    def start(self, tables, stages=None):
        """Everything, in order."""
        self.start_broker()
        self.start_redis()
        self.prepare(tables)
        self.start_stages(stages)

    def wait_ready(self, seconds=60, stages=None):
        """Until every worker's log says that it has its partitions (or listens)."""
        names = [n for n in self.processes if n != "mockbroker" and (not stages or n.rsplit("-", 1)[0] in stages)]
        self.wait(lambda: all(self.log_has(n, ("event=state_restored", "event=assigned", "_listening", "event=listening")) for n in names), seconds,
                  "the workers")

    def log_has(self, name, words):
        """Does a log hold one of these words, since this process started?"""
        path = os.path.join(self.folder, "log", f"{name}.log")
        with open(path, "rb") as f:
            f.seek(self.log_start.get(name, 0))
            text = f.read().decode("utf-8", "replace")
        return any(w in text for w in words)

    def wait(self, condition, seconds, what):
        """Polls until true; a process of ours that died in the meantime is said."""
        end = time.time() + seconds
        while time.time() < end:
            if condition():
                return
            self.check_alive()
            time.sleep(0.1)
        raise StackError(f"{what}: not there after {seconds} s; logs in {self.folder}/log")

    def check_alive(self):
        """Raises when a process that should run has ended."""
        for name, p in self.processes.items():
            if p.poll() is not None:
                with open(os.path.join(self.folder, "log", f"{name}.log"), encoding="utf-8", errors="replace") as f:
                    tail = f.read()[-1500:]
                raise StackError(f"{name} ended with {p.returncode}:\n{tail}")

    def statuses(self):
        """Newest status of each claim."""
        return {s["claim"]: s for s in self.rows("claims")}

    def kill(self, name):
        """kill -9 of one worker; it is no longer ours until it is started again."""
        p = self.processes.pop(name)
        p.send_signal(signal.SIGKILL)
        p.wait()

    def stop_stage(self, name, seconds=15):
        """SIGTERM, and its exit code."""
        p = self.processes.pop(name)
        p.terminate()
        try:
            return p.wait(seconds)
        except subprocess.TimeoutExpired:
            p.kill()
            p.wait()
            raise StackError(f"{name} did not stop in {seconds} s") from None

    def stop(self):
        """Everything that runs, workers first."""
        workers = [p for n, p in self.processes.items() if n != "mockbroker"]
        for p in workers:
            if p.poll() is None:
                p.terminate()
        end = time.time() + 15
        for p in workers:
            try:
                p.wait(max(0.1, end - time.time()))
            except subprocess.TimeoutExpired:
                p.kill()
                p.wait()
        if "mockbroker" in self.processes:
            self.processes["mockbroker"].terminate()
            try:
                self.processes["mockbroker"].wait(5)
            except subprocess.TimeoutExpired:
                self.processes["mockbroker"].kill()
        self.processes = {}
        for name in ("kafka", "redis"):
            if os.path.isdir(os.path.join(self.folder, name)):
                subprocess.run([os.path.join(HERE, f"{name}.sh"), "stop", os.path.join(self.folder, name)], capture_output=True,
                               check=False)

    def remove(self):
        """The folder, after stop."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def mailbox(self):
        """Every X12 file that reached the payer (waiting or taken), by name."""
        files = {}
        for base, _, names in os.walk(os.path.join(self.folder, "mail", "out")):
            if ".cleanclaim" in base:
                continue
            for n in names:
                if n.endswith(".x12"):
                    files.setdefault(n, []).append(os.path.join(base, n))
        return files
