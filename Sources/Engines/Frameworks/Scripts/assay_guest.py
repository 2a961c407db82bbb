"""What the scripts of all frameworks share: the worker protocol, tensors through shared memory, and the clock.

A script defines an engine with `open()` and `load()`, the latter with the form of its own that it is to load in place of
the ONNX file or None, whose models have `run()`, and calls `serve`. It runs as
`python3 -E -s -S SCRIPT PACKAGES`, where PACKAGES is the folder of its stack: nothing else is on the path.
"""

import json
import mmap
import os
import secrets
import site
import struct
import sys
import time
import traceback


def _require_python(packages):
    """Wheels are for one release of Python, which that of another machine or image need not be."""
    try:
        with open(os.path.join(os.path.dirname(packages), "stack.json")) as file:
            wanted = json.load(file)["build"].get("python")
    except (OSError, ValueError, KeyError):
        return  # It is no stack of Assay's.
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    if wanted and wanted != here:
        sys.exit(f"the stack is for Python {wanted}, and python3 is {here} here: put that release on the path as python3")


# The packages lie in the folder of the stack; a `.pth` file there is obeyed as always.
for folder in sys.argv[1:2]:
    _require_python(folder)
    site.addsitedir(folder)
    sys.path.insert(0, sys.path.pop(sys.path.index(folder)))

# What a library prints must not end up in the protocol.
_source, _sink = os.fdopen(os.dup(0), "rb", buffering=0), os.fdopen(os.dup(1), "wb")
os.dup2(2, 1)
sys.stdout = sys.stderr

import numpy  # noqa: E402

_TYPES = {
    "f32": "<f4", "f64": "<f8", "f16": "<f2", "bool": "?", "i8": "i1", "i16": "<i2", "i32": "<i4", "i64": "<i8",
    "u8": "u1", "u16": "<u2", "u32": "<u4", "u64": "<u8", "c64": "<c8", "c128": "<c16",
}
try:
    # Types that numpy lacks; most frameworks bring them.
    import ml_dtypes
    _TYPES["bf16"] = ml_dtypes.bfloat16
except ImportError:
    pass
_NAMES = {numpy.dtype(code): name for name, code in _TYPES.items()}
# Smaller tensors are cheaper in the pipe.
_SHARED_FROM = 65536


class Refusal(Exception):
    """What an engine answers in place of a result; `code` is one of the protocol's, without its prefix."""

    def __init__(self, code, subject, reason, remedy=""):
        super().__init__(reason)
        self.body = {"code": "engine." + code, "subject": subject, "reason": reason, "remedy": remedy}


def now():
    """Nanoseconds on the clock by which Assay measures."""
    return time.clock_gettime_ns(time.CLOCK_MONOTONIC_RAW)


def version(package):
    """The version of an installed package."""
    from importlib.metadata import version as installed
    return installed(package)


def opened(name, version, build, instruction_set=None, precisions=("f32",), newest_opset=99):
    """What an engine says of itself.

    `newest_opset` is the newest operator set of which its converter knows an operator; 99 where it looks at no version.
    """
    return {
        "identity": {"name": name, "version": version, "build": build, "instructionSet": instruction_set},
        "capabilities": {
            "localFunctions": "none", "residentTensors": False, "newestOpset": newest_opset, "newestIRVersion": 99,
            "precisions": precisions, "takesForms": True}}


def mode(options, modes):
    """The way of computing that a stack asks for by `mode`; the first where it asks for none."""
    wanted = options["extra"].get("mode", modes[0])
    if wanted not in modes:
        raise Refusal("invalid-option", "mode", f"there is no mode '{wanted}'", "use " + ", ".join(modes))
    return wanted


def only_f32(options, framework):
    if options["precision"] != "f32":
        raise Refusal("invalid-option", "precision", f"{framework} is asked for f32 here")


