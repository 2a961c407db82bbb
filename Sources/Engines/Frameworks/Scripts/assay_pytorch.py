"""PyTorch: eager, compiled (`mode: compile`) or TorchScript (`mode: script`); ONNX by way of onnx2torch."""

import sys
import types

import assay_guest as guest

import torch


class _Absent(types.ModuleType):
    """A module of which the converter imports more than a model needs."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)

        def absent(*_, **__):
            raise guest.Refusal("unsupported-operator", name, "torchvision is not part of this stack")

        return absent


def _converter():
    try:
        import torchvision  # noqa: F401
    except Exception:
        vision, operators = types.ModuleType("torchvision"), _Absent("torchvision.ops")
        vision.ops = operators
        sys.modules.update({"torchvision": vision, "torchvision.ops": operators})
    from onnx2torch import convert
    return convert


def _newest_opset():
    _converter()
    from onnx2torch.node_converters import registry
    return max(one.version for one in registry._CONVERTER_REGISTRY if not one.domain)


class Engine:
    def open(self, options):
        torch.set_num_threads(options["threads"])
        torch.set_num_interop_threads(1)
        torch.set_flush_denormal(options["flushDenormals"])
        return guest.opened(
            "pytorch", torch.__version__, f"torch {torch.__version__}, onnx2torch {guest.version('onnx2torch')}",
            torch.backends.cpu.get_cpu_capability().lower(), _precisions(guest.device(options)[0]), _newest_opset())

    def load(self, path, name, options, form):
        return Model(path, options, form)


class Model:
    modes = ("eager", "compile", "script")

    def __init__(self, path, options, form):
        self.route = guest.mode(options, self.modes)
        self.device = _device(options)
        if options["precision"] not in _precisions(self.device.type):
            raise guest.Refusal("invalid-option", "precision",
                                "PyTorch is asked for " + " or ".join(_precisions(self.device.type)) + " here")
        self.low = {"bf16": torch.bfloat16, "f16": torch.float16}.get(options["precision"])
        self.options = {"threads": torch.get_num_threads(), "spinning": False,
                        "device": options.get("device", "cpu")}
        # What a mode makes of the module depends on the shapes that it is given.
        self.prepared = {}
        self.map = self.profiler = None
        if form:
            self._load(form, path, options)
            return
        begin = guest.now()
        model = guest.onnx_model(path)
        self.module = _converter()(model, attach_onnx_mapping=True).eval()
        self.conversion = guest.now() - begin
        self.module = self.module.to(self.device)
        self.profiler = Profiler(self.module, model.graph) if options["profiling"] else None

    def _load(self, form, path, options):
        """A program of torch.export, or a TorchScript, which is one whatever the mode."""
        import assay_forms as forms
        forms.only_run(options)
        if forms.require(form, "PyTorch", [".pt2", ".pt"]) == ".pt2":
            self.module, inputs, outputs = _exported(forms, form["path"])
        elif self.route == "compile":
            raise guest.Refusal("invalid-option", "mode", "a TorchScript is compiled already", "use eager or script")
        else:
            self.route = "script"
            self.module, inputs, outputs = _scripted(forms, form["path"])
            self._call = lambda inputs: self.module
        self.map = forms.Map(form, guest.onnx_model(path).graph, inputs, outputs)

    def _call(self, inputs):
        if self.profiler or self.route == "eager":
            return self.profiler or self.module
        if self.route == "compile":
            return self.prepared.setdefault("compiled", torch.compile(self.module))
        signature = tuple((one.dtype, one.shape) for one in inputs)
        if signature not in self.prepared:
            self.prepared[signature] = torch.jit.optimize_for_inference(
                torch.jit.trace(self.module, tuple(one.to(self.device) for one in inputs), check_trace=False))
        return self.prepared[signature]

    def run(self, arrays):
        arrays = self.map.given(arrays) if self.map else arrays
        inputs = tuple(_tensor(array) for array in arrays)
        low = torch.autocast(self.device.type, self.low or torch.bfloat16, enabled=self.low is not None)
        with torch.inference_mode(), low:
            if self.device.type != "cpu":
                return self._run_there(inputs)
            call = self._call(inputs)
            begin = guest.now()
            outputs = call(*inputs)
            nanoseconds = guest.now() - begin
        arrays = [_array(output, self.low) for output in _listed(outputs)]
        return self.map.taken(arrays) if self.map else arrays, nanoseconds

    def _run_there(self, arrived):
        """A run on a device: there, the kernels, and back, each waited for."""
        call = self._call(arrived)
        _wait(self.device)
        begin = guest.now()
        inputs = tuple(one.to(self.device) for one in arrived)
        _wait(self.device)
        sent = guest.now()
        outputs = _listed(call(*inputs))
        _wait(self.device)
        computed = guest.now()
        outputs = [one.to("cpu") for one in outputs]
        _wait(self.device)
        end = guest.now()
        # What a lower precision made of f32 is f32 again.
        outputs = [one.float() if one.dtype == self.low else one for one in outputs]
        return [_array(output) for output in outputs], end - begin, (sent - begin) + (end - computed)

    def take_profile(self):
        import assay_steps
        return assay_steps.require(self.profiler).take()


def _exported(forms, path):
    """The function of a program, its inputs and its outputs."""
    program = torch.export.load(path)
    values = {node.name: node.meta.get("val") for node in program.graph.nodes}

    def port(name):
        shape = getattr(values.get(name), "shape", None)
        return forms.Port([name], None if shape is None else [one if isinstance(one, int) else None for one in shape])

    module, taken = program.module(), program.call_spec.in_spec

    def function(*inputs):
        positional, named = torch.utils._pytree.tree_unflatten(list(inputs), taken)
        return torch.utils._pytree.tree_leaves(module(*positional, **named))

    signature = program.graph_signature
    return function, [port(name) for name in signature.user_inputs], [port(name) for name in signature.user_outputs]


def _scripted(forms, path):
    """The module of a TorchScript, its inputs and its outputs."""
    module = torch.jit.load(path, map_location="cpu").eval()
    schema = module.forward.schema
    returned = schema.returns[0].type
    count = len(returned.elements()) if returned.kind() == "TupleType" else 1
    return module, [forms.Port([one.name], None) for one in schema.arguments[1:]], [forms.Port([], None)] * count


class Profiler(torch.fx.Interpreter):
    """Runs a converted module node by node under PyTorch's own profiler, so that its operators lie within nodes."""

    mark = "assay node "

    def __init__(self, module, graph):
        super().__init__(module)
        self.steps, self.numbers, self.runs = [], {}, []
        # By the values that they write: a node of a model need not have a name.
        self.sources = {output: node for node in graph.node for output in node.output if output}

    def __call__(self, *inputs):
        with torch.profiler.profile(activities=[torch.profiler.ProfilerActivity.CPU]) as profile:
            with torch.profiler.record_function("assay run"):
                outputs = self.run(*inputs)
        self.runs.append(profile)
        return outputs

    def run_node(self, node):
        if node.op not in ("call_module", "call_function", "call_method"):
            return super().run_node(node)
        mapping = getattr(self.fetch_attr(node.target), "onnx_mapping", None) if node.op == "call_module" else None
        with torch.profiler.record_function(self.mark + (mapping.outputs[0] if mapping else node.name)):
            return super().run_node(node)

    def _step(self, event, parent):
        key = (event.name, parent)
        if key not in self.numbers:
            self.numbers[key] = len(self.steps)
            self.steps.append(self._described(event.name))
            if parent is not None:
                self.steps[-1]["parent"] = parent
        return self.numbers[key]

    def _described(self, name):
        node = self.sources.get(name[len(self.mark):]) if name.startswith(self.mark) else None
        if node is None:
            name = name.removeprefix(self.mark)
            return {"name": name, "kind": name.split("::")[-1], "implementation": "", "role": "computation",
                    "nodes": [], "inputs": [], "outputs": []}
        return {"name": node.name or node.output[0], "kind": node.op_type, "implementation": "", "role": "computation",
                "nodes": [node.name] if node.name else [], "inputs": list(node.input), "outputs": list(node.output)}

    def _spans(self, events, origin, parent, spans, threads):
        for event in events:
            # Operators call operators: those that call none do the work.
            if event.cpu_children and parent is not None:
                self._spans(event.cpu_children, origin, parent, spans, threads)
                continue
            step = self._step(event, parent)
            start, end = event.time_range.start, event.time_range.end
            spans.append({
                "step": step, "start": round((start - origin) * 1000), "duration": round((end - start) * 1000),
                "thread": threads.setdefault(event.thread, len(threads))})
            self._spans(event.cpu_children, origin, step, spans, threads)

    def take(self):
        runs, threads = [], {}
        for profile in self.runs:
            events = [event for event in profile.events() if event.name == "assay run"]
            if not events:
                continue
            whole, spans = events[0], []
            self._spans(whole.cpu_children, whole.time_range.start, None, spans, threads)
            duration = round((whole.time_range.end - whole.time_range.start) * 1000)
            runs.append({"spans": spans, "duration": duration, "repetitions": 1})
        self.runs = []
        return {"steps": self.steps, "runs": runs, "constants": [], "route": "eager", "resolution": 1}


