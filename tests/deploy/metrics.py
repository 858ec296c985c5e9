"""metrics.py - dashboards and alert rules speak only of metrics, labels and values that the programs have; every alert fires when it should.

The metrics are the rows of PROGRAM --help-metrics, so that a renamed one fails here.
"""
import glob
import json
import os
import re
import subprocess

import yaml

import chart
import settings
import tools
from chart import LOADER, Wrong, need

GRAFANA = os.path.join(tools.ROOT, "deploy", "grafana")
ALERTS = os.path.join(GRAFANA, "alerts.yaml")
CASES = os.path.join(tools.ROOT, "tests", "deploy", "alerts_cases.yaml")
# Labels that Prometheus puts to whatever it reads from a pod, and that the chart's ServiceMonitor does (stage).
TARGET = {"namespace", "pod", "job", "instance", "stage"}
# Of PromQL: functions, aggregations, operators. Any other bare word is a metric.
WORDS = set("sum avg min max count by without on ignoring group_left group_right and or unless bool offset rate increase changes "
            "histogram_quantile absent time clamp_min clamp_max topk bottomk quantile label_values".split())


class Metrics:
    """Rows of all programs: name -> (type, labels, stages)."""

    def __init__(self, build):
        self.rows = {}
        for program in settings.STAGES.values():
            argv = [os.path.join(build, "bin", program[0]), *program[1:], "--help-metrics"]
            text = subprocess.run(argv, capture_output=True, text=True, check=True).stdout
            for line in text.splitlines():
                if line.startswith("| `"):
                    name, kind, _, labels = [c.strip(" `") for c in line.strip("|").split(" | ")][:4]
                    self.rows[name] = (kind, set(labels.replace(" ", "").split(",")) - {""})

    def find(self, word):
        """(name, type, labels) of a series' name, or None."""
        for suffix in ("_bucket", "_sum", "_count", ""):
            base = word[:-len(suffix)] if suffix and word.endswith(suffix) else word
            if base in self.rows and (suffix == "" or self.rows[base][0] == "histogram"):
                kind, labels = self.rows[base]
                return base, kind, labels | ({"le"} if suffix == "_bucket" else set())
        return None


def expressions():
    """(where, expression) of dashboards' panels and variables, and of alerts."""
    for path in sorted(glob.glob(os.path.join(GRAFANA, "*.json"))):
        board = json.load(open(path, encoding="utf-8"))
        for p in board["panels"]:
            for t in p.get("targets", []):
                yield f"{os.path.basename(path)}: {p['title']}", re.sub(r"\$__(rate_interval|range|interval)", "5m", t["expr"])
        for v in board["templating"]["list"]:
            if v["type"] == "query":
                yield f"{os.path.basename(path)}: ${v['name']}", v["query"]["query"]
    for rule in alerts():
        yield f"alerts.yaml: {rule['alert']}", rule["expr"]


def alerts():
    """All alert rules."""
    return [r for g in yaml.load(open(ALERTS, encoding="utf-8"), Loader=LOADER)["groups"] for r in g["rules"]]


def matchers(text):
    """[(label, operator, value)] between braces."""
    return re.findall(r'(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"', text)


def check_expression(where, text, m, words):
    """Metrics, their labels and the values that are asked for."""
    used = set(TARGET)
    for name, inside in re.findall(r"([A-Za-z_:][\w:]*)\s*\{([^}]*)\}", text):
        found = m.find(name)
        need(found, f"{where}: there is no metric {name}")
        for label, op, value in matchers(inside):
            need(label in found[2] | TARGET, f"{where}: {name} has no label {label}")
            if label not in ("namespace", "pod", "le") and op in ("=", "=~") and not value.startswith("$"):
                for v in value.split("|"):
                    need(v in words, f"{where}: {label}=\"{v}\": no program says that")
    bare = re.sub(r"\{[^}]*\}", "", re.sub(r'"[^"]*"', '""', text))
    lists = re.findall(r"\b(?:by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)", bare)
    bare = re.sub(r"\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)", " ", bare)
    bare = re.sub(r"\[[^\]]*\]", "", bare)
    bare = re.sub(r"(label_values\([^,]*),[^)]*\)", r"\1)", bare)
    names = [w for w in re.findall(r"[A-Za-z_:][\w:]*", re.sub(r"\b\d[\w.]*", "", bare)) if w not in WORDS]
    need(names, f"{where}: no metric")
    for name in names:
        found = m.find(name)
        need(found, f"{where}: there is no metric {name}")
        used |= found[2]
    for label in [x.strip() for one in lists for x in one.split(",") if x.strip()]:
        need(label in used, f"{where}: no metric of it has a label {label}")
    for name in re.findall(r"\b(?:rate|increase)\((\w+)", text):
        need(m.find(name)[1] != "gauge", f"{where}: {name} is a gauge")
    for name in re.findall(r"\b(\w+_bucket)\b", text):
        need("histogram_quantile" in text, f"{where}: {name}")


def source_words():
    """Every word of a string in the sources, and the topics' names: what a label's value may be."""
    text = "".join(open(p, encoding="utf-8").read() for p in glob.glob(os.path.join(tools.ROOT, "*", "*", "**", "*.c"), recursive=True)
                   if p.startswith((os.path.join(tools.ROOT, "common"), os.path.join(tools.ROOT, "services"))))
    words = set()
    for literal in re.findall(r'"((?:[^"\\\n]|\\.)*)"', text):
        words.add(literal)
        words |= set(re.findall(r'\\"([\w.-]+)\\"', literal))
    return words | {w + "-" for w in ()} | {edit.split("-")[0] for edit in words if re.match(r"^[A-Z]{2,4}-\d\d$", edit)}


