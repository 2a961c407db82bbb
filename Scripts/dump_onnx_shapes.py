"""Writes what onnx.shape_inference knows of models, for the tests of Operators to compare with.

Usage: python dump_onnx_shapes.py OUTPUT MODEL.onnx...     (needs the package onnx)

Writes OUTPUT: one line of JSON for each model: its path, its values, their element types and extents. Extents are numbers, symbol
names, or null. The tests read the file that ASSAY_ONNX_SHAPES names.
"""

import json
import sys

import onnx
from onnx import shape_inference


def extents(shape):
    return [
        (d.dim_value if d.dim_value >= 0 else None)
        if d.HasField("dim_value")
        else (d.dim_param if d.HasField("dim_param") else None)
        for d in shape.dim
    ]


def main():
    output, *paths = sys.argv[1:]
    with open(output, "w") as file:
        for path in paths:
            try:
                model = shape_inference.infer_shapes(onnx.load(path), data_prop=True)
            except Exception as error:
                print("skipped", path, error, file=sys.stderr)
                continue
            values = {}
            for info in list(model.graph.value_info) + list(model.graph.output):
                if info.type.HasField("tensor_type") and info.type.tensor_type.HasField("shape"):
                    values[info.name] = [info.type.tensor_type.elem_type, extents(info.type.tensor_type.shape)]
            file.write(json.dumps({"path": path, "values": values}) + "\n")


main()
