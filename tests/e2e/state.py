"""state.py - what a worker remembers survives everything: stops, a lost local copy, partitions that move"""

import os
import shutil
import time

from world import REST, Mllp, ack_code, at_payer, digest, hl7_messages, multiply, quiet, sample

VISITS = 30


def visits():
    """VISITS office visits, message by message."""
    base = hl7_messages(sample("office_visit.hl7"))
    return [multiply(base, n) for n in range(VISITS)]


def send(stack, messages):
    """All of them, in order."""
    mllp = Mllp(stack.ports["MLLP_PORT"])
    for m in messages:
        assert ack_code(mllp.send(m)) == "AA"
    mllp.close()


def finish(stack):
    """Until all claims are at the payer; their digest."""
    stack.wait(lambda: len(at_payer(stack)) == VISITS, 120, f"{VISITS} claims at the payer")
    found = at_payer(stack)
    assert all(len(copies) == 1 for copies in found.values())
    return digest(found)


def plain(world):
    """The undisturbed run, once."""
    if not hasattr(world, "plain_digest"):
        stack = world.stack("plain")
        stack.start_stages()
        stack.wait_ready()
        for v in visits():
            send(stack, v)
        world.plain_digest = finish(stack)
        stack.stop()
    return world.plain_digest


def test_stop_and_start_in_the_middle_of_encounters(world):
    """All workers stop after the first message of each visit, and start again."""
    want = plain(world)
    stack = world.stack("middle")
    stack.start_stages()
    stack.wait_ready()
    send(stack, [v[0] for v in visits()])
    for name in list(stack.processes):
        assert stack.stop_stage(name) == 0
    stack.start_stages()
    stack.wait_ready()
    for v in visits():
        send(stack, v[1:])
    assert finish(stack) == want


def test_a_lost_local_copy_is_read_again(world):
    """The coder's folder is deleted between two messages of each visit."""
    want = plain(world)
    stack = world.stack("lostcopy")
    stack.start_stages()
    stack.wait_ready()
    send(stack, [v[0] for v in visits()])
    stack.wait(lambda: lags(stack)["coder"] == 0, 30, "the coder to catch up")
    assert stack.stop_stage("coder-0") == 0
    shutil.rmtree(os.path.join(stack.folder, "state", "coder-0"))
    stack.start_stage("coder")
    for v in visits():
        send(stack, v[1:])
    assert finish(stack) == want


def lags(stack):
    """Stage -> records that it has not read."""
    return {s["stage"]: s["lag"] for s in stack.rows("watch", "--once")[0]["stages"]}


def numbers_of(stack):
    """(receiver, ISA13) of every file that reached a payer."""
    found = []
    for paths in stack.mailbox().values():
        for path in paths:
            isa = open(path, "rb").read(106).split(b"*")
            found.append((isa[8].strip(), isa[13]))
    return found


def test_control_numbers_stay_unique_when_partitions_move_between_builders(world):
    """A second builder joins, the first is killed and comes back: no ISA13 twice, every claim in one file."""
    stack = world.stack("numbers", settings={"BILL_HOLD_MS": "200"})
    stack.start_stages(["intake", "coder", "validator", "build", "deliver"])
    stack.wait_ready()
    todo = visits()
    third = len(todo) // 3
    for at, step in ((0, None), (third, "join"), (2 * third, "kill")):
        if step == "join":
            stack.start_stage("build", 1)
            stack.wait_ready(stages=["build"])
        if step == "kill":
            stack.kill("build-0")
            stack.start_stage("build", 0)
        for v in todo[at:at + third]:
            send(stack, v)
    finish(stack)
    numbers = numbers_of(stack)
    assert len(numbers) >= 4 and len(set(numbers)) == len(numbers), sorted(numbers)


