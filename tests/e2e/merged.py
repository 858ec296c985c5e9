"""merged.py - two records were one patient (A40): after payment, before the bill, with a question open; nothing is billed twice"""

import re

from changed import PAID, late_charge, number_of, only_claim, send, sent, wait_state
from world import at_payer, hl7_messages, multiply, quiet, sample


def record(number):
    """The record number that `multiply` gives."""
    return b"T%06d" % number


def merge(messages, old, new, hour=b"20261112080000-0500"):
    """An A40: the record of these messages ends in another one, with all that they say of the patient."""
    lines = [x for x in messages[0].split(b"\r") if x.startswith((b"MSH", b"EVN", b"PID"))]
    control = lines[0].split(b"|")[9]
    lines[0] = lines[0].replace(b"ADT^A04^ADT_A01", b"ADT^A40^ADT_A39").replace(b"|" + control + b"|", b"|" + control + b"M|")
    lines = [re.sub(rb"\|20\d{12}-0500", b"|" + hour, x) if x.startswith((b"MSH", b"EVN")) else x for x in lines]
    lines = [x.replace(b"EVN|A04", b"EVN|A40").replace(b"|" + record(old) + b"^", b"|" + record(new) + b"^") for x in lines]
    return b"\r".join([*lines, b"MRG|" + record(old) + b"^^^RIVERBEND^MR", b""])


def under(messages, old, new):
    """The same messages under another record number."""
    return [m.replace(b"|" + record(old) + b"^", b"|" + record(new) + b"^") for m in messages]


def again(messages, tag):
    """The same care once more, as another visit."""
    out = []
    for m in messages:
        m = re.sub(rb"\|A(\d{6})", rb"|B\1", m)
        m = re.sub(rb"\|V(\d{6})", rb"|W\1", m)
        out.append(m.replace(b"|OV1", b"|" + tag))
    return out


def test_a_merge_after_payment(world):
    """Paid under one record, which then ends in another: the claim stays as it is and no second one goes out; what was billed is found
    under the record that stays; a late charge, sent under the old record, replaces it with the payer's number."""
    stack = world.stack("merged", settings=PAID)
    stack.start_stages()
    stack.wait_ready()
    visit = multiply(hl7_messages(sample("office_visit.hl7")), 1)
    send(stack, visit)
    claim = only_claim(stack)
    wait_state(stack, claim, "PAID")
    first, paid = number_of(stack, claim), stack.statuses()[claim]["paid_cents"]
    send(stack, [merge(visit, 1, 2)])
    quiet(stack)
    assert [f for f, _ in sent(stack, claim)] == ["1"] and list(at_payer(stack)) == [claim]
    assert stack.statuses()[claim]["state"] == "PAID" and stack.statuses()[claim]["version"] == 1
    send(stack, again(under(visit, 1, 2), b"OW1"))
    stack.wait(lambda: stack.rows("review", "list"), 60, "the same care again to be held")
    item = stack.rows("review", "list")[0]
    assert item["claim"] != claim and {f["edit"] for f in item["findings"]} & {"DUP-01", "DUP-02"}, item
    send(stack, [late_charge(1)])
    stack.wait(lambda: len(sent(stack, claim)) == 2, 90, "the replacement at the payer")
    assert [f for f, _ in sent(stack, claim)] == ["1", "7"]
    assert b"REF*F8*" + first.encode() in sent(stack, claim)[1][1]
    stack.wait(lambda: stack.statuses()[claim]["paid_cents"] > paid, 90, "the replacement to be paid")
    assert list(at_payer(stack)) == [claim]
    assert not [d for d in stack.rows("dead", "list", check=False)], "dead letters"


def test_a_merge_before_the_bill(world):
    """The record ends while the visit goes on: what comes under either record makes one claim, under the record that stays, once."""
    stack = world.stack("mergedearly", settings=PAID)
    stack.start_stages()
    stack.wait_ready()
    visit = multiply(hl7_messages(sample("office_visit.hl7")), 3)
    send(stack, [visit[0], merge(visit, 3, 4), visit[1], *under(visit[2:], 3, 4)])
    claim = only_claim(stack)
    wait_state(stack, claim, "PAID")
    quiet(stack)
    assert [f for f, _ in sent(stack, claim)] == ["1"] and list(at_payer(stack)) == [claim]
    assert b"REF*EA*" + record(4) in sent(stack, claim)[0][1], sent(stack, claim)[0][1]
    assert sent(stack, claim)[0][1].count(b"SV1*") == 2


def test_a_merge_with_a_question_open(world):
    """The coder asks, the record ends in another, a person answers the question as it was asked: the claim goes out once."""
    stack = world.stack("mergedasked", settings=PAID)
    stack.start_stages()
    stack.wait_ready()
    visit = multiply(hl7_messages(sample("review_words_only.hl7")), 5)
    send(stack, visit)
    stack.wait(lambda: stack.rows("review", "list"), 60, "the coder's question")
    send(stack, [merge(visit, 5, 6)])
    quiet(stack)
    for _ in range(8):  # one visit may ask several things, one after the other
        items = stack.rows("review", "list")
        if not items:
            break
        stack.rows("review", "decide", items[0]["review"], "--code", "M10.9", "--role", "coder", "--why", "seen in the record")
        stack.wait(lambda i=items[0]: stack.rows("review", "show", i["review"])[0]["state"] == "done", 60, "the question to be answered")
    claim = only_claim(stack)
    wait_state(stack, claim, "PAID")
    quiet(stack)
    assert [f for f, _ in sent(stack, claim)] == ["1"] and list(at_payer(stack)) == [claim]
    assert b"ABK:M109" in sent(stack, claim)[0][1]
