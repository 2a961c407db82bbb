extension BadInput {
    /// Wrong input of `assay trace`.
    static let traces = [
        BadInput(name: "trace-of-nothing", arguments: ["trace"]),
        BadInput(name: "trace-no-such-level", arguments: ["trace", "affine.onnx", "--levels", "layer,kernel"]),
        BadInput(name: "trace-no-such-format", arguments: ["trace", "affine.onnx", "--timeline", "trace.xyz"]),
        BadInput(name: "trace-timeline-as-record", arguments: ["trace", "affine.onnx", "--out", "trace.perfetto"]),
        BadInput(name: "trace-no-address", arguments: ["trace", "affine.onnx", "--otlp", "localhost:4318"]),
        BadInput(name: "trace-import-of-model", arguments: ["trace", "affine.onnx", "--import", "trace.json"]),
        BadInput(name: "trace-import-missing", arguments: ["trace", "--import", "absent.json"]),
        BadInput(
            name: "trace-import-damaged", arguments: ["trace", "--import", "cut.json"],
            prepare: { try $0.write(#"{"traceEvents": [{"ph": "X", "#, to: "cut.json") }),
        BadInput(
            name: "trace-import-no-trace", arguments: ["trace", "--import", "letter.folded"],
            prepare: { try $0.write("This is a letter.\n", to: "letter.folded") }),
        BadInput(
            name: "trace-two-models", arguments: ["trace", "spec.yaml", "--offline"],
            prepare: { program in
                try program.copyModel("affine")
                try program.write("models: [affine.onnx, affine.onnx]\nstacks: native\n", to: "spec.yaml")
            }),
    ]
}
