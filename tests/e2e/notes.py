"""notes.py - what stands only in words: a note is evidence of the record's diagnoses, tells what they leave out, and stops the claim where it denies them"""

from review import send
from world import at_payer, hl7_messages, multiply, sample

AGREES = "ASSESSMENT:~Essential hypertension.~Type 2 diabetes mellitus with hyperglycemia.~Acute bronchitis.~No chest pain."
DENIES = "ASSESSMENT:~No evidence of hypertension.~Type 2 diabetes mellitus with hyperglycemia."
REASONS = {"text-missed", "text-conflict", "text-support", "text-specific", "text-unread", "no-table"}


def visit(number, note):
    """An office visit of its own patient, a note before its bill."""
    messages = hl7_messages(sample("office_visit.hl7"))
    lines = messages[0].split(b"\r")
    head = lines[0].replace(b"ADT^A04^ADT_A01", b"MDM^T02^MDM_T02").replace(b"OV1A", b"OV1N")
    said = b"\r".join([head, b"EVN|T02|20261102100000-0500", *[x for x in lines if x[:4] in (b"PID|", b"PV1|")],
                       b"TXA|1|PN|TX|20261102100000-0500|||||||| N0001 |||||AU",
                       b"OBX|1|TX|11506-3^Progress note^LN||" + note.encode() + b"||||||F"]) + b"\r"
    return multiply([messages[0], said.replace(b" N0001 ", b"N%06d" % number), *messages[1:]], number)


def asked(stack):
    """Questions that come of notes, by reason."""
    return {i["reason"]: i for i in stack.rows("review", "list", check=False) if i["stage"] == "coder" and i["reason"] in REASONS}


def test_notes_are_read_by_the_coder(world):
    """One note agrees and names one condition more: the claim is paid, the rest is told. The other denies a diagnosis: nothing goes out."""
    stack = world.stack("notes", settings={"SANDBOX_MIX": "paid=100"})
    stack.start_stages()
    stack.wait_ready()
    send(stack, visit(1, AGREES) + visit(2, DENIES))
    stack.wait(lambda: any(s["state"] == "PAID" for s in stack.statuses().values()), 90, "the first claim to be paid")
    stack.wait(lambda: {"text-missed", "text-conflict"} <= set(asked(stack)), 60, "both questions")
    questions = asked(stack)
    assert set(questions) == {"text-missed", "text-conflict"}, questions
    paid = [c for c, s in stack.statuses().items() if s["state"] == "PAID"]
    assert list(at_payer(stack)) == paid and len(paid) == 1, (paid, at_payer(stack))
    missed = stack.rows("review", "show", questions["text-missed"]["review"])[0]
    text = str(missed)
    assert "J20" in text and "cannot be determined" in text, missed
    story = stack.cli("show", paid[0], "--json")
    assert "TXT-06" in story, story
