"""x12_in.py - claims that another system has coded: an 837 goes in by POST /x12 or `send`, and is validated, sent, answered, paid"""

import glob
import json
import os
import urllib.error
import urllib.request

from world import REST, SEED, at_payer


def post_x12(stack, body):
    """(status, answer) of a POST."""
    request = urllib.request.Request(f"http://127.0.0.1:{stack.ports['FHIR_PORT']}/x12", body, {"Content-Type": "application/edi-x12"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as e:
        return e.code, json.loads(e.read())


def rendered(stack, visit="office_visit.hl7"):
    """The 837s of a sample visit, as another system might have made them: (path, bytes) of each."""
    out = os.path.join(stack.folder, "render")
    os.makedirs(out, exist_ok=True)
    stack.cli("render", os.path.join(SEED, "encounters", visit), "-o", out)
    files = []
    for path in sorted(glob.glob(os.path.join(out, "*"))):
        with open(path, "rb") as f:
            files.append((path, f.read()))
    return files


def at_rest(stack, claim):
    """Has the claim come to its rest?"""
    return stack.statuses().get(claim, {}).get("state") in REST


def test_an_837_posted_is_paid_once(world):
    """201 with the claim's id; the claim is paid; the same file again is 200 and nothing new; junk, no claim, too much are 4xx."""
    stack = world.stack("posted", settings={"X12_MAX_BYTES": "100000"})
    stack.start_stages()
    stack.wait_ready()
    ((_, body),) = rendered(stack)
    status, answer = post_x12(stack, body)
    assert status == 201, (status, answer)
    assert (answer["taken"], answer["repeated"], answer["refused"]) == (1, 0, 0), answer
    claim = answer["claims"][0]["claim"]
    stack.wait(lambda: at_rest(stack, claim), 120, "the claim at rest")
    assert stack.statuses()[claim]["state"] == "PAID", stack.statuses()
    status, answer = post_x12(stack, body)
    assert status == 200 and answer["repeated"] == 1, (status, answer)
    stack.stop_stage("intake-0")
    stack.start_stage("intake")
    stack.wait_ready(stages=["intake"])
    status, answer = post_x12(stack, body)
    assert status == 201, "an intake that was started again does not know it; the validator does"
    other = body.replace(claim.encode(), b"PCN7700001")
    status, answer = post_x12(stack, other)
    assert status == 201 and answer["claims"][0]["claim"] == "PCN7700001", answer
    stack.wait(lambda: at_rest(stack, "PCN7700001"), 120, "the other claim at rest")
    assert stack.statuses()["PCN7700001"]["state"] == "HELD", "the same services under another number are a duplicate"
    assert stack.statuses()[claim]["state"] == "PAID"
    assert all(len(copies) == 1 for copies in at_payer(stack).values())
    assert post_x12(stack, b"hello")[0] == 400
    assert post_x12(stack, body.replace(b"ST*837", b"ST*835"))[0] == 422
    assert post_x12(stack, body + b" " * 100000)[0] == 413


def test_an_837_sent_by_hand_is_followed(world):
    """`send FILE.837 --watch` ends when the claim rests."""
    stack = world.stack("byhand")
    stack.start_stages()
    stack.wait_ready()
    ((path, _),) = rendered(stack)
    rows = stack.rows("send", path, "--watch", "--for", "120")
    assert rows[0]["result"] == "taken", rows
    assert rows[-1]["state"] == "PAID", rows
    assert {r["claim"] for r in rows} == {rows[0]["claim"]}, rows
