"""Writes the ONNX files under Tests/GraphsTests/Fixtures with what the onnx package reads in them, and the number
conversions under Tests/TensorsTests/Fixtures as numpy and ml_dtypes make them.

Run from the root of the repository with onnx 1.23.2, numpy 2.4 and ml_dtypes 0.6:
    python3 Scripts/make-graph-fixtures.py
"""

import collections
import json
import pathlib

import ml_dtypes
import numpy as np
import onnx
import onnx.inliner
from onnx import AttributeProto, TensorProto, helper, numpy_helper

ROOT = pathlib.Path(__file__).resolve().parent.parent
GRAPHS = ROOT / "Tests/GraphsTests/Fixtures"
TENSORS = ROOT / "Tests/TensorsTests/Fixtures"
FLOAT = TensorProto.FLOAT

NAMES = {
    "FLOAT": "f32", "UINT8": "u8", "INT8": "i8", "UINT16": "u16", "INT16": "i16", "INT32": "i32", "INT64": "i64",
    "STRING": "string", "BOOL": "bool", "FLOAT16": "f16", "DOUBLE": "f64", "UINT32": "u32", "UINT64": "u64",
    "COMPLEX64": "c64", "COMPLEX128": "c128", "BFLOAT16": "bf16", "FLOAT8E4M3FN": "f8e4m3fn",
    "FLOAT8E4M3FNUZ": "f8e4m3fnuz", "FLOAT8E5M2": "f8e5m2", "FLOAT8E5M2FNUZ": "f8e5m2fnuz", "UINT4": "u4",
    "INT4": "i4", "FLOAT4E2M1": "f4e2m1", "FLOAT8E8M0": "f8e8m0", "UINT2": "u2", "INT2": "i2",
    "FLOAT6E2M3": "f6e2m3", "FLOAT6E3M2": "f6e3m2",
}


def type_name(code):
    return NAMES[TensorProto.DataType.Name(code)]


def info(name, shape=(2,), type=FLOAT):
    return helper.make_tensor_value_info(name, type, list(shape))


def model(graph, opset=21, ir=10, functions=(), domains=()):
    imports = [helper.make_opsetid("", opset)] + [helper.make_opsetid(d, v) for d, v in domains]
    return helper.make_model(graph, opset_imports=imports, ir_version=ir, functions=list(functions))


def values(tensor):
    """Elements as JSON numbers (NaN and infinities as text), strings as they are, complex numbers as pairs."""
    array = numpy_helper.to_array(tensor)
    if tensor.data_type == TensorProto.STRING:
        return [s.decode() if isinstance(s, bytes) else str(s) for s in array.flatten()]
    if array.dtype.kind == "c":
        return [[float(x.real), float(x.imag)] for x in array.flatten()]
    if array.dtype.kind in "iub" and array.dtype.itemsize == 8:
        return [str(int(x)) for x in array.flatten()]
    floats = [float(x) for x in array.astype(np.float64).flatten()]
    return [x if np.isfinite(x) else str(x) for x in floats]


def describe(proto):
    counts = collections.Counter()

    def walk(nodes):
        for node in nodes:
            counts[(node.domain + "." if node.domain else "") + node.op_type] += 1
            for attribute in node.attribute:
                if attribute.type == AttributeProto.GRAPH:
                    walk(attribute.g.node)
                for graph in attribute.graphs:
                    walk(graph.node)

    walk(proto.graph.node)
    return {
        "ir": proto.ir_version,
        "opsets": {o.domain: o.version for o in proto.opset_import},
        "inputs": [i.name for i in proto.graph.input],
        "outputs": [o.name for o in proto.graph.output],
        "operators": dict(sorted(counts.items())),
        "functions": len(proto.functions),
        "initializers": [
            {"name": t.name, "type": type_name(t.data_type), "shape": list(t.dims), "values": values(t)}
            for t in proto.graph.initializer
        ],
    }


