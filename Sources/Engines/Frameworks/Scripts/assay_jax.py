"""JAX, compiled by XLA (`mode: jit`, the default) or operator by operator (`mode: eager`); ONNX by way of jaxonnxruntime."""

import os

import assay_guest as guest


class Engine:
    def open(self, options):
        # XLA reads these when it is loaded.
        is_threaded = "true" if options["threads"] > 1 else "false"
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
            f"jaxlib {guest.version('jaxlib')}, jaxonnxruntime {guest.version('jaxonnxruntime')}")

    def load(self, path, name, options):
        return Model(path, options)


def _mend(numpy):
    """The converter's last release (0.3.0) names arguments of `clip` that JAX has since renamed."""
    clip = numpy.clip

    def renamed(arr=None, min=None, max=None, *, a=None, a_min=None, a_max=None):
        return clip(arr if a is None else a, min if a_min is None else a_min, max if a_max is None else a_max)

    numpy.clip = renamed


class Model:
    modes = ("jit", "eager")

    def __init__(self, path, options):
        self.route = guest.mode(options, self.modes)
        guest.only_f32(options, "JAX")
        self.device = _device(options)
        self.options = {"spinning": False, "device": options.get("device", "cpu")}
        self.model = guest.onnx_model(path)
        self.names = [one.name for one in self.model.graph.input]
        # The converter traces a model for the shapes that it is given.
        self.prepared = {}

    def _call(self, arrays):
        import jax
        from jaxonnxruntime import call_onnx
        signature = tuple((array.dtype.str, array.shape) for array in arrays)
        if signature not in self.prepared:
            function, parameters = call_onnx.call_onnx_model(self.model, dict(zip(self.names, arrays)))
            if self.device is not None:
                parameters = jax.device_put(parameters, self.device)
            self.prepared[signature] = (jax.jit(function) if self.route == "jit" else function, parameters)
        return self.prepared[signature]

    def run(self, arrays):
        import jax
        import numpy
        function, parameters = self._call(arrays)
        if self.device is not None:
            return self._run_there(function, parameters, arrays)
        inputs = jax.block_until_ready({name: jax.device_put(array) for name, array in zip(self.names, arrays)})
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


if __name__ == "__main__":
    guest.serve(Engine())
