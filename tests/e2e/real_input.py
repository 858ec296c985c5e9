"""real_input.py - Synthea bundles and real HL7 messages through the whole path: every encounter ends in claims, review or dead letter, and the sums agree"""

import glob
import gzip
import os

from skip import Skip
from world import DATA, FAST, REST, SEED, Mllp, ack_code, hl7_messages, post_fhir

TABLES = ["icd10cm/cms_2026_dx.zip", "icd10cm/cms_2025_dx.zip", "icd10cm/POAexemptCodesFY26.zip", "icd10cm/icd10cm_index_2025_flat.zip",
          "icd10cm/icd10cm_tabular_April-2026.zip", "hcpcs/hcpcs_2025_oct_long_descriptions.csv", "ncci", "mce", "lists"]
SITE = ["payers.csv", "providers.csv", "cdm.csv", "routes.csv"]


def encounters_of(stack, paths):
    """Encounter ids that the inputs speak of, from the same mapping by hand."""
    ids = set()
    for line in stack.rows("encounter", *paths, check=False):
        if line["encounter"] and line["event"] not in ("rest", "none", "merge"):
            ids.add(line["encounter"])
    return ids


def test_real_encounters_all_come_to_an_end(world):
    """No encounter is lost, none ends twice."""
    if not os.path.isdir(DATA):
        raise Skip("the folder of real data is not there")
    stack = world.stack("real", {**FAST, "OPEN_LIMIT_MS": "3000", "BILL_HOLD_MS": "500"}, beside=False)
    stack.cli("tables", "load", *[os.path.join(DATA, t) for t in TABLES], *[os.path.join(SEED, "tables", t) for t in SITE], timeout=600)
    stack.start_stages()
    stack.wait_ready(120)
    bundles = sorted(glob.glob(os.path.join(DATA, "fhir", "*.json.gz")))
    messages = sorted(glob.glob(os.path.join(DATA, "hl7", "*.hl7")))
    refused = 0
    for path in bundles:
        status, text = post_fhir(stack.ports["FHIR_PORT"], gzip.open(path).read())
        assert status == 200, (path, status, text[:500])
    mllp = Mllp(stack.ports["MLLP_PORT"])
    for path in messages:
        for message in hl7_messages(open(path, "rb").read().replace(b"\xef\xbb\xbf", b"")):
            refused += ack_code(mllp.send(message)) != "AA"
    want = encounters_of(stack, bundles + messages)
    assert len(want) >= 121, len(want)

    def ended():
        return {s["encounter"] for s in stack.statuses().values() if s["state"] in REST and s["encounter"]}

    dead = len(stack.rows("dead", "list", check=False))
    try:
        stack.wait(lambda: want <= ended(), 240, "all real encounters to end")
    except Exception as e:
        missing = want - ended()
        states = {s["encounter"]: (s["state"], s["event"], s["reason"]) for s in stack.statuses().values()}
        raise AssertionError(f"{e}: {len(missing)} of {len(want)} open, {dead} dead letters: {[(m, states.get(m)) for m in list(missing)[:10]]}") from None
    by_state = {}
    for s in stack.statuses().values():
        by_state[s["state"]] = by_state.get(s["state"], 0) + 1
        assert s["reason"] or s["state"] in ("PAID", "PARTIAL"), s
    print(f"{len(want)} encounters, {refused} messages refused, {dead} dead letters: {by_state}", flush=True)
