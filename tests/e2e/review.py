"""review.py - people decide: a held claim is confirmed and goes to the payer; what the validator remembers survives everything"""

import hashlib
import os
import re
import shutil

from world import Mllp, ack_code, at_payer, hl7_messages, multiply, sample

HOLD = "NCC-04"


def visit(number, modifier=""):
    """An office visit of its own patient; a modifier 59 on its visit holds the claim (NCC-04)."""
    messages = multiply(hl7_messages(sample("office_visit.hl7")), number)
    if not modifier:
        return messages
    out = []
    for m in messages:
        lines = m.split(b"\r")
        for i, line in enumerate(lines):
            if line.startswith(b"FT1|1|"):
                fields = line.split(b"|")
                fields += [b""] * (27 - len(fields))
                fields[26] = modifier.encode()
                lines[i] = b"|".join(fields)
        out.append(b"\r".join(lines))
    return out


def send(stack, messages):
    """Through the front door."""
    mllp = Mllp(stack.ports["MLLP_PORT"])
    for m in messages:
        assert ack_code(mllp.send(m)) == "AA"
    mllp.close()


def held(stack, n):
    """The open questions of the validator, once there are n."""
    try:
        stack.wait(lambda: len(stack.rows("review", "list")) == n, 60, f"{n} questions")
    except Exception as e:
        lines = [f"{s['claim']} {s['state']} {s['reason']} {[f['edit'] for f in s['findings']]}" for s in stack.statuses().values()]
        raise AssertionError(f"{e}\n" + "\n".join(lines)) from None
    return stack.rows("review", "list")


def decide(stack, claim, **kw):
    """A coder's word."""
    return stack.rows("review", "decide", claim, "--override", HOLD, "--reason", "seen in the record", "--role", "coder", **kw)


def test_a_confirmed_hold_goes_to_the_payer(world):
    """Two claims are held by the same edit; one is confirmed and is paid, the other stays; the word twice changes nothing."""
    stack = world.stack("confirm", settings={"SANDBOX_MIX": "paid=100"})
    stack.start_stages()
    stack.wait_ready()
    send(stack, visit(1, "59") + visit(2, "59"))
    items = held(stack, 2)
    assert [f["edit"] for f in items[0]["findings"] if f["severity"] == "hold"] == [HOLD], items[0]
    assert all(i["at_stake_cents"] > 0 and i["due"] and i["fix"] and i["reason"] == "edits" for i in items)
    assert not at_payer(stack)
    one, other = items[0]["claim"], items[1]["claim"]
    stack.cli("review", "decide", one, "--override", "CHG-01", "--reason", "x", "--role", "coder", check=False)
    said = decide(stack, one)
    assert said[0]["overrides"] == [HOLD] and said[0]["claim"] == one
    stack.wait(lambda: stack.statuses()[one]["state"] == "PAID", 90, "the confirmed claim to be paid")
    assert [i["claim"] for i in held(stack, 1)] == [other]
    assert list(at_payer(stack)) == [one]
    shown = stack.rows("review", "show", one)[0]
    assert shown["state"] == "done"
    story = stack.cli("show", one)
    assert "override" in story
    assert decide(stack, one, check=False) == []
    assert stack.statuses()[other]["state"] == "HELD"


def open_questions(stack):
    """The coder's."""
    return [i for i in stack.rows("review", "list") if i["stage"] == "coder"]


def test_an_answer_makes_the_claim(world):
    """Words that name no code are asked about; a person's code makes the claim, which is paid. Between question and answer the coder is
    killed, loses its local copy, shares its partitions with a second one and is killed again; a second answer to the same question is refused."""
    stack = world.stack("answer", settings={"SANDBOX_MIX": "paid=100"})
    stack.start_stages()
    stack.wait_ready()
    send(stack, hl7_messages(sample("review_words_only.hl7")))
    stack.wait(lambda: open_questions(stack), 60, "the coder's question")
    for n in range(8):  # one visit may ask several things, one after the other
        items = open_questions(stack)
        if not items:
            break
        item = items[0]
        assert item["options"][-2]["option"] == "other" and item["options"][-1]["text"] == "cannot be determined", item
        assert item["evidence"] and item["due"] and item["at_stake_cents"] > 0, item
        if n == 0:
            stack.kill("coder-0")
            shutil.rmtree(os.path.join(stack.folder, "state", "coder-0"))
            stack.start_stage("coder")
            stack.start_stage("coder", 1)
            stack.wait_ready(stages=["coder"])
            stack.kill("coder-0")
        said = stack.rows("review", "decide", item["review"], "--code", "J02.9", "--role", "coder", "--why", "seen in the record")
        assert said[0]["codes"] == ["J029"]
        stack.wait(lambda i=item: stack.rows("review", "show", i["review"])[0]["state"] == "done", 60, "the question to be answered")
        shown = stack.rows("review", "show", item["review"])[0]
        assert shown["answer"]["role"] == "coder" and shown["answer"]["why"] == "seen in the record", shown
        assert stack.rows("review", "decide", item["review"], "--code", "J02.9", "--role", "coder", "--why", "x", check=False) == []
    stack.wait(lambda: any(s["state"] == "PAID" for s in stack.statuses().values()), 90, "the claim to be paid")
    claims = at_payer(stack)
    assert len(claims) == 1 and all(len(copies) == 1 for copies in claims.values()), claims.keys()
    assert b"ABK:J029" in next(iter(claims.values()))[0][1]
    claim = next(iter(claims))
    coded = next(line for line in stack.rows("show", claim, "--phi") if line["what"] == "coded")
    assert any(e["ref"] == "decision" for dx in coded["diagnoses"] for e in dx["evidence"]), coded["diagnoses"]


