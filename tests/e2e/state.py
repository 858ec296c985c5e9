"""state.py - what a worker remembers survives everything: stops, a lost local copy, partitions that move"""

import os
import shutil
import time

from world import Mllp, ack_code, at_payer, digest, hl7_messages, multiply, sample

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
    stack.wait(lambda: lag(stack, "coder") == 0, 30, "the coder to catch up")
    assert stack.stop_stage("coder-0") == 0
    shutil.rmtree(os.path.join(stack.folder, "state", "coder-0"))
    stack.start_stage("coder")
    for v in visits():
        send(stack, v[1:])
    assert finish(stack) == want


def lag(stack, stage):
    """Records that a stage has not read yet."""
    return next(s["lag"] for s in stack.rows("watch", "--once")[0]["stages"] if s["stage"] == stage)


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
    stack.wait(lambda: lag(stack, "follow") == 0, 30, "follow to catch up")
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
