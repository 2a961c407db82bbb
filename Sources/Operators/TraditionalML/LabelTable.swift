import Graphs
import Tensors

/// The keys and values of a `LabelEncoder`.
struct LabelTable {
    /// An element as a key: equal numbers are equal keys.
    private enum Key: Hashable {
        case text(String)
        case integer(Int)
        /// The bits, with one zero and one NaN.
        case real(UInt64)

        init(_ value: Double) {
            self = .real(value.isNaN ? Double.nan.bitPattern : (value == 0 ? 0 : value).bitPattern)
        }
    }

    /// The values, and the default behind them.
    let values: Tensor
    private let keyType: ElementType
    private var places: [Key: Int] = [:]

    /// Reads the attributes.
    ///
    /// - Throws: `OperatorError` of code `attribute` where not exactly one list of keys and one of values is given, or their
    ///   lengths differ.
    init(_ attributes: Attributes, isFirstVersion: Bool, input: ElementType?) throws(OperatorError) {
        let path = attributes.path
        let keys: Tensor
        let listed: Tensor
        if isFirstVersion {
            let names = try attributes.optionalStrings("classes_strings") ?? []
            let texts = try Tensor.make(texts: names, [names.count], path)
            let numbers = Tensor((0..<names.count).map(Int64.init))
            (keys, listed) = input == .string ? (texts, numbers) : (numbers, texts)
        } else {
            keys = try Self.list("keys", attributes)
            listed = try Self.list("values", attributes)
        }
        guard keys.elementCount == listed.elementCount else {
            throw OperatorError(
                .attribute, subject: path,
                reason: "there are \(keys.elementCount) keys and \(listed.elementCount) values")
        }
        values = try listed.joined(try Self.fallback(listed.elementType, attributes), path)
        keyType = keys.elementType
        // Of equal keys the last counts.
        for (place, key) in try Self.keys(keys, path).enumerated() { places[key] = place }
    }

    /// The one list of keys or of values that is given, under the name of its type.
    private static func list(_ kind: String, _ attributes: Attributes) throws(OperatorError) -> Tensor {
        var lists: [Tensor] = []
        if let floats = try attributes.optionalFloats("\(kind)_floats"), !floats.isEmpty {
            lists.append(Tensor(floats))
        }
        if let integers = try attributes.optionalInts("\(kind)_int64s"), !integers.isEmpty {
            lists.append(Tensor(integers.map(Int64.init)))
        }
        if let texts = try attributes.optionalStrings("\(kind)_strings"), !texts.isEmpty {
            lists.append(try Tensor.make(texts: texts, [texts.count], attributes.path))
        }
        if let tensor = try attributes.optionalTensor("\(kind)_tensor") { lists.append(tensor) }
        guard lists.count == 1 else {
            throw OperatorError(
                .attribute, subject: attributes.path, reason: "there are \(lists.count) lists of \(kind)",
                remedy: "give one of \(kind)_floats, \(kind)_int64s, \(kind)_strings and \(kind)_tensor")
        }
        return lists[0]
    }

    /// What stands for elements without a key.
    private static func fallback(_ type: ElementType, _ attributes: Attributes) throws(OperatorError) -> Tensor {
        if let tensor = try attributes.optionalTensor("default_tensor") {
            guard tensor.elementType == type, tensor.elementCount == 1 else {
                throw OperatorError(
                    .attribute, subject: attributes.path, reason: "default_tensor is not one element of \(type.name)")
            }
            return tensor
        }
        switch type {
        case .string:
            return try Tensor.make(texts: [try attributes.string("default_string")], [1], attributes.path)
        case .float32, .float64:
            return try Conversion.convert(
                Tensor([try attributes.float("default_float")]), to: type, attributes.path)
        default:
            return try Conversion.convert(
                Tensor([Int64(try attributes.int("default_int64"))]), to: type, attributes.path)
        }
    }

    private static func keys(_ tensor: Tensor, _ path: String) throws(OperatorError) -> [Key] {
        if let texts = tensor.strings { return texts.map(Key.text) }
        if tensor.elementType.isInteger { return try tensor.integers(path).map(Key.integer) }
        let values: [Double] = try Conversion.convert(tensor, to: .float64, path).elements(path)
        return values.map { Key($0) }
    }

    /// The value of each element.
    ///
    /// - Throws: `OperatorError` of code `type` where the elements are of another type than the keys.
    func encode(_ data: Tensor, _ path: String) throws(OperatorError) -> Tensor {
        guard data.elementType == keyType else {
            throw OperatorError(
                .type, subject: path, reason: "elements of \(data.elementType.name) have no keys of \(keyType.name)")
        }
        let last = values.elementCount - 1
        let positions = try Self.keys(data, path).map { places[$0] ?? last }
        return try values.gathered(positions, shape: data.shape, path: path)
    }
}
