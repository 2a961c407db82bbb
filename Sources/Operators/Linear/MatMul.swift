import Graphs
import Tensors

/// The matrix product of the last two axes, the axes before them broadcast, as numpy's `matmul` does.
struct MatMul: Operator {
    let name = "MatMul"
    let family = OperatorFamily.linear
    let agreement = Agreement.accumulation
    private static let types = TypeSets.floats.union([.int32, .int64, .uint32, .uint64])
    let signature = Signature(
        inputs: [.init("A", Self.types), .init("B", Self.types)], outputs: [.init("Y", Self.types)],
        versions: [1, 9, 13])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = try commonElementType(site) else { return [nil] }
        guard let a = site.shape(0)?.dimensions, let b = site.shape(1)?.dimensions else { return [.tensor(type, nil)] }
        guard !a.isEmpty, !b.isEmpty else {
            throw OperatorError(.shape, subject: site.path, reason: "a scalar has no matrix product")
        }
        let inner = (a[a.count - 1], b[max(b.count - 2, 0)])
        if let left = inner.0.value, let right = inner.1.value, left != right { throw mismatch(site) }
        let lead = try Broadcasting.shape(
            [SymbolicShape(Array(a.dropLast(2))), SymbolicShape(Array(b.dropLast(2)))], site.path)
        var dimensions = lead?.dimensions ?? []
        if a.count > 1 { dimensions.append(a[a.count - 2]) }
        if b.count > 1 { dimensions.append(b[b.count - 1]) }
        return [.tensor(type, SymbolicShape(dimensions))]
    }

    private func mismatch(_ site: CallSite) -> OperatorError {
        OperatorError(
            .shape, subject: site.path,
            reason: "\(site.shape(0)?.text ?? "?") and \(site.shape(1)?.text ?? "?") have no matrix product",
            remedy: "the last extent of A must be the second to last of B")
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        let inner = Double(site.fixedShape(0)?.last ?? 0)
        return .traffic(site, outputs: outputs, operations: 2 * inner * Work.elementCount(outputs.first ?? nil))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        try call.widened { (call) throws(OperatorError) in
            let (a, b) = (try call.tensor(0), try call.tensor(1))
            guard a.shape.rank > 0, b.shape.rank > 0 else {
                throw OperatorError(.shape, subject: call.path, reason: "a scalar has no matrix product")
            }
            guard a.shape[a.shape.rank - 1] == b.shape[max(b.shape.rank - 2, 0)] else {
                throw mismatch(call.typedSite)
            }
            return [try a.elementType.dispatch(Product(a: a, b: b, path: call.path), path: call.path)]
        }
    }

    private struct Product: NumberKernel {
        let a: Tensor
        let b: Tensor
        let path: String

        func run<T: Number>(_ type: T.Type) throws(OperatorError) -> Value {
            let left = a.shape.rank == 1 ? [1] + a.shape.dimensions : a.shape.dimensions
            let right = b.shape.rank == 1 ? b.shape.dimensions + [1] : b.shape.dimensions
            let (m, k, n) = (left[left.count - 2], left[left.count - 1], right[right.count - 1])
            let (leftLead, rightLead) = (Shape(Array(left.dropLast(2))), Shape(Array(right.dropLast(2))))
            let lead = try Broadcasting.shape([leftLead, rightLead], path)
            let count = try Shape(lead.dimensions + [m, n]).allocatableCount(path)
            let (x, y): ([T], [T]) = (try a.elements(path), try b.elements(path))
            var result = [T](repeating: .zero, count: count)
            let lefts = Broadcasting.expand(Array(0..<leftLead.elementCount), from: leftLead, to: lead)
            let rights = Broadcasting.expand(Array(0..<rightLead.elementCount), from: rightLead, to: lead)
            for index in 0..<lead.elementCount {
                MatrixProduct.accumulate(
                    x, at: lefts[index] * m * k, y, at: rights[index] * k * n, into: &result, at: index * m * n, m: m,
                    k: k, n: n)
            }
            var shape = lead.dimensions
            if a.shape.rank > 1 { shape.append(m) }
            if b.shape.rank > 1 { shape.append(n) }
            return try .make(result, Shape(shape), path)
        }
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let (rankA, rankB) = (try site.requireRank(0), try site.requireRank(1))
        guard rankA > 0, rankB > 0 else { return nil }
        var builder = PullbackBuilder(site)
        // Vectors become matrices of one row or column, and so does the gradient.
        let a = rankA == 1 ? builder.body.unsqueeze(builder.input(0), axes: [0]) : builder.input(0)
        let b = rankB == 1 ? builder.body.unsqueeze(builder.input(1), axes: [1]) : builder.input(1)
        var gradient = builder.gradient()
        let lead = max(rankA, rankB) - 2
        if rankA == 1, rankB == 1 {
            gradient = builder.body.reshape(gradient, to: builder.body.integers([1, 1]))
        } else if rankA == 1 {
            gradient = builder.body.unsqueeze(gradient, axes: [max(lead, 0)])
        } else if rankB == 1 {
            gradient = builder.body.unsqueeze(gradient, axes: [rankA - 1])
        }
        let left = builder.body.matrixProduct(gradient, swapped(b, rank: max(rankB, 2), &builder))
        let right = builder.body.matrixProduct(swapped(a, rank: max(rankA, 2), &builder), gradient)
        let (dimensionsA, dimensionsB) = (site.shape(0)?.dimensions ?? [], site.shape(1)?.dimensions ?? [])
        let batch = try Broadcasting.shape(
            [SymbolicShape(Array(dimensionsA.dropLast(2))), SymbolicShape(Array(dimensionsB.dropLast(2)))], site.path)
        try finish(left, 0, batch, &builder)
        try finish(right, 1, batch, &builder)
        return builder.pullback()
    }

    private func swapped(_ name: String, rank: Int, _ builder: inout PullbackBuilder) -> String {
        builder.body.transpose(name, Array(0..<rank - 2) + [rank - 1, rank - 2])
    }

    private func finish(
        _ name: String, _ index: Int, _ batch: SymbolicShape?, _ builder: inout PullbackBuilder
    ) throws(OperatorError) {
        let own = builder.site.shape(index)?.dimensions ?? []
        if own.count == 1 {
            // Sum over the whole batch, then drop the added axis.
            let axes = Array(0..<(batch?.dimensions.count ?? 0))
            let sum = axes.isEmpty ? name : builder.body.reduce("ReduceSum", name, axes: axes)
            let shape = builder.body.shape(builder.input(index))
            builder.result(index, builder.body.reshape(sum, to: shape))
            return
        }
        let stretched = SymbolicShape((batch?.dimensions ?? []) + own.suffix(2))
        try builder.result(index, name, stretchedTo: stretched)
    }

    func lowering(_ site: CallSite) -> Lowering? {
        guard let a = site.rank(0), let b = site.rank(1), a >= 2, b >= 2 else { return nil }
        return Lowering(.matrixProduct(transposeA: false, transposeB: false, alpha: 1, beta: 0), operands: [0, 1, nil])
    }

    var examples: [Example] {
        [
            Example(
                "matrices", opset: 13, inputs: [.floats([1, 2, 3, 4], [2, 2]), .floats([5, 6, 7, 8], [2, 2])],
                expected: [.floats([19, 22, 43, 50], [2, 2])]),
            Example(
                "a batch with one weight", opset: 9, inputs: [.noise([2, 3, 4]), .noise([4, 5], seed: 2)],
                constantInputs: [1]),
            Example("batches stretched", opset: 13, inputs: [.noise([2, 1, 2, 3]), .noise([3, 3, 2], seed: 2)]),
            Example(
                "vectors", opset: 13, inputs: [.floats([1, 2, 3]), .floats([4, 5, 6])],
                expected: [.floats([32], [])]),
            Example(
                "vector and matrix", opset: 13, inputs: [.floats([1, 2]), .floats([1, 2, 3, 4], [2, 2])],
                expected: [.floats([7, 10])]),
            Example("batch and vector", opset: 13, inputs: [.noise([2, 3, 4]), .noise([4], seed: 2)]),
            Example(
                "integers", opset: 13, inputs: [.ints([1, 2, 3, 4], [2, 2]), .ints([5, 6], [2, 1])],
                expected: [.ints([17, 39], [2, 1])], isDifferentiable: false),
        ]
    }
}
