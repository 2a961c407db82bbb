import Graphs
import Tensors

extension Call {
    /// A tensor input that may be omitted.
    ///
    /// - Throws: `OperatorError` of code `type` where it is not a tensor.
    func optionalTensor(_ index: Int) throws(OperatorError) -> Tensor? {
        guard index < inputs.count, let value = inputs[index] else { return nil }
        guard let tensor = value.tensor else {
            throw OperatorError(.type, subject: path, reason: "input \(index) is not a tensor")
        }
        return tensor
    }

    /// A tensor input.
    ///
    /// - Throws: `OperatorError` of code `arity` where it is omitted, `type` where it is not a tensor.
    func tensor(_ index: Int) throws(OperatorError) -> Tensor {
        guard let tensor = try optionalTensor(index) else {
            throw OperatorError(.arity, subject: path, reason: "input \(index) is missing")
        }
        return tensor
    }

    /// The elements of a tensor input in exactly their own Swift type.
    func values<T: TensorScalar>(_ index: Int, _ type: T.Type = T.self) throws(OperatorError) -> [T] {
        try tensor(index).elements(path)
    }

    /// The elements of an integer input; `nil` where it is omitted.
    func optionalIntegers(_ index: Int) throws(OperatorError) -> [Int]? {
        try optionalTensor(index)?.integers(path)
    }

    /// Integers that older versions give as an attribute and newer ones as an input; `nil` where neither is given.
    func integers(_ name: String, orInput index: Int) throws(OperatorError) -> [Int]? {
        if let attribute = node.attribute(name) {
            guard case .ints(let values) = attribute else {
                throw OperatorError(.attribute, subject: path, reason: "attribute '\(name)' is not a list of integers")
            }
            return values
        }
        return try optionalIntegers(index)
    }

    /// The call site with the types of the present inputs, and their values where an inference would need them.
    var typedSite: CallSite {
        var site = site
        site.operands = inputs.map { value in
            value.map { CallSite.Operand(type: $0.type, constant: $0.tensor) }
        }
        return site
    }

    /// The same with the values of small integer inputs only, such as lengths: all that the body of a composite operator
    /// may depend on.
    var parametricSite: CallSite {
        var site = typedSite
        for index in site.operands.indices {
            guard let tensor = site.operands[index]?.constant else { continue }
            if !tensor.elementType.isInteger || tensor.elementCount > 64 { site.operands[index]?.constant = nil }
        }
        return site
    }
}
