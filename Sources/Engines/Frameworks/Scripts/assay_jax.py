"""JAX, compiled by XLA (`mode: jit`, the default) or operator by operator (`mode: eager`); ONNX by way of jaxonnxruntime."""

import contextlib
import os

import assay_guest as guest


class Engine:
    def open(self, options):
        # XLA reads these when it is loaded.
        is_threaded = "true" if options["threads"] > 1 else "false"
        os.environ["NPROC"] = str(options["threads"])
        os.environ["XLA_FLAGS"] = f"{os.environ.get('XLA_FLAGS', '')} --xla_cpu_multi_thread_eigen={is_threaded}"
        is_cuda = guest.device(options)[0] == "cuda"
        os.environ.setdefault("JAX_PLATFORMS", "cuda,cpu" if is_cuda else "cpu")
        # Else it takes three quarters of the device's memory before it computes anything.
        os.environ.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")
        import jax
        jax.config.update("jax_enable_x64", True)
        if is_cuda:
            # Products in full f32.
            jax.config.update("jax_default_matmul_precision", "highest")
        _mend(jax.numpy)
        return guest.opened(
            "jax", jax.__version__,
            f"jaxlib {guest.version('jaxlib')}, jaxonnxruntime {guest.version('jaxonnxruntime')}",
            newest_opset=_newest_opset())

    def load(self, path, name, options, form):
        return Form(path, options, form) if form else Model(path, options)


def _newest_opset():
    from jaxonnxruntime import call_onnx
    names = {name for one in call_onnx.Handler.__subclasses__() for name in dir(one) if name.startswith("version_")}
    return max(int(name.removeprefix("version_")) for name in names)


def _mend(numpy):
    """The converter's last release (0.3.0) names arguments of `clip` that JAX has since renamed."""
    clip = numpy.clip

    def renamed(arr=None, min=None, max=None, *, a=None, a_min=None, a_max=None):
        return clip(arr if a is None else a, min if a_min is None else a_min, max if a_max is None else a_max)

    numpy.clip = renamed


def _require_operators(model):
    """The converter would only say what it lacks once it is given inputs."""
    from jaxonnxruntime import call_onnx
    known = call_onnx._get_all_handlers(model.opset_import)
    for node in model.graph.node:
        handler = known.get(node.domain, {}).get(node.op_type)
        if handler is None or not hasattr(handler, f"version_{handler.SINCE_VERSION}"):
            since = f" of operator set {handler.SINCE_VERSION}" if handler else ""
            raise guest.Refusal(
                "unsupported-operator", f"node '{node.name}', operator {node.op_type}",
                f"jaxonnxruntime has no {node.op_type}{since}")


class Model:
    modes = ("jit", "eager")

    def __init__(self, path, options):
        self.route = guest.mode(options, self.modes)
        guest.only_f32(options, "JAX")
        self.device = _device(options)
        self.options = {"spinning": False, "device": options.get("device", "cpu")}
        self.model = guest.onnx_model(path)
        _require_operators(self.model)
        self.names = [one.name for one in self.model.graph.input]
        # The converter traces a model for the shapes that it is given.
        self.prepared = {}
        self.profiler = None
        if options["profiling"]:
            if self.device is not None:
                raise guest.Refusal("invalid-option", "profiling", "JAX's profile is read on the processor alone",
                                    "trace it at the level of the model")
            import assay_jax_profile
            self.route, self.profiler = "jit", assay_jax_profile.Profiler(self.model.graph)

    def _call(self, arrays):
        import jax
        from jaxonnxruntime import call_onnx
        signature = tuple((array.dtype.str, array.shape) for array in arrays)
        if signature not in self.prepared:
            given = dict(zip(self.names, arrays))
            if self.profiler:
                self.prepared[signature] = self._watched(given)
            else:
                function, parameters = call_onnx.call_onnx_model(self.model, given)
                if self.device is not None:
                    parameters = jax.device_put(parameters, self.device)
                self.prepared[signature] = (jax.jit(function) if self.route == "jit" else function, parameters)
        return self.prepared[signature]

    def _watched(self, given):
        """A function whose operators know the nodes that they came from."""
        import assay_jax_profile
        import jax
        from jaxonnxruntime import call_onnx
        with assay_jax_profile.named_scopes(self.model.graph):
            function, parameters = call_onnx.call_onnx_model(self.model, given)
            # Modules are told apart by the names of their functions.
            function.__name__ = f"assay_model_{len(self.prepared)}"
            compiled = jax.jit(function).lower(parameters, given).compile()
        return self.profiler.watch(compiled), parameters

    def run(self, arrays):
        import jax
        import numpy
        function, parameters = self._call(arrays)
        if self.device is not None:
            return self._run_there(function, parameters, arrays)
        inputs = jax.block_until_ready({name: jax.device_put(array) for name, array in zip(self.names, arrays)})
        with self.profiler.run() if self.profiler else contextlib.nullcontext():
            begin = guest.now()
            # Calls return before the result is there.
            outputs = jax.block_until_ready(function(parameters, inputs))
            nanoseconds = guest.now() - begin
        return [numpy.asarray(output) for output in outputs], nanoseconds

    def _run_there(self, function, parameters, arrays):
        """A run on a device: there, the kernels, and back, each waited for."""
        import jax
        begin = guest.now()
        inputs = jax.block_until_ready(
            {name: jax.device_put(array, self.device) for name, array in zip(self.names, arrays)})
        sent = guest.now()
        outputs = jax.block_until_ready(function(parameters, inputs))
        computed = guest.now()
        arrays = jax.device_get(list(outputs))
        end = guest.now()
        return arrays, end - begin, (sent - begin) + (end - computed)

    def take_profile(self):
        import assay_steps
        return assay_steps.require(self.profiler).take()


