"""TensorFlow: a graph of a SavedModel, or one compiled by XLA (`mode: xla`); ONNX by way of onnx2tf."""

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

    def load(self, path, name, options):
        return Model(path, options)


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
        self.keys = list(self.function.structured_input_signature[1])
        self.call = tf.function(self.function, jit_compile=True) if self.route == "xla" else self.function

    def run(self, arrays):
        import tensorflow as tf
        given = {self.converter.plain(name): array for name, array in zip(self.names, arrays)}
        inputs = {
            key: tf.constant(given.get(self.converter.plain(key), arrays[index]))
            for index, key in enumerate(self.keys)}
        begin = guest.now()
        outputs = self.call(**inputs)
        arrays = [(name, output.numpy()) for name, output in outputs.items()]
        nanoseconds = guest.now() - begin
        return self.converter.arranged(arrays, self.wanted), nanoseconds


if __name__ == "__main__":
    guest.serve(Engine())
