/// Nodes in topological order with the values they read and write; also the body of control flow.
public struct Graph: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The nodes, each after those whose outputs it reads.
    public var nodes: [Node]
    /// The inputs; before IR version 4 initializers are listed here too.
    public var inputs: [ValueInfo]
    /// The outputs.
    public var outputs: [ValueInfo]
    /// Constant tensors by name, in file order.
    public var initializers: [Initializer]
    /// Constant sparse tensors, in file order.
    public var sparseInitializers: [SparseTensor]
    /// Types of inner values, where the file states them.
    public var valueInfos: [ValueInfo]
    /// Quantisation parameters of values, by value name.
    public var quantizationAnnotations: [QuantizationAnnotation]
    /// Free text.
    public var documentation: String
    /// Free key-value pairs.
    public var metadata: [StringPair]
    /// Fields newer than this reader, kept as they were found.
    public var unknownFields: [UnknownField]

    /// Makes a graph.
    public init(
        name: String = "", nodes: [Node] = [], inputs: [ValueInfo] = [], outputs: [ValueInfo] = [],
        initializers: [Initializer] = [], sparseInitializers: [SparseTensor] = [], valueInfos: [ValueInfo] = [],
        quantizationAnnotations: [QuantizationAnnotation] = [], documentation: String = "", metadata: [StringPair] = [],
        unknownFields: [UnknownField] = []
    ) {
        self.name = name
        self.nodes = nodes
        self.inputs = inputs
        self.outputs = outputs
        self.initializers = initializers
        self.sparseInitializers = sparseInitializers
        self.valueInfos = valueInfos
        self.quantizationAnnotations = quantizationAnnotations
        self.documentation = documentation
        self.metadata = metadata
        self.unknownFields = unknownFields
    }

    /// The inputs that a caller must feed: those that no initializer provides.
    public var requiredInputs: [ValueInfo] {
        let constants = Set(initializers.map(\.name)).union(sparseInitializers.map(\.name))
        return inputs.filter { !constants.contains($0.name) }
    }
}