def only_cpu(options, framework):
    if device(options)[0] != "cpu":
        raise Refusal("invalid-option", framework, f"it does not compute on {options['device']} here",
                      "leave 'device' at cpu")


def device(options):
    """Where a stack asks to compute: `cpu` or `cuda`, and which of those."""
    kind, _, index = options.get("device", "cpu").partition(":")
    return kind, int(index or 0)


def no_device(options, framework, reason):
    return Refusal("unavailable", f"{framework} on {options['device']}", reason, "check the driver with: nvidia-smi")


def onnx_model(path):
    """A model as converters want it: no initializer among the inputs."""
    import onnx
    model = onnx.load(path)
    fixed = {one.name for one in model.graph.initializer}
    for value in [one for one in model.graph.input if one.name in fixed]:
        model.graph.input.remove(value)
    return model


def element(dtype):
    """The protocol's name of a type of numpy."""
    name = "string" if dtype == object else _NAMES.get(numpy.dtype(dtype))
    if name is None:
        raise Refusal("run-failed", str(dtype), "the protocol has no tensors of this type")
    return name


def value(name, dtype, shape):
    """The description of an input or output; an extent is a number, a symbol or None."""
    return {"name": name, "type": {"tensor": {"element": element(dtype), "shape": shape}}}


class _Channel:
    """Reads requests and writes answers."""

    def __init__(self):
        self.token = None

    def _exactly(self, count):
        buffer = bytearray(count)
        view = memoryview(buffer)
        while view:
            taken = _source.readinto(view)
            if not taken:
                os._exit(0)  # Assay is gone, and nobody wants the result.
            view = view[taken:]
        return buffer

    def _frame(self):
        kind, length = struct.unpack("<4sQ", self._exactly(12))
        return self._exactly(length)

    def receive(self):
        control = json.loads(self._frame())
        segment, shared = control.get("segment"), None
        if segment:
            with open(segment["path"], "rb") as file:
                shared = mmap.mmap(file.fileno(), segment["bytes"], mmap.MAP_PRIVATE, mmap.PROT_READ | mmap.PROT_WRITE)
            os.unlink(segment["path"])
        # All of a message is taken in before any of it can be refused.
        return control, [(one, self._data(one, shared)) for one in control.get("tensors", [])]

    def _data(self, described, shared):
        offset = described.get("offset")
        return self._frame() if offset is None else memoryview(shared)[offset:offset + described["bytes"]]

    @staticmethod
    def tensor(described, data):
        if described["type"] == "string":
            return _strings(bytes(data)).reshape(described["shape"])
        if described["type"] not in _TYPES:
            raise Refusal("invalid-input", described["type"], "the engine takes no tensors of this type")
        return numpy.frombuffer(data, _TYPES[described["type"]]).reshape(described["shape"])

    def send(self, number, kind, body, arrays=()):
        arrays = [numpy.ascontiguousarray(array) if array.shape else array for array in arrays]
        described, inline, offset, placed = [], [], 0, []
        for array in arrays:
            data = _bytes(array)
            one = {"type": element(array.dtype), "shape": array.shape, "bytes": len(data)}
            if self.token and len(data) >= _SHARED_FROM:
                one["offset"] = offset
                placed.append((offset, data))
                offset += (len(data) + 63) // 64 * 64
            else:
                inline.append(data)
            described.append(one)
        control = {"id": number, "kind": kind, "body": body}
        if described:
            control["tensors"] = described
        if placed:
            path = f"/dev/shm/assay-{self.token}-{secrets.token_hex(8)}"
            with open(path, "xb+") as file:
                os.posix_fallocate(file.fileno(), 0, offset)
                with mmap.mmap(file.fileno(), offset) as memory:
                    for start, data in placed:
                        memory[start:start + len(data)] = data
            control["segment"] = {"path": path, "bytes": offset}
        text = json.dumps(control, separators=(",", ":")).encode()
        _sink.write(struct.pack("<4sQ", b"ACTL", len(text)) + text)
        for data in inline:
            _sink.write(struct.pack("<4sQ", b"ADAT", len(data)))
            _sink.write(data)
        _sink.flush()


