"""The reference worker: an engine of one's own behind Assay's worker protocol.

The engine is the reference evaluator of the onnx package. Replace `load` and `run` by those of yours.
"""
import json, os, struct, sys, time
import numpy, onnx
from onnx.reference import ReferenceEvaluator

TYPES = {"f32": "<f4", "f64": "<f8", "f16": "<f2", "bool": "?", "i8": "i1", "i16": "<i2", "i32": "<i4", "i64": "<i8",
         "u8": "u1", "u16": "<u2", "u32": "<u4", "u64": "<u8"}
NAMES = {numpy.dtype(code): name for name, code in TYPES.items()}

# What a library prints must not end up in the protocol.
source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
os.dup2(2, 1)


def frame():
    header = source.read(12)
    if len(header) < 12:
        sys.exit()  # Assay is gone.
    return source.read(struct.unpack("<4sQ", header)[1])


def receive():
    control = json.loads(frame())
    return control, [numpy.frombuffer(frame(), TYPES[t["type"]]).reshape(t["shape"]) for t in control.get("tensors", [])]


def send(number, kind, body, arrays=()):
    control = {"id": number, "kind": kind, "body": body, "tensors": [
        {"type": NAMES[a.dtype], "shape": a.shape, "bytes": a.nbytes} for a in arrays]}
    text = json.dumps(control).encode()
    sink.write(struct.pack("<4sQ", b"ACTL", len(text)) + text)
    for a in arrays:
        sink.write(struct.pack("<4sQ", b"ADAT", a.nbytes) + a.tobytes())
    sink.flush()


def load(path):
    return ReferenceEvaluator(path)


def run(model, arrays):
    begin = time.perf_counter_ns()
    outputs = model.run(None, dict(zip(model.input_names, arrays)))
    return time.perf_counter_ns() - begin, [numpy.ascontiguousarray(output) for output in outputs]


models = {}
sink.write(b"\0assay-worker/1\n")
send(0, "hello", {"protocol": 1, "build": "0" * 16, "process": os.getpid()})
while True:
    request, tensors = receive()
    number, kind, body, arrays = request["id"], request["kind"], request["body"], []
    try:
        result = {}
        if kind == "open":
            result = {"identity": {"name": body["engine"], "version": onnx.__version__}}
        elif kind == "load":
            models[len(models) + 1] = load(body["path"])
            result = {"model": len(models)}
        elif kind == "run":
            nanoseconds, arrays = run(models[body["model"]], [tensors[i] for i in body["inputs"]])
            result = {"outputs": list(range(len(arrays))), "nanoseconds": nanoseconds}
        send(number, "result", result, arrays)
    except Exception as error:
        send(number, "error", {"code": "engine.run-failed", "subject": kind, "reason": repr(error), "remedy": ""})
