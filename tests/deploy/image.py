"""image.py - the image's root file system: what is in it, and a whole chain run in it as the chart's manifests say.

The root is made by the Dockerfile's own steps: from this machine's Debian in `make deploy-test`, in a new Debian 13 and 12 in
`make image-test`. No container engine: a mount namespace, chroot, another user, a root that is read-only.
"""
import glob
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import urllib.request

import yaml

import chart
import metrics
import settings
import tools
from chart import LOADER, Wrong, need

sys.path.insert(0, os.path.join(tools.ROOT, "deploy", "local"))
import demo  # noqa: E402
from stack import Stack, StackError, free_port  # noqa: E402

SEED = demo.SEED
DOCKER = os.path.join(tools.ROOT, "deploy", "docker")
CONFINED = os.path.join(tools.ROOT, "tests", "deploy", "confined.sh")
PROGRAMS = ["intake", "coder", "validator", "submitter", "sandbox", "cleanclaim"]
UID = 65532
# HL7's names of sets that iconv loads a file for.
CHARSETS = ["8859/1", "8859/2", "8859/9", "8859/15", "GB 18030-2000", "BIG-5", "KS X 1001"]


def root(w):
    """The image's root; made once from this machine, unless one is given."""
    if not w.root:
        w.root = os.path.join(tools.CACHE, "image")
        shutil.rmtree(w.root, ignore_errors=True)
        tools.run([os.path.join(DOCKER, "steps.sh"), "root", tools.ROOT, w.build, w.root])
    return w.root


def confined(w, binds, *argv):
    """The command line that runs argv in the image."""
    return [CONFINED, root(w), *[x for b in binds for x in ("-b", b)], *argv]


def inside(w, *argv, binds=(), env=None):
    """Runs it to its end: exit code and what it said."""
    done = subprocess.run(confined(w, binds, *argv), capture_output=True, text=True, check=False, env=env or {"PATH": os.environ["PATH"]}, timeout=120)
    return done.returncode, done.stdout + done.stderr


def check_programs(w):
    """Every program starts: all that it loads is there."""
    need(os.geteuid() == 0, "another root and another user need root")
    calls = [[p, "--version"] for p in PROGRAMS if p != "submitter"] + [["submitter", r, "--version"] for r in ("build", "deliver", "follow")]
    for argv in calls + [["submitter", "--help"], ["coder", "--help"]]:
        code, said = inside(w, "/usr/local/bin/" + argv[0], *argv[1:])
        need(code == 0 and said, f"{argv}: exit {code}: {said}")
    shipped = set(os.listdir(os.path.join(root(w), "usr", "local", "bin")))
    need(shipped == set(PROGRAMS), f"{shipped}")
    for where, _, spec in w.pods():
        for c in spec["containers"] + spec.get("initContainers", []):
            need(os.path.exists(root(w) + c["command"][0]), f"{where}: {c['command']} is not in the image")


def check_least(w):
    """Nothing else: no shell, nothing setuid, nothing that its user may change but what is mounted over."""
    for base, folders, files in os.walk(root(w)):
        for n in folders + files:
            path = os.path.join(base, n)
            short, s = path[len(root(w)):], os.lstat(path)
            need(not s.st_mode & (stat.S_ISUID | stat.S_ISGID), f"{short} is setuid")
            need(n in folders or n not in ("sh", "bash", "dash", "busybox", "perl", "apt", "dpkg", "curl"), f"{short} is in the image")
            if stat.S_ISLNK(s.st_mode):
                continue
            need(s.st_uid == 0 or short in ("/var/lib/cleanclaim/state", "/var/lib/cleanclaim/mail"), f"{short} is owned by {s.st_uid}")
            need(not s.st_mode & stat.S_IWOTH or short == "/tmp", f"{short} may be written by anybody")
    known = os.listdir(os.path.join(root(w), "var", "lib", "dpkg", "status.d"))
    need({"libc6", "ca-certificates"} <= {k.split(":")[0] for k in known} and len(known) > 20, f"packages recorded: {known}")
    need(b"BEGIN CERTIFICATE" in open(os.path.join(root(w), "etc/ssl/certs/ca-certificates.crt"), "rb").read(), "no authorities")


