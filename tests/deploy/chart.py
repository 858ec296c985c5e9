"""chart.py - the chart, rendered with each of its values files: what Kubernetes and the other projects' schemas say of it, and what we promise.

Every check is a row of CHECKS: a name, and a function of the world that raises Wrong or returns.
"""
import glob
import json
import os
import re
import subprocess

import jsonschema
import kubernetes_validate
import yaml

import settings
import tools

CHART = settings.CHART
KUBERNETES = ["1.28", "1.31", "1.34", "1.37"]
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Wrong(Exception):
    """A check found something; the text says what and where."""


class World:
    """What the checks look at: the programs, every rendered manifest by values file."""

    def __init__(self, build, folder):
        self.build, self.folder, self.root = build, folder, ""
        self.manifests, self.notes, self.refused = {}, {}, {}

    def render(self, extra=()):
        """Lint and render; the reason when that fails."""
        os.makedirs(self.folder, exist_ok=True)
        files = sorted(glob.glob(os.path.join(CHART, "ci", "*.yaml"))) + list(extra)
        done = subprocess.run([tools.renderer(), CHART, self.folder, *files], capture_output=True, text=True, check=False)
        for path in sorted(glob.glob(os.path.join(self.folder, "*.yaml"))):
            name = os.path.basename(path)[:-5]
            self.manifests[name] = [d for d in yaml.load_all(open(path, encoding="utf-8"), Loader=LOADER) if d]
        for path in glob.glob(os.path.join(self.folder, "*.refused")):
            self.refused[os.path.basename(path)[:-8]] = open(path, encoding="utf-8").read()
        return done.returncode, done.stdout + done.stderr

    def of_kind(self, *kinds):
        """(values file, manifest) of some kinds."""
        return [(v, m) for v, all_ in self.manifests.items() for m in all_ if m["kind"] in kinds]

    def pods(self):
        """(where, pod template's metadata, its spec) of everything that runs."""
        for v, m in self.of_kind("Deployment", "StatefulSet", "Job", "CronJob"):
            spec = m["spec"]["jobTemplate"]["spec"] if m["kind"] == "CronJob" else m["spec"]
            yield f"{v}: {m['kind']} {m['metadata']['name']}", spec["template"]["metadata"], spec["template"]["spec"]

    def workers(self):
        """(where, component, pod spec, container) of the stages."""
        for where, meta, spec in self.pods():
            if meta["labels"].get("cleanclaim/worker") == "true":
                yield where, meta["labels"]["app.kubernetes.io/component"], spec, spec["containers"][0]


def name(m):
    """For a message."""
    return f"{m['kind']} {m['metadata']['name']}"


def need(condition, text):
    """Or it is wrong."""
    if not condition:
        raise Wrong(text)


def check_render(w):
    """helm lint and helm template, with every values file."""
    code, said = w.render()
    need(code == 0, said)
    need(len(w.manifests) >= 3 and len(w.refused) >= 3, "values files are missing")


def check_refused(w):
    """What is wrong in values is refused with a word about it."""
    for key, wanted in {"refused-unknown": "BATCH_RECORD", "refused-bounds": "LOG_LEVEL", "refused-number": "BILL_HOLD_MS",
                        "refused-secret": "SITE_SECRET_FILE", "refused-brokers": "KAFKA_BOOTSTRAP_SERVERS"}.items():
        need(wanted in w.refused.get(key, ""), f"{key}: {wanted} is not in: {w.refused.get(key)}")


def check_settings(w):
    """Each setting has a value, none is unknown."""
    bad = settings.differences(w.build, False)
    need(not bad, f"{', '.join(bad)}: make docs")


