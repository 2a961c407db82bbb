"""ONNX to TensorFlow and LiteRT by way of onnx2tf, once for each model: what was made is kept."""

import hashlib
import os
import shutil
import tempfile

import assay_guest as guest


def converted(path):
    """The folder with the SavedModel and the .tflite file of an ONNX model, and the nanoseconds that making it took."""
    begin = guest.now()
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    tools = "-".join(guest.version(package) for package in ("onnx2tf", "tensorflow_cpu"))
    home = os.environ.get("ASSAY_CONVERTED") or os.path.join(tempfile.gettempdir(), "assay-converted")
    folder = os.path.join(home, f"{digest[:16]}-{tools}")
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
    try:
        onnx2tf.convert(
            input_onnx_file_path=mended, output_folder_path=folder, non_verbose=True, not_use_onnxsim=True,
            copy_onnx_input_output_names_to_tflite=True, output_signaturedefs=True,
            keep_shape_absolutely_input_names=kept or None)
    except SystemExit as end:
        raise guest.Refusal("refused-model", "onnx2tf", f"it ended with {end.code}: see the log") from end
    os.unlink(mended)


def arranged(outputs, wanted):
    """Outputs in the order and the layout of the ONNX model, which is known by their names and shapes."""
    named = {plain(name): array for name, array in outputs}
    arrays = [array for _, array in outputs]
    result = []
    for index, value in enumerate(wanted):
        array = named.get(plain(value.name), arrays[index] if index < len(arrays) else None)
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
    return next(os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith("_float32.tflite"))
