"""An engine with one known fault: `planted_worker.py WORKER FAULT AMOUNT`.

It speaks as the reference worker at the path WORKER does, and computes with numpy. The faults:

- none;
- dispatch: it computes on a thread, and tells the time that it took to hand the work over;
- tuning: each of its first AMOUNT runs of a model computes eight times;
- precision: products keep AMOUNT significant bits of their inputs and weights, and it says f32;
- threads: it computes with AMOUNT threads, whatever is asked, and says what was asked;
- caching: it keeps the outputs of inputs that it was given, and gives them again;
- transfers: a device as far away that a byte takes AMOUNT nanoseconds to it or back, which it leaves out of its time.
"""
import os, sys

worker, fault, amount = sys.argv[1], sys.argv[2], int(sys.argv[3])
os.environ["OPENBLAS_NUM_THREADS"] = str(amount) if fault == "threads" else os.environ.get("OMP_NUM_THREADS", "1")

beginning, serving = open(worker).read().split("\nmodels = {}\n")
exec(beginning)
import queue, threading
from onnx import numpy_helper


def rounded(array):
    """The nearest number of as many significant bits."""
    if fault != "precision":
        return array
    mantissa, exponent = numpy.frexp(array)
    return numpy.ldexp(numpy.round(mantissa * 2**amount), exponent - amount).astype(array.dtype)


def convolved(image, kernels):
    """Kernels of one pixel alone."""
    product = rounded(kernels)[:, :, 0, 0] @ rounded(image).reshape(image.shape[1], -1)
    return product.reshape(1, kernels.shape[0], *image.shape[2:])


jobs, done = queue.SimpleQueue(), queue.SimpleQueue()


def compute_jobs():
    while True:
        jobs.get()()
        done.put(None)


if fault == "dispatch":
    threading.Thread(target=compute_jobs, daemon=True).start()
OPERATORS = {
    "MatMul": lambda left, right: rounded(left) @ rounded(right), "Conv": convolved,
    "Identity": lambda value: value, "ReduceMax": lambda value: numpy.asarray(value.max()),
}


class Model:
    def __init__(self, path):
        graph = onnx.load(path).graph
        self.constants = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
        self.nodes = [(OPERATORS[node.op_type], list(node.input), node.output[0]) for node in graph.node]
        self.inputs, self.outputs = [each.name for each in graph.input], [each.name for each in graph.output]
        # Memory and threads are there before the first run, so that it takes no longer than others.
        zeros = [numpy.zeros([d.dim_value for d in each.type.tensor_type.shape.dim], numpy.float32) for each in graph.input]
        for _ in range(3):
            self.runs, self.kept = 0, {}
            run(self, zeros)
        self.runs, self.kept = 0, {}

    def compute(self, arrays):
        values = {**self.constants, **dict(zip(self.inputs, arrays))}
        for operator, reads, name in self.nodes:
            values[name] = operator(*(values[read] for read in reads))
        return [numpy.ascontiguousarray(values[name]) for name in self.outputs]


def load(path):
    return Model(path)


def run(model, arrays):
    if fault == "transfers":
        time.sleep(sum(array.nbytes for array in arrays) * amount / 1e9)
    key = b"".join(array.tobytes() for array in arrays) if fault == "caching" else None
    result = []

    def compute():
        result.extend(model.kept.get(key) or model.compute(arrays))

    begin = time.perf_counter_ns()
    if fault == "dispatch":
        jobs.put(compute)
    else:
        for _ in range(8 if fault == "tuning" and model.runs < amount else 1):
            result.clear()
            compute()
    taken = time.perf_counter_ns() - begin
    if fault == "dispatch":
        done.get()
    if fault == "caching":
        model.kept[key] = list(result)
    if fault == "transfers":
        time.sleep(sum(array.nbytes for array in result) * amount / 1e9)
    model.runs += 1
    return taken, result


exec("models = {}\n" + serving)
