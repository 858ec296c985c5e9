"""traces.py - what an operator can follow: a trace from the first door to the payer's, and logs that say what changes, not what passes by"""

import glob
import json
import os
import urllib.request

from collector import Collector
from world import Mllp, ack_code, at_payer, hl7_messages, multiply, sample
from x12_in import rendered

SPAN = "00f067aa0ba902b7"
BUNDLE, CLAIMS = "4bf92f3577b34da6a3ce929d0e0e4736", "0af7651916cd43dd8448eb211c80319c"
STAGES = ["intake", "coder", "validator", "submitter-build", "submitter-deliver"]


def way_to(span, spans):
    """The services from the span up to where its trace begins, first one first; and the parent that no service is."""
    by_id = {s["spanId"]: s for s in spans}
    way = []
    while span:
        way.append(span["service"])
        parent = span.get("parentSpanId", "")
        span = by_id.get(parent)
    return way[::-1], parent


def post(stack, path, body, trace):
    """By HTTP, as part of a trace of the sender's."""
    request = urllib.request.Request(f"http://127.0.0.1:{stack.ports['FHIR_PORT']}{path}", body, {"traceparent": f"00-{trace}-{SPAN}-01"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert answer.status in (200, 201)


def lines(stack):
    """Lines of each program's log."""
    return {os.path.basename(p): sum(1 for _ in open(p, "rb")) for p in glob.glob(os.path.join(stack.folder, "log", "*.log"))}


def test_a_trace_reaches_from_the_sender_to_the_payer(world):
    """Each step has the one before it as its parent; the trace of who posts a bundle or claims goes on, an HL7 message begins one."""
    collector = Collector()
    stack = world.stack("traces", {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.url})
    stack.start_stages()
    stack.wait_ready()
    mllp = Mllp(stack.ports["MLLP_PORT"])
    for message in hl7_messages(sample("office_visit.hl7")):
        assert ack_code(mllp.send(message)) == "AA"

    def delivered():
        return [s for s in collector.spans if s["service"] == "submitter-deliver" and s["name"] == "process interchanges"]

    stack.wait(lambda: len(delivered()) == 1, 60, "the span of its file")
    post(stack, "/fhir", sample("clinic_icd10.json"), BUNDLE)
    post(stack, "/x12", rendered(stack, "ed_visit.hl7")[0][1], CLAIMS)
    for trace in BUNDLE, CLAIMS:
        stack.wait(lambda: any(s["traceId"] == trace for s in delivered()), 60, "a span of the sender's trace")
    spans = list(collector.spans)
    ways = [(s["traceId"], *way_to(s, spans)) for s in delivered()]
    for trace, way, parent in ways:
        assert [s for i, s in enumerate(way) if i == 0 or way[i - 1] != s] == [s for s in STAGES if s != "coder" or trace != CLAIMS], way
        assert parent == (SPAN if trace in (BUNDLE, CLAIMS) else ""), ways
    for s in collector.spans:
        assert int(s["startTimeUnixNano"]) <= int(s["endTimeUnixNano"]), s
        assert not any(word in json.dumps(s) for word in ("TESTER", "SAMPLEMAN", "SYN0001234"))
    collector.shutdown()
    stack.stop()


def test_logs_say_what_changes_not_what_passes(world):
    """After the start, sixty visits later the logs of the stages that only process are as long as before."""
    stack = world.stack("quiet")
    stack.start_stages()
    stack.wait_ready()
    base = hl7_messages(sample("office_visit.hl7"))
    mllp = Mllp(stack.ports["MLLP_PORT"])
    for message in multiply(base, 0):
        assert ack_code(mllp.send(message)) == "AA"
    stack.wait(lambda: len(at_payer(stack)) == 1, 60, "one claim at the payer")
    before = lines(stack)
    for n in range(1, 61):
        for message in multiply(base, n):
            assert ack_code(mllp.send(message)) == "AA"
    stack.wait(lambda: len(at_payer(stack)) == 61, 60, "all claims at the payer")
    after = lines(stack)
    for stage in ("intake", "coder", "validator", "follow"):
        assert after[f"{stage}-0.log"] - before[f"{stage}-0.log"] <= 2, (stage, before, after)
    stack.stop()
    told = {stage: open(os.path.join(stack.folder, "log", f"{stage}-0.log"), encoding="utf-8").read() for stage in ("coder", "validator")}
    for stage, text in told.items():
        for event in ("start", "tables", "assigned", "stop"):
            assert f"event={event} " in text, (stage, event)
