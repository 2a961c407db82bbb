import ArgumentParser

/// What `assay optimize --soak` takes.
struct SoakOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Try so many random graphs, from the seed on.", valueName: "count"))
    var soak: Int?

    @Option(
        help: ArgumentHelp(
            "Try models of the zoo on an engine: names, or 'all'; open shapes may be given with --shape.",
            valueName: "name,…"))
    var soakModels: String?

    @Option(help: ArgumentHelp("In how many random orders all passes are tried.", valueName: "count"))
    var orders = 20

    @Option(
        help: ArgumentHelp(
            "Write the random graphs with inputs and outputs into a folder, as NAME.model.onnx and NAME.data.onnx.",
            valueName: "folder"))
    var write: String?

    var isAsked: Bool { soak != nil || soakModels != nil }

    func validate() throws {
        if let soak, soak < 1 { throw ValidationError("--soak \(soak): give 1 graph or more") }
        if orders < 0 { throw ValidationError("--orders \(orders): give 0 or more") }
        if write != nil, soak == nil { throw ValidationError("--write takes random graphs: give --soak with it") }
        if soak != nil, soakModels != nil {
            throw ValidationError("--soak and --soak-models exclude each other: give one of them")
        }
    }
}