def sample(code):
    """Five elements (an odd number, so that packed types end inside a byte) with the ends of the type among them."""
    name = TensorProto.DataType.Name(code)
    if name == "STRING":
        return np.array(["", "a", "é漢", "line\nbreak", "x" * 40], dtype=object)
    dtype = helper.tensor_dtype_to_np_dtype(code)
    if name == "BOOL":
        return np.array([True, False, True, True, False])
    if name.startswith("COMPLEX"):
        return np.array([1 + 2j, -3.5j, 0, 1e-3 - 1e3j, 7], dtype=dtype)
    if name == "FLOAT8E8M0":
        return np.array([1, 0.5, 2.0**-127, 2.0**127, 4], dtype=np.float64).astype(dtype)
    if name in ("FLOAT", "DOUBLE", "FLOAT16", "BFLOAT16"):
        return np.array([0.1, -0.0, np.inf, np.nan, -6.5e-5], dtype=np.float64).astype(dtype)
    if "FLOAT" in name:
        return np.array([0.5, -1.5, 0.0, -6.0, 1.0], dtype=np.float64).astype(dtype)
    bounds = ml_dtypes.iinfo(dtype)
    return np.array([bounds.min, bounds.max, 0, 1, bounds.max // 2], dtype=dtype)


def elements():
    raw, typed = [], []
    for name in NAMES:
        code = TensorProto.DataType.Value(name)
        array = sample(code)
        if name == "STRING":
            tensor = helper.make_tensor(NAMES[name], code, [5], [s.encode() for s in array])
            typed.append(tensor)
            continue
        raw.append(numpy_helper.from_array(array, NAMES[name]))
        assert raw[-1].data_type == code and raw[-1].HasField("raw_data")
        typed.append(typed_tensor(NAMES[name], code, array))
    for name, tensors in (("elements-raw", raw), ("elements-typed", typed)):
        nodes = [helper.make_node("Identity", ["x"], ["y"])]
        yield name, model(helper.make_graph(nodes, name, [info("x")], [info("y")], tensors), ir=14, opset=26)


def typed_tensor(name, code, array):
    """A tensor in the typed fields, laid out by the comments of onnx.proto rather than by the package's helper."""
    tensor = TensorProto(name=name, data_type=code, dims=[5])
    kind = TensorProto.DataType.Name(code)
    if kind == "FLOAT":
        tensor.float_data.extend(array)
    elif kind == "DOUBLE":
        tensor.double_data.extend(array)
    elif kind == "COMPLEX64":
        tensor.float_data.extend(array.view(np.float32))
    elif kind == "COMPLEX128":
        tensor.double_data.extend(array.view(np.float64))
    elif kind == "INT64":
        tensor.int64_data.extend(array)
    elif kind in ("UINT32", "UINT64"):
        tensor.uint64_data.extend(array)
    elif kind in ("INT8", "INT16", "INT32", "UINT8", "UINT16", "BOOL"):
        tensor.int32_data.extend(int(x) for x in array)
    elif kind in ("FLOAT16", "BFLOAT16"):
        tensor.int32_data.extend(int(x) for x in array.view(np.uint16))
    elif "FLOAT6" in kind or "FLOAT8" in kind:
        tensor.int32_data.extend(int(x) for x in array.view(np.uint8))
    else:
        tensor.int32_data.extend(int(x) for x in numpy_helper.from_array(array).raw_data)
    return tensor


def external():
    array = np.arange(600, dtype=np.float32).reshape(20, 30)
    tensors = [numpy_helper.from_array(array, "w"), numpy_helper.from_array(array[0] * 2, "b")]
    nodes = [helper.make_node("Gemm", ["x", "w", "b"], ["y"])]
    graph = helper.make_graph(nodes, "external", [info("x", (1, 20))], [info("y", (1, 30))], tensors)
    yield "external", model(graph)


def subgraphs():
    then = helper.make_graph([helper.make_node("Add", ["x", "w"], ["t"])], "then", [], [info("t")])
    inner = helper.make_graph([helper.make_node("Neg", ["e0"], ["n"])], "deep", [], [info("n")])
    other = helper.make_graph(
        [
            helper.make_node("Mul", ["x", "w"], ["e0"]),
            helper.make_node("If", ["c"], ["e"], then_branch=inner, else_branch=inner, name="nested"),
        ],
        "else", [], [info("e")],
    )
    body = helper.make_graph(
        [
            helper.make_node("Identity", ["going"], ["going_on"]),
            helper.make_node("Add", ["state", "y"], ["state_on"]),
        ],
        "body",
        [info("i", (), TensorProto.INT64), info("going", (), TensorProto.BOOL), info("state")],
        [info("going_on", (), TensorProto.BOOL), info("state_on")],
    )
    nodes = [
        helper.make_node("If", ["c"], ["y"], then_branch=then, else_branch=other, name="choose"),
        helper.make_node("Loop", ["n", "c", "y"], ["z"], body=body, name="repeat"),
    ]
    graph = helper.make_graph(
        nodes, "subgraphs", [info("x"), info("c", (), TensorProto.BOOL), info("n", (), TensorProto.INT64)],
        [info("z")], [numpy_helper.from_array(np.array([1, 2], np.float32), "w")],
    )
    yield "subgraphs", model(graph)


def functions():
    opsets = [helper.make_opsetid("", 21), helper.make_opsetid("local", 1)]
    scale = helper.make_function(
        "local", "Scale", ["a"], ["b"],
        [
            helper.make_node("Constant", [], ["k"], name="k"),
            helper.make_node("Mul", ["a", "k"], ["b"], name="mul"),
        ],
        opsets, attributes=["factor"],
    )
    reference = scale.node[0].attribute.add()
    reference.name, reference.ref_attr_name, reference.type = "value_float", "factor", AttributeProto.FLOAT
    elu = helper.make_node("Elu", ["s"], ["t"], name="elu")
    reference = elu.attribute.add()
    reference.name, reference.ref_attr_name, reference.type = "alpha", "alpha", AttributeProto.FLOAT
    call = helper.make_node("Scale", ["x"], ["s"], domain="local", name="scale")
    reference = call.attribute.add()
    reference.name, reference.ref_attr_name, reference.type = "factor", "factor", AttributeProto.FLOAT
    branch_then = helper.make_graph([helper.make_node("Add", ["t", "x"], ["k"])], "then", [], [info("k")])
    branch_else = helper.make_graph(
        [helper.make_node("Scale", ["t"], ["k"], domain="local", factor=0.5)], "else", [], [info("k")]
    )
    outer = helper.make_function(
        "local", "Outer", ["x", "c"], ["r", "x"],
        [
            call, elu,
            helper.make_node("If", ["c"], ["r"], then_branch=branch_then, else_branch=branch_else, name="if"),
        ],
        opsets, attributes=["factor"], attribute_protos=[helper.make_attribute("alpha", 0.25)],
    )
    plain = helper.make_function("local", "Pick", ["a"], ["b"], [helper.make_node("Neg", ["a"], ["b"])], opsets)
    other = helper.make_function("local", "Pick", ["a"], ["b"], [helper.make_node("Abs", ["a"], ["b"])], opsets)
    other.overload = "positive"
    chosen = helper.make_node("Pick", ["u"], ["v"], domain="local", name="pick2")
    chosen.overload = "positive"
    nodes = [
        helper.make_node("Outer", ["x", "c"], ["k", "kept"], domain="local", factor=2.0, name="outer1"),
        helper.make_node("Outer", ["k", "c"], ["t"], domain="local", factor=3.0, alpha=0.75, name="outer2"),
        helper.make_node("Pick", ["t"], ["u"], domain="local", name="pick1"),
        chosen,
        helper.make_node("Add", ["v", "kept"], ["y"], name="last"),
    ]
    graph = helper.make_graph(nodes, "functions", [info("x"), info("c", (), TensorProto.BOOL)], [info("y")])
    yield "functions", model(graph, functions=[scale, outer, plain, other], domains=[("local", 1)])


def kinds():
    """Everything else that the format can say."""
    sequence = helper.make_sequence_type_proto(helper.make_tensor_type_proto(FLOAT, ["N", 3]))
    optional = helper.make_optional_type_proto(sequence)
    mapping = helper.make_map_type_proto(TensorProto.STRING, helper.make_tensor_type_proto(TensorProto.INT64, [None]))
    sparse_type = helper.make_sparse_tensor_type_proto(FLOAT, [3, 4])
    opaque = onnx.TypeProto()
    opaque.opaque_type.domain, opaque.opaque_type.name = "somewhere", "Thing"
    image = helper.make_tensor_value_info("image", FLOAT, ["batch", 3, None])
    image.type.denotation = "IMAGE"
    image.type.tensor_type.shape.dim[0].denotation = "DATA_BATCH"
    unranked = onnx.ValueInfoProto(name="unranked", type=helper.make_tensor_type_proto(TensorProto.INT8, None))
    inputs = [image, unranked] + [
        onnx.ValueInfoProto(name=n, type=t)
        for n, t in (("seq", sequence), ("opt", optional), ("map", mapping), ("sp", sparse_type), ("thing", opaque))
    ]
    inputs[2].metadata_props.add(key="note", value="of an input")
    coo = helper.make_sparse_tensor(
        numpy_helper.from_array(np.array([1.5, -2.5], np.float32), "sparse"),
        numpy_helper.from_array(np.array([1, 11], np.int64)), [3, 4],
    )
    every = helper.make_node("Every", ["image", "", "sparse"], ["y", "", "z"], domain="test.kinds", name="every")
    empty = {"e_floats": FLOATS, "e_ints": INTS, "e_strings": STRINGS}
    every.attribute.extend(
        [
            helper.make_attribute("f", 0.0), helper.make_attribute("i", -(2**63)), helper.make_attribute("s", b"\xff\x00"),
            helper.make_attribute("t", numpy_helper.from_array(np.array(3.0), "inner")),
            helper.make_attribute("g", helper.make_graph([helper.make_node("Neg", ["image"], ["m"])], "g", [], [info("m")])),
            helper.make_attribute("sp", coo), helper.make_attribute("tp", sequence),
            helper.make_attribute("floats", [0.5, 1e-45]), helper.make_attribute("ints", [1, -1, 2**62]),
            helper.make_attribute("strings", ["a", "b"]),
            helper.make_attribute("tensors", [numpy_helper.from_array(np.array([1], np.int8))]),
            helper.make_attribute("graphs", [helper.make_graph([], "none", [], [])] * 2),
            helper.make_attribute("sparses", [coo]), helper.make_attribute("types", [optional, mapping]),
        ]
        + [helper.make_attribute(n, [], attr_type=t) for n, t in empty.items()]
    )
    every.metadata_props.add(key="k", value="v")
    every.device_configurations.add(configuration_id="two", pipeline_stage=1)
    graph = helper.make_graph([every], "kinds", inputs, [info("y"), info("z")], doc_string="a graph",
                              sparse_initializer=[coo])
    graph.metadata_props.add(key="g", value="h")
    annotation = graph.quantization_annotation.add(tensor_name="y")
    annotation.quant_parameter_tensor_names.add(key="SCALE_TENSOR", value="z")
    tensor = numpy_helper.from_array(np.array([1, 2], np.float32), "w")
    tensor.doc_string = "weights"
    tensor.metadata_props.add(key="origin", value="here")
    graph.initializer.append(tensor)
    proto = model(graph, ir=14, opset=26, domains=[("test.kinds", 3)])
    proto.producer_name, proto.producer_version, proto.domain, proto.model_version = "maker", "1.2", "org.test", -7
    proto.doc_string = "a model"
    proto.metadata_props.add(key="k", value="1")
    proto.metadata_props.add(key="k", value="2")
    proto.configuration.add(name="two", num_devices=2, device=["a", "b"])
    training = proto.training_info.add()
    training.algorithm.name = "step"
    training.update_binding.add(key="w", value="w2")
    yield "kinds", proto


FLOATS, INTS, STRINGS = AttributeProto.FLOATS, AttributeProto.INTS, AttributeProto.STRINGS


def conversions():
    """Codes of all small floats, and doubles rounded to each type, from numpy and ml_dtypes."""
    rng = np.random.default_rng(20240229)
    special = [0.0, -0.0, np.inf, -np.inf, np.nan, 1, -1, 448, 464, 465, 240, 248, 249, 57344, 61440, 61441, 65504, 65519,
               65520, 1e6, 6, 7, 5, 5.0001, 7.5, 7.75, 28, 30, 0.0625, 0.03125, 2**-24, 2**-25, 1.0000001 * 2**-25,
               2.0**-133, 2.0**-134, 3.3895313892515355e38, 3.4e38, 1e-310, 2049, 2051, 1 + 2**-8, 1 + 3 * 2**-9, 257]
    cases = np.array(special + list(rng.normal(size=100) * 10.0 ** rng.integers(-10, 8, size=100)))
    types = {
        "f32": np.float32, "f16": np.float16, "bf16": ml_dtypes.bfloat16, "f8e4m3fn": ml_dtypes.float8_e4m3fn,
        "f8e4m3fnuz": ml_dtypes.float8_e4m3fnuz, "f8e5m2": ml_dtypes.float8_e5m2,
        "f8e5m2fnuz": ml_dtypes.float8_e5m2fnuz, "f6e2m3": ml_dtypes.float6_e2m3fn, "f6e3m2": ml_dtypes.float6_e3m2fn,
        "f4e2m1": ml_dtypes.float4_e2m1fn,
    }
    result = {"doubles": [str(x) for x in cases], "decoded": {}, "rounded": {}, "saturated": {}}
    with np.errstate(all="ignore"):
        for name, dtype in types.items():
            # ml_dtypes rounds doubles through float32; feeding it float32 values keeps one rounding.
            source = cases if name in ("f32", "f16") else cases.astype(np.float32)
            rounded = source.astype(dtype)
            result["rounded"][name] = [str(float(x)) for x in rounded]
            if name.startswith("f8"):
                result["saturated"][name] = [str(float(x)) for x in numpy_helper.saturate_cast(source.astype(np.float32), np.dtype(dtype))]
            if np.dtype(dtype).itemsize == 1:
                bits = {"f4e2m1": 4, "f6e2m3": 6, "f6e3m2": 6}.get(name, 8)
                result["decoded"][name] = [str(float(x)) for x in np.arange(2**bits, dtype=np.uint8).view(dtype)]
        scales = np.abs(cases.astype(np.float32))
        for mode in ("up", "down", "nearest"):
            result["saturated"][f"f8e8m0 {mode}"] = [
                str(float(x)) for x in numpy_helper.to_float8e8m0(scales, saturate=True, round_mode=mode)]
        result["decoded"]["f8e8m0"] = [str(float(x)) for x in np.arange(256, dtype=np.uint8).view(ml_dtypes.float8_e8m0fnu)]
        halves = np.arange(2**16, dtype=np.uint16)[::97]
        result["halfCodes"] = [int(x) for x in halves]
        result["decoded"]["f16"] = [str(float(x)) for x in halves.view(np.float16)]
        result["decoded"]["bf16"] = [str(float(x)) for x in halves.view(ml_dtypes.bfloat16)]
    return result


def main():
    GRAPHS.mkdir(parents=True, exist_ok=True)
    TENSORS.mkdir(parents=True, exist_ok=True)
    expectations = {}
    for make in (elements, external, subgraphs, functions, kinds):
        for name, proto in make():
            expectations[name] = describe(proto)
            if proto.functions:
                inlined = onnx.inliner.inline_local_functions(proto)
                expectations[name]["inlined"] = describe(inlined)["operators"]
            path = str(GRAPHS / f"{name}.onnx")
            if name == "external":
                data = GRAPHS / "external.bin"
                data.unlink(missing_ok=True)
                onnx.save(proto, path, save_as_external_data=True, location=data.name, size_threshold=100)
            else:
                with open(path, "wb") as file:
                    file.write(proto.SerializeToString(deterministic=True))
    with open(GRAPHS / "expectations.json", "w", encoding="utf-8") as file:
        json.dump(expectations, file, indent=1, sort_keys=True, ensure_ascii=False)
        file.write("\n")
    with open(TENSORS / "conversions.json", "w", encoding="utf-8") as file:
        json.dump(conversions(), file, indent=None, sort_keys=True)
        file.write("\n")


if __name__ == "__main__":
    main()
