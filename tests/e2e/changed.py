"""changed.py - the record changes after the claim was sent: a replacement, a void, and nothing before the payer has decided"""

import os
import re
import shutil

from world import Mllp, ack_code, at_payer, hl7_messages, multiply, sample

PAID = {"SANDBOX_MIX": "paid=100"}


def send(stack, messages):
    """Through the front door."""
    mllp = Mllp(stack.ports["MLLP_PORT"])
    for m in messages:
        assert ack_code(mllp.send(m)) == "AA"
    mllp.close()


def later(number, old, new, trigger):
    """A message like the sample's (its trigger), with changed words, a new control number and hour."""
    m = next(m for m in multiply(hl7_messages(sample("office_visit.hl7")), number) if trigger in m)
    for a, b in zip(old, new):
        assert a in m, a
        m = m.replace(a, b)
    return m


def late_charge(number):
    """A strep test that was charged after the bill."""
    m = later(number, [b"|OV1B", b"20261102090000"], [b"|OV1L", b"20261109090000"], b"DFT^P03")
    lines = m.split(b"\r")
    first = next(x for x in lines if x.startswith(b"FT1|1|"))
    charge = re.sub(rb"\|OV1-1[^|]*\|", b"|OV1-9-%06d|" % number, first).replace(b"OV-EST4^office visit", b"LAB-STREP^waived strep test")
    return b"\r".join([x for x in lines if not x.startswith(b"FT1|")][:-1] + [charge, b""])


def cancel(number):
    """The visit never happened."""
    m = later(number, [b"ADT^A04^ADT_A01", b"EVN|A04", b"|OV1A", b"20261102080000-0500||ADT"],
              [b"ADT^A11^ADT_A09", b"EVN|A11", b"|OV1X", b"20261110080000-0500||ADT"], b"ADT^A04")
    return m.replace(b"EVN|A11|20261102080000", b"EVN|A11|20261110080000")


def sent(stack, claim):
    """Every copy of the claim that reached the payer, by its file's number: (frequency, bytes)."""
    copies = sorted(set(at_payer(stack).get(claim, [])))
    return [(re.match(rb"CLM\*[^*]*\*[^*]*\*\*\*[^*]*:[AB]:(\d)", c).group(1).decode(), c) for _, c in copies]


def only_claim(stack, seconds=90):
    """The one claim at the payer, once it is there."""
    stack.wait(lambda: len(at_payer(stack)) == 1, seconds, "the claim at the payer")
    return next(iter(at_payer(stack)))


def wait_state(stack, claim, state, seconds=90):
    """Until the claim is there."""
    try:
        stack.wait(lambda: stack.statuses().get(claim, {}).get("state") == state, seconds, f"{claim} {state}")
    except Exception as e:
        s = stack.statuses().get(claim)
        raise AssertionError(f"{e}\n{s}\n{[x[0] for x in sent(stack, claim)]}") from None


def number_of(stack, claim):
    """The payer's number of the claim, as its status has it."""
    return stack.statuses()[claim]["payer_claim"]


def test_a_late_charge_replaces_what_was_paid(world):
    """Sent and paid, then a late charge: a 7 with the payer's number goes out and is paid; coder, builder and follow are killed on the way
    and the coder loses its local copy: nothing is lost, nothing goes out twice."""
    stack = world.stack("late", settings=PAID)
    stack.start_stages()
    stack.wait_ready()
    send(stack, multiply(hl7_messages(sample("office_visit.hl7")), 1))
    claim = only_claim(stack)
    wait_state(stack, claim, "PAID")
    first, paid = number_of(stack, claim), stack.statuses()[claim]["paid_cents"]
    for name in ("coder-0", "build-0", "follow-0"):
        stack.kill(name)
    send(stack, [late_charge(1)])
    shutil.rmtree(os.path.join(stack.folder, "state", "coder-0"))
    for name in ("coder", "build", "follow"):
        stack.start_stage(name)
    stack.wait(lambda: len(sent(stack, claim)) == 2, 90, "the replacement at the payer")
    assert [f for f, _ in sent(stack, claim)] == ["1", "7"]
    assert b"REF*F8*" + first.encode() in sent(stack, claim)[1][1], sent(stack, claim)[1]
    stack.wait(lambda: stack.statuses()[claim]["paid_cents"] > paid, 90, "the replacement to be paid")
    wait_state(stack, claim, "PAID")
    assert number_of(stack, claim) != first
    story = stack.rows("show", claim)
    changes = [c for line in story if line["what"] == "coded" for c in line["changes"]]
    assert {("line", "added"), ("total", "changed")} <= {(c["what"], c["action"]) for c in changes}, changes
    told = stack.cli("show", claim)
    assert f"version 2, a replacement (7) of the payer's {first}" in told and "line 87880 added: 60.00" in told, told
    assert len(sent(stack, claim)) == 2
    assert not [d for d in stack.rows("dead", "list", check=False)], "dead letters"


def test_a_cancel_voids_what_was_paid(world):
    """An A11 after the claim was paid: an 8 with the payer's number and the same charges; the payer takes the payment back. An A11 of
    a claim that no payer has yet sends nothing."""
    stack = world.stack("void", settings=PAID)
    stack.start_stages()
    stack.wait_ready()
    send(stack, multiply(hl7_messages(sample("office_visit.hl7")), 2))
    claim = only_claim(stack)
    wait_state(stack, claim, "PAID")
    first = number_of(stack, claim)
    send(stack, [cancel(2)])
    stack.kill("coder-0")
    stack.start_stage("coder")
    wait_state(stack, claim, "VOIDED")
    copies = sent(stack, claim)
    assert [f for f, _ in copies] == ["1", "8"]
    assert b"REF*F8*" + first.encode() in copies[1][1]
    assert copies[0][1].split(b"*")[2] == copies[1][1].split(b"*")[2], "another total"
    assert stack.statuses()[claim]["paid_cents"] == 0


