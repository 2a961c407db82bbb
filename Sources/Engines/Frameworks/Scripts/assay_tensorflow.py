"""TensorFlow: a graph of a SavedModel, or one compiled by XLA (`mode: xla`); ONNX by way of onnx2tf."""

import contextlib
import os

import assay_guest as guest

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"


class Engine:
    def open(self, options):
        import tensorflow as tf
        tf.config.threading.set_intra_op_parallelism_threads(options["threads"])
        tf.config.threading.set_inter_op_parallelism_threads(1)
        return guest.opened(
            "tensorflow", tf.__version__, f"{tf.version.GIT_VERSION}, onnx2tf {guest.version('onnx2tf')}")

    def load(self, path, name, options, form):
        return Form(path, options, form) if form else Model(path, options)


class Model:
    modes = ("graph", "xla")

    def __init__(self, path, options):
        import assay_onnx2tf as converter
        import tensorflow as tf
        self.converter = converter
        self.route = guest.mode(options, self.modes)
        guest.only_f32(options, "TensorFlow")
        guest.only_cpu(options, "TensorFlow")
        self.options = {"spinning": False}
        graph = guest.onnx_model(path).graph
        self.names, self.wanted = [one.name for one in graph.input], graph.output
        folder, self.conversion = converter.converted(path)
        self.model = tf.saved_model.load(folder)
        self.function = self.model.signatures["serving_default"]
        # They are called output_0 and so on, in the order of the model and not in that of the dictionary.
        self.results = sorted(self.function.structured_outputs, key=lambda name: (len(name), name))
        self.keys = list(self.function.structured_input_signature[1])
        self.profiler = None
        if options["profiling"]:
            import assay_tensorflow_profile
            self.route = "graph"
            self.profiler = assay_tensorflow_profile.Profiler(graph, converter.layers_of(folder))
        self.call = tf.function(self.function, jit_compile=True) if self.route == "xla" else self.function

    def run(self, arrays):
        import tensorflow as tf
        given = {self.converter.plain(name): array for name, array in zip(self.names, arrays)}
        inputs = {
            key: tf.constant(given.get(self.converter.plain(key), arrays[index]))
            for index, key in enumerate(self.keys)}
        with self.profiler.run() if self.profiler else contextlib.nullcontext():
            begin = guest.now()
            outputs = self.call(**inputs)
            arrays = [outputs[name].numpy() for name in self.results]
            nanoseconds = guest.now() - begin
        return self.converter.arranged(arrays, self.wanted), nanoseconds

    def take_profile(self):
        import assay_steps
        return assay_steps.require(self.profiler).take()


class Form:
    """A model that comes as a SavedModel."""

    def __init__(self, path, options, form):
        import assay_forms as forms
        import tensorflow as tf
        self.route = guest.mode(options, Model.modes)
        guest.only_f32(options, "TensorFlow")
        forms.only_run(options)
        forms.require(form, "TensorFlow", [""])
        self.options = {"spinning": False}
        # The functions live as long as what they were loaded with.
        self.model = tf.saved_model.load(form["path"])
        self.function = self._signature(form["path"])
        inputs, outputs = self.function.structured_input_signature[1], self.function.structured_outputs
        self.keys, self.results = sorted(inputs), sorted(outputs)
        self.map = forms.Map(
            form, guest.onnx_model(path).graph,
            [self._port(forms, name, inputs[name]) for name in self.keys],
            [self._port(forms, name, outputs[name]) for name in self.results])
        self.call = tf.function(self.function, jit_compile=True) if self.route == "xla" else self.function

    def _signature(self, path):
        signatures = self.model.signatures
        if "serving_default" in signatures:
            return signatures["serving_default"]
        if len(signatures) != 1:
            names = ", ".join(signatures) or "none"
            raise guest.Refusal(
                "refused-model", path, "it has no signature 'serving_default'", f"its signatures are: {names}")
        return next(iter(signatures.values()))

    @staticmethod
    def _port(forms, name, spec):
        shape = None if spec.shape.rank is None else [None if one is None else int(one) for one in spec.shape]
        return forms.Port([name, spec.name if spec.name != name else None, f"serving_default_{name}:0"], shape)

    def run(self, arrays):
        import tensorflow as tf
        inputs = {name: tf.constant(array) for name, array in zip(self.keys, self.map.given(arrays))}
        begin = guest.now()
        outputs = self.call(**inputs)
        arrays = [outputs[name].numpy() for name in self.results]
        nanoseconds = guest.now() - begin
        return self.map.taken(arrays), nanoseconds


if __name__ == "__main__":
    guest.serve(Engine())
