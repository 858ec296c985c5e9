"""expected.py - what a payer's contract allows stands on the claim before it is sent, and is compared with what the payer allows"""

import os

from changed import PAID, only_claim, send
from world import SEED, hl7_messages, multiply, sample

HEADER = open(os.path.join(SEED, "tables", "contracts.csv"), encoding="utf-8").readline()


def test_an_underpaid_claim_is_told(world):
    """A contract that pays the whole charge, and a payer that allows less: the claim is paid in part, a person gets the difference."""
    stack = world.stack("expected", settings=PAID)
    contract = os.path.join(stack.folder, "contracts.csv")
    with open(contract, "w", encoding="utf-8") as f:
        f.write(HEADER + "SHP01,1,all of it,professional,percent,,,,,,100,,,2026-01-01,\n")
    stack.cli("tables", "load", contract)
    try:
        stack.start_stages()
        stack.wait_ready()
        send(stack, multiply(hl7_messages(sample("office_visit.hl7")), 1))
        claim = only_claim(stack)
        stack.wait(lambda: [i for i in stack.rows("review", "list") if i["reason"] == "underpaid"], 90, "the difference to be told")
    finally:
        stack.cli("tables", "load", os.path.join(SEED, "tables", "contracts.csv"))
    story = stack.rows("show", claim)
    expected = next(line for line in story if line["what"] == "expected")
    charges = next(line for line in story if line["what"] == "coded")["charge_cents"]
    assert expected["method"] == "percent" and expected["allowed_cents"] == charges, expected
    item = next(i for i in stack.rows("review", "list") if i["reason"] == "underpaid")
    assert item["claim"] == claim and 0 < item["at_stake_cents"] < charges, item
    assert "by percent" in stack.cli("show", claim)