def test_partitions_move_between_two_coders(world):
    """A second coder joins, then the first is killed: the second finishes what both began."""
    want = plain(world)
    stack = world.stack("move")
    stack.start_stages()
    stack.wait_ready()
    send(stack, [v[0] for v in visits()])
    stack.start_stage("coder", 1)
    stack.wait_ready(stages=["coder"])
    send(stack, [v[1] for v in visits() if len(v) > 2])
    stack.kill("coder-0")
    for v in visits():
        send(stack, v[1:] if len(v) <= 2 else v[2:])
    assert finish(stack) == want


def silent(stack):
    """Open questions about files without an answer."""
    return [q for q in stack.rows("review", "list") if q["reason"] == "file-silent"]


def test_a_clock_outlives_the_worker_and_its_local_copy(world):
    """follow is killed and its folder deleted before a file's clock runs out; read again from the topic, it runs out all the same, once."""
    stages = ["intake", "coder", "validator", "build", "deliver", "follow"]
    stack = world.stack("clock", {"FOLLOW_FILE_MS": "20000"})
    stack.start_stages(stages)
    stack.wait_ready(stages=stages)
    send(stack, visits()[0])
    stack.wait(lambda: [s["state"] for s in stack.rows("claims")] == ["SENT"], 60, "the claim at the payer")
    stack.wait(lambda: lags(stack)["follow"] == 0, 30, "follow to catch up")
    assert not silent(stack), silent(stack)
    stack.kill("follow-0")
    shutil.rmtree(os.path.join(stack.folder, "state", "follow-0"))
    stack.start_stage("follow")
    stack.wait(lambda: silent(stack), 60, "the question about the silent file")
    with open(os.path.join(stack.folder, "log", "follow-0.log"), encoding="utf-8") as f:
        f.seek(stack.log_start["follow-0"])
        restored = [line for line in f if "event=state_restored" in line]
    assert any(" from=0 " in line and " records=0 " not in line for line in restored), restored
    time.sleep(3)
    assert len(silent(stack)) == 1


def forget_positions(stack):
    """Deletes every consumer group of a stack; how many there were."""
    from confluent_kafka.admin import AdminClient

    admin = AdminClient({"bootstrap.servers": stack.broker, "log_level": 0})
    groups = [g.group_id for g in admin.list_consumer_groups().result().valid if g.group_id.startswith(stack.extra["TOPIC_PREFIX"])]
    for done in admin.delete_consumer_groups(groups).values():
        done.result()
    return len(groups)


def ends(stack):
    """Where every claim is, and what was paid on it."""
    return {c: (s["state"], s["version"], s["paid_cents"]) for c, s in stack.statuses().items()}


def test_lost_positions_do_nothing_twice(world):
    """Every group's position and every local copy are lost, the topics are there (docs/operations.md, Disaster): all is read again from the first
    record, and no file goes out, no claim gets another version, nothing is posted a second time."""
    stack = world.stack("positions", settings={"QUALITY_PER_MILLE": "0"})
    stack.start_stages()
    stack.wait_ready()
    for v in visits():
        send(stack, v)
    want = finish(stack)
    stack.wait(lambda: all(s in REST for s, _, _ in ends(stack).values()), 90, "every claim to rest")
    quiet(stack)
    before, files, numbers, left = ends(stack), sorted(stack.mailbox()), sorted(numbers_of(stack)), lags(stack)
    posted = stack.rows("report")
    for name in list(stack.processes):
        assert stack.stop_stage(name) == 0
    assert forget_positions(stack) >= 5
    assert sum(lags(stack).values()) > sum(left.values()) + VISITS
    shutil.rmtree(os.path.join(stack.folder, "state"))
    stack.start_stages()
    stack.wait_ready()
    stack.wait(lambda: all(n <= left[s] + 2 * stack.partitions for s, n in lags(stack).items()), 90, "everything to be read again")
    quiet(stack)
    assert sorted(stack.mailbox()) == files and sorted(numbers_of(stack)) == numbers
    assert finish(stack) == want
    assert ends(stack) == before
    assert stack.rows("report") == posted
    assert not stack.rows("dead", "list", check=False)
