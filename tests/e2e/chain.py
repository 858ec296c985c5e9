"""chain.py - encounters in, claims out, answers back: the path that a hospital walks every day"""

import glob
import json
import os
import subprocess
import sys
import urllib.request

from world import REST, ROOT, SEED, Mllp, ack_code, at_payer, digest, everything_written, hl7_messages, multiply, post_fhir, sample

EXPECTED = os.path.join(SEED, "encounters", "expected.json")


def send_all(stack):
    """Every sample through MLLP and HTTP; returns the expectation of expected.json."""
    mllp = Mllp(stack.ports["MLLP_PORT"])
    for path in sorted(glob.glob(os.path.join(SEED, "encounters", "*.hl7"))):
        for message in hl7_messages(open(path, "rb").read()):
            answer = mllp.send(message)
            assert ack_code(answer) == "AA", f"{path}: {answer}"
    mllp.close()
    for path in sorted(glob.glob(os.path.join(SEED, "encounters", "*.json"))):
        if path == EXPECTED:
            continue
        status, text = post_fhir(stack.ports["FHIR_PORT"], open(path, "rb").read())
        assert status in (200, 201), f"{path}: {status} {text}"
    return json.load(open(EXPECTED, encoding="utf-8"))


def final_states(stack):
    """Sorted list of states of all claims and reviews."""
    return sorted(s["state"] for s in stack.statuses().values())


def wait_for(stack, states, seconds=90):
    """Until the states are exactly these."""
    want = sorted(states)
    try:
        stack.wait(lambda: final_states(stack) == want, seconds, f"states {want}")
    except Exception as e:
        lines = [f"{s['claim']} {s['state']} {s['event']} {s['reason']} {[f['edit'] for f in s['findings']]}" for s in stack.statuses().values()]
        raise AssertionError(f"{e}\n" + "\n".join(lines)) from None


def replies(stack):
    """Every file that the payer answered with."""
    return [os.path.join(base, n) for base, _, names in os.walk(os.path.join(stack.folder, "mail", "in")) for n in names
            if n.endswith(".x12")]


def pyx12(files):
    """Findings of the independent validator, per file."""
    run = subprocess.run([sys.executable, os.path.join(ROOT, "tests", "support", "pyx12_check.py"), *files], capture_output=True, text=True,
                         check=False)
    return run.returncode, run.stdout + run.stderr


def test_samples_walk_to_their_end(world):
    """Every sample ends as expected.json says; both validators have nothing to find in any file made."""
    stack = world.stack("samples")
    stack.start_stages()
    stack.wait_ready()
    expected = send_all(stack)
    wait_for(stack, expected["states"])
    ours = [p for paths in stack.mailbox().values() for p in paths]
    theirs = replies(stack)
    assert any("837P" in p for p in ours) and any("837I" in p for p in ours), ours
    for line in stack.rows("x12", "check", *ours):
        assert line["accepted"] and not line["findings"], line
    code, text = pyx12(ours)
    assert code == 0, text
    for line in stack.rows("x12", "check", *theirs):
        assert line["accepted"] and not line["findings"], line
    code, text = pyx12(theirs)
    assert code == 0, text
    assert any(b"ST*835" in open(p, "rb").read() for p in theirs), theirs
    world.samples = stack


def test_the_payment_is_posted_to_the_cent(world):
    """remittances, the status and the 835 say the same of every paid claim."""
    stack = world.samples
    statuses = stack.statuses()
    files = [p for p in replies(stack) if b"ST*835" in open(p, "rb").read()]
    paid = {}
    for line in stack.rows("remit", *files):
        assert line["balanced"], line
        for c in line["claims"]:
            paid[c["claim"]] = c["paid_cents"]
    for claim, s in statuses.items():
        if s["state"] in ("PAID", "PARTIAL", "DENIED"):
            assert paid[claim] == s["paid_cents"], (claim, paid[claim], s)


def test_show_tells_the_whole_life(world):
    """show has the events, the coding with rule and evidence, the file, the answers, the payment."""
    stack = world.samples
    claim = next(c for c, s in stack.statuses().items() if s["state"] == "PAID")
    story = stack.rows("show", claim)
    whats = {line["what"] for line in story}
    assert {"event", "coded", "status", "payment"} <= whats, whats
    coded = next(line for line in story if line["what"] == "coded")
    for dx in coded["diagnoses"]:
        assert dx["evidence"] and dx["rules"], dx
    events = [line["event"] for line in story if line["what"] == "status"]
    for event in ("coded", "checks_passed", "batch", "transport_ok"):
        assert event in events, events
    assert "TESTER" not in json.dumps(story), "show prints patient data only with --phi"


