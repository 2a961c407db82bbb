"""Models in a framework's own format: which of their inputs and outputs are those of the ONNX model, in which layout."""

import os

import assay_guest as guest
import numpy


class Port:
    """An input or output of a form: its names, and its shape with None for open extents, or None where it is not known."""

    def __init__(self, names, shape):
        self.names, self.shape = [name for name in names if name], shape

    def __str__(self):
        shape = "" if self.shape is None else " [" + ", ".join("?" if one is None else str(one) for one in self.shape) + "]"
        return (" or ".join(f"'{name}'" for name in self.names) or "without a name") + shape


class Map:
    """Brings inputs of the ONNX model into those of a form, and what the form gives into outputs of the model.

    A value goes to the port that the form's map says, else to the one of its name, else to the only one.
    """

    def __init__(self, form, graph, inputs, outputs):
        self.file = os.path.basename(form["path"].rstrip("/"))
        self.inputs = self._ports("input", form.get("inputs", {}), graph.input, inputs)
        self.outputs = self._ports("output", form.get("outputs", {}), graph.output, outputs)
        fed = [place for place, _ in self.inputs]
        for place, port in enumerate(inputs):
            if fed.count(place) != 1:
                raise self._error(
                    f"input {place}, {port}", "nothing is given to it" if place not in fed else "it is given two values",
                    self._listed("input", inputs))

    def _error(self, subject, reason, remedy=""):
        return guest.Refusal("invalid-input", f"{self.file}: {subject}", reason, remedy)

    @staticmethod
    def _listed(kind, ports):
        return f"the form has these {kind}s: " + "; ".join(f"{place}, {port}" for place, port in enumerate(ports))

    def _ports(self, kind, wanted, values, ports):
        known = [value.name for value in values]
        for name in wanted:
            if name not in known:
                raise self._error(f"{kind} '{name}'", f"the ONNX model has no such {kind}", "it has " + ", ".join(known))
        return [self._port(kind, value, wanted.get(value.name, {}), values, ports) for value in values]

    def _port(self, kind, value, wanted, values, ports):
        subject, listed = f"{kind} '{value.name}'", self._listed(kind, ports)
        place, name = wanted.get("place"), wanted.get("name")
        if place is None:
            found = [index for index, port in enumerate(ports) if (name or value.name) in port.names]
            if not found and name is None and len(values) == len(ports) == 1:
                found = [0]
            if len(found) != 1:
                raise self._error(subject, f"the form has no {kind} '{name or value.name}'", listed)
            place = found[0]
        if place >= len(ports):
            raise self._error(subject, f"the form has no {kind} {place}", listed)
        axes, declared = wanted.get("transpose"), value.type.tensor_type
        shape = [one.dim_value or None for one in declared.shape.dim] if declared.HasField("shape") else None
        mine, its = (shape, ports[place].shape) if kind == "input" else (ports[place].shape, shape)
        if axes is not None and mine is not None and len(axes) != len(mine):
            raise self._error(subject, f"it has {len(mine)} axes, and its transposition {len(axes)}", listed)
        if mine is not None and its is not None:
            self._check(subject, mine, its, axes, listed)
        return place, axes

    def _check(self, subject, mine, its, axes, listed):
        """Whether a value of one shape can be one of the other once it is transposed."""
        moved = mine if axes is None else [mine[axis] for axis in axes]
        if _fits(moved, its):
            return
        last, first = [0, *range(2, len(mine)), 1], [0, len(mine) - 1, *range(1, len(mine) - 1)]
        for axes in (last, first) if len(mine) == len(its) > 2 else ():
            if _fits([mine[axis] for axis in axes], its):
                listed = f"write transpose: {axes}; " + listed
                break
        raise self._error(subject, f"{_shown(moved)} is given where {_shown(its)} is taken", listed)

    def given(self, arrays):
        """The inputs of the form, in its order."""
        placed = sorted(zip(self.inputs, arrays), key=lambda one: one[0][0])
        return [_moved(array, axes) for (_, axes), array in placed]

    def taken(self, arrays):
        """The outputs of the ONNX model, in its order."""
        for place, _ in self.outputs:
            if place >= len(arrays):
                raise self._error(f"output {place}", f"it gives {len(arrays)} outputs")
        return [_moved(arrays[place], axes) for place, axes in self.outputs]


def _fits(shape, other):
    return len(shape) == len(other) and all(a is None or b is None or a == b for a, b in zip(shape, other))


def _shown(shape):
    return "[" + ", ".join("?" if one is None else str(one) for one in shape) + "]"


def _moved(array, axes):
    return array if axes is None else numpy.ascontiguousarray(array.transpose(axes))


def require(form, framework, suffixes):
    """The suffix of a form's path, or a refusal that says what the framework takes."""
    path = form["path"]
    for suffix in suffixes:
        if path.endswith(suffix) if suffix else os.path.isdir(path):
            return suffix
    words = " or ".join(f"a {suffix} file" if suffix else "the folder of a SavedModel" for suffix in suffixes)
    raise guest.Refusal("refused-model", path, f"{framework} takes {words}")


def only_run(options):
    """A form is run on the processor, and its steps say nothing of the model's nodes."""
    if options["profiling"]:
        raise guest.Refusal(
            "invalid-option", "profiling", "the steps of a form have no names of the ONNX model's nodes",
            "trace it at the level of the model, or without its form")
    if guest.device(options)[0] != "cpu":
        raise guest.Refusal(
            "invalid-option", "device", "a form is run on the processor", "leave `device` at `cpu`, or the form out")
