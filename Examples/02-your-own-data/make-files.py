#!/usr/bin/env python3
"""Made the model and the pictures of this example (onnx 1.23, Pillow 13); nothing here is needed to run it."""

import random
from pathlib import Path

import onnx
from onnx import TensorProto, helper
from PIL import Image

COLOURS = {"blue": (40, 70, 200), "green": (50, 170, 60), "red": (210, 60, 50)}
here = Path(__file__).parent
draw = random.Random(1)

for name, colour in COLOURS.items():
    folder = here / "photos" / name
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(5):
        picture = Image.new("RGB", (48, 32))
        for x in range(48):
            for y in range(32):
                shade = draw.uniform(0.6, 1.2)
                picture.putpixel((x, y), tuple(min(255, int(c * shade)) for c in colour))
        kind = {"quality": 90} if number % 2 else {}
        picture.save(folder / f"{number}.{'jpg' if number % 2 else 'png'}", **kind)

# The mean of each channel is the score of its class: the classes stand in the order of the channels.
nodes = [
    helper.make_node("GlobalAveragePool", ["pixels"], ["means"]),
    helper.make_node("Flatten", ["means"], ["scores"]),
]
graph = helper.make_graph(
    nodes,
    "colours",
    [helper.make_tensor_value_info("pixels", TensorProto.FLOAT, ["batch", 3, 24, 24])],
    [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["batch", 3])],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8, producer_name="colours")
onnx.checker.check_model(model, full_check=True)
onnx.save(model, here / "colours.onnx")
