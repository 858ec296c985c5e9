"""faults.py - what is done to the whole chain: a row for each kind of fault, drawn from the seed

| kind | what happens |
|---|---|
| kill | kill -9 of a worker, started again under its name |
| stop | SIGSTOP of a worker for longer than its session, then SIGCONT: the group has put it out |
| zombie | the same, but meanwhile a successor runs under its name, with a state folder of its own: one of the two must be fenced and end by itself, in the end the one that came back (the successor is started again, as Kubernetes would) |
| replica | the same, but meanwhile another worker of the stage takes over; then both work, then the other leaves |
| broker | kill -9 of one broker, started again; the next one only when every partition has all its copies |
| redis | kill -9 of Redis, started again; every other time a worker is killed and has to start without it |
| delay | a slow line: every piece between a stage (or everybody) and the brokers (or Redis) waits |
| reset | connections are reset |
| half-open | connections swallow what is sent and say nothing; new ones are accepted and do so, too |
| cut | the connection ends right behind a commit (EndTxn) that reaches the broker: the worker cannot know how it ended |
| late | the same, but the commit reaches the broker only later, when the worker is perhaps in its next transaction |

Fault n of a seed is the same whatever became of those before it.
"""

import random
import signal
import time
from collections import Counter

SESSION_MS = 4000
STAGES = ["coder", "validator", "build", "deliver", "follow"]  # members of groups
WORKERS = ["intake", *STAGES]
GONE = 3  # exit code of a worker that may not go on
BACK_S = 30  # a zombie that has not ended by then will not


def client(stage):
    """A stage's client id."""
    return f"cleanclaim-{'submitter-' if stage in ('build', 'deliver', 'follow') else ''}{stage}"


class Fault:
    """One: its number, kind, own source of chance; when it was, whom it affects, how long until they got on."""

    def __init__(self, seed, number, kind):
        self.number, self.kind, self.rng = number, kind, random.Random(f"{seed}/{number}")
        self.at, self.stages, self.said, self.took = 0.0, [], "", None

    def now(self, stages, said):
        """This is the moment."""
        self.at, self.stages, self.said = time.time(), list(stages), said

    def __str__(self):
        return f"fault {self.number}, {self.kind} of {self.said}"


