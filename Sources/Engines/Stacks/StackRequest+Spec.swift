import Assets
public import Specs

extension StackRequest {
    /// A stack in a spec: an engine's name, or a map.
    public static let type = spec.type.orShort(.string) { StackRequest($0) }

    /// The keys of a stack as a Markdown table.
    public static let markdown = spec.markdown

    /// The parameters of a stack.
    static let spec = SpecObject(
        "stack", "One engine in one version, with the way it computes.", initial: StackRequest("onnxruntime"),
        [
            .required(
                "engine", \.engine, .string,
                "The engine: native, onnxruntime, openvino, pytorch, jax, tensorflow, litert, or one that was added."),
            SpecField("version", \.version, constraint, "The versions that will do, such as \">=1.20 <1.21\"."),
            SpecField("device", \.options.device, device, "Where it computes."),
            SpecField("precision", \.options.precision, .enumeration, "The arithmetic of the heavy operators."),
            SpecField("threads", \.options.threads, .int(1...1024), "Threads that compute one operator."),
            SpecField("spinning", \.options.spinning, .bool, "Whether idle threads spin."),
            SpecField("flushDenormals", \.options.flushDenormals, .bool, "Whether denormal numbers become zero."),
            SpecField(
                "optimization", \.options.optimization, .enumeration, "How far the engine may rewrite the model."),
            SpecField("extra", \.options.extra, texts, "Settings by the engine's own names."),
            SpecField("environment", \.environment, texts, "Variables set before the engine's library is loaded."),
            SpecField("machine", \.place, StackPlace.type, "Where its workers run."),
        ])

    private static let constraint = SpecType<String>.literal.mapped(
        summary: "a version constraint such as \">=1.20 <1.21\", or any",
        to: { $0 == "any" ? VersionConstraint.any : try? VersionConstraint($0) },
        from: { $0 == .any ? "any" : $0.description })

    private static let device = SpecType<String>.literal.mapped(
        summary: "cpu, cuda or cuda:1", to: { ComputeDevice($0) }, from: { $0.description })

    private static let texts = SpecType<[SpecNamed<String>]>.map(of: .literal).mapped(
        to: { Dictionary($0.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }) },
        from: { $0.sorted { $0.key < $1.key }.map { SpecNamed($0.key, $0.value) } })
}
