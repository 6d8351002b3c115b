"""What the long tests share: a service of its own on a free port, plain HTTP, server-sent events and SignalR over sockets. Python's standard library only."""

import asyncio
import base64
import json
import os
import pathlib
import signal
import socket
import struct
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "artifacts/bin/Service/release/Trainyard.Service"


class Service:
    """The built service with a data folder of its own; ends with the `with` block."""

    def __init__(self, **settings):
        self.settings = settings

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="trainyard-long-", dir="/var/tmp")
        os.chmod(self.folder.name, 0o755)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.log = open(pathlib.Path(self.folder.name) / "service.log", "w")
        environment = {**os.environ, "PORT": str(self.port), "DATA_DIR": self.folder.name + "/data", **{name: str(value) for name, value in self.settings.items()}}
        self.process = subprocess.Popen([PROGRAM], env=environment, stdout=self.log, stderr=self.log)
        try:
            self.wait_until(lambda: self.get("/health/ready")[0] == 200, 120)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.log.close()
        self.folder.cleanup()

    def wait_until(self, condition, seconds):
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end or self.process.poll() is not None:
                raise SystemExit("the service does not get there; its log ends with\n" + open(self.log.name).read()[-3000:])
            time.sleep(0.1)

    def get(self, path, headers=None, data=None, timeout=120):
        """Status and body."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, headers or {})
        try:
            with urllib.request.urlopen(request, timeout=timeout) as response:
                return response.status, response.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()
        except OSError as error:
            return 0, str(error).encode()

    def submit(self, spec):
        status, body = self.get("/api/v1/runs", {"Content-Type": "application/json"}, json.dumps(spec).encode())
        if status != 201:
            raise SystemExit(f"submit: {status} {body[:500]}")
        return json.loads(body)["id"]

    def psql(self, sql):
        """Runs SQL in the private database."""
        socket_folder = pathlib.Path(self.folder.name) / "data/postgres/socket"
        return subprocess.run(
            ["psql", "-h", socket_folder, "-U", "trainyard", "-d", "postgres", "-qAtX", "-v", "ON_ERROR_STOP=1"],
            input=sql, capture_output=True, text=True, check=True).stdout

    def resident_bytes(self):
        fields = dict(line.split(":", 1) for line in open(f"/proc/{self.process.pid}/status"))
        return int(fields["VmRSS"].split()[0]) * 1024

    async def open(self, path, accept="application/json"):
        """Sends a GET request; returns its status and the stream after the headers."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 24)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAccept: {accept}\r\nConnection: close\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        return int(head.split()[1]), reader, writer

    async def connect(self, path):
        """A SignalR connection to a hub."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 24)
        key = base64.b64encode(os.urandom(16)).decode()
        writer.write((f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                      f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n").encode())
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 101 " not in head.split(b"\r\n")[0]:
            raise OSError(head.split(b"\r\n")[0].decode())
        hub = Hub(reader, writer)
        await hub.write({"protocol": "json", "version": 1})
        return hub

    async def subscribe(self, run, after=0):
        """A SignalR client that follows a run: an async generator of batches."""
        hub = await self.connect("/hubs/runs")
        try:
            async for batch in hub.stream("Subscribe", run, after):
                yield batch
        finally:
            hub.close()


class Hub:
    """A SignalR connection over a WebSocket, with the JSON protocol."""

    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer
        self.answers, self.calls = {}, 0
        self.reading = asyncio.create_task(self._read())

    async def write(self, message):
        payload = json.dumps(message).encode() + b"\x1e"
        mask = os.urandom(4)
        length = bytes([0x80 | len(payload)]) if len(payload) < 126 else bytes([0x80 | 126]) + struct.pack(">H", len(payload))
        self.writer.write(b"\x81" + length + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload)))
        await self.writer.drain()

    async def send(self, method, *arguments):
        """Calls a method whose result does not matter."""
        await self.write({"type": 1, "target": method, "arguments": arguments})

    async def invoke(self, method, *arguments):
        """Calls a method; its result."""
        queue = await self._call(1, method, arguments)
        message = await queue.get()
        if message is None or message.get("error"):
            raise OSError(message["error"] if message else "the connection is closed")
        return message.get("result")

    async def stream(self, method, *arguments):
        """Calls a streaming method; an async generator of its items."""
        queue = await self._call(4, method, arguments)
        while (message := await queue.get()) is not None:
            if message["type"] == 2:
                yield message["item"]
            elif message.get("error"):
                raise OSError(message["error"])
            else:
                return

    def close(self):
        self.reading.cancel()
        self.writer.close()

    async def _call(self, kind, method, arguments):
        self.calls += 1
        queue = self.answers[str(self.calls)] = asyncio.Queue()
        await self.write({"type": kind, "invocationId": str(self.calls), "target": method, "arguments": arguments})
        return queue

    async def _read(self):
        received = b""
        try:
            while True:
                first, length = await self.reader.readexactly(2)
                if first & 0x0F == 8:
                    return
                if length == 126:
                    length = struct.unpack(">H", await self.reader.readexactly(2))[0]
                elif length == 127:
                    length = struct.unpack(">Q", await self.reader.readexactly(8))[0]
                received += await self.reader.readexactly(length)
                while b"\x1e" in received:
                    text, received = received.split(b"\x1e", 1)
                    message = json.loads(text)
                    if message.get("type") == 7:
                        return
                    if message.get("invocationId") in self.answers:
                        self.answers[message["invocationId"]].put_nowait(message)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            for queue in self.answers.values():
                queue.put_nowait(None)
