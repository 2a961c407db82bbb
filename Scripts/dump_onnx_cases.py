"""Writes the node cases of the onnx package as files that the tests of Operators read.

Usage: python dump_onnx_cases.py FOLDER     (needs the packages onnx and numpy)

For each case NAME: NAME.model.onnx, and NAME.data.onnx, whose initializers are the inputs and outputs. An initializer is
named input/INDEX or output/INDEX for a tensor and input/INDEX/ELEMENT for an element of a sequence; metadata lists the
kind of each value. The tests read the folder that ASSAY_ONNX_CASES names.
"""

import os
import sys
import warnings

import numpy
import onnx
from onnx import helper, numpy_helper
from onnx.backend.test.case.node import collect_testcases


def tensor(value, name):
    if isinstance(value, onnx.TensorProto):
        copy = onnx.TensorProto()
        copy.CopyFrom(value)
        copy.name = name
        return copy
    return numpy_helper.from_array(numpy.asarray(value), name)


def add(kind, index, value, initializers, kinds):
    name = f"{kind}/{index}"
    if value is None:
        kinds[name] = "none"
    elif isinstance(value, (list, tuple)):
        kinds[name] = f"sequence {len(value)}"
        initializers += [tensor(element, f"{name}/{i}") for i, element in enumerate(value)]
    else:
        kinds[name] = "tensor"
        initializers.append(tensor(value, name))


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    warnings.simplefilter("ignore")
    written = 0
    for case in collect_testcases(""):
        if case.model is None or not case.data_sets:
            continue
        initializers, kinds = [], {}
        try:
            inputs, outputs = case.data_sets[0]
            for index, value in enumerate(inputs):
                add("input", index, value, initializers, kinds)
            for index, value in enumerate(outputs):
                add("output", index, value, initializers, kinds)
        except Exception as error:  # a kind of value that has no tensor form
            print("skipped", case.name, error, file=sys.stderr)
            continue
        data = helper.make_model(helper.make_graph([], "data", [], [], initializers))
        kinds["rtol"], kinds["atol"] = str(case.rtol), str(case.atol)
        helper.set_model_props(data, kinds)
        onnx.save(case.model, os.path.join(folder, case.name + ".model.onnx"))
        onnx.save(data, os.path.join(folder, case.name + ".data.onnx"))
        written += 1
    print(written, "cases of onnx", onnx.__version__)


main()
