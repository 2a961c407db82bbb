/// The node cases of the onnx package as they lie in the Assay home, checked against the repository's list.
public struct NodeCases: Sendable, Hashable {
    /// The folder that holds a folder a case.
    public let path: String
    /// The names of the cases, sorted.
    public let names: [String]
    /// The cases whose expected outputs are not, to the bit, those of the list.
    ///
    /// Models and inputs always are. Outputs come from the C library's functions too, which on a machine without fused
    /// multiply-add round some numbers otherwise; the bounds of a case are far wider.
    public let roundedOtherwise: [String]
    /// The folder of the repository's lists.
    public let lists: String

    /// Describes cases that lie in a folder.
    public init(path: String, names: [String], roundedOtherwise: [String], lists: String) {
        self.path = path
        self.names = names
        self.roundedOtherwise = roundedOtherwise
        self.lists = lists
    }

    /// One file of a case: `model`, `inputs` or `outputs`.
    public func file(_ name: String, of entry: String) -> String { "\(path)/\(entry)/\(name).onnx" }
}
