"""scenarios.py - every scenario of the sandbox (docs/sandbox.md) over the whole chain: build, deliver, sandbox, follow; then the daily proof over all of it"""

import os

from chain import pyx12, replies
from skip import Skip
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


def has_answered(stack):
    """Has the sandbox done with every file all that its scenario wants? (What it has not, the next one would, in another way.)"""
    for base, _, names in os.walk(os.path.join(stack.folder, "mail", "out")):
        if ".cleanclaim" in base:
            continue
        if not base.endswith(".taken") and any(n.endswith(".x12") for n in names):
            return False
        if "journal" in names:
            keys = {line.split(" ")[0] for line in open(os.path.join(base, "journal"), encoding="utf-8") if line.endswith("\n")}
            if any(k.startswith("file/") and "settled/" + k[5:] not in keys for k in keys):
                return False
    return True


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
    stack.wait(lambda: has_answered(stack), 30, "all answers")
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
            if p["trace"] is None:
                assert [f["message"] for f in p["findings"]] == ["not an 835"], p
                continue
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


def check_deposits(stack, payments):
    """The bank's file: one payment never came, one came as another amount, one has no remittance; the rest is in order."""
    paid = sorted(t for t, p in payments.items() if p["check_cents"])
    amounts = {t: payments[t]["check_cents"] for t in paid[1:]}
    amounts[paid[1]] += 1
    amounts["NOBODYS"] = 700
    path = os.path.join(stack.folder, "deposits.csv")
    with open(path, "w", encoding="utf-8") as f:
        f.write("trace,amount\n" + "".join(f"{t},{c // 100}.{c % 100:02}\n" for t, c in amounts.items()))
    why = {line["trace"]: line["why"] for line in stack.rows("report", "--deposits", path, check=False) if line["what"] == "payment" and line["why"]}
    assert why == {paid[0]: "a remittance without a deposit", paid[1]: "the deposit is another amount", "NOBODYS": "a deposit without a remittance"}, why


def test_the_daily_proof_of_all_scenarios(world):
    """sent = acknowledged + pending + silent by file, claim and dollar; files without an answer; payments against postings and the bank."""
    stack = getattr(world, "scenarios", None)
    if not stack:
        raise Skip("the scenarios have not run")
    lines = stack.rows("report", "--claims", check=False)
    words = ["silent", "received", "open", "rejected", "returned", "final", "elsewhere"]
    files = [line for line in lines if line["what"] == "file"]
    claims = [line for line in lines if line["what"] == "claim"]
    (total,) = [line for line in lines if line["what"] == "total"]
    for line in files + [total]:
        assert sum(line[w] for w in words) == line["claims"], line
        assert sum(line[f"{w}_cents"] for w in words) == line["charge_cents"], line
    for w in words:
        assert sum(f[w] for f in files) == total[w] == sum(c["where"] == w for c in claims), w
        assert sum(f[f"{w}_cents"] for f in files) == sum(c["charge_cents"] for c in claims if c["where"] == w), w
    assert {c["claim"] for c in claims if c["where"] != "elsewhere"} == set(stack.statuses())
    assert {c["claim"] for c in claims if c["where"] == "silent"} == set(world.scenario_claims["silent"]), [c for c in claims if c["where"] == "silent"]
    silent = {f["file"] for f in files if not f["answered"]}
    assert silent == {c["file"] for c in claims if c["claim"] in world.scenario_claims["silent"]} and total["unanswered"] == len(silent)
    payments = {line["trace"]: line for line in lines if line["what"] == "payment"}
    assert set(payments) == set(world.scenario_payments)
    for trace, p in payments.items():
        assert p["check_cents"] == world.scenario_payments[trace]["payment_cents"] and p["unposted_cents"] == 0 and not p["why"], p
    assert any(p["moved_cents"] == 123 for p in payments.values()) and any(p["moved_cents"] == -1000 for p in payments.values())
    check_deposits(stack, payments)


def test_settled_questions_leave_the_daily_proof(world):
    """Money that payments moved outside of claims is a question each: "undetermined" leaves it, "other" ends it."""
    stack = getattr(world, "scenarios", None)
    if not stack:
        raise Skip("the scenarios have not run")

    def unmatched():
        return {line["review"] for line in stack.rows("report", check=False) if line["what"] == "unmatched"}

    def say(review, choice):
        return stack.rows("review", "decide", review, "--choose", choice, "--role", "biller", "--why", "posted in the ledger")

    if not stack.processes:
        stack.start_stage("follow")
        stack.wait_ready(stages=["follow"])
    reviews = unmatched()
    assert len(reviews) >= 2, reviews
    first = sorted(reviews)[0]
    say(first, "undetermined")
    stack.wait(lambda: stack.rows("review", "show", first)[0]["owner"] == "billing lead", 30, "the billing lead to have it")
    assert unmatched() == reviews
    for review in reviews:
        say(review, "other")
    stack.wait(lambda: not unmatched(), 30, "no open question")
