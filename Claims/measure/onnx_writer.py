"""Writes small ONNX models without the onnx package; the numbers of the fields are those of onnx.proto."""
import struct

FLOAT = 1


def varint(value):
    out = bytearray()
    while True:
        low, value = value & 127, value >> 7
        out.append(low | (128 if value else 0))
        if not value:
            return bytes(out)


def number(field, value):
    return varint(field << 3) + varint(value)


def data(field, content):
    content = content.encode() if isinstance(content, str) else content
    return varint(field << 3 | 2) + varint(len(content)) + content


def tensor(name, shape, values):
    """A constant of 32-bit floats."""
    extents = b"".join(number(1, extent) for extent in shape)
    return extents + number(2, FLOAT) + data(8, name) + data(9, struct.pack(f"<{len(values)}f", *values))


def value(name, shape):
    """An input or output of 32-bit floats."""
    extents = b"".join(data(1, number(1, extent)) for extent in shape)
    return data(1, name) + data(2, data(1, number(1, FLOAT) + data(2, extents)))


def node(kind, inputs, output, name):
    return b"".join(data(1, one) for one in inputs) + data(2, output) + data(3, name) + data(4, kind)


def model_of(nodes, constants, given, result):
    """The bytes of a model with one input and one output, of operator set 17."""
    graph = b"".join(data(1, one) for one in nodes) + data(2, "graph") + b"".join(data(5, one) for one in constants)
    graph += data(11, given) + data(12, result)
    return number(1, 8) + data(7, graph) + data(8, number(2, 17))