def _device(options):
    """The device that a stack asks for; None for the processor."""
    import jax
    kind, index = guest.device(options)
    if kind == "cpu":
        return None
    try:
        devices = jax.devices(kind)
    except RuntimeError as error:
        raise guest.no_device(options, "jax", str(error).splitlines()[0]) from error
    if index >= len(devices):
        raise guest.no_device(options, "jax", f"it sees {len(devices)} devices")
    jax.config.update("jax_default_device", devices[index])
    return devices[index]


class Form:
    """A model that comes as a function serialized with jax.export."""

    def __init__(self, path, options, form):
        import assay_forms as forms
        import jax
        from jax import export
        self.route = guest.mode(options, Model.modes)
        guest.only_f32(options, "JAX")
        forms.only_run(options)
        self.options = {"spinning": False}
        with open(form["path"], "rb") as file:
            data = file.read()
        try:
            self.exported = export.deserialize(bytearray(data))
        except ModuleNotFoundError as error:
            raise guest.Refusal(
                "refused-model", form["path"], f"{error}: this stack was locked without it", "remove the stack from assay.lock") from error
        except Exception as error:
            raise guest.Refusal(
                "refused-model", form["path"], f"it is nothing that jax.export serialized ({error})"[:500]) from error
        self.map = forms.Map(
            form, guest.onnx_model(path).graph, _ports(forms, self.exported.in_tree, self.exported.in_avals),
            _ports(forms, self.exported.out_tree, self.exported.out_avals))
        self.call = jax.jit(self.exported.call) if self.route == "jit" else self.exported.call

    def run(self, arrays):
        import jax
        import numpy
        inputs = jax.block_until_ready([jax.device_put(array) for array in self.map.given(arrays)])
        positional, named = jax.tree_util.tree_unflatten(self.exported.in_tree, inputs)
        begin = guest.now()
        outputs = jax.block_until_ready(self.call(*positional, **named))
        nanoseconds = guest.now() - begin
        return self.map.taken([numpy.asarray(one) for one in jax.tree_util.tree_leaves(outputs)]), nanoseconds


def _ports(forms, tree, avals):
    """A value has a name where it is an argument by name or an entry of a dictionary."""
    import jax
    whole = jax.tree_util.tree_unflatten(tree, range(len(avals)))
    ports = []
    for keys, index in jax.tree_util.tree_flatten_with_path(whole)[0]:
        key = getattr(keys[-1], "key", getattr(keys[-1], "name", None)) if keys else None
        shape = [int(one) if isinstance(one, int) else None for one in avals[index].shape]
        ports.append(forms.Port([key if isinstance(key, str) else None], shape))
    return ports


if __name__ == "__main__":
    guest.serve(Engine())