class Faults:
    """The hand that does it: one stack's workers, the brokers and Redis below it, the proxy between."""

    def __init__(self, stack, proxy):
        self.stack, self.base, self.proxy = stack, stack.beside, proxy
        self.generation = Counter()
        self.old, self.fenced, self.stayed, self.again = [], 0, [], Counter()
        self.check_alive, stack.check_alive = stack.check_alive, self.supervise

    def supervise(self):
        """As Kubernetes does: a worker that said that it may not go on is started again; any other end is a fault of ours."""
        for name, p in list(self.stack.processes.items()):
            if p.poll() == GONE:
                stage, number = name.rsplit("-", 1)
                self.again[stage] += 1
                self.stack.start_stage(stage, int(number))
        self.check_alive()

    # -- workers -------------------------------------------------------------------------------------------------------
    def kill(self, f):
        """A worker."""
        stage = f.rng.choice([*WORKERS, "sandbox"])
        f.now([stage], stage)
        self.stack.kill(f"{stage}-0")
        time.sleep(f.rng.uniform(0.0, 0.5))
        self.stack.start_stage(stage)

    def stop(self, f):
        """A worker that sleeps through its session."""
        stage = f.rng.choice(WORKERS)
        p = self.stack.processes[f"{stage}-0"]
        p.send_signal(signal.SIGSTOP)
        self.sleep(f)
        f.now([stage], stage)
        p.send_signal(signal.SIGCONT)

    def zombie(self, f):
        """A worker that sleeps while its successor works."""
        stage = f.rng.choice(STAGES)
        f.now([stage], stage)
        p = self.stack.processes.pop(f"{stage}-0")
        self.old.append(p)
        p.send_signal(signal.SIGSTOP)
        self.generation[stage] += 1
        self.stack.start_stage(stage)
        self.sleep(f)
        p.send_signal(signal.SIGCONT)
        self.one_of_two(f, p)

    def one_of_two(self, f, old):
        """Until the old one has ended because it was fenced. It may take its name back first: then the successor has, and is started again."""
        end = time.time() + BACK_S
        while old.poll() is None and time.time() < end:
            self.supervise()
            time.sleep(0.1)
        if old.poll() == GONE:
            self.fenced += 1
            return
        self.stayed.append(f"{f}: it came back and {'goes on beside its successor' if old.poll() is None else f'ended with {old.poll()}'}")
        old.kill()
        old.wait()

    def replica(self, f):
        """A worker that sleeps while another takes its partitions, gives some of them back, and leaves."""
        stage = f.rng.choice(STAGES)
        f.now([stage], stage)
        p = self.stack.processes[f"{stage}-0"]
        p.send_signal(signal.SIGSTOP)
        self.stack.start_stage(stage, 1)
        self.sleep(f)
        p.send_signal(signal.SIGCONT)
        time.sleep(f.rng.uniform(0.5, 2.5))
        if f.rng.random() < 0.5:
            self.stack.kill(f"{stage}-1")
        else:
            self.stack.stop_stage(f"{stage}-1")

    def sleep(self, f):
        """Longer than a session."""
        time.sleep(SESSION_MS / 1000 + f.rng.uniform(0.3, 1.5))

    # -- what they stand on --------------------------------------------------------------------------------------------
    def broker(self, f):
        """One broker."""
        number = f.rng.randint(1, self.base.brokers)
        f.now(WORKERS, f"broker {number}")
        self.base.kill_broker(number)
        time.sleep(f.rng.uniform(0.2, 1.5))
        self.base.restart_broker()

    def redis(self, f):
        """Redis, and perhaps a worker that has to wait for it."""
        stage = f.rng.choice(["coder", "validator", "build", "deliver", "follow"])
        alone = f.rng.random() < 0.5
        f.now(["coder", "validator"] if alone else ["coder", "validator", stage], "Redis" if alone else f"Redis and {stage}")
        self.base.kill_redis()
        if not alone:
            self.stack.kill(f"{stage}-0")
            self.stack.start_stage(stage)
        time.sleep(f.rng.uniform(0.2, 2.0))
        self.base.start_redis()

    # -- the wire ------------------------------------------------------------------------------------------------------
    def whom(self, f):
        """A stage on all doors, or a door with all that come through it; what the proxy calls them."""
        doors = sorted(self.proxy.doors)
        n = f.rng.randrange(2 * len(WORKERS) + len(doors))
        if n < 2 * len(WORKERS):
            f.now([WORKERS[n // 2]], WORKERS[n // 2])
            return {"client": client(WORKERS[n // 2])}
        door = doors[n - 2 * len(WORKERS)]
        f.now(["coder", "validator"] if door == "redis" else WORKERS, f"connections to {door}")
        return {"door": door}

    def delay(self, f):
        """A slow line."""
        with self.proxy.delayed(f.rng.uniform(0.02, 0.3), **self.whom(f)):
            time.sleep(f.rng.uniform(1.0, 3.0))

    def reset(self, f):
        """Connections, between one and three times."""
        whom = self.whom(f)
        for _ in range(f.rng.randint(1, 3)):
            self.proxy.reset(**whom)
            time.sleep(f.rng.uniform(0.0, 0.3))

    def half_open(self, f):
        """Connections that say nothing."""
        with self.proxy.half_open(**self.whom(f)):
            time.sleep(f.rng.uniform(0.5, 3.0))

    def cut(self, f):
        """The answer to a commit."""
        self.uncertain(f, 0.0)

    def late(self, f):
        """The commit itself, for a while."""
        self.uncertain(f, f.rng.uniform(0.1, 1.5))

    def uncertain(self, f, late_s):
        """At the next commit of a stage, which must come while messages do."""
        stage = f.rng.choice(STAGES)
        f.now([stage], stage)
        f.at = self.proxy.cut_commit(client(stage), late_s).result(120)
        time.sleep(late_s)

    # ------------------------------------------------------------------------------------------------------------------
    def inject(self, f):
        """One fault, to its end."""
        self.supervise()
        getattr(self, f.kind.replace("-", "_"))(f)

    def end(self):
        """No zombie remains."""
        for p in self.old:
            if p.poll() is None:
                p.kill()
                p.wait()


WEIGHTS = {"kill": 40, "cut": 15, "reset": 10, "late": 7, "delay": 6, "half-open": 5, "broker": 5, "redis": 4, "stop": 3, "zombie": 3, "replica": 2}


def plan(seed, total, kinds=None):
    """Each kind (or each of these) once, as far as they go, the others by weight; in an order of their own."""
    rng, kinds = random.Random(f"{seed}"), kinds or list(WEIGHTS)
    drawn = kinds[:total] + rng.choices(kinds, [WEIGHTS[k] for k in kinds], k=max(total - len(kinds), 0))
    rng.shuffle(drawn)
    return [Fault(seed, n, kind) for n, kind in enumerate(drawn, 1)]
