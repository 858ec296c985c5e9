"""bad_input.py - what nobody should send: it lies untouched in the dead letters or is refused with a reason; the rest flows on"""

import os
import signal
import time

from confluent_kafka import Consumer, Producer
from stack import StackError
from world import REST, Mllp, ack_code, at_payer, hl7_messages, multiply, post_fhir, sample


def produce(stack, topic, key, value, headers=None):
    """A raw record, as somebody else's program would write it."""
    p = Producer({"bootstrap.servers": stack.broker})
    p.produce(stack.extra["TOPIC_PREFIX"] + topic, value, key, headers=headers)
    assert p.flush(20) == 0


def dead_values(stack, topic):
    """(value, headers) of every dead letter of a topic."""
    return values(stack, topic + ".dead", 8)


def values(stack, topic, seconds):
    """(value, headers) of every record of a topic."""
    c = Consumer({"bootstrap.servers": stack.broker, "group.id": f"look-{time.time()}", "auto.offset.reset": "earliest",
                  "isolation.level": "read_committed"})
    c.subscribe([f"{stack.extra['TOPIC_PREFIX']}{topic}"])
    found, end = [], time.time() + seconds
    while time.time() < end:
        m = c.poll(0.5)
        if m and not m.error():
            found.append((m.value(), dict(m.headers() or [])))
    c.close()
    return found


def send_office_visit(stack, number=0):
    """A good visit through MLLP."""
    mllp = Mllp(stack.ports["MLLP_PORT"])
    for message in multiply(hl7_messages(sample("office_visit.hl7")), number):
        assert ack_code(mllp.send(message)) == "AA"
    mllp.close()


def wait_paid(stack, n=1):
    """Until n claims came to rest at the payer's answer."""
    stack.wait(lambda: sum(s["state"] in REST for s in stack.statuses().values()) >= n, 90, f"{n} claim(s) at rest")


def test_poison_goes_to_the_dead_letters(world):
    """Truncated protobuf, another schema, invalid UTF-8, a date that is no date, an oversize list: untouched in encounters.dead with a reason."""
    stack = world.stack("poison")
    stack.start_stages()
    stack.wait_ready()
    poison = {
        "cut": b"\x0a\x20abc",
        "schema": b"\xff\xff\xff\xff\xff\xff",
        "utf8": b"\x12\x02\xc3\x28",
        "date": b"\x82\x01\x04\x38\x81\x80\x01",
        "empty-framing": b"\x00\x00",
    }
    for key, value in poison.items():
        produce(stack, "encounters", key, value)
    send_office_visit(stack)
    wait_paid(stack)
    dead = dead_values(stack, "encounters")
    assert sorted(v for v, _ in dead) == sorted(poison.values()), dead
    for _, headers in dead:
        assert {"dead.reason", "dead.stage", "dead.topic", "dead.partition", "dead.offset"} <= set(headers), headers
        assert headers["dead.stage"] == b"coder"
    assert len(stack.rows("dead", "list", "encounters")) == len(poison)
    stack.cli("dead", "replay", "encounters", "--reason", "utf8")
    stack.wait(lambda: len(stack.rows("dead", "list", "encounters")) == len(poison) + 1, 30, "the replayed letter to come back")


