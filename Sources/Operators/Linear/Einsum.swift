import Graphs
import Tensors

/// Products of elements of all operands, summed over the indices that the result does not name.
struct Einsum: Operator {
    let name = "Einsum"
    let family = OperatorFamily.linear
    let agreement = Agreement.accumulation
    let signature = Signature(
        inputs: [.init("Inputs", TypeSets.numbers, .variadic(minimum: 1))],
        outputs: [.init("Output", TypeSets.numbers)], attributes: [.init("equation", isRequired: true)],
        versions: [12, 28])

    /// The equation; `nil` where a rank is not known.
    private func equation(_ site: CallSite) throws(OperatorError) -> EinsumEquation? {
        let ranks = site.operands.indices.compactMap { site.rank($0) }
        guard ranks.count == site.operands.count else { return nil }
        return try EinsumEquation(try attributes(site).string("equation"), ranks: ranks, path: site.path)
    }

    private func extents(
        _ equation: EinsumEquation, _ site: CallSite
    ) throws(OperatorError) -> [EinsumEquation.Label: Dimension] {
        try equation.extents(site.operands.indices.map { site.shape($0) }, site.path)
    }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = try commonElementType(site) else { return [nil] }
        guard let equation = try equation(site) else { return [.tensor(type, nil)] }
        let extents = try extents(equation, site)
        return [.tensor(type, SymbolicShape(equation.result.map { extents[$0] ?? .unknown }))]
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        guard let equation = try? equation(site), let extents = try? extents(equation, site) else {
            return .traffic(site, outputs: outputs)
        }
        let count = extents.values.reduce(1.0) { $0 * Double($1.value ?? 0) }
        // A multiplication for each further operand, and an addition where there is a sum.
        let steps = equation.terms.count - 1 + (equation.summed.isEmpty ? 0 : 1)
        return .traffic(site, outputs: outputs, operations: Double(steps) * count)
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        try call.widened { (call) throws(OperatorError) in
            let site = call.typedSite
            guard let equation = try equation(site), let first = try commonElementType(site) else {
                throw OperatorError(.type, subject: call.path, reason: "an operand is not a tensor")
            }
            let extents = try extents(equation, site).mapValues { $0.value ?? 0 }
            let kernel = Products(call: call, equation: equation, extents: extents)
            return [try first.dispatch(kernel, path: call.path)]
        }
    }

    /// One product a combination of all indices, added to its place in the result.
    private struct Products: NumberKernel {
        let call: Call
        let equation: EinsumEquation
        let extents: [EinsumEquation.Label: Int]

        func run<T: Number>(_ type: T.Type) throws(OperatorError) -> Value {
            let shape = Shape(equation.result.map { extents[$0] ?? 0 })
            var result = [T](repeating: .zero, count: try shape.allocatableCount(call.path))
            let labels = equation.result + equation.summed
            let all = Shape(labels.map { extents[$0] ?? 0 })
            guard all.allSatisfy({ $0 > 0 }) else { return try .make(result, shape, call.path) }
            var operands: [[T]] = []
            var strides = [shape.strides + [Int](repeating: 0, count: equation.summed.count)]
            for (index, term) in equation.terms.enumerated() {
                operands.append(try call.values(index))
                strides.append(self.strides(of: term, try call.tensor(index).shape, labels))
            }
            var walk = StridedWalk(shape: all, strides: strides)
            repeat { add(operands, walk, to: &result) } while walk.next()
            return try .make(result, shape, call.path)
        }

        /// Steps through an operand for each label: the sum over its axes of that label, which gives the diagonal.
        private func strides(of term: [EinsumEquation.Label], _ shape: Shape, _ labels: [EinsumEquation.Label]) -> [Int]
        {
            let own = shape.strides
            return labels.map { label in
                term.indices.reduce(0) { $0 + (term[$1] == label && shape[$1] != 1 ? own[$1] : 0) }
            }
        }

        /// Adds the products along one row.
        private func add<T: Number>(_ operands: [[T]], _ walk: StridedWalk, to result: inout [T]) {
            let count = walk.innerExtent
            var products = [T](repeating: .zero, count: count)
            for (number, operand) in operands.enumerated() {
                var place = walk.offsets[number + 1]
                let step = walk.innerStrides[number + 1]
                for index in 0..<count {
                    products[index] = number == 0 ? operand[place] : products[index].times(operand[place])
                    place &+= step
                }
            }
            var place = walk.offsets[0]
            for product in products {
                result[place] = result[place].plus(product)
                place &+= walk.innerStrides[0]
            }
        }
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        guard let type = site.elementType(0), type.isFloatingPoint else { return nil }
        for index in site.operands.indices { _ = try site.requireRank(index) }
        guard let equation = try equation(site) else { return nil }
        var gradient = EinsumGradient(
            builder: PullbackBuilder(site), equation: equation, extents: try extents(equation, site), type: type)
        for index in site.operands.indices { try gradient.write(index) }
        return gradient.builder.pullback()
    }

    var examples: [Example] {
        func equation(_ text: String) -> [Attribute] { [Attribute("equation", .string(text))] }
        let square = Value.floats([1, 2, 3, 4], [2, 2])
        return [
            Example(
                "transposed", opset: 12, attributes: equation("ij->ji"), inputs: [square],
                expected: [.floats([1, 3, 2, 4], [2, 2])]),
            Example(
                "trace", opset: 12, attributes: equation("ii"), inputs: [square], expected: [.floats([5], [])]),
            Example(
                "diagonals of a batch", opset: 12, attributes: equation("...ii ->...i"),
                inputs: [.noise([2, 3, 3])]),
            Example(
                "inner product of integers", opset: 12, attributes: equation("i,i"),
                inputs: [.ints([1, 2, 3]), .ints([4, 5, 6])], expected: [.ints([32], [])], isDifferentiable: false),
            Example(
                "matrix product, implicit", opset: 12, attributes: equation("ij,jk"),
                inputs: [square, .floats([0, 1, 1, 0], [2, 2])], expected: [.floats([2, 1, 4, 3], [2, 2])]),
            Example(
                "scores of heads", opset: 28, attributes: equation("bihd, bjhd -> bhij"),
                inputs: [.noise([2, 3, 2, 4]), .noise([2, 5, 2, 4], seed: 2)]),
            Example(
                "stretched ellipsis, three operands", opset: 12, attributes: equation("...ij,jk,...k->...i"),
                inputs: [.noise([2, 1, 3, 4]), .noise([4, 2], seed: 2), .noise([3, 2], seed: 3)]),
            Example(
                "sums within an operand", opset: 12, attributes: equation("ijk,k->i"),
                inputs: [.noise([2, 3, 4]), .noise([1], seed: 2)]),
        ]
    }
}