def check_charsets(w):
    """Messages in each character set are read: iconv finds its files."""
    message = open(os.path.join(SEED, "encounters", "office_visit.hl7"), "rb").read().replace(b"\r\n", b"\n")
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        for i, name in enumerate(CHARSETS):
            out = []
            for line in message.split(b"\n"):
                fields = line.split(b"|")
                if fields[0] == b"MSH":
                    fields += [b""] * (18 - len(fields))
                    fields[17] = name.encode()
                out.append(b"|".join(fields))
            with open(os.path.join(folder, f"{i}.hl7"), "wb") as f:
                f.write(b"\n".join(out))
        for i, name in enumerate(CHARSETS):
            code, said = inside(w, "/usr/local/bin/cleanclaim", "encounter", f"/tables/{i}.hl7", "--json", binds=[f"{folder}:/tables:ro"])
            need(code == 0 and '"diagnoses"' in said, f"{name}: exit {code}: {said[:300]}")


def check_dockerfile(w):
    """It runs the steps that are tested here, takes what the steps need, and ends as a user without a name."""
    text = open(os.path.join(DOCKER, "Dockerfile"), encoding="utf-8").read()
    steps = open(os.path.join(DOCKER, "steps.sh"), encoding="utf-8").read()
    for step in ("packages", "build /source", "root /source /source/build /image"):
        need(f"steps.sh {step}" in text, f"Dockerfile: no step {step}")
    need(re.search(r"^ARG BASE=debian:[a-z]+-slim$", text, re.M) and re.findall(r"^FROM (\S+)", text, re.M) == ["${BASE}", "scratch"], "bases")
    need(re.search(rf"^USER {UID}:{UID}$", text, re.M), "USER")
    listed = {line.split()[0] for line in open(os.path.join(tools.ROOT, "deploy", "packages.txt"), encoding="utf-8") if line[:1].isalnum()}
    named = set(re.search(r"^packages=\(([^)]*)\)", steps, re.M)[1].split())
    need(named <= listed, f"steps.sh: {named - listed} is not in deploy/packages.txt")
    wanted = {p for p in listed if re.match(r"^(lib.*|zlib1g)-dev$", p)} - {"libcmocka-dev", "libclang-rt-dev"}
    need(wanted <= named, f"steps.sh: {wanted - named} of deploy/packages.txt is not installed")
    kept = [x[1:].strip() for x in open(os.path.join(DOCKER, "Dockerfile.dockerignore"), encoding="utf-8") if x.startswith("!")]
    for path in kept:
        need(os.path.exists(os.path.join(tools.ROOT, path)), f"Dockerfile.dockerignore: {path} is not there")
    need(set(kept) >= {"Makefile", "common", "proto", "services", "deploy/tables", "deploy/docker/steps.sh"}, f"kept: {kept}")


