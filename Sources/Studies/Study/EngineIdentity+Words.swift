import Engines

extension EngineIdentity {
    /// What the library said of itself: `1.31.1, BUILD, avx512`.
    var words: String { [version, build, instructionSet ?? ""].filter { !$0.isEmpty }.joined(separator: ", ") }
}
