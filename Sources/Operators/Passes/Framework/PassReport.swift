/// What one application of a pass changed.
public struct PassReport: Sendable, Hashable {
    /// Size and work of a model.
    public struct Size: Sendable, Hashable {
        /// Nodes, those of bodies and local functions included.
        public var nodes: Int
        /// Operations of one run, as far as shapes are known; `nil` where they were not asked for or cannot be counted.
        public var operations: Double?
        /// Bytes that one run reads and writes, as far as shapes are known; `nil` as for `operations`.
        public var bytes: Double?

        /// Makes a size.
        public init(nodes: Int, operations: Double? = nil, bytes: Double? = nil) {
            self.nodes = nodes
            self.operations = operations
            self.bytes = bytes
        }
    }

    /// The pass.
    public var pass: String
    /// The round of the pipeline, from 1.
    public var round: Int
    /// How many places were rewritten.
    public var rewrites: Int
    /// The model before.
    public var before: Size
    /// The model after.
    public var after: Size
    /// Why what the pass made was put aside, which is a defect of the pass.
    ///
    /// `nil` where it was taken.
    public var refusal: String?
}
