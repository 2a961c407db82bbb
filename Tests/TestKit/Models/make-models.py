"""Makes the models beside this file with the onnx package (1.23.2): python3 make-models.py

They are written by the standard's own library, so that the engines are tested on files that are not of Assay's making.
"""
import pathlib
import numpy as np
import onnx
from onnx import TensorProto as T, helper as h, numpy_helper

HERE = pathlib.Path(__file__).parent


def value(name, type, shape):
    return h.make_tensor_value_info(name, type, shape)


def save(name, nodes, inputs, outputs, initializers=(), functions=(), opset=17, ir=8, domains=(), check=True):
    graph = h.make_graph(nodes, name, inputs, outputs, list(initializers))
    opsets = [h.make_opsetid("", opset)] + [h.make_opsetid(d, 1) for d in domains]
    model = h.make_model(graph, opset_imports=opsets, functions=list(functions), ir_version=ir)
    if check:
        onnx.checker.check_model(model)
    (HERE / f"{name}.onnx").write_bytes(model.SerializeToString(deterministic=True))


def constant(name, array, type=np.float32):
    return numpy_helper.from_array(np.asarray(array, type), name)


node = h.make_node
# y = x w + b, everything static
save("affine", [node("MatMul", ["x", "w"], ["p"]), node("Add", ["p", "b"], ["y"])],
     [value("x", T.FLOAT, [2, 3])], [value("y", T.FLOAT, [2, 2])],
     [constant("w", [[1, 2], [3, 4], [5, 6]]), constant("b", [0.5, -0.5])])
# y = 2 relu(x) + 1 over a free first extent
save("relu", [node("Relu", ["x"], ["r"]), node("Mul", ["r", "two"], ["m"]), node("Add", ["m", "one"], ["y"])],
     [value("x", T.FLOAT, ["N", 3])], [value("y", T.FLOAT, ["N", 3])], [constant("two", 2), constant("one", 1)])
# the output's shape depends on the data
save("nonzero", [node("NonZero", ["x"], ["y"])], [value("x", T.FLOAT, ["N"])], [value("y", T.INT64, [1, "K"])])
# two inputs, two outputs, whose order matters
save("order", [node("Sub", ["a", "b"], ["d"]), node("Div", ["a", "b"], ["q"])],
     [value("a", T.FLOAT, [2]), value("b", T.FLOAT, [2])], [value("d", T.FLOAT, [2]), value("q", T.FLOAT, [2])])
save("square", [node("Mul", ["x", "x"], ["y"])], [value("x", T.FLOAT, [])], [value("y", T.FLOAT, [])])
save("halve", [node("Mul", ["x", "half"], ["y"])],
     [value("x", T.FLOAT, [64])], [value("y", T.FLOAT, [64])], [constant("half", 0.5)])
save("anyrank", [node("Neg", ["x"], ["y"])], [value("x", T.FLOAT, None)], [value("y", T.FLOAT, None)],
     check=False)
save("noinput", [node("Identity", ["c"], ["y"])], [], [value("y", T.FLOAT, [3])], [constant("c", [1, 2, 3])])
# an initializer that is also an input: a caller need not feed it
save("default", [node("Add", ["x", "b"], ["y"])], [value("x", T.FLOAT, [2]), value("b", T.FLOAT, [2])],
     [value("y", T.FLOAT, [2])], [constant("b", [10, 20])])
save("unknown-operator", [node("Frobnicate", ["x"], ["y"], name="n")],
     [value("x", T.FLOAT, [2])], [value("y", T.FLOAT, [2])], check=False)
save("unknown-domain", [node("Frobnicate", ["x"], ["y"], domain="nowhere.example")],
     [value("x", T.FLOAT, [2])], [value("y", T.FLOAT, [2])], domains=["nowhere.example"])
save("sequence", [node("SequenceConstruct", ["x", "x"], ["y"])], [value("x", T.FLOAT, [2])],
     [h.make_tensor_sequence_value_info("y", T.FLOAT, [2])])
# values that are no tensors go in and out
tensor_type = h.make_tensor_type_proto(T.FLOAT, [2])
sequence_type = h.make_sequence_type_proto(tensor_type)
save("insert", [node("SequenceInsert", ["s", "x"], ["y"]), node("SequenceLength", ["y"], ["n"])],
     [h.make_value_info("s", sequence_type), value("x", T.FLOAT, [2])],
     [h.make_value_info("y", sequence_type), value("n", T.INT64, [])])