class Cluster:
    """The chart's manifests as processes: each container in the image, its volumes as folders of ours."""

    def __init__(self, w, folder):
        self.w, self.folder = w, folder
        self.stack = Stack(folder, w.build, real=True, partitions=2)
        self.ports = {n: str(free_port()) for n in ("MLLP_PORT", "FHIR_PORT")}
        self.pods = {}

    def values(self):
        """As an operator would write them."""
        fast = {"REPLIES_POLL_MS": "200", "REPLIES_SETTLE_MS": "200"}
        return {"settings": {"KAFKA_BOOTSTRAP_SERVERS": self.stack.broker, "REDIS_URL": self.stack.redis_url},
                "stages": {"intake": {"files": {"SITE_SECRET_FILE": {"secret": "site", "key": "secret"}}},
                           "coder": {"settings": {"BILL_HOLD_MS": "500", "QUALITY_PER_MILLE": "0"}},
                           "deliver": {"settings": fast, "mail": {"persistentVolumeClaim": {"claimName": "mail"}}}},
                "topics": {"partitions": 2, "replication": 1},
                "tables": {"onInstall": True, "volume": {"persistentVolumeClaim": {"claimName": "tables"}}, "paths": ["/tables"]}}

    def manifests(self):
        """The chart with these values."""
        path = os.path.join(self.folder, "cluster-values.yaml")
        with open(path, "w", encoding="utf-8") as f:
            yaml.safe_dump(self.values(), f)
        tools.run([tools.renderer(), chart.CHART, self.folder, path])
        return [d for d in yaml.load_all(open(os.path.join(self.folder, "cluster.yaml"), encoding="utf-8"), Loader=LOADER) if d]

    def volume(self, name, *more):
        """A folder that the image's user owns."""
        path = os.path.join(self.folder, "volumes", name, *more)
        os.makedirs(path, exist_ok=True)
        os.chown(path, UID, UID)
        return path

    def binds(self, pod, spec, c):
        """The container's mounts; /tmp is confined.sh's."""
        out = []
        sources = {v["name"]: v for v in spec["volumes"]}
        for m in c["volumeMounts"]:
            if m["name"] == "tmp":
                continue
            path = os.path.join(SEED, "tables") if m["name"] == "tables" else self.volume("mail") if m["name"] == "mail" else self.volume(pod, m["name"])
            for x in (sources.get(m["name"], {}).get("projected") or {}).get("sources") or []:
                for item in x["secret"]["items"]:
                    with open(os.path.join(path, item["path"]), "w", encoding="utf-8") as f:
                        f.write("a-secret-of-the-tests-only\n")
                    os.chown(f.name, 0, UID)
                    os.chmod(f.name, 0o440)
            out.append(f"{path}:{m['mountPath']}" + (":ro" if m.get("readOnly") else ""))
        return out

    def env(self, pod, c):
        """The container's variables; listeners only on loopback, on ports that are free."""
        env = {e["name"]: e.get("value", pod) for e in c["env"]}
        for n in [n for n in env if n.endswith("_ADDRESS")]:
            env[n] = "127.0.0.1"
        env.update({n: p for n, p in {"HTTP_PORT": "0", **self.ports}.items() if n in env})
        return {**env, "PATH": os.environ["PATH"]}

    def job(self, m):
        """A hook, container after container."""
        spec = m["spec"]["template"]["spec"]
        for c in spec.get("initContainers", []) + spec["containers"]:
            argv = c["command"] + c["args"]
            code, said = inside(self.w, *argv, binds=self.binds(m["metadata"]["name"], spec, c), env=self.env("job", c))
            need(code == 0, f"{argv}: exit {code}: {said[-1500:]}")

    def worker(self, m):
        """One pod of a stage."""
        spec = m["spec"]["template"]["spec"]
        c = spec["containers"][0]
        pod = m["metadata"]["name"] + "-0"
        self.pods[pod] = self.stack.spawn(pod, confined(self.w, self.binds(pod, spec, c), *c["command"]), self.env(pod, c))

    def start(self):
        """Hooks by weight, then the workers, then a payer that answers."""
        self.stack.start_broker()
        self.stack.start_redis()
        all_ = self.manifests()
        jobs = sorted([m for m in all_ if m["kind"] == "Job"], key=lambda m: int(m["metadata"]["annotations"]["helm.sh/hook-weight"]))
        for m in jobs:
            self.job(m)
        for m in all_:
            if m["kind"] in ("StatefulSet", "Deployment"):
                self.worker(m)
        env = {**self.env("sandbox", {"env": []}), "REDIS_URL": self.stack.redis_url, "MAIL_DIR": "/var/lib/cleanclaim/mail", "SANDBOX_SEED": "7",
               "SANDBOX_PAY_AFTER_MS": "500", "HTTP_PORT": "-1"}
        self.stack.spawn("sandbox", confined(self.w, [f"{self.volume('mail')}:/var/lib/cleanclaim/mail"], "/usr/local/bin/sandbox"), env)
        self.stack.wait_ready(stages=[p[:-2] for p in self.pods])

    def page(self, pod, path):
        """A page of a worker's probes."""
        text = open(os.path.join(self.folder, "log", pod + ".log"), encoding="utf-8", errors="replace").read()
        port = re.search(r"event=http .*?port=(\d+)", text)[1]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.read().decode()


