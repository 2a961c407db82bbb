import Graphs
import Tensors

/// The attributes of a node read by type, with the defaults of the operator's signature.
struct Attributes {
    let node: Node
    let rules: [Signature.AttributeRule]
    let path: String

    private func value(_ name: String) -> AttributeValue? {
        node.attribute(name) ?? rules.first { $0.name == name }?.defaultValue
    }

    private func read<T>(_ name: String, _ kind: String, _ extract: (AttributeValue) -> T?) throws(OperatorError) -> T?
    {
        guard let value = value(name) else { return nil }
        guard let result = extract(value) else {
            throw OperatorError(.attribute, subject: path, reason: "attribute '\(name)' is not \(kind)")
        }
        return result
    }

    private func require<T>(_ name: String, _ value: T?) throws(OperatorError) -> T {
        guard let value else {
            throw OperatorError(
                .attribute, subject: path, reason: "attribute '\(name)' is missing",
                remedy: "give the node the attribute '\(name)'")
        }
        return value
    }

    func optionalInt(_ name: String) throws(OperatorError) -> Int? {
        try read(name, "an integer") { if case .int(let value) = $0 { value } else { nil } }
    }

    func int(_ name: String) throws(OperatorError) -> Int { try require(name, optionalInt(name)) }

    /// An integer that stands for a truth value.
    func flag(_ name: String) throws(OperatorError) -> Bool { try int(name) != 0 }

    func optionalFloat(_ name: String) throws(OperatorError) -> Float? {
        try read(name, "a float") { if case .float(let value) = $0 { value } else { nil } }
    }

    func float(_ name: String) throws(OperatorError) -> Float { try require(name, optionalFloat(name)) }

    func optionalString(_ name: String) throws(OperatorError) -> String? {
        try read(name, "a string") { if case .string(let bytes) = $0 { bytes.text } else { nil } }
    }

    func string(_ name: String) throws(OperatorError) -> String { try require(name, optionalString(name)) }

    func optionalInts(_ name: String) throws(OperatorError) -> [Int]? {
        try read(name, "a list of integers") {
            switch $0 {
            case .ints(let values): values
            // Writers leave an empty list without its kind.
            case .floats(let values) where values.isEmpty: []
            default: nil
            }
        }
    }

    func ints(_ name: String) throws(OperatorError) -> [Int] { try require(name, optionalInts(name)) }

    func optionalFloats(_ name: String) throws(OperatorError) -> [Float]? {
        try read(name, "a list of floats") {
            switch $0 {
            case .floats(let values): values
            case .ints(let values) where values.isEmpty: []
            default: nil
            }
        }
    }

    func optionalStrings(_ name: String) throws(OperatorError) -> [String]? {
        try read(name, "a list of strings") {
            guard case .strings(let values) = $0 else { return nil }
            let texts = values.compactMap(\.text)
            return texts.count == values.count ? texts : nil
        }
    }

    func optionalTensor(_ name: String) throws(OperatorError) -> Tensor? {
        try read(name, "a tensor") { if case .tensor(let value) = $0 { value } else { nil } }
    }

    func tensor(_ name: String) throws(OperatorError) -> Tensor { try require(name, optionalTensor(name)) }

    func optionalType(_ name: String) throws(OperatorError) -> ValueType? {
        try read(name, "a type") { if case .type(let value) = $0 { value } else { nil } }
    }

    func graph(_ name: String) throws(OperatorError) -> Graph {
        try require(name, read(name, "a graph") { if case .graph(let value) = $0 { value } else { nil } })
    }

    /// An element type given by its code in the standard, as `Cast.to` is.
    func optionalElementType(_ name: String) throws(OperatorError) -> ElementType? {
        guard let code = try optionalInt(name) else { return nil }
        guard let type = Int32(exactly: code).flatMap(ElementType.init(rawValue:)) else {
            throw OperatorError(
                .attribute, subject: path, reason: "attribute '\(name)' is \(code), which is no element type")
        }
        return type
    }

    func elementType(_ name: String) throws(OperatorError) -> ElementType {
        try require(name, optionalElementType(name))
    }
}

extension Operator {
    /// The attributes of a call of this operator, with the defaults of its signature.
    func attributes(_ site: CallSite) -> Attributes {
        Attributes(node: site.node, rules: signature.attributes, path: site.path)
    }

    /// The attributes of a call of this operator, with the defaults of its signature.
    func attributes(_ call: Call) -> Attributes { attributes(call.site) }
}
