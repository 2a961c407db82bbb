import Tensors

extension TextWriter {
    /// Tensors of at most this many elements are written in full.
    static let fullTensorElements = 16

    /// A name as it stands when it is a plain word, in quotes otherwise.
    static func name(_ name: String) -> String {
        let plain = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "/"),
                UInt8(ascii: ":"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        return plain && !name.isEmpty && name != "_" ? name : quoted(name)
    }

    /// Text in quotes, control characters escaped, so that it is one line.
    static func quoted(_ text: String) -> String { "\"\(escaped(text))\"" }

    /// Text on one line.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case _
            where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.properties.isBidiControl
                || scalar.value == 0x2028 || scalar.value == 0x2029:
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    static func callee(_ callee: FunctionIdentifier) -> String {
        let domain = callee.domain.isEmpty ? "" : "\(name(callee.domain))::"
        return domain + name(callee.name) + (callee.overload.isEmpty ? "" : "@\(name(callee.overload))")
    }

    static func described(_ info: ValueInfo) -> String {
        var text = "\(name(info.name)): \(info.type?.description ?? "?")"
        if !info.denotation.isEmpty { text += " as \(quoted(info.denotation))" }
        for pair in info.metadata { text += " \(name(pair.key))=\(quoted(pair.value))" }
        for field in info.unknownFields { text += " field \(field.number) \(ContentHash.text(field.encoded))" }
        return text
    }

    static func tensor(_ tensor: Tensor) -> String {
        let type = "\(tensor.elementType.name)[\(tensor.shape.map(String.init).joined(separator: ", "))]"
        guard tensor.elementCount <= fullTensorElements else { return "\(type) \(ContentHash.text(tensor))" }
        if let strings = tensor.strings { return "\(type) (\(strings.map(quoted).joined(separator: ", ")))" }
        if tensor.elementType == .int64 || tensor.elementType.isInteger && tensor.elementType != .uint64,
            let integers = try? tensor.int64s()
        {
            return "\(type) (\(integers.map(String.init).joined(separator: ", ")))"
        }
        if tensor.elementType == .float32, let floats = try? tensor.floats() {
            return "\(type) (\(floats.map { "\($0)" }.joined(separator: ", ")))"
        }
        if tensor.elementType == .uint64, let values: [UInt64] = try? tensor.values() {
            return "\(type) (\(values.map(String.init).joined(separator: ", ")))"
        }
        if let doubles = try? tensor.doubles() {
            return "\(type) (\(doubles.map { "\($0)" }.joined(separator: ", ")))"
        }
        return "\(type) \(ContentHash.text(tensor))"
    }

    static func sparse(_ sparse: SparseTensor) -> String {
        let shape = sparse.shape.map(String.init).joined(separator: ", ")
        return "sparse [\(shape)] values \(tensor(sparse.values)) indices \(tensor(sparse.indices))"
    }

    static func value(_ value: AttributeValue) -> String {
        switch value {
        case .float(let value): "\(value)"
        case .int(let value): "\(value)"
        case .string(let bytes): string(bytes)
        case .tensor(let value): tensor(value)
        case .sparseTensor(let value): sparse(value)
        case .graph: "graph"
        case .type(let type): type.description
        case .floats(let values): list(values) { "\($0)" } + (values.isEmpty ? "f" : "")
        case .ints(let values): list(values) { "\($0)" }
        case .strings(let values): list(values, string) + (values.isEmpty ? "s" : "")
        case .tensors(let values): list(values, tensor) + (values.isEmpty ? "t" : "")
        case .sparseTensors(let values): list(values, sparse) + (values.isEmpty ? "sparse" : "")
        case .graphs(let values): "graphs[\(values.count)]"
        case .types(let values): list(values) { $0.description } + (values.isEmpty ? "type" : "")
        case .reference(let name, let type): "@\(TextWriter.name(name)):\(type)"
        }
    }

    private static func list<Element>(_ values: [Element], _ text: (Element) -> String) -> String {
        "[\(values.map(text).joined(separator: ", "))]"
    }

    private static func string(_ bytes: Bytes) -> String {
        bytes.text.map(quoted) ?? "bytes[\(bytes.count)] \(ContentHash.text(bytes))"
    }
}