def drawn(claim, seed, stratum, per_mille):
    """Is the claim looked at afterwards? As README says: by a hash of seed, stratum and claim id."""
    return int.from_bytes(hashlib.sha256(f"{seed}|{stratum}|{claim}".encode()).digest()[:8], "little") % 1000 < per_mille


def test_a_share_is_looked_at_afterwards(world):
    """Of claims that no person touched exactly the drawn ones have a question of reason quality, by stratum; all of them go out and are
    paid meanwhile; the person's word is recorded and closes it."""
    stack = world.stack("quality", settings={"SANDBOX_MIX": "paid=100", "QUALITY_SEED": "e2e", "QUALITY": "professional/11=400 institutional=1000"})
    stack.start_stages()
    stack.wait_ready()
    for n in range(12):
        send(stack, visit(n))
    send(stack, multiply(hl7_messages(sample("ed_visit.hl7")), 20))
    stack.wait(lambda: len(at_payer(stack)) == 14 and all(s["state"] == "PAID" for s in stack.statuses().values()), 120, "14 claims to be paid")
    kinds = {c: s["kind"] for c, s in stack.statuses().items()}
    wanted = {c for c in kinds if kinds[c] == "institutional"}
    wanted |= {c for c in kinds if re.search(rb"CLM\*[^*]*\*[^*]*\*\*\*11:B", at_payer(stack)[c][0][1]) and drawn(c, "e2e", "professional/11/CI", 400)}
    assert 2 < len(wanted) < 13, wanted
    items = [i for i in stack.rows("review", "list") if i["reason"] == "quality"]
    assert {i["claim"] for i in items} == wanted and len(items) == len(wanted), items
    assert all(i["at_stake_cents"] > 0 and i["due"] and i["evidence"] and [o["option"] for o in i["options"]] == ["right", "wrong", "other", "undetermined"]
               for i in items)
    item = items[0]
    stack.rows("review", "decide", item["review"], "--choose", "wrong", "--role", "auditor", "--why", "another code")
    stack.wait(lambda: stack.rows("review", "show", item["review"])[0]["state"] == "done", 60, "the word to be recorded")
    shown = stack.rows("review", "show", item["review"])[0]
    assert shown["answer"]["choice"] == "wrong" and shown["answer"]["role"] == "auditor", shown
    assert len(stack.rows("review", "list")) == len(wanted) - 1
    assert {c: len(copies) for c, copies in at_payer(stack).items()} == {c: 1 for c in kinds}


def test_a_finding_is_corrected(world):
    """A claim that is held for its modifier: a person names the right one, the coder makes the next version, it passes and is paid."""
    stack = world.stack("corrected", settings={"SANDBOX_MIX": "paid=100"})
    stack.start_stages()
    stack.wait_ready()
    send(stack, visit(1, "59"))
    claim = held(stack, 1)[0]["claim"]
    stack.rows("review", "decide", claim, "--instead-of", "99214", "--modifiers", "25", "--role", "coder", "--why", "seen in the record")
    stack.wait(lambda: stack.statuses()[claim]["state"] == "PAID", 90, "the corrected claim to be paid")
    assert stack.statuses()[claim]["version"] == 2 and not stack.rows("review", "list")
    assert b"SV1*HC:99214:25" in at_payer(stack)[claim][0][1]


def duplicates(stack, numbers):
    """The same care of the same patients under other accounts: every one is found in what was billed."""
    for n in numbers:
        copy = [m.replace(b"|A%06d" % n, b"|B%06d" % n).replace(b"|V%06d" % n, b"|W%06d" % n).replace(b"OV1", b"OW1") for m in visit(n)]
        send(stack, copy)


def test_what_was_billed_is_remembered_through_everything(world):
    """The validator restarts, loses its local copy, and its partitions move: each time the same care again is held as billed already."""
    stack = world.stack("billed", settings={"SANDBOX_MIX": "paid=100"})
    stack.start_stages()
    stack.wait_ready()
    for n in range(24):
        send(stack, visit(n))
    stack.wait(lambda: len(at_payer(stack)) == 24, 120, "24 claims at the payer")

    assert stack.stop_stage("validator-0") == 0
    stack.start_stage("validator")
    duplicates(stack, range(0, 6))
    assert {f["edit"] for i in held(stack, 6) for f in i["findings"] if f["severity"] == "reject"} <= {"DUP-01", "DUP-02", "MUE-02"}

    assert stack.stop_stage("validator-0") == 0
    shutil.rmtree(os.path.join(stack.folder, "state", "validator-0"))
    stack.start_stage("validator")
    duplicates(stack, range(6, 12))
    held(stack, 12)

    stack.start_stage("validator", 1)
    stack.wait_ready(stages=["validator"])
    duplicates(stack, range(12, 18))
    held(stack, 18)
    stack.kill("validator-0")
    duplicates(stack, range(18, 24))
    items = held(stack, 24)
    assert all(any(f["edit"].startswith("DUP") for f in i["findings"]) for i in items)
    assert len(at_payer(stack)) == 24
