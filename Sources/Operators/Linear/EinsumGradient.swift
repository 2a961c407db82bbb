import Graphs
import Tensors

/// Writes the gradient of `Einsum` with respect to each operand as an `Einsum` of the gradient and the other operands.
struct EinsumGradient {
    var builder: PullbackBuilder
    let equation: EinsumEquation
    let extents: [EinsumEquation.Label: Dimension]
    let type: ElementType

    /// One operand of the equation that is being written.
    private struct Operand {
        let name: String
        let term: [EinsumEquation.Label]
    }

    /// Writes the gradient with respect to one operand and declares it.
    mutating func write(_ index: Int) throws(OperatorError) {
        var operands = [Operand(name: builder.gradient(), term: equation.result)]
        for (other, term) in equation.terms.enumerated() where other != index {
            operands.append(Operand(name: builder.input(other), term: term))
        }
        let target = try addDiagonals(index, &operands)
        if try !isCovered(target, index) {
            let ones = builder.body.call(
                "ConstantOfShape", [builder.body.shape(builder.input(index))],
                [Attribute("value", .tensor(try Conversion.convert(Tensor([1.0]), to: type, builder.site.path)))])
            operands.append(Operand(name: ones, term: target))
        }
        let text = try text(operands, target)
        let result = builder.body.call("Einsum", operands.map(\.name), [Attribute("equation", .string(text))])
        let shape = SymbolicShape(equation.terms[index].map { extents[$0] ?? .unknown })
        try builder.result(index, result, stretchedTo: shape)
    }

    /// Gives an index that an operand names twice a second label, tied to the first by an identity matrix.
    private mutating func addDiagonals(
        _ index: Int, _ operands: inout [Operand]
    ) throws(OperatorError) -> [EinsumEquation.Label] {
        var target = equation.terms[index]
        for axis in target.indices {
            guard let first = target.firstIndex(of: target[axis]), first < axis else { continue }
            let label = try freeLabel(operands, target)
            let extent = builder.body.extents(builder.input(index), axis..<axis + 1)
            let square = try builder.body.zeros(builder.body.join([extent, extent]), type)
            let identity = builder.body.call("EyeLike", [square])
            operands.append(Operand(name: identity, term: [target[axis], label]))
            target[axis] = label
        }
        return target
    }

    /// True where the gradient or another operand surely has the whole extent of every axis of an operand.
    private func isCovered(_ target: [EinsumEquation.Label], _ index: Int) throws(OperatorError) -> Bool {
        target.indices.allSatisfy { axis in
            let label = equation.terms[index][axis]
            if target[axis] != label || equation.result.contains(label) { return true }
            guard let own = builder.site.shape(index)?.dimensions[axis], own != .unknown else { return false }
            return equation.terms.indices.contains { other in
                guard other != index, let place = equation.terms[other].firstIndex(of: label) else { return false }
                return builder.site.shape(other)?.dimensions[place] == own
            }
        }
    }

    private func freeLabel(
        _ operands: [Operand], _ target: [EinsumEquation.Label]
    ) throws(OperatorError) -> EinsumEquation.Label {
        let used = Set(operands.flatMap(\.term) + target + equation.terms.joined())
        guard let label = Self.letters.first(where: { !used.contains($0) }) else { throw tooMany }
        return label
    }

    private static let letters =
        (Array(UInt8(ascii: "a")...UInt8(ascii: "z"))
        + Array(UInt8(ascii: "A")...UInt8(ascii: "Z"))).map(Int.init)

    private var tooMany: OperatorError {
        OperatorError(
            .notDifferentiable, subject: builder.site.path, reason: "the alphabet is too short for its indices")
    }

    /// The equation in letters, axes of the ellipsis included.
    private func text(_ operands: [Operand], _ target: [EinsumEquation.Label]) throws(OperatorError) -> String {
        let labels = Set(operands.flatMap(\.term) + target)
        var free = Self.letters.filter { !labels.contains($0) }.makeIterator()
        var names: [EinsumEquation.Label: String] = [:]
        for label in labels.sorted() {
            guard let letter = label < 0 ? free.next() : label, let byte = UInt8(exactly: letter) else { throw tooMany }
            names[label] = String(Character(Unicode.Scalar(byte)))
        }
        let write = { (term: [EinsumEquation.Label]) in term.compactMap { names[$0] }.joined() }
        return operands.map { write($0.term) }.joined(separator: ",") + "->" + write(target)
    }
}
