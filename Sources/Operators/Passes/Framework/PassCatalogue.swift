import Graphs

/// The passes that ship with Assay, in the order in which they serve each other best.
public struct PassCatalogue: Sendable {
    /// The passes, in order.
    public var passes: [any Pass]

    /// Makes a catalogue.
    public init(_ passes: [any Pass]) { self.passes = passes }

    /// All passes.
    public static let standard = PassCatalogue([
        DeadCode(),
        IfInlining(),
        IdentityElimination(),
        ConstantFolding(),
        ShapeFolding(),
        CommonSubexpressions(),
        CastRemoval(),
        LayerNormRecognition(),
        RMSNormRecognition(),
        GeluRecognition(),
        ActivationRecognition(),
        AttentionRecognition(),
        AlgebraicSimplification(),
        ReshapeMerging(),
        ReshapeSinking(),
        TransposeSinking(),
        PadFolding(),
        BatchNormFolding(),
        LinearFolding(),
        GemmFusion(),
        Reassociation(),
    ])

    /// The pass of a name.
    public func find(_ name: String) -> (any Pass)? { passes.first { $0.name == name } }

    /// The passes that a user asks for, in the order of the catalogue.
    ///
    /// - Parameters:
    ///   - only: names of the passes to take; all where `nil`.
    ///   - without: names of passes to leave out.
    /// - Throws: `OperatorError` of code `unknownPass` where there is no pass of a name.
    public func choose(only: [String]? = nil, without: [String] = []) throws(OperatorError) -> [any Pass] {
        for name in (only ?? []) + without where find(name) == nil {
            let suggestion = Suggestion.sentence(for: name, among: Set(passes.map(\.name)))
            throw OperatorError(
                .unknownPass, subject: "pass '\(name)'", reason: "there is no pass of this name",
                remedy: suggestion.isEmpty ? "`assay optimize --list` shows all" : suggestion)
        }
        return passes.filter { (only?.contains($0.name) ?? true) && !without.contains($0.name) }
    }
}

extension OperatorError.Code {
    /// The catalogue has no pass of this name.
    public static let unknownPass = Self(rawValue: "operator.unknown-pass")
}
