"""LiteRT, its interpreter with XNNPACK; ONNX by way of onnx2tf."""

import os

import assay_guest as guest

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"


class Engine:
    def open(self, options):
        import ai_edge_litert
        return guest.opened("litert", ai_edge_litert.__version__, f"onnx2tf {guest.version('onnx2tf')}")

    def load(self, path, name, options, form):
        return Form(path, options, form) if form else Model(path, options)


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
        outputs = [self.interpreter.get_tensor(index) for index in self._outputs()]
        return self.converter.arranged(outputs, self.wanted), nanoseconds

    def take_profile(self):
        raise guest.Refusal(
            "invalid-option", "profiling", "LiteRT's interpreter for Python offers no profiler",
            "trace it at the level of the model")

    def _outputs(self):
        """Where the outputs are, in the order of the ONNX model, whose names the signature has as far as there is one each."""
        signature = next(iter(self.interpreter._get_full_signature_list().values()), {})
        named = {self.converter.plain(name): index for name, index in signature.get("outputs", {}).items()}
        names = [self.converter.plain(one.name) for one in self.wanted]
        if all(name in named for name in names):
            return [named[name] for name in names]
        return [one["index"] for one in self.interpreter.get_output_details()]


class Form:
    """A model that comes as a .tflite file."""

    def __init__(self, path, options, form):
        from ai_edge_litert.interpreter import Interpreter
        import assay_forms as forms
        guest.only_f32(options, "LiteRT")
        forms.only_run(options)
        forms.require(form, "LiteRT", [".tflite"])
        self.options = {"spinning": False}
        self.interpreter = Interpreter(form["path"], num_threads=options["threads"])
        signature = next(iter(self.interpreter._get_full_signature_list().values()), {})
        self.map = forms.Map(
            form, guest.onnx_model(path).graph,
            self._ports(forms, self.interpreter.get_input_details(), signature.get("inputs", {})),
            self._ports(forms, self.interpreter.get_output_details(), signature.get("outputs", {})))
        self.interpreter.allocate_tensors()

    @staticmethod
    def _ports(forms, details, names):
        """Each tensor has a name, and one in the signature where the file has one."""
        signed = {index: name for name, index in names.items()}
        return [
            forms.Port(
                [one["name"], signed.get(one["index"])],
                [None if extent < 0 else int(extent) for extent in one["shape_signature"]])
            for one in details]

    def run(self, arrays):
        details, arrays = self.interpreter.get_input_details(), self.map.given(arrays)
        if any(tuple(one["shape"]) != array.shape for one, array in zip(details, arrays)):
            for one, array in zip(details, arrays):
                self.interpreter.resize_tensor_input(one["index"], array.shape)
            self.interpreter.allocate_tensors()
            details = self.interpreter.get_input_details()
        for one, array in zip(details, arrays):
            self.interpreter.set_tensor(one["index"], array)
        begin = guest.now()
        self.interpreter.invoke()
        nanoseconds = guest.now() - begin
        outputs = [self.interpreter.get_tensor(one["index"]) for one in self.interpreter.get_output_details()]
        return self.map.taken(outputs), nanoseconds


if __name__ == "__main__":
    guest.serve(Engine())
