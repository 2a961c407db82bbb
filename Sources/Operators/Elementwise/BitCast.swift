import Graphs
import Tensors

/// The same bits read as another element type of the same width.
struct BitCast: Operator {
    let name = "BitCast"
    let family = OperatorFamily.elementwise
    let agreement = Agreement.exact
    private static let types = TypeSets.all.subtracting([.string])
    let signature = Signature(
        inputs: [.init("input", Self.types)], outputs: [.init("output", Self.types)],
        attributes: [.init("to", isRequired: true)], versions: [26])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        let target = try attributes(site).elementType("to")
        if let source = site.elementType(0) { try check(source, target, site.path) }
        return [.tensor(target, site.shape(0))]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let target = try attributes(call).elementType("to")
        let tensor = try call.tensor(0)
        try check(tensor.elementType, target, call.path)
        return [.tensor(try Tensor.reinterpreting(tensor.bytes, as: target, tensor.shape, call.path))]
    }

    private func check(_ source: ElementType, _ target: ElementType, _ path: String) throws(OperatorError) {
        guard source != .string, target != .string, source.bitWidth == target.bitWidth else {
            throw OperatorError(
                .type, subject: path,
                reason: "elements of \(source.name) cannot be read as \(target.name)",
                remedy: "choose a type of \(source.bitWidth) bits, or convert values with Cast")
        }
    }

    var examples: [Example] {
        func to(_ type: ElementType) -> [Attribute] { [Attribute("to", .int(Int(type.rawValue)))] }
        return [
            Example(
                "floats as integers", opset: 26, attributes: to(.int32), inputs: [.floats([1, -2, 0], [3])],
                expected: [.tensor([Int32(0x3F80_0000), Int32(bitPattern: 0xC000_0000), 0])], isDifferentiable: false),
            Example(
                "signed as unsigned", opset: 26, attributes: to(.uint8), inputs: [.tensor([Int8(-1), 5], [1, 2])],
                expected: [.tensor([UInt8(255), 5], [1, 2])], isDifferentiable: false),
            Example(
                "integers as doubles", opset: 26, attributes: to(.float64),
                inputs: [.ints([0x3FF0_0000_0000_0000], [])], expected: [.tensor([1.0], [])],
                isDifferentiable: false),
        ]
    }
}
