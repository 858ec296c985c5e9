#!/usr/bin/env python3
"""settings.py BUILD [--write] - the chart's values have every setting that the programs take, and values.schema.json knows no other.

Between `settings:begin NAME` and `settings:end` in values.yaml stand the rows of PROGRAM --help-markdown; the schema's settings, with their
bounds, come from the same rows. --write writes both; without, a difference is said and exit 1.
"""
import json
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CHART = os.path.join(ROOT, "deploy", "helm", "cleanclaim")
STAGES = {"intake": ["intake"], "coder": ["coder"], "validator": ["validator"], "build": ["submitter", "build"],
          "deliver": ["submitter", "deliver"], "follow": ["submitter", "follow"]}
# What the templates set by themselves, so that no value may: {stage: names}; "" is every stage.
BY_CHART = {"": ["WORKER_ID", "HTTP_ADDRESS", "HTTP_PORT", "STATE_DIR"],
            "intake": ["MLLP_ADDRESS", "MLLP_PORT", "FHIR_ADDRESS", "FHIR_PORT"], "deliver": ["MAIL_DIR", "SECRETS_DIR"]}
KAFKA = "^KAFKA_[A-Z][A-Z_]*$"


def rows(build, stage):
    """[(name, default, takes, help)] of one program."""
    argv = [os.path.join(build, "bin", STAGES[stage][0]), *STAGES[stage][1:], "--help-markdown"]
    text = subprocess.run(argv, capture_output=True, text=True, check=True).stdout
    cells = [[c.strip() for c in line.strip().strip("|").split(" | ")] for line in text.splitlines() if line.startswith("| `")]
    return [(c[0].strip("` "), c[1].strip("` "), c[2].strip(), " | ".join(c[3:])) for c in cells]


def is_file(row):
    """Does the setting take a file's path (a secret)?"""
    return "_FILE" in row[2] or row[2].startswith("file")


def is_path(row):
    """A text that names a file: it may come from `files`, too."""
    return row[2].startswith("text") and re.search(r"_FILE$|_LOCATION$", row[0]) is not None


def file_name(row):
    """The setting that takes the path of a secret's file."""
    return row[0] if row[0].endswith("_FILE") else row[0] + "_FILE"


def all_rows(build):
    """{"every worker": rows that all have, stage: its own}."""
    of = {s: rows(build, s) for s in STAGES}
    shared = [r for r in of["coder"] if all(r in of[s] for s in of if s != "intake")]
    return {"every worker": shared, **{s: [r for r in of[s] if r not in shared] for s in of}}


def mine(of, stage):
    """Rows that are values of a stage: no secrets, nothing that the chart sets."""
    fixed = BY_CHART[""] + BY_CHART.get(stage, [])
    return [r for r in of[stage] if not is_file(r) and r[0] not in fixed]


def block(of, stage, indent):
    """The lines between two marks."""
    out = []
    for r in mine(of, stage):
        out += [f"{indent}# {r[3]} ({r[2]}) [{r[1]}]", f'{indent}{r[0]}: ""']
    return out


def with_blocks(of, text):
    """values.yaml with its blocks written anew."""
    out, skipping = [], False
    for line in text.split("\n"):
        mark = re.match(r"^( *)# settings:(begin|end) ?(.*)$", line)
        if mark and mark[2] == "end":
            skipping = False
        if not skipping:
            out.append(line)
        if mark and mark[2] == "begin":
            skipping = True
            words = mark[3].split()
            out += block(of, words[-1] if words[0] == "submitter" else mark[3], mark[1])
    return "\n".join(out)


def setting_schema(row):
    """Empty, or what the row's bounds take; always text, for YAML makes 2.592e+08 of a large number."""
    takes = row[2].split()
    if re.match(r"^-?\d+ to -?\d+$", row[2]):
        return {"type": "string", "pattern": "^(-?[0-9]+)?$", "description": row[2]}
    if row[2] in ("text", "switch") or not all(re.match(r"^[a-z0-9_]+$", w) for w in takes) or len(takes) < 2:
        return {"type": "string"}
    return {"enum": ["", *takes]}


def settings_schema(of, stage):
    """All that a settings map may hold: what all have may be given to one stage alone."""
    known = {r[0]: setting_schema(r) for r in mine(of, "every worker") + (mine(of, stage) if stage != "every worker" else [])}
    return {"type": "object", "additionalProperties": False, "properties": known, "patternProperties": {KAFKA: {"type": "string"}}}


def files_schema(of, stage):
    """The settings that name files."""
    names = {file_name(r) for s in ("every worker", stage) for r in of[s] if is_file(r)}
    names |= {r[0] for s in ("every worker", stage) for r in of[s] if is_path(r)}
    return {"type": "object", "additionalProperties": False,
            "properties": {n: {"$ref": "#/$defs/from"} for n in sorted(names)}, "patternProperties": {KAFKA: {"$ref": "#/$defs/from"}}}


