"""What is wrong with a model that an optimiser made of another: nothing, or a kind of failure and a reason."""

import pickle

import numpy
import onnx
import onnxruntime

import feeds as inputs

TOLERANCE = 1e-4


def session(path):
    """The model in ONNX Runtime, with nothing rewritten."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.intra_op_num_threads = 1
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def passes_checker(path):
    """None, or what the checker of the onnx package says."""
    try:
        onnx.checker.check_model(path, full_check=True)
        return None
    except Exception as error:
        return first_line(error)


def describe(name, path, data, seed, kept):
    """What the model was before: whether it is valid and runs, its interface, inputs and outputs, kept in a file."""
    model = onnx.load(path)
    constants = {tensor.name for tensor in model.graph.initializer}
    facts = {
        "valid": passes_checker(path) is None,
        "nodes": nodes(model),
        "inputs": [value.name for value in model.graph.input if value.name not in constants],
        "outputs": [value.name for value in model.graph.output],
        "loads": False,
        "values": None,
    }
    try:
        feeds = inputs.stored(data) if data else inputs.seeded(name, model, seed)
        facts["feeds"] = {name: feeds[name] for name in facts["inputs"]}
        session(path)
        facts["loads"] = True
        first, second = (session(path).run(facts["outputs"], facts["feeds"]) for _ in range(2))
        # What is not the same twice cannot be compared.
        if all(difference(a, b, exact=True) is None for a, b in zip(first, second)):
            facts["values"] = first
    except Exception as error:
        facts["silent"] = first_line(error)
    with open(kept, "wb") as file:
        pickle.dump(facts, file)
    return {"nodes": facts["nodes"], "judged": facts["values"] is not None}


def judge(kept, result):
    """Compares a result with what the model was."""
    with open(kept, "rb") as file:
        facts = pickle.load(file)
    complaint = passes_checker(result)
    if facts["valid"] and complaint:
        return {"kind": "invalid", "reason": "onnx.checker: " + complaint}
    model = onnx.load(result)
    constants = {tensor.name for tensor in model.graph.initializer}
    found = {"nodes": nodes(model)}
    try:
        prepared = session(result)
    except Exception as error:
        return {"kind": "invalid", "reason": "ONNX Runtime: " + first_line(error)} if facts["loads"] else found
    given = [value.name for value in model.graph.input if value.name not in constants]
    outputs = [value.name for value in model.graph.output]
    if outputs != facts["outputs"]:
        return {"kind": "wrong", "reason": f"its outputs are {', '.join(outputs)}"}
    # An input that nothing reads may be gone: who feeds it is refused, but the outputs are what they were.
    found["otherInputs"] = sorted(given) != sorted(facts["inputs"])
    if facts["values"] is None:
        return found
    feeds = {name: value for name, value in facts["feeds"].items() if name in given}
    try:
        values = prepared.run(facts["outputs"], feeds)
    except Exception as error:
        return {"kind": "wrong", "reason": "it loads and does not run: " + first_line(error)}
    for name, value, expected in zip(facts["outputs"], values, facts["values"]):
        complaint = difference(value, expected)
        if complaint:
            return {"kind": "wrong", "reason": f"output '{name}': {complaint}"}
    return found


def difference(value, expected, exact=False):
    """None where two outputs are equal: floats within 1e-4 of the largest element, all else exactly."""
    if isinstance(expected, (list, tuple)):
        if not isinstance(value, (list, tuple)) or len(value) != len(expected):
            return "another number of elements"
        found = (difference(a, b, exact) for a, b in zip(value, expected))
        return next((complaint for complaint in found if complaint), None)
    value, expected = numpy.asarray(value), numpy.asarray(expected)
    if value.dtype != expected.dtype or value.shape != expected.shape:
        return f"{value.dtype}{list(value.shape)} for {expected.dtype}{list(expected.shape)}"
    if not numpy.issubdtype(expected.dtype, numpy.inexact):
        return None if numpy.array_equal(value, expected) else f"{numpy.sum(value != expected)} elements differ"
    finite = numpy.isfinite(expected)
    if not numpy.array_equal(value[~finite], expected[~finite], equal_nan=True):
        return "NaN or infinity elsewhere"
    if not finite.any():
        return None
    wide = numpy.clongdouble if numpy.iscomplexobj(expected) else numpy.longdouble
    a, b = value[finite].astype(wide), expected[finite].astype(wide)
    # NaN fails the comparison, as it should.
    largest, gap = numpy.abs(b).max(), numpy.abs(a - b).max()
    allowed = 0 if exact else max(TOLERANCE, 4 * float(numpy.finfo(expected.dtype).eps))
    return None if gap <= allowed * largest else f"max|a-b| {float(gap):.3g} where max|b| is {float(largest):.3g}"


def nodes(model):
    """Nodes in all graphs and functions but Constant, which is another way to write an initializer."""

    def count(graph_nodes):
        total = 0
        for node in graph_nodes:
            total += node.op_type != "Constant"
            for attribute in node.attribute:
                for graph in [attribute.g, *attribute.graphs]:
                    total += count(graph.node)
        return total

    return count(model.graph.node) + sum(count(function.node) for function in model.functions)


def first_line(error):
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return f"{type(error).__name__}: {lines[0] if lines else ''}"[:300]
