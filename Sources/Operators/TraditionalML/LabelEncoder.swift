import Graphs
import Tensors

/// Each element replaced by the value that stands beside the equal key, or by a default.
///
/// Of equal keys the last counts; every NaN is the same key. The first version maps between strings and their places in a
/// list.
struct LabelEncoder: TraditionalOperator {
    let name = "LabelEncoder"
    let agreement = Agreement.exact
    private static let types: Set<ElementType> = [.float32, .float64, .int16, .int32, .int64, .string]
    let signature = Signature(
        inputs: [.init("X", Self.types)], outputs: [.init("Y", Self.types)],
        attributes: [
            .init("classes_strings"), .init("default_float", default: .float(-0.0)),
            .init("default_int64", default: .int(-1)), .init("default_string", default: .string("_Unused")),
            .init("default_tensor"), .init("keys_floats"), .init("keys_int64s"), .init("keys_strings"),
            .init("keys_tensor"), .init("values_floats"), .init("values_int64s"), .init("values_strings"),
            .init("values_tensor"),
        ], versions: [1, 2, 4])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard site.opset >= 2 || site.elementType(0) != nil else { return [nil] }
        let table = try LabelTable(attributes(site), isFirstVersion: site.opset < 2, input: site.elementType(0))
        return [.tensor(table.values.elementType, site.shape(0))]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let data = try call.tensor(0)
        let table = try LabelTable(attributes(call), isFirstVersion: call.opset < 2, input: data.elementType)
        return [.tensor(try table.encode(data, call.path))]
    }

    var examples: [Example] {
        let letters = ["a", "b", "c"].map { Bytes(copying: $0.utf8) }
        let texts = Value.strings(["b", "z", "a"])
        let words = Attribute("keys_strings", .strings(letters))
        let shorts = Tensor([Int16(7), 8, 9])
        return [
            Example(
                "strings to integers", opset: 2, attributes: [words, .init("values_int64s", .ints([5, 6, 7]))],
                inputs: [texts], expected: [.ints([6, -1, 5])], isDifferentiable: false),
            Example(
                "integers to floats, with a default", opset: 4,
                attributes: [
                    .init("keys_int64s", .ints([1, 2, 1])), .init("values_floats", .floats([0.5, 1.5, 2.5])),
                    .init("default_float", .float(9)),
                ], inputs: [.ints([1, 2, 3, 1], [2, 2])], expected: [.floats([2.5, 1.5, 9, 2.5], [2, 2])],
                isDifferentiable: false),
            Example(
                "floats to strings", opset: 2,
                attributes: [
                    .init("keys_floats", .floats([0.5, .nan, 0])), .init("values_strings", .strings(letters)),
                    .init("default_string", .string("none")),
                ], inputs: [.floats([.nan, 0.5, -0.0, 1])], expected: [.strings(["b", "a", "c", "none"])],
                isDifferentiable: false),
            Example(
                "tensors of values", opset: 4,
                attributes: [
                    words, .init("values_tensor", .tensor(shorts)),
                    .init("default_tensor", .tensor(Tensor([Int16(42)]))),
                ], inputs: [texts], expected: [.tensor([Int16(8), 42, 7])], isDifferentiable: false),
            Example(
                "tensors of keys", opset: 4,
                attributes: [
                    .init("keys_tensor", .tensor(shorts)), .init("values_int64s", .ints([1, 2, 3])),
                    .init("default_int64", .int(0)),
                ], inputs: [.tensor([Int16(9), 1])], expected: [.ints([3, 0])], isDifferentiable: false),
            Example(
                "places in a list", opset: 1, attributes: [.init("classes_strings", .strings(letters))],
                inputs: [texts], expected: [.ints([1, -1, 0])], isDifferentiable: false),
        ]
    }
}
