import Graphs
import Tensors

/// `alpha · A · B + beta · C`, A and B matrices that may be transposed first, C stretched to the product.
struct Gemm: Operator {
    let name = "Gemm"
    let family = OperatorFamily.linear
    let agreement = Agreement.accumulation
    private static let types = TypeSets.floats.union([.int32, .int64, .uint32, .uint64])
    let signature = Signature(
        inputs: [.init("A", Self.types), .init("B", Self.types), .init("C", Self.types, .optional)],
        outputs: [.init("Y", Self.types)],
        attributes: [
            .init("alpha", default: .float(1)), .init("beta", default: .float(1)), .init("transA", default: .int(0)),
            .init("transB", default: .int(0)),
        ], versions: [7, 9, 11, 13])

    private struct Form {
        let transposesA: Bool
        let transposesB: Bool
        let alpha: Float
        let beta: Float
    }

    private func form(_ site: CallSite) throws(OperatorError) -> Form {
        let attributes = attributes(site)
        return Form(
            transposesA: try attributes.flag("transA"), transposesB: try attributes.flag("transB"),
            alpha: try attributes.float("alpha"), beta: try attributes.float("beta"))
    }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = try commonElementType(site) else { return [nil] }
        let form = try form(site)
        let a = site.shape(0)?.dimensions ?? [.unknown, .unknown]
        let b = site.shape(1)?.dimensions ?? [.unknown, .unknown]
        guard a.count == 2, b.count == 2 else { throw mismatch(site) }
        let inner = (a[form.transposesA ? 0 : 1].value, b[form.transposesB ? 1 : 0].value)
        if let left = inner.0, let right = inner.1, left != right { throw mismatch(site) }
        return [.tensor(type, [a[form.transposesA ? 1 : 0], b[form.transposesB ? 0 : 1]])]
    }

    private func mismatch(_ site: CallSite) -> OperatorError {
        OperatorError(
            .shape, subject: site.path,
            reason: "\(site.shape(0)?.text ?? "?") and \(site.shape(1)?.text ?? "?") do not fit",
            remedy: "A and B must be matrices with one extent in common; see transA and transB")
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        let results = Work.elementCount(outputs.first ?? nil)
        let isTransposed = (try? form(site).transposesA) ?? false
        let inner = Double(site.fixedShape(0).flatMap { $0.rank == 2 ? $0[isTransposed ? 0 : 1] : nil } ?? 0)
        return .traffic(site, outputs: outputs, operations: (2 * inner + (site.hasInput(2) ? 1 : 0)) * results)
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let form = try form(call.site)
        return try call.widened { (call) throws(OperatorError) in
            _ = try inferTypes(call.typedSite)
            let kernel = Product(
                a: try call.tensor(0), b: try call.tensor(1), c: try call.optionalTensor(2), form: form,
                path: call.path)
            return [try kernel.a.elementType.dispatch(kernel, path: call.path)]
        }
    }

    private struct Product: NumberKernel {
        let a: Tensor
        let b: Tensor
        let c: Tensor?
        let form: Form
        let path: String

        func run<T: Number>(_ type: T.Type) throws(OperatorError) -> Value {
            let m = a.shape[form.transposesA ? 1 : 0]
            let k = a.shape[form.transposesA ? 0 : 1]
            let n = b.shape[form.transposesB ? 0 : 1]
            let shape: Shape = [m, n]
            var result = [T](repeating: .zero, count: try shape.allocatableCount(path))
            var (x, y): ([T], [T]) = (try a.elements(path), try b.elements(path))
            if form.transposesA { x = MatrixProduct.transposed(x, rows: k, columns: m) }
            if form.transposesB { y = MatrixProduct.transposed(y, rows: n, columns: k) }
            MatrixProduct.accumulate(x, at: 0, y, at: 0, into: &result, at: 0, m: m, k: k, n: n)
            result = scaled(result, form.alpha)
            if let c {
                guard try Broadcasting.shape([shape, c.shape], path) == shape else {
                    throw OperatorError(
                        .shape, subject: path, reason: "C \(c.shape) does not stretch to the product's \(shape)")
                }
                result = ElementwiseLoops.zip(
                    result, shape, scaled(try c.elements(path), form.beta), c.shape, to: shape, filling: T.zero
                ) { $0.plus($1) }
            }
            return try .make(result, shape, path)
        }

        private func scaled<T: Number>(_ values: [T], _ factor: Float) -> [T] {
            if factor == 1 { return values }
            let whole = T(saturating: Double(factor))
            if whole.asDouble == Double(factor) || !T.isWhole {
                return ElementwiseLoops.map(values) { $0.times(whole) }
            }
            return ElementwiseLoops.map(values) { T(saturating: $0.asDouble * Double(factor)) }
        }
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let form = try form(site)
        var builder = PullbackBuilder(site)
        func product(_ a: String, _ b: String, _ transposesA: Bool, _ transposesB: Bool) -> String {
            builder.body.call(
                "Gemm", [a, b],
                [
                    .init("alpha", .float(form.alpha)), .init("transA", .int(transposesA ? 1 : 0)),
                    .init("transB", .int(transposesB ? 1 : 0)),
                ])
        }
        // Before version 11 C had to be given; a zero stands for none.
        let (a, b, g) = (builder.input(0), builder.input(1), builder.gradient())
        if site.opset < 11 {
            let left = try olderProduct(g, b, false, !form.transposesB, form.alpha, &builder)
            builder.result(
                0, form.transposesA ? builder.body.transpose(left, [1, 0]) : left)
            let right = try olderProduct(a, g, !form.transposesA, false, form.alpha, &builder)
            builder.result(1, form.transposesB ? builder.body.transpose(right, [1, 0]) : right)
        } else {
            builder.result(
                0, form.transposesA ? product(b, g, form.transposesB, true) : product(g, b, false, !form.transposesB))
            builder.result(
                1, form.transposesB ? product(g, a, true, form.transposesA) : product(a, g, !form.transposesA, false))
        }
        if site.hasInput(2) {
            let scaled = builder.body.multiply(g, try builder.scalar(Double(form.beta)))
            let result = try inferTypes(site).first ?? nil
            var shape: SymbolicShape?
            if case .tensor(_, let known)? = result { shape = known }
            try builder.result(2, scaled, stretchedTo: shape)
        }
        return builder.pullback()
    }

    private func olderProduct(
        _ a: String, _ b: String, _ transposesA: Bool, _ transposesB: Bool, _ alpha: Float,
        _ builder: inout PullbackBuilder
    ) throws(OperatorError) -> String {
        builder.body.call(
            "Gemm", [a, b, try builder.scalar(0)],
            [
                .init("alpha", .float(alpha)), .init("transA", .int(transposesA ? 1 : 0)),
                .init("transB", .int(transposesB ? 1 : 0)),
            ])
    }

    func lowering(_ site: CallSite) -> Lowering? {
        guard let form = try? form(site) else { return nil }
        return Lowering(
            .matrixProduct(
                transposeA: form.transposesA, transposeB: form.transposesB, alpha: form.alpha, beta: form.beta),
            operands: [0, 1, site.hasInput(2) ? 2 : nil])
    }

    var examples: [Example] {
        let (a, b) = (Value.floats([1, 2, 3, 4, 5, 6], [2, 3]), Value.floats([1, 0, 0, 1, 1, 1], [3, 2]))
        return [
            Example(
                "plain", opset: 13, inputs: [a, b, .floats([10, 20])], constantInputs: [1, 2],
                expected: [.floats([14, 25, 20, 31], [2, 2])]),
            Example("no C", opset: 11, inputs: [a, b], expected: [.floats([4, 5, 10, 11], [2, 2])]),
            Example(
                "both transposed", opset: 13, attributes: [.init("transA", .int(1)), .init("transB", .int(1))],
                inputs: [.noise([3, 2]), .noise([4, 3], seed: 2), .noise([2, 1], seed: 3)]),
            Example(
                "A transposed", opset: 9, attributes: [.init("transA", .int(1))],
                inputs: [.noise([3, 2]), .noise([3, 4], seed: 2), .noise([4], seed: 3)]),
            Example(
                "B transposed, as fully connected layers are", opset: 7, attributes: [.init("transB", .int(1))],
                inputs: [.noise([2, 3]), .noise([4, 3], seed: 2), .noise([4], seed: 3)], constantInputs: [1, 2]),
            Example(
                "alpha and beta", opset: 13, attributes: [.init("alpha", .float(0.5)), .init("beta", .float(2))],
                inputs: [a, b, .floats([1], [])], expected: [.floats([4, 4.5, 7, 7.5], [2, 2])]),
        ]
    }
}
