"""Brings an ONNX model of one input into a framework's own format, with nothing but what the framework's stack has.

    python3 -E -s -S framework_forms.py FRAMEWORK PACKAGES MODEL FOLDER [--changed]

With --changed one weight of the model, the largest of its first convolution, is a tenth larger than it should be.
"""

import os
import site
import sys
import types

framework, packages, path, folder = sys.argv[1:5]
site.addsitedir(packages)
sys.path.insert(0, sys.path.pop(sys.path.index(packages)))
os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", JAX_PLATFORMS="cpu")

import numpy  # noqa: E402
import onnx  # noqa: E402
from onnx import numpy_helper  # noqa: E402

model = onnx.load(path)
fixed = {one.name: one for one in model.graph.initializer}
given = next(one for one in model.graph.input if one.name not in fixed)
if "--changed" in sys.argv:
    weight = fixed[next(node for node in model.graph.node if node.op_type == "Conv").input[1]]
    values = numpy_helper.to_array(weight).copy()
    values[numpy.unravel_index(numpy.abs(values).argmax(), values.shape)] *= 1.1
    weight.CopyFrom(numpy_helper.from_array(values, weight.name))
for value in [one for one in model.graph.input if one.name in fixed]:
    model.graph.input.remove(value)
shape = [one.dim_value or 1 for one in given.type.tensor_type.shape.dim]
example = numpy.zeros(shape, "f4")
os.makedirs(folder, exist_ok=True)


def pytorch():
    import torch
    vision, operators = types.ModuleType("torchvision"), types.ModuleType("torchvision.ops")
    operators.nms = operators.roi_align = operators.RoIAlign = None
    vision.ops = operators
    sys.modules.update({"torchvision": vision, "torchvision.ops": operators})
    from onnx2torch import convert
    module, inputs = convert(model).eval(), (torch.from_numpy(example),)
    torch.export.save(torch.export.export(module, inputs), os.path.join(folder, "model.pt2"))
    torch.jit.trace(module, inputs, check_trace=False).save(os.path.join(folder, "model.pt"))


def jax():
    import jax
    clip = jax.numpy.clip
    jax.numpy.clip = lambda a=None, a_min=None, a_max=None, **rest: clip(a, a_min, a_max)
    from jaxonnxruntime import call_onnx
    function, parameters = call_onnx.call_onnx_model(model, {given.name: example})
    exported = jax.export.export(jax.jit(lambda image: function(parameters, {given.name: image})[0]))
    with open(os.path.join(folder, "model.jax"), "wb") as file:
        file.write(exported(jax.ShapeDtypeStruct(example.shape, example.dtype)).serialize())


def tensorflow():
    """A SavedModel and a .tflite file, whose inputs have their channels last."""
    import onnx2tf
    from onnx2tf import onnx2tf as converter
    # It would fetch pictures to try the model with.
    converter.download_test_image_data = lambda: numpy.ones((20, 128, 128, 3), "f4")
    mended = os.path.join(folder, "model.onnx")
    onnx.save(model, mended)
    onnx2tf.convert(
        input_onnx_file_path=mended, output_folder_path=os.path.join(folder, "saved"), non_verbose=True,
        not_use_onnxsim=True, output_signaturedefs=True)
    os.unlink(mended)


{"pytorch": pytorch, "jax": jax, "tensorflow": tensorflow}[framework]()