def _precisions(kind):
    return ("f32", "bf16") if kind == "cpu" else ("f32", "bf16", "f16")


def _device(options):
    """The device that a stack asks for, with products in full f32."""
    kind, index = guest.device(options)
    if kind == "cpu":
        return torch.device("cpu")
    if not torch.cuda.is_available():
        reason = "this build of PyTorch is one without CUDA" if torch.version.cuda is None else _missing()
        raise guest.no_device(options, "pytorch", reason)
    if index >= torch.cuda.device_count():
        raise guest.no_device(options, "pytorch", f"it sees {torch.cuda.device_count()} devices")
    if options["profiling"]:
        raise guest.Refusal("invalid-option", "profiling", "PyTorch's profile is read on the processor alone",
                            "trace it at the level of the model")
    torch.cuda.set_device(index)
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False
    return torch.device("cuda", index)


def _missing():
    """Why there is no device, in PyTorch's words."""
    try:
        torch.cuda.init()
    except Exception as error:
        return str(error).splitlines()[0]
    return "it sees no device"


def _wait(device):
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def _listed(outputs):
    return outputs if isinstance(outputs, (list, tuple)) else [outputs]


def _tensor(array):
    if array.dtype.name != "bfloat16":
        return torch.from_numpy(array)
    return torch.from_numpy(array.view("u2").astype("u2")).view(torch.bfloat16)


def _array(tensor, low=None):
    """What autocast made of f32 is f32 again."""
    tensor = tensor.detach().contiguous()
    if tensor.dtype == low:
        return tensor.float().numpy()
    if tensor.dtype != torch.bfloat16:
        return tensor.numpy()
    import ml_dtypes
    return tensor.view(torch.uint16).numpy().view(ml_dtypes.bfloat16)


if __name__ == "__main__":
    guest.serve(Engine())
