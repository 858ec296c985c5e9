"""sealed.py - planted patients: with keys and an audit topic their names, ids, days, addresses and words stand in no file of ours or the broker's, in no
log, metric, header, page or error text; and the audit topic is whole, or says where it is not"""

import json
import os
import re
import subprocess
import time
import urllib.request

from bad_input import produce, values
from world import REST, Mllp, ack_code, hl7_messages, multiply, post_fhir, sample

KEYS = {"k1": "11" * 32, "k2": "22" * 32}
PLANTED = {
    "TESTER": "ZANZIBARSKI", "ADA": "QUORIANDRA", "19700214": "19710313", "12 ELM ST": "77 XYLOPHONE WHARF",
    "SPRINGTOWN": "VARNISHBURG", "SYN00000": "SYN77313", "5555550111": "5557770199",
}
WORDS = [*PLANTED.values(), "NOTEPLANTED", "MRNPLANTED7"]


def keys(path, current):
    """The file of keys, as an operator writes it."""
    with open(os.open(path + ".new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as f:
        for name, key in KEYS.items():
            f.write(f"{name} {key}{' current' if name == current else ''}\n")
    os.rename(path + ".new", path)


def planted(number):
    """An office visit of a patient who could be nobody else."""
    out = []
    for m in multiply(hl7_messages(sample("office_visit.hl7")), number):
        m = re.sub(rb"TESTER[A-Z]*\^ADA", b"ZANZIBARSKI^QUORIANDRA", m)
        for plain, word in PLANTED.items():
            if plain not in ("TESTER", "ADA"):
                m = m.replace(plain.encode(), word.encode())
        out.append(re.sub(rb"\|T(\d{6})\^\^\^RIVERBEND", rb"|MRNPLANTED7\1^^^RIVERBEND", m))
    return out


def answer_of(mllp, message):
    """Intake's answer, or that it hung up."""
    try:
        return mllp.send(message)
    except OSError as e:
        return str(e)


def bad_inputs(stack, mllp):
    """What nobody should send, with planted words in the place that is wrong; the answers."""
    good = planted(9)[0]
    answers = [answer_of(mllp, m) for m in (
        good.replace(b"19710313", b"19711399"), good.replace(b"|CLINIC^", b"|NOTEPLANTED\xff\xfe^", 1), good.replace(b"PID|1|", b"PID|ZANZIBARSKI|"),
        b"MSH|^~\\&|EHR\rPID|ZANZIBARSKI\r", good[:-40] + b"\rZZZ|NOTEPLANTED\r")]
    for body in (b'{"resourceType":"ZANZIBARSKI"}', b'{"resourceType":"Patient","birthDate":"77 XYLOPHONE WHARF"}', b'{"NOTEPLANTED', b"[]"):
        answers.append(post_fhir(stack.ports["FHIR_PORT"], body)[1])
    produce(stack, "encounters", "key-of-nobody", b"\x0a\x20clear")
    return answers


def holds(text, where):
    """No planted word in it."""
    for word in WORDS:
        assert (word.encode() if isinstance(text, bytes) else word) not in text, f"{word} in {where}"


def pages(stack):
    """Every page of every worker, by its port in the log."""
    found = 0
    for name in os.listdir(os.path.join(stack.folder, "log")):
        for port in re.findall(r'event"?[=:] ?"?http"? .*?port=(\d+)|"event":"http".*?"port":(\d+)',
                               open(os.path.join(stack.folder, "log", name), encoding="utf-8", errors="replace").read()):
            for page in ("metrics", "healthz", "readyz"):
                try:
                    text = urllib.request.urlopen(f"http://127.0.0.1:{port[0] or port[1]}/{page}", timeout=10).read().decode()
                except OSError as e:
                    text = str(e)
                holds(text, f"{page} of {name}")
                found += 1
    return found


def files_of(folder):
    """Every file below, and its name."""
    for base, _, names in os.walk(folder):
        for n in names:
            yield os.path.join(base, n)


def hardened(stack):
    """Every worker: no core dump, not to be traced, no new privileges."""
    for name, p in stack.processes.items():
        status = open(f"/proc/{p.pid}/status", encoding="ascii").read()
        limits = open(f"/proc/{p.pid}/limits", encoding="ascii").read()
        assert re.search(r"^NoNewPrivs:\s+1$", status, re.M), name
        assert re.search(r"^Max core file size\s+0\s+0\s", limits, re.M), name


def command_errors(stack):
    """What the operator's command says on stderr of files with planted words."""
    path = os.path.join(stack.folder, "bad.hl7")
    with open(path, "wb") as f:
        f.write(planted(9)[0].replace(b"19710313", b"19711399") + b"ZZZ|NOTEPLANTED\r")
    for args in (["encounter", path], ["send", path], ["dead", "list"], ["show", "NOSUCHCLAIM1"], ["validate", path], ["x12", "check", path]):
        run = subprocess.run([os.path.join(stack.bin, "cleanclaim"), *args], env=stack.env(), capture_output=True, check=False, timeout=60)
        holds(run.stdout if args[0] in ("dead", "show") else b"", f"stdout of {args[0]}")
        holds(run.stderr, f"stderr of {args[0]}")
    os.unlink(path)


def broken(stack):
    """A record that no writer of ours wrote is told, with its rule and exit 1."""
    produce(stack, "audit", "0123456789abcdef", b"\x0a\x100123456789abcdef\x10\x07")
    run = subprocess.run([os.path.join(stack.bin, "cleanclaim"), "audit", "verify"], env=stack.env(), capture_output=True, text=True, check=False)
    assert run.returncode == 1 and "BROKEN" in run.stdout, run


def audited(stack, claim):
    """Who did what stands there, whole; what cannot be told is not done."""
    before = stack.rows("audit", "verify")[0]
    assert before["whole"] and before["chains"] >= 7, before
    lines = stack.rows("audit", "list")
    assert {"coder", "intake", "validator", "submitter-build", "submitter-deliver", "submitter-follow"} <= {x["program"] for x in lines if x["action"] == "start"}, lines
    assert any(x["action"] == "payload key" and x["object"] == "k2" for x in lines), "another current key is told"
    shown = [x for x in lines if x["action"] == "show" and x["object"] == claim]
    assert [x["outcome"] for x in shown] == ["", "done"] and shown[0]["detail"] == "--json --phi", shown
    holds(json.dumps(lines), "the audit topic")
    assert stack.rows("audit", "verify", "--head", f"{before['head_offset']}:{before['head']}")[0]["whole"]
    away = subprocess.run([os.path.join(stack.bin, "cleanclaim"), "show", claim], capture_output=True, text=True, check=False,
                          env={**stack.env(), "KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1", "BROKER_TIMEOUT_MS": "500"})
    assert away.returncode == 3 and "nothing was done" in away.stderr and not away.stdout, away


def test_planted_patients_are_in_no_file(world):
    """Sealed on the broker's disk and ours; told nowhere; keys turn while it runs."""
    path = os.path.join(world.folder, "payload.keys")
    keys(path, "k1")
    temporary = os.path.join(world.folder, "sealed-tmp")
    os.makedirs(temporary, exist_ok=True)
    stack = world.stack("sealed", {"PAYLOAD_KEYS_FILE": path, "PAYLOAD_CLEAR": "refuse", "AUDIT": "on", "LOG_LEVEL": "debug", "TMPDIR": temporary})
    for i, stage in enumerate(("intake", "coder", "validator", "build", "deliver", "follow", "sandbox")):
        stack.extra["LOG_FORMAT"] = "json" if i % 2 else "text"
        stack.start_stage(stage)
    stack.wait(lambda: all(stack.log_has(n, ("state_restored", "assigned", "_listening", "event=listening", '"listening"')) for n in stack.processes), 60, "the workers")
    mllp = Mllp(stack.ports["MLLP_PORT"])
    for m in planted(1):
        assert ack_code(mllp.send(m)) == "AA"
    stack.wait(lambda: sum(s["state"] in REST for s in stack.statuses().values()) >= 1, 60, "a claim at rest")
    keys(path, "k2")
    time.sleep(6)  # VAULT_LOOK_S
    for answer in bad_inputs(stack, mllp):
        holds(answer, f"an answer of intake: {answer}")
    for m in planted(2):
        assert ack_code(mllp.send(m)) == "AA"
    mllp.close()
    stack.wait(lambda: sum(s["state"] in REST for s in stack.statuses().values()) >= 2, 60, "both claims at rest")
    sealed = values(stack, "claims.coded", 3)
    assert len(sealed) >= 2 and all(v.startswith(b"\xffCS\x01") for v, _ in sealed), sealed
    assert {h["seal.key"] for _, h in sealed} == {b"k1", b"k2"}, [h for _, h in sealed]
    letters = values(stack, "encounters.dead", 4)
    assert {h["dead.reason"] for _, h in letters} >= {b"seal-clear"}, letters
    holds(repr([h for _, h in letters]), "dead-letter headers")
    assert pages(stack) >= 15
    hardened(stack)
    claim = next(c for c, s in stack.statuses().items() if s["state"] in REST)
    assert '"coded"' in stack.cli("show", claim, "--json", "--phi"), "whoever has the keys reads it"
    mailed = b"".join(open(f, "rb").read() for paths in stack.mailbox().values() for f in paths)
    assert b"ZANZIBARSKI" in mailed and b"77 XYLOPHONE WHARF" in mailed, [(c["state"], c["findings"]) for c in stack.statuses().values()]
    command_errors(stack)
    audited(stack, claim)
    looked = 0
    kafka = os.path.join(world.base.folder, "kafka")
    for place in (stack.folder, temporary, kafka):
        for file in files_of(place):
            holds(file, "a file's name")
            mail = file.startswith(os.path.join(stack.folder, "mail"))  # files to the payer are the claim itself
            others = place == kafka and (f"{os.sep}sealed." not in file or file.endswith("index"))
            if not mail and not others:
                holds(open(file, "rb").read(), file)
                looked += 1
    segments = [f for f in files_of(kafka) if "sealed.claims.coded-" in f and f.endswith(".log") and os.path.getsize(f)]
    assert looked > 50 and segments, (looked, segments)
    modes = [f for f in files_of(os.path.join(stack.folder, "state")) if os.stat(f).st_mode & 0o077]
    assert not modes, modes
    broken(stack)
