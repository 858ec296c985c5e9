"""progress.py - who gets on: every stage's committed offsets as they are committed, and how long after a fault they move again

Time to recover of a fault: from its moment until every stage that it affects has got on. A stage has got on when a reader of committed
records sees in __consumer_offsets an offset of its group that is new and was written after that moment (a batch that was as good as done
before it does not count); intake, which is in no group, when a message that was taken after it is acknowledged; the sandbox when it
takes a file. Where nothing waits for a stage its next work is waited for, too: up to a second for deliver and follow, to whom files come in
batches. The moment: of a kill, a reset, a cut connection, when it happened; of a delay or half-open connections, when they began; of a worker that
was stopped, when it went on; of one that was stopped while another took its place, when it was stopped.
"""

import bisect
import glob
import os
import struct
import threading
import time

from confluent_kafka import Consumer, KafkaException, TopicPartition

GROUPS = {"coder": "coder", "validator": "validator", "submitter-build": "build", "submitter-deliver": "deliver", "submitter-follow": "follow"}
OFFSETS = "__consumer_offsets"


def text_at(data, at):
    """A string with its length before it, and what is behind."""
    n = struct.unpack_from(">h", data, at)[0]
    return data[at + 2:at + 2 + n].decode(), at + 2 + n


def offset_of(key, value):
    """(group, topic, partition), offset of a record of __consumer_offsets; None: it is something else."""
    if key is None or value is None or struct.unpack_from(">h", key)[0] > 1:
        return None
    group, at = text_at(key, 2)
    topic, at = text_at(key, at)
    return (group, topic, struct.unpack_from(">i", key, at)[0]), struct.unpack_from(">q", value, 2)[0]


class Progress:
    """Watches one stack; the brokers are asked directly, not through any proxy."""

    def __init__(self, stack):
        self.prefix = stack.extra["TOPIC_PREFIX"] + "cleanclaim-"
        self.mailboxes = os.path.join(stack.folder, "mail", "out", "*", ".taken")
        self.moved = {stage: ([], []) for stage in [*GROUPS.values(), "intake", "sandbox"]}  # written, seen
        self.offsets, self.on = {}, True
        self.consumer = Consumer({"bootstrap.servers": stack.broker, "group.id": "unused", "enable.auto.commit": False, "fetch.wait.max.ms": 20,
                                  "auto.offset.reset": "earliest", "isolation.level": "read_committed", "log_level": 0, "reconnect.backoff.max.ms": 500})
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.thread.start()

    def note(self, stage, written, seen):
        """A stage got on."""
        self.moved[stage][0].append(written)
        self.moved[stage][1].append(seen)

    def begin(self):
        """All partitions of the topic of offsets, once it is there."""
        while self.on:
            try:
                partitions = self.consumer.list_topics(OFFSETS, timeout=5).topics[OFFSETS].partitions
            except KafkaException:
                continue
            if partitions:
                self.consumer.assign([TopicPartition(OFFSETS, p, 0) for p in partitions])
                return
            time.sleep(0.2)

    def watch(self):
        """The thread."""
        self.begin()
        taken = 0.0
        while self.on:
            m = self.consumer.poll(0.02)
            if m is not None and not m.error():
                self.take(m)
            newest = max((os.stat(d).st_mtime for d in glob.glob(self.mailboxes)), default=0.0) if m is None else taken
            if newest > taken:
                taken = newest
                self.note("sandbox", taken, time.time())
        self.consumer.close()

    def take(self, m):
        """A record of the topic of offsets."""
        found = offset_of(m.key(), m.value())
        if not found or not found[0][0].startswith(self.prefix):
            return
        stage = GROUPS.get(found[0][0][len(self.prefix):])
        if stage and found[1] > self.offsets.get(found[0], -1):
            self.offsets[found[0]] = found[1]
            self.note(stage, m.timestamp()[1] / 1000, time.time())

    def since(self, stage, moment):
        """When this stage was seen to get on after a moment; None: not yet."""
        written, seen = self.moved[stage]
        i = bisect.bisect_right(seen, moment)
        return next((s for w, s in zip(written[i:], seen[i:]) if w > moment), None)

    def recovered(self, fault):
        """Seconds from a fault until all that it affects got on; None: not yet."""
        seen = [self.since(stage, fault.at) for stage in fault.stages]
        return None if None in seen else max(max(seen) - fault.at, 0.0)

    def stop(self):
        """No more."""
        self.on = False
        self.thread.join()
