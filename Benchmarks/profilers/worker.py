"""A client of the worker protocol (Documentation/worker-protocol.md), as much of it as profiling takes."""

import json
import struct
import subprocess

MAGIC = b"\0assay-worker/1\n"


class Worker:
    """One worker with one engine."""

    def __init__(self, executable, engine, libraries, options):
        self.process = subprocess.Popen(
            [executable], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.number = 0
        if self._read(len(MAGIC)) != MAGIC:
            raise RuntimeError(f"{executable} is no worker")
        self._message()
        self.ask("configure", {"environment": {}, "options": options})
        self.identity = self.ask("open", {"engine": engine, "libraries": libraries})[0]["identity"]

    def ask(self, kind, body, tensors=()):
        """Sends a request; returns the body of its result and the bytes of its tensors."""
        self.number += 1
        control = {"body": body, "id": self.number, "kind": kind}
        if tensors:
            control["tensors"] = [
                {"type": "f32", "shape": list(t.shape), "bytes": t.nbytes} for t in tensors]
        text = json.dumps(control).encode()
        self.process.stdin.write(b"ACTL" + struct.pack("<Q", len(text)) + text)
        for tensor in tensors:
            self.process.stdin.write(b"ADAT" + struct.pack("<Q", tensor.nbytes) + tensor.tobytes())
        self.process.stdin.flush()
        while True:
            answer, data = self._message()
            if answer["kind"] == "error":
                raise RuntimeError("{subject}: {reason}".format(**answer["body"]))
            if answer["kind"] == "result" and answer["id"] == self.number:
                return answer["body"], data

    def close(self):
        self.ask("shutdown", {})
        self.process.wait()

    def _message(self):
        answer = json.loads(self._frame(b"ACTL"))
        return answer, [self._frame(b"ADAT") for _ in answer.get("tensors", [])]

    def _frame(self, letters):
        header = self._read(12)
        if header[:4] != letters:
            raise RuntimeError(f"{header[:4]} where {letters} was due")
        return self._read(struct.unpack("<Q", header[4:])[0])

    def _read(self, count):
        data = self.process.stdout.read(count)
        if len(data) != count:
            raise RuntimeError("the worker ended")
        return data
