"""TensorFlow's own profiler: the kernels of a graph, and the nodes whose layers they are of."""

import contextlib
import glob
import os
import tempfile

import assay_steps as steps

_MARK = "assay run"


class Profiler:
    """Runs a graph; each kernel is a step, named after the layer that the converter made of a node."""

    def __init__(self, graph, layers):
        self.steps, self.nodes = steps.Steps(graph), {}
        numbers = {value: index for index, node in enumerate(graph.node) for value in node.output if value}
        # The last layers are called by what the model gives.
        named = {**layers, **{one.name: one.name for one in graph.output}}
        self.layers = {layer: numbers[value] for layer, value in named.items() if value in numbers}
        self.windows = steps.Windows(self._start, self._stop)

    @contextlib.contextmanager
    def run(self):
        import tensorflow as tf
        self.windows.begin()
        with tf.profiler.experimental.Trace(_MARK):
            yield
        self.windows.end()

    def _start(self):
        import tensorflow as tf
        self.folder = tempfile.TemporaryDirectory()
        tf.profiler.experimental.start(
            self.folder.name, tf.profiler.experimental.ProfilerOptions(host_tracer_level=2, python_tracer_level=0))

    def _stop(self):
        import tensorflow as tf
        from tensorflow.tsl.profiler.protobuf import xplane_pb2
        tf.profiler.experimental.stop()
        path = glob.glob(os.path.join(self.folder.name, "**", "*.xplane.pb"), recursive=True)[0]
        space = xplane_pb2.XSpace()
        with open(path, "rb") as file:
            space.ParseFromString(file.read())
        self.folder.cleanup()
        self._read(space)

    def _read(self, space):
        windows, events = [], []
        for plane in space.planes:
            for number, line in enumerate(plane.lines):
                for event in line.events:
                    described = plane.event_metadata[event.metadata_id]
                    start = line.timestamp_ns + event.offset_ps / 1000
                    if described.name == _MARK:
                        windows.append((start, event.duration_ps / 1000))
                    # A kernel has its operation as a second name.
                    elif described.display_name and described.name.endswith(":" + described.display_name):
                        name = described.name.removesuffix(":" + described.display_name)
                        events.append((start, event.duration_ps / 1000, number, name, described.display_name))
        for start, duration in sorted(windows):
            self.steps.add_run(start, duration, [
                (self._step(name, kind), begin, length, thread)
                for begin, length, thread, name, kind in events if start <= begin < start + duration])

    def _step(self, name, kind):
        # The optimiser of graphs says of what it adds for the layout that it did.
        role = "rearrangement" if name.endswith("LayoutOptimizer") else "computation"
        return self.steps.number(name, kind, self._behind(name), role=role)

    def _behind(self, name):
        """The node of the first layer in the path of a kernel's name."""
        if name not in self.nodes:
            parts = name.split("/")
            paths = ("/".join(parts[first:last]) for first in range(len(parts))
                     for last in range(first + 1, len(parts) + 1))
            self.nodes[name] = next(([self.layers[path]] for path in paths if path in self.layers), [])
        return self.nodes[name]

    def take(self):
        self.windows.close()
        return self.steps.take("graph")