def send_samples(cluster):
    """Every sample through MLLP and HTTP."""
    for path in sorted(glob.glob(os.path.join(SEED, "encounters", "*.hl7"))):
        codes = demo.send_mllp(int(cluster.ports["MLLP_PORT"]), path)
        need(set(codes) == {"AA"}, f"{path}: {codes}")
    for path in sorted(glob.glob(os.path.join(SEED, "encounters", "*.json"))):
        if not path.endswith("expected.json"):
            need(demo.post_fhir(cluster.ports["FHIR_PORT"], path) in ("200", "201"), path)


def check_confined(pod, process):
    """What the kernel says of a running worker."""
    status = dict(re.findall(r"^(\w+):\s*(.*)$", open(f"/proc/{process.pid}/status", encoding="utf-8").read(), re.M))
    need(status["Uid"].split() == [str(UID)] * 4 and status["Gid"].split() == [str(UID)] * 4, f"{pod}: {status['Uid']}")
    need(status["NoNewPrivs"] == "1" and int(status["CapEff"], 16) == 0 and int(status["CapPrm"], 16) == 0, f"{pod}: capabilities")
    mounts = [line.split() for line in open(f"/proc/{process.pid}/mountinfo", encoding="utf-8")]
    over = {m[4]: m[5].split(",") for m in mounts}
    need("ro" in over["/"], f"{pod}: its root may be written: {over['/']}")
    loose = [p for p, o in over.items() if "rw" in o and p not in ("/tmp", "/proc", "/var/lib/cleanclaim/state", "/var/lib/cleanclaim/mail")]
    need(not loose, f"{pod}: {loose} may be written")


def check_pages(cluster, w):
    """Ready, alive, and no metric that is no row."""
    known = metrics.Metrics(w.build)
    for pod in cluster.pods:
        need(cluster.page(pod, "/healthz") == "alive\n" and cluster.page(pod, "/readyz") == "ready\n", f"{pod}: its probes")
        names = set(re.findall(r"^([a-z_]+)[ {]", cluster.page(pod, "/metrics"), re.M))
        unknown = [n for n in names if not known.find(n)]
        need(names and not unknown, f"{pod}: {unknown} are no rows")


def check_chain(w):
    """Jobs and workers of the chart, in the image, on a real broker and Redis: every sample ends where it should; all stop when told."""
    folder = tempfile.mkdtemp(prefix="cleanclaim-")
    os.chmod(folder, 0o755)
    cluster = Cluster(w, folder)
    try:
        cluster.start()
        send_samples(cluster)
        wanted = sorted(json.load(open(os.path.join(SEED, "encounters", "expected.json"), encoding="utf-8"))["states"])
        state = lambda: sorted(s["state"] for s in cluster.stack.statuses().values())  # noqa: E731
        try:
            cluster.stack.wait(lambda: state() == wanted, 90, "the samples")
        except StackError as e:
            raise Wrong(f"{e}: {state()} is not {wanted}") from None
        check_pages(cluster, w)
        for pod, process in cluster.pods.items():
            check_confined(pod, process)
        for pod in list(cluster.pods):
            code = cluster.stack.stop_stage(pod)
            need(code == 0, f"{pod}: exit {code} after SIGTERM")
    except StackError as e:
        raise Wrong(str(e)) from None
    finally:
        cluster.stack.stop()
        shutil.rmtree(folder, ignore_errors=True)


CHECKS = [
    ("programs start in the image", check_programs),
    ("the image is least", check_least),
    ("character sets in the image", check_charsets),
    ("the Dockerfile runs the steps", check_dockerfile),
    ("the chart's pods run the chain in the image", check_chain),
]