save("has-element", [node("OptionalHasElement", ["o"], ["h"]), node("Identity", ["o"], ["y"])],
     [h.make_value_info("o", h.make_optional_type_proto(tensor_type))],
     [value("h", T.BOOL, []), h.make_value_info("y", h.make_optional_type_proto(tensor_type))], opset=18)
twice = h.make_function("local.example", "Twice", ["a"], ["b"], [node("Add", ["a", "a"], ["b"])],
                        [h.make_opsetid("", 17)])
save("function", [node("Twice", ["x"], ["y"], domain="local.example")], [value("x", T.FLOAT, [2])],
     [value("y", T.FLOAT, [2])], functions=[twice], domains=["local.example"])
# external data
array = np.arange(4, dtype=np.float32)
tensor = T(name="w", data_type=T.FLOAT, dims=[4], data_location=T.EXTERNAL)
for key, text in (("location", "external.bin"), ("offset", "0"), ("length", "16")):
    tensor.external_data.add(key=key, value=text)
(HERE / "external.bin").write_bytes(array.tobytes())
save("external", [node("Add", ["x", "w"], ["y"])], [value("x", T.FLOAT, [4])], [value("y", T.FLOAT, [4])], [tensor],
     check=False)
# one identity a type
TYPES = {
    "f32": (T.FLOAT, 17, 8), "u8": (T.UINT8, 17, 8), "i8": (T.INT8, 17, 8), "u16": (T.UINT16, 17, 8),
    "i16": (T.INT16, 17, 8), "i32": (T.INT32, 17, 8), "i64": (T.INT64, 17, 8), "string": (T.STRING, 17, 8),
    "bool": (T.BOOL, 17, 8), "f16": (T.FLOAT16, 17, 8), "f64": (T.DOUBLE, 17, 8), "u32": (T.UINT32, 17, 8),
    "u64": (T.UINT64, 17, 8), "bf16": (T.BFLOAT16, 17, 8), "c64": (T.COMPLEX64, 17, 8),
    "f8e4m3fn": (T.FLOAT8E4M3FN, 19, 9), "f8e4m3fnuz": (T.FLOAT8E4M3FNUZ, 19, 9), "f8e5m2": (T.FLOAT8E5M2, 19, 9),
    "f8e5m2fnuz": (T.FLOAT8E5M2FNUZ, 19, 9), "u4": (T.UINT4, 21, 10), "i4": (T.INT4, 21, 10),
    "f4e2m1": (T.FLOAT4E2M1, 23, 11), "f8e8m0": (T.FLOAT8E8M0, 24, 12), "u2": (T.UINT2, 25, 13), "i2": (T.INT2, 25, 13),
}
for name, (type, opset, ir) in TYPES.items():
    save(f"identity-{name}", [node("Identity", ["x"], ["y"])], [value("x", type, ["N", 4])], [value("y", type, ["N", 4])],
         opset=opset, ir=ir)
# types that the engines read or write, but do not pass through
for name in ("u4", "i4", "u2", "i2"):
    type, opset, ir = TYPES[name]
    save(f"dequantize-{name}", [node("DequantizeLinear", ["x", "s"], ["y"])], [value("x", type, ["N", 4])],
         [value("y", T.FLOAT, ["N", 4])], [constant("s", 0.5)], opset=opset, ir=ir)
    save(f"quantize-{name}", [node("QuantizeLinear", ["x", "s", "z"], ["y"])], [value("x", T.FLOAT, ["N", 4])],
         [value("y", type, ["N", 4])], [constant("s", 0.5), h.make_tensor("z", type, [], [0])], opset=opset, ir=ir)
save("cast-f8e8m0", [node("Cast", ["x"], ["y"], to=T.FLOAT)], [value("x", T.FLOAT8E8M0, [4])],
     [value("y", T.FLOAT, [4])], opset=24, ir=12)
# a convolution of an input of unknown rank, which OpenVINO's front end cannot translate
save("anyrank-conv", [node("Conv", ["x", "w"], ["y"])], [value("x", T.FLOAT, None)], [value("y", T.FLOAT, None)],
     [constant("w", np.ones((1, 1, 1, 1)))], check=False)
