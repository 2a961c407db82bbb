"""LiteRT, its interpreter with XNNPACK; ONNX by way of onnx2tf."""

import os

import assay_guest as guest

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"


class Engine:
    def open(self, options):
        import ai_edge_litert
        return guest.opened("litert", ai_edge_litert.__version__, f"onnx2tf {guest.version('onnx2tf')}")

    def load(self, path, name, options):
        return Model(path, options)


class Model:
    def __init__(self, path, options):
        from ai_edge_litert.interpreter import Interpreter
        guest.only_f32(options, "LiteRT")
        guest.only_cpu(options, "LiteRT")
        self.options = {"spinning": False}
        import assay_onnx2tf as converter
        self.converter = converter
        graph = guest.onnx_model(path).graph
        self.names, self.wanted = [one.name for one in graph.input], graph.output
        folder, self.conversion = converter.converted(path)
        self.interpreter = Interpreter(converter.file_of(folder), num_threads=options["threads"])
        self.interpreter.allocate_tensors()
        self.places = self._places(self.interpreter.get_input_details())

    def _places(self, details):
        """Where each input of the ONNX model goes."""
        by_name = {self.converter.plain(one["name"]): one for one in details}
        return [by_name.get(self.converter.plain(name), details[min(index, len(details) - 1)])
                for index, name in enumerate(self.names)]

    def run(self, arrays):
        changed = False
        for place, array in zip(self.places, arrays):
            if tuple(place["shape"]) != array.shape:
                self.interpreter.resize_tensor_input(place["index"], array.shape)
                changed = True
        if changed:
            self.interpreter.allocate_tensors()
            self.places = self._places(self.interpreter.get_input_details())
        for place, array in zip(self.places, arrays):
            self.interpreter.set_tensor(place["index"], array)
        begin = guest.now()
        self.interpreter.invoke()
        nanoseconds = guest.now() - begin
        outputs = self._outputs()
        return self.converter.arranged(outputs, self.wanted), nanoseconds

    def _outputs(self):
        """The outputs with the names of the signature, which are those of the ONNX model."""
        signatures = self.interpreter.get_signature_list()
        details = self.interpreter.get_output_details()
        names = next(iter(signatures.values()), {}).get("outputs", [])
        names = names if len(names) == len(details) else [one["name"] for one in details]
        return [(name, self.interpreter.get_tensor(one["index"])) for name, one in zip(names, details)]


if __name__ == "__main__":
    guest.serve(Engine())
