"""What a framework's profiler saw, in the form of the protocol: steps, the nodes of the ONNX model behind them, and runs."""

import copy

import assay_guest as guest


class Steps:
    """Numbers the steps of a model and keeps its runs.

    A step has the names, inputs and outputs of the nodes behind it: those that one step stands for, and steps that stand for
    one node, are told together.
    """

    def __init__(self, graph):
        # Converters give nodes other names.
        self.nodes = [copy.copy(node) for node in graph.node]
        self.steps, self.numbers, self.runs = [], {}, []

    def number(self, name, kind, nodes, implementation="", role="computation", parent=None):
        """The number of a step; `nodes` are indices into the nodes of the model."""
        key = (name, parent)
        if key not in self.numbers:
            self.numbers[key] = len(self.steps)
            behind = [self.nodes[index] for index in sorted(nodes)]
            written = [value for node in behind for value in node.output if value]
            step = {
                "name": name, "kind": kind, "implementation": implementation, "role": role,
                "nodes": [node.name or node.output[0] for node in behind], "outputs": written,
                "inputs": [value for node in behind for value in node.input if value and value not in written]}
            if parent is not None:
                step["parent"] = parent
            self.steps.append(step)
        return self.numbers[key]

    def add_run(self, start, duration, spans):
        """Keeps a run: `spans` are step, start, duration and thread, with times in nanoseconds of one clock."""
        threads = {}
        self.runs.append({
            "duration": round(duration), "repetitions": 1,
            "spans": [
                {"step": step, "start": round(begin - start), "duration": round(length),
                 "thread": threads.setdefault(thread, len(threads))}
                for step, begin, length, thread in sorted(spans, key=lambda one: one[1])]})

    def take(self, route):
        runs, self.runs = self.runs, []
        return {"steps": self.steps, "runs": runs, "constants": [], "route": route, "resolution": 1}


class Windows:
    """Runs under a profiler that is started and stopped now and then, since what it keeps of long stretches is bounded."""

    longest = 50

    def __init__(self, start, stop):
        self.start, self.stop, self.count = start, stop, 0

    def begin(self):
        if self.count == 0:
            self.start()
        self.count += 1

    def end(self):
        if self.count >= self.longest:
            self.close()

    def close(self):
        if self.count:
            self.count = 0
            self.stop()


def require(profiler):
    if profiler is None:
        raise guest.Refusal("invalid-option", "profiling", "the model was loaded without the profiler")
    return profiler
