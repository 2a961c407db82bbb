public import Specs
public import Tensors

/// Changes the element type of tensors.
public struct ConvertType: TensorStep {
    /// The element type of the result.
    public var element: ElementType

    /// Makes the step.
    public init(element: ElementType) { self.element = element }

    static let elements = SpecType<String>.literal.checked {
        TensorConversion.names.contains($0) ? nil : "expected one of \(TensorConversion.names.joined(separator: ", "))"
    }.mapped(
        summary: "one of " + TensorConversion.names.joined(separator: ", "), to: { ElementType(name: $0) },
        from: \.name)

    /// The parameters.
    public static let spec = SpecObject(
        "type",
        "Changes the element type; reals become integers by rounding half to even, and values beyond the range its end.",
        initial: ConvertType(element: .float32),
        [.required("element", \.element, elements, "The element type of the result.")])

    /// `type: f32`, or the map.
    public static var type: SpecType<ConvertType> { spec.type.orShort(elements) { ConvertType(element: $0) } }

    /// Converts one tensor.
    func apply(_ tensor: Tensor, subject: String) throws(AssetError) -> Tensor {
        try TensorConversion.convert(tensor, to: element, subject: subject)
    }
}
