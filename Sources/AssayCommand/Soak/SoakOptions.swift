import ArgumentParser

/// What `assay optimize --soak` takes.
struct SoakOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Try so many random graphs, from the seed on.", valueName: "count"))
    var soak: Int?

    @Option(
        help: ArgumentHelp(
            "Try models of the zoo on an engine: names, or 'all'.", valueName: "name,…"))
    var soakModels: String?

    @Option(help: ArgumentHelp("In how many random orders all passes are tried; 20 where absent.", valueName: "count"))
    var orders: Int?

    @Option(
        help: ArgumentHelp(
            "Write the random graphs with inputs and outputs into a folder, as NAME.model.onnx and NAME.data.onnx.",
            valueName: "folder"))
    var write: String?

    var isAsked: Bool { soak != nil || soakModels != nil }

    /// The names of `--soak-models`.
    func models() throws -> [String]? { try StudyOptions.words(soakModels, of: "--soak-models") }

    func validate() throws {
        if let soak, soak < 1 { throw ValidationError("--soak \(soak): give 1 graph or more") }
        if let orders, orders < 0 { throw ValidationError("--orders \(orders): give 0 or more") }
        if orders != nil, !isAsked { throw ValidationError("--orders goes with --soak or --soak-models") }
        _ = try models()
        if write != nil, soak == nil { throw ValidationError("--write takes random graphs: give --soak with it") }
        if soak != nil, soakModels != nil {
            throw ValidationError("--soak and --soak-models exclude each other: give one of them")
        }
    }
}
