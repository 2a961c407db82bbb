import Graphs
import Tensors

/// Ones on a diagonal and zeros elsewhere, of the shape of a matrix.
struct EyeLike: Operator {
    let name = "EyeLike"
    let family = OperatorFamily.generation
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [.init("input", TypeSets.numbersAndBool)], outputs: [.init("output", TypeSets.numbersAndBool)],
        attributes: [.init("dtype"), .init("k", default: .int(0))], versions: [9, 22])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        if let rank = site.rank(0), rank != 2 {
            throw OperatorError(.shape, subject: site.path, reason: "the input has rank \(rank), not 2")
        }
        guard let type = try attributes(site).optionalElementType("dtype") ?? site.elementType(0) else { return [nil] }
        return [.tensor(type, site.shape(0))]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        let input = try call.tensor(0)
        guard input.shape.rank == 2 else {
            throw OperatorError(.shape, subject: call.path, reason: "the input has rank \(input.shape.rank), not 2")
        }
        let diagonal = try attributes.int("k")
        let (rows, columns) = (input.shape[0], input.shape[1])
        var values = [Float](repeating: 0, count: rows * columns)
        for row in 0..<rows {
            let (column, overflow) = row.addingReportingOverflow(diagonal)
            if !overflow, column >= 0, column < columns { values[row * columns + column] = 1 }
        }
        let type = try attributes.optionalElementType("dtype") ?? input.elementType
        return [.tensor(try Conversion.convert(try Tensor.make(values, input.shape, call.path), to: type, call.path))]
    }

    var examples: [Example] {
        [
            Example(
                "main diagonal", opset: 9, inputs: [.floats([5, 5, 5, 5, 5, 5], [2, 3])],
                expected: [.floats([1, 0, 0, 0, 1, 0], [2, 3])], isDifferentiable: false),
            Example(
                "upper diagonal of integers", opset: 9,
                attributes: [.init("k", .int(1)), .init("dtype", .int(Int(ElementType.int64.rawValue)))],
                inputs: [.floats([5, 5, 5, 5], [2, 2])], expected: [.ints([0, 1, 0, 0], [2, 2])],
                isDifferentiable: false),
        ]
    }
}