def check_kubernetes(w):
    """Kubernetes' own schemas, strictly: nothing in a manifest that it would drop."""
    ours = {k for _, _, _, files in tools.CRDS for k in files}
    for v, m in [(v, m) for v, all_ in w.manifests.items() for m in all_ if m["kind"] not in ours]:
        for version in KUBERNETES:
            try:
                kubernetes_validate.validate(m, version, strict=True)
            except jsonschema.ValidationError as e:
                raise Wrong(f"{v}: {name(m)} on {version}: {'/'.join(map(str, e.path))}: {e.message}") from None


def closed(schema):
    """The schema with unknown fields refused, as `kubectl --validate=strict` does; Go's patterns as Python writes them."""
    if isinstance(schema, list):
        return [closed(s) for s in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {k: "(?i)" + v.replace("(?i)", "") if k == "pattern" and "(?i)" in str(v) else v for k, v in schema.items()}
    out = {k: ({n: closed(s) for n, s in v.items()} if k == "properties" else closed(v)) for k, v in schema.items()}
    if "properties" in out and "additionalProperties" not in out and not out.get("x-kubernetes-preserve-unknown-fields"):
        out["additionalProperties"] = False
    return out


def check_others(w):
    """KEDA's and the Prometheus operator's schemas."""
    seen = set()
    for kind, path in tools.crd_files().items():
        crd = yaml.load(open(path, encoding="utf-8"), Loader=LOADER)
        versions = {v["name"]: v["schema"]["openAPIV3Schema"] for v in crd["spec"]["versions"]}
        for v, m in w.of_kind(kind):
            schema = closed(versions[m["apiVersion"].split("/")[1]])
            schema["properties"]["metadata"] = {"type": "object"}
            try:
                jsonschema.validate(m, schema)
            except jsonschema.ValidationError as e:
                raise Wrong(f"{v}: {name(m)}: {'/'.join(map(str, e.path))}: {e.message}") from None
            seen.add(kind)
    need(seen == set(tools.crd_files()), f"only {sorted(seen)} are rendered by any values file")


def check_security(w):
    """Every pod: not root, nothing to gain, nothing writable but its volumes, no token."""
    for where, _, spec in w.pods():
        s = spec["securityContext"]
        need(s["runAsNonRoot"] and s["runAsUser"] == 65532 and s["seccompProfile"] == {"type": "RuntimeDefault"}, f"{where}: pod")
        need(spec["automountServiceAccountToken"] is False, f"{where}: the token is mounted")
        need(not any(spec.get(k) for k in ("hostNetwork", "hostPID", "hostIPC")), f"{where}: the host's")
        need(not any("hostPath" in v for v in spec["volumes"]), f"{where}: hostPath")
        for c in spec["containers"] + spec.get("initContainers", []):
            s = c["securityContext"]
            need(s["readOnlyRootFilesystem"] and s["allowPrivilegeEscalation"] is False, f"{where}: {c['name']}")
            need(s["capabilities"] == {"drop": ["ALL"]} and not s.get("privileged"), f"{where}: {c['name']}: capabilities")
            need(c["resources"]["requests"].keys() >= {"cpu", "memory"} and "memory" in c["resources"]["limits"], f"{where}: resources")


def check_secrets(w):
    """No secret in an environment: not by value, not by reference."""
    secrets = {settings.file_name(r)[:-5] for rows in settings.all_rows(w.build).values() for r in rows if settings.is_file(r)}
    secrets |= {"KAFKA_SASL_PASSWORD", "KAFKA_SSL_KEY_PASSWORD", "KAFKA_SSL_KEY_PEM", "KAFKA_SSL_KEYSTORE_PASSWORD"}
    for where, _, spec in w.pods():
        for c in spec["containers"] + spec.get("initContainers", []):
            need("envFrom" not in c, f"{where}: envFrom")
            for e in c["env"]:
                need(e["name"] not in secrets, f"{where}: {e['name']} is a secret")
                need("valueFrom" not in e or "fieldRef" in e["valueFrom"], f"{where}: {e['name']}")


def check_env(w):
    """Every variable is a row of that program, or a property; files that are named are mounted; each stage has a stable id of its own."""
    of = settings.all_rows(w.build)
    by_component = {"submitter-build": "build", "submitter-deliver": "deliver", "submitter-follow": "follow"}
    for where, component, spec, c in w.workers():
        rows = of["every worker"] + of[by_component.get(component, component)]
        known = {r[0] for r in rows} | {settings.file_name(r) for r in rows if settings.is_file(r)}
        paths = {s["path"] for v in spec["volumes"] if v["name"] == "files" for x in v["projected"]["sources"]
                 for s in (x.get("secret") or x["configMap"])["items"]}
        env = {e["name"]: e.get("value") for e in c["env"]}
        need(len(env) == len(c["env"]), f"{where}: a variable twice")
        for n, v in env.items():
            need(n in known or re.match(settings.KAFKA, n), f"{where}: {n} is no setting of {component}")
            if v and v.startswith("/etc/cleanclaim/"):
                need(v[len("/etc/cleanclaim/"):] in paths, f"{where}: {n}: {v} is not mounted")
        need({"name": "WORKER_ID", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}} in c["env"], f"{where}: WORKER_ID")
        mounts = {m["name"] for m in c["volumeMounts"]}
        volumes = {v["name"] for v in spec["volumes"]}
        need("StatefulSet" in where or "intake" in where, f"{where}: a worker that remembers needs a stable name")
        need(mounts <= volumes | {"state"}, f"{where}: {mounts - volumes} is no volume")