def stage_schema(of, stage):
    """One stage."""
    number = {"type": "integer", "minimum": 1}
    known = {"enabled": {"type": "boolean"}, "replicas": number, "settings": settings_schema(of, stage), "files": files_schema(of, stage),
             "resources": {"type": "object"}, "podAnnotations": {"type": "object"}, "nodeSelector": {"type": "object"},
             "tolerations": {"type": "array"}, "affinity": {"type": "object"}, "tmp": {"type": "string", "pattern": "^[0-9]+[KMG]i$"}}
    if stage == "intake":
        known["service"] = {"type": "object", "properties": {"type": {"enum": ["ClusterIP", "NodePort", "LoadBalancer"]}}}
    else:
        known["state"] = {"type": "object", "additionalProperties": False, "required": ["size"], "properties": {
            "persistent": {"type": "boolean"}, "size": {"type": "string", "pattern": "^[0-9]+[KMGT]i$"}, "storageClass": {"type": "string"}}}
    if stage == "deliver":
        known.update({"mail": {"type": "object", "minProperties": 1}, "routeSecrets": {"type": "string"}})
    if stage not in ("intake", "deliver"):
        known["lag"] = {"type": "object", "additionalProperties": False, "properties": {
            "enabled": {"type": "boolean"}, "threshold": number, "minReplicas": number, "maxReplicas": number}}
    return {"type": "object", "additionalProperties": False, "properties": known}


def schema(of):
    """values.schema.json."""
    shared = settings_schema(of, "every worker")
    for name in ("KAFKA_BOOTSTRAP_SERVERS", "REDIS_URL"):
        shared["properties"][name] = {"type": "string", "minLength": 1}
    shared["required"] = ["KAFKA_BOOTSTRAP_SERVERS", "REDIS_URL"]
    thing, flag, text = {"type": "object"}, {"type": "boolean"}, {"type": "string"}
    known = {name: thing for name in ("global", "image", "labels", "podAnnotations", "serviceAccount", "jobs", "podDisruptionBudget", "spread",
                                      "nodeSelector", "affinity", "networkPolicy", "serviceMonitor", "alerts", "dashboards")}
    known.update({
        "nameOverride": text, "fullnameOverride": text, "priorityClassName": text, "tolerations": {"type": "array"},
        "settings": shared, "files": files_schema(of, "every worker"),
        "stages": {"type": "object", "additionalProperties": False, "properties": {s: stage_schema(of, s) for s in STAGES}},
        "topics": {"type": "object", "additionalProperties": False, "properties": {
            "create": flag, "partitions": {"type": "integer", "minimum": 1, "maximum": 1000}, "replication": {"type": "integer", "minimum": 0, "maximum": 9}}},
        "tables": {"type": "object", "additionalProperties": False, "properties": {
            "onInstall": flag, "schedule": text, "timeZone": text, "volume": {"type": "object", "minProperties": 1},
            "paths": {"type": "array", "minItems": 1, "items": text}, "deadlineSeconds": {"type": "integer", "minimum": 60}}},
        "keda": {"type": "object", "additionalProperties": False, "properties": {
            "enabled": flag, "pollingSeconds": {"type": "integer"}, "cooldownSeconds": {"type": "integer"}, "authenticationRef": text, "metadata": thing}},
    })
    one = {"type": "object", "additionalProperties": False, "required": ["key"],
           "properties": {"secret": text, "configMap": text, "key": {"type": "string", "minLength": 1}}}
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": "Values of the cleanclaim chart; settings are written by make docs",
            "type": "object", "additionalProperties": False, "properties": known, "$defs": {"from": one}}


def differences(build, write):
    """Files that are not what the rows make of them; written if asked."""
    of, bad = all_rows(build), []
    values = os.path.join(CHART, "values.yaml")
    before = open(values, encoding="utf-8").read()
    made = {values: with_blocks(of, before), os.path.join(CHART, "values.schema.json"): json.dumps(schema(of), indent=1) + "\n"}
    for path, text in made.items():
        if write:
            open(path, "w", encoding="utf-8").write(text)
        elif not os.path.exists(path) or open(path, encoding="utf-8").read() != text:
            bad.append(os.path.relpath(path, ROOT))
    return bad


if __name__ == "__main__":
    wrong = differences(sys.argv[1], "--write" in sys.argv)
    for name in wrong:
        print(f"chart: settings in {name} differ from the programs' rows: make docs")
    if not wrong:
        print("chart: settings agree")
    sys.exit(1 if wrong else 0)