def check_metrics(w):
    """No dashboard or alert asks for what is not there."""
    m, words, n = Metrics(w.build), source_words(), 0
    for where, text in expressions():
        check_expression(where, text, m, words)
        n += 1
    need(n > 60, f"only {n} expressions were found")


def check_caught(w):
    """The check itself: a renamed metric, an unknown label, an unknown value, a rate of a gauge are found."""
    m, words = Metrics(w.build), source_words()
    for text in ("sum(rate(cleanclaim_event_consumed_total[5m]))", 'cleanclaim_consumer_lag{topics="x"} > 1', "sum by (code) (cleanclaim_consumer_lag)",
                 'rate(cleanclaim_txn_total{result="unkown"}[5m])', "rate(cleanclaim_consumer_lag[5m])", "cleanclaim_txn_total_bucket"):
        try:
            check_expression("case", text, m, words)
        except Wrong:
            continue
        raise Wrong(f"{text} passes")


def promtool(args, **kw):
    """promtool's verdict."""
    done = subprocess.run([tools.promtool(), *args], capture_output=True, text=True, check=False, **kw)
    if done.returncode != 0:
        raise Wrong(f"promtool {args[0]} {args[1]}: {done.stdout[-1500:]}{done.stderr[-2500:]}")
    return done.stdout


def check_promtool(w):
    """promtool reads the rules, those in the rendered PrometheusRule, and each dashboard's expressions as rules."""
    promtool(["check", "rules", ALERTS])
    rendered = [m["spec"] for _, m in w.of_kind("PrometheusRule")]
    need(rendered and all(r == yaml.load(open(ALERTS, encoding="utf-8"), Loader=LOADER) for r in rendered), "the chart's rules are others")
    rules = [{"record": f"case:{i}", "expr": e.replace("$namespace", ".*")} for i, (where, e) in enumerate(expressions()) if "label_values" not in e]
    path = os.path.join(w.folder, "panels.rules")
    with open(path, "w", encoding="utf-8") as f:
        yaml.safe_dump({"groups": [{"name": "panels", "rules": rules}]}, f)
    promtool(["check", "rules", path])


def check_alerts(w):
    """Each alert fires on its cases with its labels; in a healthy hour none does."""
    data = yaml.load(open(CASES, encoding="utf-8"), Loader=LOADER)
    names = [r["alert"] for r in alerts()]
    need(sorted({c["alert"] for c in data["cases"]}) == sorted(names), "alerts and cases are not the same")
    tests = [{"name": c["alert"], "interval": "1m", "input_series": c["series"], "promql_expr_test": [{
        "expr": f'ALERTS{{alertname="{c["alert"]}",alertstate="firing"}}', "eval_time": c["at"],
        "exp_samples": [{"labels": "ALERTS" + json_labels({"alertname": c["alert"], "alertstate": "firing", **c["labels"]}), "value": 1}]}]}
        for c in data["cases"]]
    for at in ("30m", "130m", "270m"):
        tests.append({"name": "healthy", "interval": "1m", "input_series": data["healthy"],
                      "promql_expr_test": [{"expr": "ALERTS", "eval_time": at, "exp_samples": []}]})
    path = os.path.join(w.folder, "alerts.test")
    with open(path, "w", encoding="utf-8") as f:
        yaml.safe_dump({"rule_files": [ALERTS], "evaluation_interval": "1m", "tests": tests}, f)
    promtool(["test", "rules", path])


def json_labels(labels):
    """As PromQL writes them."""
    return "{" + ",".join(f'{k}="{v}"' for k, v in sorted(labels.items())) + "}"


def check_dashboards(w):
    """The files are dashboards: ids once, panels inside the grid, one data source variable, and the chart carries them as they are."""
    shipped = {n: text for _, m in w.of_kind("ConfigMap") for n, text in m["data"].items() if n.endswith(".json")}
    for path in glob.glob(os.path.join(GRAFANA, "*.json")):
        board = json.load(open(path, encoding="utf-8"))
        ids = [p["id"] for p in board["panels"]]
        need(len(ids) == len(set(ids)) and board["uid"].startswith("cleanclaim-"), f"{path}: ids")
        need(all(p["gridPos"]["x"] + p["gridPos"]["w"] <= 24 for p in board["panels"]), f"{path}: a panel hangs out")
        boxes = [p["gridPos"] for p in board["panels"]]
        for i, a in enumerate(boxes):
            for b in boxes[i + 1:]:
                need(a["x"] >= b["x"] + b["w"] or b["x"] >= a["x"] + a["w"] or a["y"] >= b["y"] + b["h"] or b["y"] >= a["y"] + a["h"],
                     f"{path}: panels lie over each other")
        need(all(p["datasource"]["uid"] == "${datasource}" for p in board["panels"] if p["type"] != "row"), f"{path}: data source")
        need(json.loads(shipped[os.path.basename(path)]) == board, f"{path}: the chart ships another")


CHECKS = [
    ("dashboards and alerts name what there is", check_metrics),
    ("what is not there is found", check_caught),
    ("promtool reads rules and panels", check_promtool),
    ("alerts fire and keep silent", check_alerts),
    ("dashboards are whole", check_dashboards),
]