def check_probes(w):
    """Alive, ready and started are asked on the port of the metrics."""
    for where, _, _, c in w.workers():
        ports = {p["name"]: p["containerPort"] for p in c["ports"]}
        env = {e["name"]: e.get("value") for e in c["env"]}
        need(str(ports["http"]) == env["HTTP_PORT"] and env["HTTP_ADDRESS"] == "0.0.0.0", f"{where}: http")
        for probe, path in (("startupProbe", "/healthz"), ("livenessProbe", "/healthz"), ("readinessProbe", "/readyz")):
            need(c[probe]["httpGet"] == {"path": path, "port": "http"}, f"{where}: {probe}")
        start = c["startupProbe"]
        need(start["periodSeconds"] * start["failureThreshold"] >= 300, f"{where}: tables may take longer than the start-up probe waits")
        if "mllp" in ports:
            need(env["MLLP_PORT"] == str(ports["mllp"]) and env["FHIR_PORT"] == str(ports["fhir"]), f"{where}: ports")


def matches(selector, labels):
    """Kubernetes' matchLabels."""
    return all(labels.get(k) == v for k, v in selector.items())


def check_selectors(w):
    """Services, budgets and policies select the pods that they mean, and nothing selects none."""
    for v in w.manifests:
        labels = [meta["labels"] for where, meta, _ in w.pods() if where.startswith(v + ":")]
        for _, m in [(x, m) for x, m in w.of_kind("Service", "PodDisruptionBudget", "NetworkPolicy") if x == v]:
            spec = m["spec"]
            selector = spec["selector"] if m["kind"] == "Service" else (spec.get("selector") or spec["podSelector"])["matchLabels"]
            need(any(matches(selector, x) for x in labels), f"{v}: {name(m)} selects no pod")
        for _, m in [(x, m) for x, m in w.of_kind("Deployment", "StatefulSet") if x == v]:
            need(matches(m["spec"]["selector"]["matchLabels"], m["spec"]["template"]["metadata"]["labels"]), f"{v}: {name(m)}")


