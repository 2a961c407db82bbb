"""JAX's own profiler: the operators that XLA made of a model, and the nodes that each came from."""

import contextlib
import glob
import os
import re
import tempfile

import assay_steps as steps

_SCOPE = "assay"
_MARK = "assay run"
_COMPUTATION = re.compile(r"^(?:ENTRY )?%?([\w.\-]+) .*\{$")
_INSTRUCTION = re.compile(r"^\s+(?:ROOT )?%?([\w.\-]+) = (.*)$")
_OPERATION = re.compile(r"(?:^|\s)([a-z][a-z0-9\-]*)\(")
_CALLED = re.compile(r"(?:calls|to_apply|body|condition)=%?([\w.\-]+)")
_NAME = re.compile(r'op_name="([^"]*)"')
_MOVING = {"bitcast", "copy", "parameter", "reshape", "transpose"}
# What XLA makes once for several nodes, under the name of one of them.
_SHARED = {"bitcast", "broadcast", "constant", "iota", "parameter"}
_NODE = re.compile(rf"/{_SCOPE}(\d+)(?=/|$)")


@contextlib.contextmanager
def named_scopes(graph):
    """While this lasts, what the converter makes of a node has the node's number in the names of its operators."""
    import jax
    from jaxonnxruntime import call_onnx
    numbers = {node.output[0]: index for index, node in enumerate(graph.node)}
    original = call_onnx._get_jit_func

    def scoped(node, *arguments, **named):
        function = original(node, *arguments, **named)

        def call(*inputs, **attributes):
            with jax.named_scope(f"{_SCOPE}{numbers[node.node_proto.output[0]]}"):
                return function(*inputs, **attributes)

        return call

    call_onnx._get_jit_func = scoped
    try:
        yield
    finally:
        call_onnx._get_jit_func = original


class Module:
    """What a compiled module says of its instructions."""

    def __init__(self, text):
        self.name = re.match(r"HloModule ([\w.\-]+)", text).group(1)
        self.operations, self.nodes, self.owners, self.words = {}, {}, {}, {}
        self.named, self.moves = {}, {}
        members, calls, computation = {}, {}, None
        for line in text.splitlines():
            header = _COMPUTATION.match(line)
            if header:
                computation = header.group(1)
                continue
            found = _INSTRUCTION.match(line)
            if not found or computation is None:
                continue
            name, rest = found.groups()
            named = _NAME.search(rest)
            path = named.group(1) if named else ""
            operation = _OPERATION.search(rest)
            self.operations[name] = operation.group(1) if operation else ""
            # A copy in the form of a fusion is told by what it calls.
            self.moves[name] = self.operations[name] in _MOVING
            self.words[name] = path.split("/")[-1] if _NODE.search(path) else ""
            self.named[name] = {int(one) for one in _NODE.findall(path)}
            self.nodes[name] = set() if self.operations[name] in _SHARED else set(self.named[name])
            calls[name] = _CALLED.findall(rest)
            members.setdefault(computation, []).append(name)
            for called in calls[name]:
                self.owners[called] = name
        self.places = {name: computation for computation, names in members.items() for name in names}
        for name in self.nodes:
            self._gather(name, members, calls)
        for name in self.nodes:
            self.nodes[name] = self.nodes[name] or self.named[name]

    def _gather(self, name, members, calls):
        """An instruction stands for all that it calls."""
        inner = [one for called in calls.pop(name, []) for one in members.get(called, [])]
        for one in inner:
            self._gather(one, members, calls)
            self.nodes[name] |= self.nodes[one]
        if inner:
            self.moves[name] = all(self.moves[one] for one in inner)

    def caller(self, name):
        """The instruction in whose computation this one is; None in the entry."""
        return self.owners.get(self.places[name])


class Profiler:
    """Runs a compiled model; each instruction that XLA carries out is a step."""

    def __init__(self, graph):
        self.steps, self.modules = steps.Steps(graph), {}
        self.windows = steps.Windows(self._start, self._stop)

    def watch(self, compiled):
        module = Module(compiled.as_text())
        self.modules[module.name] = module
        return compiled

    @contextlib.contextmanager
    def run(self):
        import jax
        self.windows.begin()
        with jax.profiler.TraceAnnotation(_MARK):
            yield
        self.windows.end()

    def _start(self):
        import jax
        self.folder = tempfile.TemporaryDirectory()
        options = jax.profiler.ProfileOptions()
        options.python_tracer_level = 0
        jax.profiler.start_trace(self.folder.name, profiler_options=options)

    def _stop(self):
        import jax
        jax.profiler.stop_trace()
        path = glob.glob(os.path.join(self.folder.name, "**", "*.xplane.pb"), recursive=True)[0]
        self._read(jax.profiler.ProfileData.from_file(path))
        self.folder.cleanup()

    def _read(self, data):
        windows, events = [], []
        for plane in data.planes:
            for number, line in enumerate(plane.lines):
                for event in line.events:
                    if event.name == _MARK:
                        windows.append((event.start_ns, event.duration_ns))
                        continue
                    facts = dict(event.stats)
                    module = self.modules.get(facts.get("hlo_module"))
                    if module and facts.get("hlo_op") in module.operations:
                        events.append((event.start_ns, event.duration_ns, number, module, facts["hlo_op"]))
        for start, duration in sorted(windows):
            self.steps.add_run(start, duration, [
                (self._step(module, name), begin, length, thread)
                for begin, length, thread, module, name in events if start <= begin < start + duration])

    def _step(self, module, name):
        caller, nodes, operation = module.caller(name), module.nodes[name], module.operations[name]
        # Without a node, what only moves values does so for XLA's own sake.
        is_moving = not nodes and module.moves[name]
        return self.steps.number(
            name, module.words[name] or operation, nodes, operation, "rearrangement" if is_moving else "computation",
            None if caller is None or caller not in module.operations else self._step(module, caller))

    def take(self):
        self.windows.close()
        return self.steps.take("jit")
