"""ONNX to TensorFlow and LiteRT by way of onnx2tf, once for each model: what was made is kept."""

import contextlib
import hashlib
import json
import os
import shutil
import tempfile

import assay_guest as guest
import numpy

# Which node of the model each layer came from, by the first value that the node writes.
_LAYERS = "layers.json"
# Why a model could not be brought further than to a SavedModel.
_REASON = "no-tflite.txt"


def converted(path):
    """The folder with what became of an ONNX model, and the nanoseconds that making it took.

    It holds a SavedModel, and a .tflite file where the model could be brought so far.
    """
    begin = guest.now()
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    tools = "-".join(guest.version(package) for package in ("onnx2tf", "tensorflow_cpu"))
    home = os.environ.get("ASSAY_CONVERTED") or os.path.join(tempfile.gettempdir(), "assay-converted")
    folder = os.path.join(home, f"{digest[:16]}-{tools}-layers")
    if not os.path.exists(os.path.join(folder, "saved_model.pb")):
        os.makedirs(home, exist_ok=True)
        staging = tempfile.mkdtemp(dir=home)
        try:
            _convert(path, staging)
            # Another process may have made it meanwhile.
            if not os.path.exists(folder):
                os.rename(staging, folder)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    return folder, guest.now() - begin


def _convert(path, folder):
    """Inputs of more than two axes keep their layout: the converter would move their channels last."""
    model = guest.onnx_model(path)
    kept = [one.name for one in model.graph.input if len(one.type.tensor_type.shape.dim) > 2]
    mended = os.path.join(folder, "model.onnx")
    import onnx
    onnx.save(model, mended)
    import onnx2tf
    from onnx2tf import onnx2tf as converter
    # It would fetch pictures to try some models with.
    converter.download_test_image_data = lambda: numpy.ones((20, 128, 128, 3), "f4")
    layers = {}
    try:
        with _recording(layers):
            onnx2tf.convert(
                input_onnx_file_path=mended, output_folder_path=folder, non_verbose=True, not_use_onnxsim=True,
                copy_onnx_input_output_names_to_tflite=True, output_signaturedefs=True,
                keep_shape_absolutely_input_names=kept or None)
    except SystemExit as end:
        raise guest.Refusal("refused-model", "onnx2tf", f"it ended with {end.code}: see the log") from end
    except Exception as error:
        # The SavedModel comes first, and TensorFlow needs no more.
        if not os.path.exists(os.path.join(folder, "saved_model.pb")):
            raise
        with open(os.path.join(folder, _REASON), "w") as file:
            file.write(f"{type(error).__name__}: {error}")
    finally:
        if os.path.exists(mended):
            os.unlink(mended)
        import tf_keras
        # It keeps every layer that it ever made.
        tf_keras.backend.clear_session()
    with open(os.path.join(folder, _LAYERS), "w") as file:
        json.dump(layers, file)
    for name in os.listdir(folder):
        if name.endswith("_float16.tflite"):
            os.unlink(os.path.join(folder, name))


@contextlib.contextmanager
def _recording(layers):
    """While this lasts, the layers that the converter makes of a node are noted under the node's first output."""
    from onnx2tf import onnx2tf as converter
    loader = converter.importlib

    def noted(tensor, output):
        layer = getattr(getattr(tensor, "node", None), "layer", None)
        if layer is None or layer.name in layers:
            return
        layers[layer.name] = output
        for parent in tensor.node.keras_inputs:
            noted(parent, output)

    class Recorder:
        def __init__(self, module):
            self.module = module

        def make_node(self, *arguments, **named):
            made = self.module.make_node(*arguments, **named)
            # Inputs of the model are made in the same way and are no nodes.
            for output in named["graph_node"].outputs if "graph_node" in named else ():
                known = named["tf_layers_dict"].get(output.name, {})
                noted(known.get("tf_node"), named["graph_node"].outputs[0].name)
            return made

    class Loader:
        @staticmethod
        def import_module(name):
            module = loader.import_module(name)
            return Recorder(module) if name.startswith("onnx2tf.ops.") else module

    converter.importlib = Loader
    try:
        yield
    finally:
        converter.importlib = loader


def layers_of(folder):
    """The layers of a converted model, with the first output of the node that each came from."""
    with open(os.path.join(folder, _LAYERS)) as file:
        return json.load(file)


def arranged(arrays, wanted):
    """Outputs in the layout of the ONNX model, which is known by their shapes."""
    result = []
    for array, value in zip(arrays, wanted):
        shape = [one.dim_value for one in value.type.tensor_type.shape.dim]
        # The converter computes with channels last, and leaves outputs so.
        if array.ndim == len(shape) and array.ndim > 2 and all(shape) and list(array.shape) != shape:
            moved = array.transpose(0, array.ndim - 1, *range(1, array.ndim - 1))
            array = moved if list(moved.shape) == shape else array
        result.append(array)
    return result


def plain(name):
    return "".join(one if one.isalnum() else "_" for one in name.split(":")[0].removeprefix("serving_default_"))


def file_of(folder):
    """The f32 model of LiteRT."""
    names = sorted(os.listdir(folder))
    found = next((os.path.join(folder, name) for name in names if name.endswith("_float32.tflite")), None)
    if found is None:
        with open(os.path.join(folder, _REASON)) as file:
            raise guest.Refusal("refused-model", "onnx2tf", file.read()[:2000])
    return found