def _bytes(array):
    """The elements of a tensor as the protocol packs them."""
    if array.dtype.kind == "O":
        texts = [one if isinstance(one, bytes) else str(one).encode() for one in array.reshape(-1)]
        return b"".join(struct.pack("<I", len(text)) + text for text in texts)
    return array.reshape(-1).view("u1").data if array.size else b""


def _strings(data):
    values, position = [], 0
    while position < len(data):
        (length,) = struct.unpack_from("<I", data, position)
        values.append(data[position + 4:position + 4 + length].decode())
        position += 4 + length
    return numpy.array(values, dtype=object)


def _can_read(probe):
    try:
        with open(probe["path"]) as file:
            return file.read() == probe["token"]
    except OSError:
        return False


def serve(engine):
    """Answers requests until Assay is gone."""
    channel, models, options = _Channel(), {}, {}
    _sink.write(b"\0assay-worker/1\n")
    channel.send(0, "hello", {"protocol": 1, "build": "0" * 16, "process": os.getpid()})

    def configure(body, tensors):
        options.update(body.get("options", {}))
        probe = body.get("sharedProbe")
        if probe and _can_read(probe):
            channel.token = probe["token"]
        return {"sharing": channel.token is not None, "environment": {}, "removed": []}, ()

    def load(body, tensors):
        number = max(models, default=0) + 1
        models[number] = model = engine.load(body["path"], body["name"], body["options"], body.get("form"))
        # Where it computes a model says itself: nothing that was asked for is taken for granted.
        answer = {"model": number, "options": {**body["options"], "device": "cpu", **getattr(model, "options", {})},
                  "conversionNanoseconds": getattr(model, "conversion", 0)}
        if getattr(model, "inputs", None) is not None:
            answer.update(inputs=model.inputs, outputs=model.outputs)
        return answer, ()

    def run(body, tensors):
        model = models[body["model"]]
        # A model on a device adds how long its inputs and outputs were on the way.
        outputs, nanoseconds, *transfer = model.run([tensors[index] for index in body["inputs"]])
        answer = {"outputs": list(range(len(outputs))), "nanoseconds": nanoseconds}
        if transfer:
            answer["transferNanoseconds"] = transfer[0]
        if getattr(model, "route", None):
            answer["route"] = model.route
        return answer, outputs

    def job(body, tensors):
        if body["job"] != "takeProfile":
            raise Refusal("unknown-name", body["job"], "the worker knows no such job")
        model = models[body["request"]["model"]]
        if not hasattr(model, "take_profile"):
            raise Refusal("invalid-option", "profiling", "this engine has no profiler here",
                          "trace it at the level of the model")
        return model.take_profile(), ()

    def unload(body, tensors):
        models.pop(body["model"], None)
        return {}, ()

    handlers = {
        "configure": configure, "open": lambda body, tensors: (engine.open(options), ()), "load": load, "run": run,
        "job": job, "unload": unload,
    }
    while True:
        control, tensors = channel.receive()
        number, kind = control["id"], control["kind"]
        try:
            if kind == "shutdown":
                channel.send(number, "result", {})
                os._exit(0)
            if kind not in handlers:
                raise Refusal("invalid-request", kind, "the worker does not know it")
            arrays = [channel.tensor(*one) for one in tensors]
            channel.send(number, "result", *handlers[kind](control["body"], arrays))
        except Refusal as refusal:
            channel.send(number, "error", refusal.body)
        except Exception as error:
            traceback.print_exc()
            code = "refused-model" if kind == "load" else "unavailable" if kind == "open" else "run-failed"
            reason = f"{type(error).__name__}: {error}".strip()[:2000]
            channel.send(number, "error", Refusal(code, kind, reason).body)
