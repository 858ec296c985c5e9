"""scenarios.py - every scenario of the sandbox (docs/sandbox.md) over the whole chain: build, deliver, sandbox, follow; then the daily proof over all of it"""

import os

from chain import pyx12, replies
from world import Mllp, ack_code, hl7_messages, multiply, sample

VISITS = 2
PAID, PARTIAL = ["PAID"] * VISITS, ["PARTIAL"] * VISITS
FORWARD = "forward-percent 100\nzero-percent 100"

# name, lines of the scenario, states at the end, does another payer stand behind the first?
SCENARIOS = [
    ("plain", "", PAID, False),
    ("delayed", "ack-after-ms 1500\npay-after-ms 3000", PAID, False),
    ("repeated", "repeat 2", PAID, False),
    ("out of order", "out-of-order 1", PAID, False),
    ("one file", "together 1", PAID, False),
    ("one interchange", "together 2", PAID, False),
    ("one file, backwards, twice", "together 1\nout-of-order 1\nrepeat 1", PAID, False),
    ("set refused", "refuse-set 1", ["HELD"] * VISITS, False),
    ("errors noted", "note-sets 1", PAID, False),
    ("claims rejected", "reject-percent 100", ["REJECTED"] * VISITS, False),
    ("provider rejected", "reject-provider 1", ["REJECTED"] * VISITS, False),
    ("batch rejected", "reject-batch 1", ["REJECTED"] * VISITS, False),
    ("no 999", "no-999 1", PAID, False),
    ("no 277CA", "no-277ca 1", PAID, False),
    ("no 835", "no-835 1", ["ACCEPTED"] * VISITS, False),
    ("silent", "no-999 1\nno-277ca 1\nno-835 1", ["SENT"] * VISITS, False),
    ("interest", "interest-cents 123", PAID, False),
    ("takeback", "takeback-cents 1000", PAID, False),
    ("decided anew", "reverse-percent 100", PAID, False),
    ("decided anew later", "reverse-percent 100\nreverse-later 1", PAID, False),
    ("crossover", FORWARD, PAID, True),
    ("crossover, out of order, one file", f"{FORWARD}\nout-of-order 1\ntogether 1", PAID, True),
    ("nothing paid", "zero-percent 100", PAID, False),
    ("reduced", "reduced 1", PARTIAL, False),
    ("denied", "denied 1", ["DENIED"] * VISITS, False),
    ("bundled", "bundle-percent 100", PAID, False),
    ("split", "split-percent 100", PAID, False),
    ("no modifiers, no line numbers", "no-modifiers 1\nno-line-numbers 1", PAID, False),
]


def second_payer(message):
    """The same message with another coverage behind the first."""
    lines = message.split(b"\r")
    out = []
    for line in lines:
        out.append(line)
        if line.startswith(b"IN1|1|"):
            out.append(line.replace(b"IN1|1|", b"IN1|2|", 1).replace(b"SHP01|SAMPLE HEALTH PLAN", b"SMP02|SECOND MUTUAL PLAN").replace(b"|||1|||", b"|||2|||", 1))
    return b"\r".join(out)


def send_visits(stack, first, both):
    """VISITS office visits of new patients."""
    mllp = Mllp(stack.ports["MLLP_PORT"])
    for n in range(first, first + VISITS):
        for message in multiply(hl7_messages(sample("office_visit.hl7")), n):
            assert ack_code(mllp.send(second_payer(message) if both else message)) == "AA"
    mllp.close()


def run_one(stack, number, lines, want, both):
    """One scenario with a sandbox of its own; the claims that it made, with their newest status."""
    path = os.path.join(stack.folder, "scenario.txt")
    with open(path, "w", encoding="utf-8") as f:
        f.write(lines + "\n")
    stack.start_stage("sandbox")
    before = set(stack.statuses())
    send_visits(stack, 1 + number * VISITS, both)
    found = {}

    def there():
        found.clear()
        found.update({c: s for c, s in stack.statuses().items() if c not in before})
        return sorted(s["state"] for s in found.values()) == sorted(want)

    try:
        stack.wait(there, 60, "the states")
    except Exception as e:
        raise AssertionError(f"{lines!r}: {e}\n" + "\n".join(f"{s['claim']} {s['state']} {s['event']} {s['reason']}" for s in found.values())) from None
    return found


def check_files(stack):
    """Both validators have nothing to find in any reply."""
    theirs = replies(stack)
    for at in range(0, len(theirs), 100):
        for line in stack.rows("x12", "check", *theirs[at:at + 100]):
            assert line["accepted"] and not line["findings"], line
        code, text = pyx12(theirs[at:at + 100])
        assert code == 0, text
    return theirs


def remitted(stack, files):
    """(payer, trace) -> (check, {claim: paid}) of every payment, once; and what each claim got of all of them."""
    payments, claims = {}, {}
    for at in range(0, len(files), 100):
        for p in stack.rows("remit", *files[at:at + 100], check=False):
            assert p["balanced"], p
            payments[p["trace"]] = p
    for p in payments.values():
        for c in p["claims"]:
            claims[c["claim"]] = claims.get(c["claim"], 0) + c["paid_cents"]
    return payments, claims


def test_every_scenario_ends_as_it_should(world):
    """States by the table, money to the cent, every reply valid."""
    stack = world.stack("scenarios", settings={"SANDBOX_MIX": "paid=1", "SANDBOX_SEED": "3"})
    stack.extra["SANDBOX_SCENARIO"] = os.path.join(stack.folder, "scenario.txt")
    stack.start_stages(["intake", "coder", "validator", "build", "deliver", "follow"])
    stack.wait_ready()
    world.scenarios, world.scenario_claims = stack, {}
    for number, (name, lines, want, both) in enumerate(SCENARIOS):
        world.scenario_claims[name] = sorted(run_one(stack, number, lines, want, both))
        stack.stop_stage("sandbox-0")
    statuses = stack.statuses()
    payments, paid = remitted(stack, [p for p in check_files(stack) if b"ST*835" in open(p, "rb").read()])
    for claim, s in statuses.items():
        assert s["paid_cents"] == paid.get(claim, 0), (claim, s, paid.get(claim))
    world.scenario_payments = payments
