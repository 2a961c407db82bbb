import Graphs
import Tensors

/// A value held by an attribute: one of eight, by kind.
struct Constant: Operator {
    let name = "Constant"
    let family = OperatorFamily.generation
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [], outputs: [.init("output", TypeSets.all)],
        attributes: [
            .init("value"), .init("sparse_value"), .init("value_float"), .init("value_floats"), .init("value_int"),
            .init("value_ints"), .init("value_string"), .init("value_strings"),
        ], versions: [1, 9, 11, 12, 13, 19, 21, 23, 24, 25])

    private func tensor(_ site: CallSite) throws(OperatorError) -> Tensor {
        let given = site.node.attributes.filter { rule in signature.attributes.contains { $0.name == rule.name } }
        guard given.count == 1, let value = given.first?.value else {
            throw OperatorError(
                .attribute, subject: site.path, reason: "it gives \(given.count) values where it needs one")
        }
        switch value {
        case .tensor(let tensor): return tensor
        case .sparseTensor(let sparse): return try sparse.dense(site.path)
        case .float(let value): return Tensor(scalar: value)
        case .floats(let values): return Tensor(values)
        case .int(let value): return Tensor(scalar: Int64(value))
        case .ints(let values): return Tensor(values.map(Int64.init))
        case .string(let bytes): return try text([bytes], [], site.path)
        case .strings(let list): return try text(list, [list.count], site.path)
        default:
            throw OperatorError(.attribute, subject: site.path, reason: "its value is of a kind no constant has")
        }
    }

    private func text(_ list: [Bytes], _ shape: Shape, _ path: String) throws(OperatorError) -> Tensor {
        let strings = list.compactMap(\.text)
        guard strings.count == list.count, let tensor = try? Tensor(strings: strings, shape: shape) else {
            throw OperatorError(.attribute, subject: path, reason: "a string of its value is not UTF-8")
        }
        return tensor
    }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        let tensor = try tensor(site)
        return [.tensor(tensor.elementType, SymbolicShape(tensor.shape))]
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work { .zero }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] { [.tensor(try tensor(call.site))] }

    var examples: [Example] {
        let value = Tensor([Float(1), 2])
        let sparse = SparseTensor(
            name: "", values: Tensor([Float(3), 4]), indices: Tensor([Int64(1), 3]), shape: [2, 2])
        let forms: [(String, Attribute, Value)] = [
            ("tensor", .init("value", .tensor(value)), .tensor(value)),
            ("float", .init("value_float", .float(0.5)), .floats([0.5], [])),
            ("floats", .init("value_floats", .floats([0.5, 1])), .floats([0.5, 1])),
            ("int", .init("value_int", .int(7)), .ints([7], [])),
            ("ints", .init("value_ints", .ints([7, -8])), .ints([7, -8])),
            ("string", .init("value_string", .string("a")), .strings(["a"], [])),
            ("strings", .init("value_strings", .strings([Bytes(copying: "a".utf8)])), .strings(["a"])),
            ("sparse tensor", .init("sparse_value", .sparseTensor(sparse)), .floats([0, 3, 0, 4], [2, 2])),
        ]
        return forms.map { name, attribute, expected in
            Example(
                name, opset: name == "tensor" ? 9 : 13, attributes: [attribute], inputs: [], expected: [expected],
                isDifferentiable: false)
        }
    }
}
