public import Engines
import Specs

/// One side of a comparison: a model on a stack, on a machine.
public struct CompareSide: Sendable {
    /// What tables call it; made from what tells the sides apart where `nil`.
    public var name: String?
    /// A name of the zoo, or the path of an ONNX file.
    public var model = ""
    /// The same model in the format of the side's engine, which loads it in place of the ONNX file.
    public var forms: [ModelForm] = []
    /// The engine, its version and how it computes.
    public var stack = StackRequest("onnxruntime")
    /// Work added after each run inside the timed region, as a share of a run: a difference that is known.
    public var addedWork = 0.0

    /// Makes a side.
    public init(_ model: String = "", _ stack: StackRequest = StackRequest("onnxruntime")) {
        self.model = model
        self.stack = stack
    }
}

extension CompareSide {
    static let spec = SpecObject(
        "side", "One side of a comparison.", initial: CompareSide(),
        [
            SpecField("name", \.name, .optional(.string), "What tables call it."),
            .required("model", \.model, .string, "A name of the zoo, or the path of an ONNX file."),
            SpecField(
                "forms", \.forms, .list(of: ModelForm.type),
                "The same model in formats of engines' own, which load them in place of the ONNX file."),
            SpecField("stack", \.stack, StackRequest.type, "The engine, its version and how it computes."),
            SpecField(
                "addedWork", \.addedWork, .double(0...10),
                "Spinning added after each run, as a share of a run: 0.03 makes it 3 % slower."),
        ])

    /// Reads the short form of the command line: a model, an engine, and settings as `name=value`, with spaces between.
    ///
    /// `squeezenet-1.1 onnxruntime@1.20 threads=2 spinning=true`. The settings are the keys of a stack, `form`, `name`
    /// and `addedWork`; any other key is one of the engine's own.
    ///
    /// - Throws: `StudyError` of code `side`, or `AssetError` for a version that is none.
    public init(commandLine text: String) throws {
        let words = text.split(separator: " ").map(String.init)
        let plain = words.filter { !$0.contains("=") || $0.contains("==") }
        guard let model = plain.first, plain.count <= 2 else {
            throw StudyError(
                .side, subject: "side '\(text)'", reason: "it is not MODEL ENGINE NAME=VALUE …",
                remedy: "write for example 'model.onnx onnxruntime@1.20 threads=2'")
        }
        self.init(model, try StackRequest(commandLine: plain.count > 1 ? plain[1] : "onnxruntime"))
        for word in words where !plain.contains(word) {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, set(parts[0], to: parts[1]) else {
                throw StudyError(
                    .side, subject: "side '\(text)'", reason: "'\(word)' is no setting that it could have",
                    remedy: "write threads=2, spinning=true, flushDenormals=false, precision=bf16, device=cuda, "
                        + "machine=ssh:HOST, optimization=none, form=FILE, name=WORD or addedWork=0.03")
            }
        }
    }

    /// Sets one key; false where the value does not fit.
    private mutating func set(_ key: String, to value: String) -> Bool {
        switch key {
        case "name": name = value
        case "form": forms = [ModelForm(engine: stack.engine, path: value)]
        case "threads":
            guard let number = Int(value), (1...1024).contains(number) else { return false }
            stack.options.threads = number
        case "spinning", "flushDenormals":
            guard let flag = Bool(value) else { return false }
            if key == "spinning" { stack.options.spinning = flag } else { stack.options.flushDenormals = flag }
        case "device":
            guard let device = ComputeDevice(value) else { return false }
            stack.options.device = device
        case "machine":
            guard let place = try? StackPlace.list(commandLine: [value]).first else { return false }
            stack.place = place
        case "precision":
            guard let precision = Precision(rawValue: value) else { return false }
            stack.options.precision = precision
        case "optimization":
            guard let optimization = EngineOptions.Optimization(rawValue: value) else { return false }
            stack.options.optimization = optimization
        case "addedWork":
            guard let share = Double(value), (0...10).contains(share) else { return false }
            addedWork = share
        default: stack.options.extra[key] = value
        }
        return true
    }
}