def test_the_same_message_twice_is_one_event(world):
    """A repeated message is acknowledged again and changes nothing at the payer."""
    stack = world.stack("twice")
    stack.start_stages()
    stack.wait_ready()
    messages = hl7_messages(sample("office_visit.hl7"))
    mllp = Mllp(stack.ports["MLLP_PORT"])
    for message in messages + messages:
        assert ack_code(mllp.send(message)) == "AA"
    stack.wait(lambda: at_payer(stack), 60, "the claim at the payer")
    stack.wait(lambda: all(s["state"] in REST for s in stack.statuses().values()), 60, "rest")
    found = at_payer(stack)
    assert all(len(copies) == 1 for copies in found.values()), found.keys()


def test_the_same_input_gives_the_same_bytes(world):
    """Two runs over the same messages: the same claims, byte for byte."""
    digests = []
    for name in ("same1", "same2"):
        stack = world.stack(name)
        stack.start_stages()
        stack.wait_ready()
        mllp = Mllp(stack.ports["MLLP_PORT"])
        base = hl7_messages(sample("office_visit.hl7"))
        for n in range(20):
            for message in multiply(base, n):
                assert ack_code(mllp.send(message)) == "AA"
        stack.wait(lambda s=stack: len(at_payer(s)) == 20, 90, "20 claims at the payer")
        digests.append(digest(at_payer(stack)))
        stack.stop()
    assert digests[0] == digests[1]


def test_no_patient_data_outside_messages(world):
    """Names, ids, birth dates and addresses of the samples stand in no log, no metric, no dead-letter header."""
    planted = ["TESTER", "SAMPLEMAN", "PLANTED", "SYN0001234", "ELM ST", "19700214"]
    for stack in world.stacks:
        for path in everything_written(stack.folder):
            text = open(path, encoding="utf-8", errors="replace").read()
            for word in planted:
                assert word not in text, f"{word} in {path}"
    stack = world.stack("metrics")
    stack.start_stages()
    stack.wait_ready()
    mllp = Mllp(stack.ports["MLLP_PORT"])
    for message in hl7_messages(sample("office_visit.hl7")):
        mllp.send(message)
    stack.wait(lambda: any(s["state"] in REST for s in stack.statuses().values()), 60, "rest")
    pages = 0
    for path in everything_written(stack.folder):
        for line in open(path, encoding="utf-8", errors="replace"):
            if "event=http " in line:
                port = line.split("port=")[1].split()[0]
                page = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10).read().decode()
                pages += 1
                for word in planted:
                    assert word not in page, f"{word} in the metrics of {path}"
                assert "cleanclaim_" in page
    assert pages >= 5, pages


def test_at_least_once_is_refused_for_a_real_route(world):
    """The submitter does not start in at-least-once mode when a route is not the sandbox."""
    lines = open(os.path.join(SEED, "tables", "routes.csv"), encoding="utf-8").read().splitlines()
    column = lines[0].split(",").index("sandbox")
    rows = [r.split(",") for r in lines[1:]]
    rows[0][column] = "N"
    folder = os.path.join(world.folder, "real-route")
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, "routes.csv")
    with open(path, "w", encoding="utf-8") as f:
        f.write("\n".join([lines[0]] + [",".join(r) for r in rows]) + "\n")
    stack = world.stack("alo", {"DELIVERY": "at_least_once"})
    private = type(stack)(os.path.join(world.folder, "alo-redis"), world.build, real=True)
    try:
        private.start_redis()
        stack.redis_url = private.redis_url
        others = [p for p in sorted(glob.glob(os.path.join(SEED, "tables", "*"))) if not p.endswith("routes.csv") and os.path.isfile(p)]
        stack.cli("tables", "load", path, *others)
        p = stack.start_stage("build")
        code = p.wait(60)
        stack.processes.clear()
        log = open(os.path.join(stack.folder, "log", "build-0.log"), encoding="utf-8").read()
        assert code != 0 and "at_least_once" in log, (code, log[-500:])
    finally:
        private.stop()
