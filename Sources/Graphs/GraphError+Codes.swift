extension GraphError.Code {
    /// A file could not be opened or mapped, or not written.
    public static let unreadableFile = Self(rawValue: "graph.unreadable-file")
    /// A file could not be written.
    public static let unwritableFile = Self(rawValue: "graph.unwritable-file")
    /// The file is of another format, or empty.
    public static let notONNX = Self(rawValue: "graph.not-onnx")
    /// The bytes break the protobuf wire format.
    public static let malformed = Self(rawValue: "graph.malformed")
    /// A field has another layout than the ONNX schema gives it, or appears twice where it may appear once.
    public static let unexpectedField = Self(rawValue: "graph.unexpected-field")
    /// A field that the standard requires is absent.
    public static let missingField = Self(rawValue: "graph.missing-field")
    /// Text is not valid UTF-8.
    public static let invalidText = Self(rawValue: "graph.invalid-text")
    /// Messages, types or subgraphs are nested deeper than the limits allow.
    public static let tooDeep = Self(rawValue: "graph.too-deep")
    /// Reading would take more memory than the limits allow, or the file is larger than the format allows.
    public static let tooLarge = Self(rawValue: "graph.too-large")
    /// The code of an element type is not one of the standard's.
    public static let unknownElementType = Self(rawValue: "graph.unknown-element-type")
    /// A tensor's data do not fit its type and shape.
    public static let invalidTensor = Self(rawValue: "graph.invalid-tensor")
    /// External data are absent, lie outside the model's folder, or beyond the end of their file.
    public static let externalData = Self(rawValue: "graph.external-data")
}

extension GraphError.Code {
    /// Nodes read each other's results in a circle.
    public static let cycle = Self(rawValue: "graph.cycle")
    /// A node stands before the one whose result it reads.
    public static let notSorted = Self(rawValue: "graph.not-sorted")
    /// A name is read that nothing visible defines.
    public static let undefinedValue = Self(rawValue: "graph.undefined-value")
    /// A name is defined twice.
    public static let duplicateDefinition = Self(rawValue: "graph.duplicate-definition")
    /// A node has no operator type, or neither inputs nor outputs.
    public static let invalidNode = Self(rawValue: "graph.invalid-node")
    /// An attribute has no name, stands twice, or refers to what its function does not declare.
    public static let invalidAttribute = Self(rawValue: "graph.invalid-attribute")
    /// A domain is used whose operator set the model or function does not import.
    public static let missingOpset = Self(rawValue: "graph.missing-opset")
    /// A function is defined twice, calls itself, or is called with what it does not take.
    public static let invalidFunction = Self(rawValue: "graph.invalid-function")
    /// A type states a shape that no memory can hold.
    public static let invalidShape = Self(rawValue: "graph.invalid-shape")
    /// A function is written against another operator set than what it would become part of.
    public static let opsetMismatch = Self(rawValue: "graph.opset-mismatch")
}