def test_bad_messages_are_refused_with_a_reason(world):
    """HTTP 4xx with an OperationOutcome that names the path; MLLP AE/AR with MSA-2; the connection and the rest go on."""
    stack = world.stack("refused")
    stack.start_stages(["intake"])
    stack.wait_ready()
    port = stack.ports["FHIR_PORT"]
    rows = [
        (b"{", 400, "line"),
        (b'{"resourceType":"Bundle","type":"transaction","entry":[{"resource":{"resourceType":"Encounter","id":"e"}}]}', 422,
         "Bundle.entry[0].resource.subject"),
        (b'{"resourceType":"Bundle","type":"history","entry":[]}', 422, "Bundle.type"),
        (b'{"resourceType":"Bundle","type":"batch","entry":[]}', 422, "Bundle.entry"),
        (b"\xff\xfe", 400, "not JSON"),
        (b" " * (9 << 20), 413, "MAX_MESSAGE_BYTES"),
    ]
    for body, status, word in rows:
        got, text = post_fhir(port, body)
        assert got == status and "OperationOutcome" in text and word in text, (body[:60], got, text)
    mllp = Mllp(stack.ports["MLLP_PORT"])
    good = hl7_messages(sample("office_visit.hl7"))
    answer = mllp.send(good[0][: len(good[0]) // 2])
    assert ack_code(answer) in ("AA", "AE", "AR"), answer
    answer = mllp.send(b"MSH|^~\\&|A|B|C|D|20261102||XYZ^Z99|CTL77|P|2.5\r")
    assert ack_code(answer) in ("AE", "AR") and "|CTL77" in answer, answer
    answer = mllp.send(b"hello")
    assert ack_code(answer) in ("AE", "AR"), answer
    unknown_patient = good[0].replace(b"PID|", b"ZID|")
    for _ in range(3):
        assert ack_code(mllp.send(unknown_patient)) == "AR"
    assert ack_code(mllp.send(good[0])) == "AA"
    kept_and_sent_again(stack, unknown_patient)


def kept_and_sent_again(stack, message):
    """A refused message lies once, as it came, in the dead letters; what is refused again stays there, what is not becomes an event."""
    dead = {v: h for v, h in dead_values(stack, "encounters")}
    assert len(dead) == len(dead_values(stack, "encounters")), "one is kept twice"
    headers = dead[message.rstrip(b"\r")] if message.rstrip(b"\r") in dead else dead[message]
    assert headers["dead.reason"] == b"no-patient" and headers["dead.stage"] == b"intake", headers
    assert headers["content-type"] == b"x-application/hl7-v2+er7", headers
    rows = stack.rows("dead", "list", "encounters")
    assert {r["reason"] for r in rows} >= {"no-patient", "not-json", "type"}, rows
    try:
        stack.cli("dead", "replay", "encounters", "--reason", "no-patient")
        raise AssertionError("a message without a patient was sent back")
    except StackError as e:
        assert "exit 1" in str(e) and "no patient id" in str(e), e
    events = len(values(stack, "encounters", 5))
    letter = {"dead.reason": "size", "dead.stage": "intake", "dead.topic": "encounters", "ce_id": "l1", "ce_type": "hl7", "ce_time": "2026-11-02T08:00:00Z"}
    produce(stack, "encounters.dead", "l1", hl7_messages(sample("office_visit.hl7"))[1], letter)
    stack.cli("dead", "replay", "encounters", "--reason", "size")
    assert len(values(stack, "encounters", 5)) == events + 1


def test_redis_away_at_start(world):
    """A worker without tables is not ready, says so, and starts by itself when Redis is there."""
    stack = world.stack("noredis")
    stack.redis_url = f"redis://127.0.0.1:{__import__('stack').free_port()}/0"
    stack.start_stage("coder")
    stack.wait(lambda: stack.log_has("coder-0", ["redis"]), 30, "the coder to say that Redis is away")
    assert not stack.log_has("coder-0", ["event=assigned"])
    stack.kill("coder-0")


def test_redis_away_in_the_middle(world):
    """Workers go on with the tables they hold."""
    stack = world.stack("redisgone", beside=False)
    stack.cli("tables", "load", *world.tables)
    stack.start_stages()
    stack.wait_ready()
    stack._script("redis.sh", "stop", os.path.join(stack.folder, "redis"))
    send_office_visit(stack)
    wait_paid(stack)
    assert at_payer(stack)


def test_broker_away_and_back(world):
    """Intake answers negatively while the broker is away; afterwards everything goes on, once."""
    stack = world.stack("brokergone", beside=False)
    stack.cli("tables", "load", *world.tables)
    stack.start_stages()
    stack.wait_ready()
    send_office_visit(stack, 1)
    stack.kill_broker()
    mllp = Mllp(stack.ports["MLLP_PORT"])
    message = multiply(hl7_messages(sample("office_visit.hl7")), 2)[0]
    assert ack_code(mllp.send(message, timeout=60)) != "AA"
    mllp.close()
    stack.restart_broker()
    end = time.time() + 60
    while time.time() < end:
        try:
            send_office_visit(stack, 2)
            break
        except (AssertionError, OSError):
            time.sleep(1)
    stack.wait(lambda: len(at_payer(stack)) == 2, 120, "both claims at the payer")
    assert all(len(c) == 1 for c in at_payer(stack).values())


def test_a_missing_table_stops_the_claim(world):
    """A date of service that no edition covers ends in review with the reason, never at the payer."""
    stack = world.stack("notable")
    stack.start_stages()
    stack.wait_ready()
    mllp = Mllp(stack.ports["MLLP_PORT"])
    for message in hl7_messages(sample("office_visit.hl7")):
        assert ack_code(mllp.send(message.replace(b"202611", b"201011").replace(b"202610", b"201010"))) == "AA"
    stack.wait(lambda: any(s["state"] in ("REVIEW", "HELD") for s in stack.statuses().values()), 60, "a review item")
    assert not at_payer(stack)
    assert any("table" in (s["reason"] or "") for s in stack.statuses().values()), stack.statuses()


def test_sigterm_ends_every_worker_cleanly(world):
    """Exit code 0 within the grace period."""
    stack = world.stack("term")
    stack.start_stages()
    stack.wait_ready()
    for name in list(stack.processes):
        stack.processes[name].send_signal(signal.SIGTERM)
        code = stack.processes.pop(name).wait(20)
        assert code == 0, (name, code)
