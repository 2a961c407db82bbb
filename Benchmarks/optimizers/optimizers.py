"""The optimisers compared: each takes a file and writes a file, as a user who changes no setting would have it."""

import os
from importlib import metadata

import onnx
import onnxoptimizer
import onnxslim

# In the order of the report.
NAMES = ["assay", "onnxoptimizer", "onnxslim"]


def optimize(name, program, model, result):
    """Runs one optimiser in this process, which it may bring down."""
    if name == "assay":
        os.execv(program, [program, "optimize", model, "-o", result, "--quiet"])
    elif name == "onnxoptimizer":
        onnx.save(onnxoptimizer.optimize(onnx.load(model)), result)
    else:
        onnxslim.slim(model, result)


def version(name):
    """The release of a peer; Assay is the one in this repository."""
    return "this one" if name == "assay" else metadata.version(name)
