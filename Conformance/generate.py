"""Writes the node cases of the onnx package, one folder a case, and what they hash to.

Usage: python3 -I -S generate.py SITE FOLDER

SITE holds the packages of requirements.txt. Assay installs them there, runs this file, and throws SITE away; nothing
else of the machine's Python is seen. FOLDER receives, for each case NAME,

  NAME/model.onnx   the model, as the package makes it
  NAME/inputs.onnx  a model without nodes, whose initializers are the tensors of the inputs
  NAME/outputs.onnx the same for the outputs that are due

and cases.txt: one line a case, with the SHA-256 of the three, in the order of the names. A value that is no tensor is
spread over several initializers; the metadata of the file tell how: the key is the value's place (`0` is the first
value, `0.1` the second element of it), the entry `tensor`, `sequence LENGTH` or `none`, and the initializers are named
by their places. The metadata of outputs.onnx also hold the case's own bounds, `rtol` and `atol`.

The cases are the same wherever they are generated: the package seeds numpy before each of them, and this file leaves
numpy no choice of instructions, since its vector code rounds otherwise than its scalar code.
"""

import hashlib
import os
import sys
import warnings

# Read when numpy is loaded: the least that an x86-64 machine has, one thread, and one kernel of its linear algebra.
os.environ["NPY_DISABLE_CPU_FEATURES"] = "X86_V3 X86_V4 AVX512_ICL AVX512_SPR"
os.environ["OPENBLAS_CORETYPE"] = "Nehalem"
os.environ["OPENBLAS_NUM_THREADS"] = "1"
warnings.simplefilter("ignore")
sys.path.insert(0, sys.argv[1])

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


def add(place, value, initializers, kinds):
    if value is None:
        kinds[place] = "none"
    elif isinstance(value, (list, tuple)):
        kinds[place] = f"sequence {len(value)}"
        for index, element in enumerate(value):
            add(f"{place}.{index}", element, initializers, kinds)
    elif isinstance(value, (numpy.ndarray, numpy.generic, onnx.TensorProto)):
        kinds[place] = "tensor"
        initializers.append(tensor(value, place))
    else:
        raise TypeError(f"{type(value).__name__} is a kind of value that has no form here")


def values(items, properties):
    initializers, kinds = [], {}
    for index, value in enumerate(items):
        add(str(index), value, initializers, kinds)
    model = helper.make_model(helper.make_graph([], "values", [], [], initializers))
    helper.set_model_props(model, {**kinds, **properties})
    return model


def write(folder, name, model):
    content = model.SerializeToString(deterministic=True)
    with open(os.path.join(folder, name), "wb") as file:
        file.write(content)
    return hashlib.sha256(content).hexdigest()


def main():
    target = sys.argv[2]
    lines = []
    for case in sorted(collect_testcases(""), key=lambda case: case.name):
        (inputs, outputs), = case.data_sets
        folder = os.path.join(target, case.name)
        os.makedirs(folder)
        bounds = {"rtol": repr(case.rtol), "atol": repr(case.atol)}
        hashes = [
            write(folder, "model.onnx", case.model),
            write(folder, "inputs.onnx", values(inputs, {})),
            write(folder, "outputs.onnx", values(outputs, bounds)),
        ]
        lines.append(" ".join([case.name] + hashes))
    with open(os.path.join(target, "cases.txt"), "w") as file:
        file.write("\n".join(lines) + "\n")


main()