def test_nothing_before_the_payer_has_decided(world):
    """A late charge while the payer still decides: said on the encounter's line, and sent when the 835 is there."""
    stack = world.stack("undecided", settings={**PAID, "SANDBOX_PAY_AFTER_MS": "12000"})
    stack.start_stages()
    stack.wait_ready()
    send(stack, multiply(hl7_messages(sample("office_visit.hl7")), 3))
    claim = only_claim(stack)
    send(stack, [late_charge(3)])
    stack.wait(lambda: "waits_payer" in [line.get("event") for line in stack.rows("show", claim)], 30, "the wait to be told")
    assert len(sent(stack, claim)) == 1
    stack.wait(lambda: len(sent(stack, claim)) == 2, 90, "the replacement at the payer")
    assert [f for f, _ in sent(stack, claim)] == ["1", "7"]
    wait_state(stack, claim, "PAID")


def other_member(number):
    """The coverage was another member's."""
    m = later(number, [b"ADT^A04^ADT_A01", b"EVN|A04", b"|OV1A", b"20261102080000-0500||ADT"],
              [b"ADT^A08^ADT_A01", b"EVN|A08", b"|OV1M", b"20261111080000-0500||ADT"], b"ADT^A04")
    return m.replace(b"EVN|A08|20261102080000", b"EVN|A08|20261111080000").replace(b"SYN%06d" % number, b"SYN9%05d" % number)


def test_a_wrong_member_is_void_and_billed_anew(world):
    """A08 with another member id after the claim was paid: the old claim is void, a new one under another number is paid."""
    stack = world.stack("member", settings=PAID)
    stack.start_stages()
    stack.wait_ready()
    send(stack, multiply(hl7_messages(sample("office_visit.hl7")), 4))
    claim = only_claim(stack)
    wait_state(stack, claim, "PAID")
    send(stack, [other_member(4)])
    new = claim + "R1"
    wait_state(stack, new, "PAID")
    wait_state(stack, claim, "VOIDED")
    assert [f for f, _ in sent(stack, claim)] == ["1", "8"]
    assert [f for f, _ in sent(stack, new)] == ["1"]


def late_at_hospital(messages, control, new, day, charge):
    """A charge of a hospital visit after its bill, made of the visit's own charge message."""
    m = next(m for m in messages if b"|" + control in m)
    lines = [x for x in m.split(b"\r") if x]
    first = next(x for x in lines if x.startswith(b"FT1|1|"))
    fields = first.split(b"|")
    fields[2], fields[7], fields[10] = b"LATE-1", charge, b"1"
    lines = [re.sub(rb"\|(20\d{6})(\d{6}-0500)", b"|" + day + rb"\2", x) if x.startswith((b"MSH", b"EVN")) else x for x in lines
             if not x.startswith(b"FT1|")]
    return b"\r".join([x.replace(b"|" + control, b"|" + new) for x in lines] + [b"|".join(fields), b""])


def test_a_stay_is_adjusted(world):
    """A late charge of a Medicare stay that was paid: a 7 of the whole stay with its one claim-change condition code, and it is paid."""
    stack = world.stack("stay", settings=PAID)
    stack.start_stages()
    stack.wait_ready()
    messages = hl7_messages(sample("inpatient_stay.hl7"))
    send(stack, messages)
    stack.wait(lambda: any(s["state"] == "PAID" and s["kind"] == "institutional" for s in stack.statuses().values()), 90, "the stay to be paid")
    claim = next(c for c, s in stack.statuses().items() if s["kind"] == "institutional")
    first, paid = number_of(stack, claim), stack.statuses()[claim]["paid_cents"]
    send(stack, [late_at_hospital(messages, b"IP1C", b"IP1Z", b"20261120", b"RESP-IP^breathing treatment^L")])
    stack.wait(lambda: len(sent(stack, claim)) == 2, 60, "the adjustment at the payer")
    frequency, data = sent(stack, claim)[1]
    assert frequency == "7" and b"REF*F8*" + first.encode() in data and b"BG:D2" in data, data
    stack.wait(lambda: stack.statuses()[claim]["state"] == "PAID" and stack.statuses()[claim]["paid_cents"] > paid, 90, "it to be paid")


def test_a_late_charge_bill_where_the_payer_takes_one(world):
    """A payer that takes late charges apart: after the hospital's bill was paid the late line goes out alone (5) under a number of its
    own; the bill itself stays."""
    stack = world.stack("latebill", settings=PAID)
    stack.start_stages()
    stack.wait_ready()
    messages = [m.replace(b"SHP01|SAMPLE HEALTH PLAN", b"SMP02|SECOND MUTUAL PLAN") for m in multiply(hl7_messages(sample("ed_visit.hl7")), 6)]
    send(stack, messages)
    stack.wait(lambda: [s["state"] for s in stack.statuses().values()] and all(s["state"] == "PAID" for s in stack.statuses().values()), 90,
               "the visit to be paid")
    before = {c: s["version"] for c, s in stack.statuses().items()}
    claim = next(c for c, s in stack.statuses().items() if s["kind"] == "institutional")
    send(stack, [late_at_hospital(messages, b"ED1B", b"ED1Z", b"20261120", b"LAB-CHEM^panel^L")])
    wait_state(stack, claim + "L1", "PAID")
    assert [f for f, _ in sent(stack, claim + "L1")] == ["5"] and [f for f, _ in sent(stack, claim)] == ["1"]
    assert sent(stack, claim + "L1")[0][1].count(b"SV2*") == 1
    assert {c: s["version"] for c, s in stack.statuses().items() if c in before} == before
