"""proxy.py - a TCP proxy on loopback that breaks connections as networks do: slow, reset, half-open, cut behind a commit

A door is a port before one server. What comes from a client of Kafka is read request by request (a length, then api_key, api_version,
correlation id, client id), so that single clients can be meant by their client id and a commit (EndTxn, api_key 26) is seen as it passes.
Everything else passes as bytes. The loop runs in a thread of its own; the methods may be called from any other.
"""

import asyncio
import concurrent.futures
import contextlib
import socket
import struct
import threading
import time

END_TXN = 26
ANSWER_S = 10  # longest wait for what a broker says to a request whose client is gone


def is_commit(frame):
    """Is this request an EndTxn that commits? Up to version 2 its last byte says so; later ones have an empty list of tags behind it."""
    key, version = struct.unpack_from(">hh", frame)
    return key == END_TXN and len(frame) > 8 and frame[-1 if version < 3 else -2] == 1


def client_of(frame):
    """The client id in a request's header."""
    n = struct.unpack_from(">h", frame, 8)[0] if len(frame) >= 10 else 0
    return frame[10:10 + n].decode("utf-8", "replace") if n > 0 else ""


def reset(writer):
    """Ends a connection so that the other side sees a reset, not an end."""
    with contextlib.suppress(OSError):
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


class Connection:
    """One client's, and ours to the server behind the door."""

    def __init__(self, door, client, server):
        self.door, self.client, self.server = door, client, server
        self.name = ""  # the client id, once a request came
        self.dead = False  # half-open: what comes is swallowed, from both sides, until the client gives up
        self.cut = None  # after the cut: set when the broker has answered

    def both(self):
        """The two writers."""
        return [self.client[1], self.server[1]]

    async def pause(self):
        """Before every piece: as long as the line is slow."""
        for rule in list(self.door.proxy.slow):
            if rule.means(self):
                await asyncio.sleep(rule.seconds)
        self.dead = self.dead or any(rule.means(self) for rule in self.door.proxy.silent)

    async def up(self):
        """Client to server."""
        reader, writer = self.client[0], self.server[1]
        while True:
            piece = await (self.request(reader) if self.door.kafka else reader.read(65536))
            if not piece:
                return
            await self.pause()
            if self.dead:
                continue
            armed = self.door.proxy.take_armed(self.name) if self.door.kafka and is_commit(piece[4:]) else None
            if armed:
                await self.cut_behind(piece, armed)
                return
            writer.write(piece)
            await writer.drain()

    async def request(self, reader):
        """One request with its length."""
        try:
            size = await reader.readexactly(4)
            frame = await reader.readexactly(struct.unpack(">i", size)[0])
        except asyncio.IncompleteReadError:
            return b""
        self.name = self.name or client_of(frame)
        return size + frame

    async def cut_behind(self, piece, armed):
        """The client's connection ends; the request reaches the broker all the same, at once or late, and nobody hears the answer."""
        self.cut = asyncio.Event()
        if armed.late_s:
            reset(self.client[1])
            armed.done.set_result(time.time())
            await asyncio.sleep(armed.late_s)
        self.server[1].write(piece)
        await self.server[1].drain()
        if not armed.late_s:
            reset(self.client[1])
            armed.done.set_result(time.time())
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self.cut.wait(), ANSWER_S)

    async def down(self):
        """Server to client."""
        reader, writer = self.server[0], self.client[1]
        while True:
            piece = await reader.read(65536)
            if self.cut and (piece or reader.at_eof()):
                self.cut.set()
                return
            if not piece:
                return
            await self.pause()
            if not self.dead:
                writer.write(piece)
                await writer.drain()

    async def run(self):
        """Until either side ends; a half-open one until the client does."""
        tasks = [asyncio.ensure_future(self.up()), asyncio.ensure_future(self.down())]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            if (self.dead or self.cut) and not tasks[0].done():
                await asyncio.wait(tasks[:1])
        finally:
            for t in tasks:
                t.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for w in self.both():
                w.close()


class Rule:
    """Which connections are meant: of a door, of a client, both, or (None) all."""

    def __init__(self, door=None, client=None, seconds=0.0):
        self.door, self.client, self.seconds = door, client, seconds

    def means(self, connection):
        """Is this one meant?"""
        return self.door in (None, connection.door.name) and self.client in (None, connection.name)


class Armed:
    """A cut that waits for the next commit of a client."""

    def __init__(self, client, late_s):
        self.client, self.late_s = client, late_s
        self.done = concurrent.futures.Future()  # when the connection was cut, as time.time()


class Door:
    """A port of ours before a server."""

    def __init__(self, proxy, name, kafka):
        self.proxy, self.name, self.kafka, self.server = proxy, name, kafka, None
        self.listener = socket.socket()
        self.listener.bind(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.connections = set()

    async def serve(self, host, port):
        """Opens it."""
        self.server = (host, port)
        await asyncio.start_server(self.came, sock=self.listener)

    async def came(self, reader, writer):
        """A client. While the server is away it is turned away, as by a port that nobody listens on."""
        try:
            server = await asyncio.open_connection(*self.server)
        except OSError:
            reset(writer)
            return
        for w in (writer, server[1]):
            w.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection = Connection(self, (reader, writer), server)
        self.connections.add(connection)
        try:
            await connection.run()
        finally:
            self.connections.discard(connection)


class Proxy:
    """Doors, and what is done to who comes through them."""

    def __init__(self):
        self.doors, self.slow, self.silent, self.armed = {}, [], [], []
        self.lock = threading.Lock()
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()

    def door(self, name, kafka=True):
        """A new door, not open yet; its port is taken."""
        self.doors[name] = Door(self, name, kafka)
        return self.doors[name]

    def open(self, name, host, port):
        """Lets clients through to a server."""
        asyncio.run_coroutine_threadsafe(self.doors[name].serve(host, port), self.loop).result()

    @contextlib.contextmanager
    def during(self, rules, rule):
        """A rule for as long as the block runs."""
        rules.append(rule)
        try:
            yield
        finally:
            rules.remove(rule)

    def delayed(self, seconds, **whom):
        """In a block: every piece waits so long before it goes on."""
        return self.during(self.slow, Rule(seconds=seconds, **whom))

    def half_open(self, **whom):
        """In a block: connections are accepted and swallow everything; those that were used meanwhile stay so until their client gives up."""
        return self.during(self.silent, Rule(**whom))

    def reset(self, **whom):
        """Connections that are there are reset, on both sides; how many."""
        return asyncio.run_coroutine_threadsafe(self.reset_now(Rule(**whom)), self.loop).result()

    async def reset_now(self, rule):
        """In the loop's thread."""
        meant = [c for d in self.doors.values() for c in d.connections if rule.means(c)]
        for c in meant:
            for w in c.both():
                reset(w)
        return len(meant)

    def cut_commit(self, client, late_s=0.0):
        """The next commit of this client is cut off from its answer, and reaches the broker at once or late; a future of when it was."""
        armed = Armed(client, late_s)
        with self.lock:
            self.armed.append(armed)
        return armed.done

    def take_armed(self, client):
        """The cut that waits for this client, once."""
        with self.lock:
            for a in self.armed:
                if a.client == client:
                    self.armed.remove(a)
                    return a
        return None

    def stop(self):
        """All connections and doors."""
        async def close():
            for d in self.doors.values():
                d.listener.close()
            await self.reset_now(Rule())
        asyncio.run_coroutine_threadsafe(close(), self.loop).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