def check_policies(w):
    """Default deny; only intake is reached from outside, only deliver reaches payers."""
    for v, all_ in w.manifests.items():
        policies = [m["spec"] for m in all_ if m["kind"] == "NetworkPolicy"]
        if not policies:
            continue
        deny = [p for p in policies if sorted(p["policyTypes"]) == ["Egress", "Ingress"] and not p.get("ingress") and not p.get("egress")]
        need(len(deny) == 1 and "app.kubernetes.io/component" not in deny[0]["podSelector"]["matchLabels"], f"{v}: no default deny")
        for p in policies:
            component = p["podSelector"]["matchLabels"].get("app.kubernetes.io/component")
            ports = {x["port"] for rule in p.get("ingress", []) for x in rule["ports"]}
            need(ports <= {"http"} or component == "intake", f"{v}: {ports} of {component}")
            out = {x["port"] for rule in p.get("egress", []) for x in rule["ports"]}
            need(not out & {22, 443} or component == "submitter-deliver", f"{v}: {out} from {component}")


def stated(build, program):
    """Topics that a program says it consumes, and its own name."""
    argv = [os.path.join(build, "bin", program[0]), *program[1:], "--help"]
    text = subprocess.run(argv, capture_output=True, text=True, check=True).stdout
    line = re.search(r"^consumes (.*)$", text, re.M)
    return re.match(r"\S+", text)[0], (line[1].split() if line else [])


def check_scaling(w):
    """KEDA asks for the lag of the groups and topics that the programs have; never below one, never above the partitions."""
    known = dict(stated(w.build, p) for p in settings.STAGES.values())
    found = w.of_kind("ScaledObject")
    need(found, "no values file scales")
    for v, m in found:
        spec, component = m["spec"], m["metadata"]["labels"]["app.kubernetes.io/component"]
        target = [x for y, x in w.of_kind("StatefulSet") if y == v and x["metadata"]["name"] == spec["scaleTargetRef"]["name"]]
        need(len(target) == 1 and "replicas" not in target[0]["spec"], f"{v}: {name(m)}: its target has replicas of its own, or is none")
        topics = [t["metadata"]["topic"] for t in spec["triggers"]]
        need(topics == ["billing." + t for t in known[component]], f"{v}: {name(m)}: {topics} is not {known[component]}")
        for t in spec["triggers"]:
            need(t["metadata"]["consumerGroup"] == "billing.cleanclaim-" + component, f"{v}: {name(m)}: group")
            need(all(isinstance(x, str) for x in t["metadata"].values()), f"{v}: {name(m)}: metadata are texts")
            need(t["metadata"]["activationLagThreshold"] == "24" and spec["maxReplicaCount"] <= 24 and spec["minReplicaCount"] >= 1, name(m))


def check_stages(w):
    """Every program that is a stage is in the chart, called as the program calls itself."""
    known = {stated(w.build, p)[0] for p in settings.STAGES.values()}
    seen = {component for where, component, _, _ in w.workers() if where.startswith("least:")}
    need(known == seen, f"{known ^ seen}")


def check_jobs(w):
    """Topics and tables: commands that the operator's command knows."""
    found = [(where, spec) for where, meta, spec in w.pods() if "cleanclaim/worker" not in meta["labels"]]
    need(len(found) >= 4, "a job is missing")
    for where, spec in found:
        for c in spec["containers"] + spec.get("initContainers", []):
            argv = c["command"] + c["args"]
            done = subprocess.run([os.path.join(w.build, "bin", "cleanclaim"), "help", argv[1]], capture_output=True, text=True, check=False)
            need(done.returncode == 0 and argv[2] in done.stdout, f"{where}: {argv}")
            need(c["env"], f"{where}: no settings")


CHECKS = [
    ("the chart lints and renders", check_render),
    ("wrong values are refused", check_refused),
    ("every setting has a value", check_settings),
    ("Kubernetes' schemas", check_kubernetes),
    ("KEDA's and Prometheus' schemas", check_others),
    ("pods are confined", check_security),
    ("secrets are files", check_secrets),
    ("variables are settings", check_env),
    ("probes", check_probes),
    ("selectors", check_selectors),
    ("network policies", check_policies),
    ("scaling on lag", check_scaling),
    ("stages are the programs", check_stages),
    ("jobs", check_jobs),
]
