extension GraphError.Code {
    /// A file could not be opened or mapped, or not written.
    public static let unreadableFile = Self(rawValue: "graph.unreadable-file")
    /// A file could not be written.
    public static let unwritableFile = Self(rawValue: "graph.unwritable-file")
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
