import COneDNN
import CVectorKernels
import Engines
import Operators

/// Matrix products over broadcast leading axes; constant right factors are packed once.
struct MatrixProductPlanner: FusingPlanner {
    let transposeA: Bool
    let transposeB: Bool
    let alpha: Float
    let beta: Float
    var postOperations: [PostOperation] = []

    init(transposeA: Bool, transposeB: Bool, alpha: Float, beta: Float) {
        (self.transposeA, self.transposeB, self.alpha, self.beta) = (transposeA, transposeB, alpha, beta)
    }

    func fuses(_ operations: [PostOperation]) -> Bool { true }

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let a = operands[0], let b = operands[1], a.extents.count >= 2, b.extents.count >= 2 else { return nil }
        let c = operands.count > 2 ? operands[2] : nil
        guard c == nil || beta == 1 else { return nil }
        guard let form = Form(a.extents, b.extents, transposeA: transposeA, transposeB: transposeB) else { return nil }
        if let draft = try directDraft(a, b, c, form, operands, library) { return draft }
        let left = try Layout(form.left, strides: form.leftStrides, library)
        let right = try Layout(form.right, strides: form.rightStrides, library)
        let chosenRight = b.isConstant ? try Layout.chosenByPrimitive(form.right, library) : right
        let result = try Layout(form.result, library)
        var addend: Addend?
        if let c {
            addend = try self.addend(c, form, library)
            if addend == nil { return nil }
        }
        let chain = try PostOperations(library)
        if alpha != 1 { try chain.append(EltwiseFunction(ONEDNN_ELTWISE_LINEAR, alpha: alpha)) }
        var addendArgument = ONEDNN_ARGUMENT_BIAS
        var bias: Layout?
        if let addend {
            if alpha == 1, addend.isBias {
                bias = addend.layout
            } else {
                addendArgument = try chain.append(ONEDNN_BINARY_ADD, with: addend.layout)
            }
        }
        guard
            let fused = try PostOperationChain(
                postOperations, operands, extents: form.result, chooses: false, library, after: chain)
        else { return nil }
        let functions = library.functions
        let description = try PrimitiveDescription(
            "dnnl_matmul_primitive_desc_create", library, postOperations: chain
        ) {
            functions.product(
                $0, library.engine, left.handle, chosenRight.handle, bias?.handle, result.handle, $1)
        }
        guard let description, let wantedRight = try description.layout(ONEDNN_QUERY_WEIGHTS) else { return nil }
        var sources = [
            KernelDraft.Source(
                argument: ONEDNN_ARGUMENT_SOURCE, operand: 0, acceptsAnyLayout: false, given: left, wanted: left),
            KernelDraft.Source(
                argument: ONEDNN_ARGUMENT_WEIGHTS, operand: 1, acceptsAnyLayout: false, given: right,
                wanted: wantedRight),
        ]
        if let addend {
            sources.append(
                KernelDraft.Source(
                    argument: addendArgument, operand: 2, acceptsAnyLayout: false, given: addend.layout,
                    wanted: addend.layout))
        }
        sources += try fused.sources(description, operands)
        return KernelDraft(
            description, sources, destination: result, extents: form.extents, isRowMajor: true)
    }

    /// Many rows times one constant matrix on a kernel of Assay's own; `nil` where oneDNN is faster or must do it.
    private func directDraft(
        _ a: KernelOperand, _ b: KernelOperand, _ c: KernelOperand?, _ form: Form, _ operands: [KernelOperand?],
        _ library: OneDNNLibrary
    ) throws(EngineError) -> KernelDraft? {
        guard assay_convolution_is_available() != 0, b.isConstant, b.extents.count == 2, !transposeA, alpha == 1,
            form.left.count == 2, form.left[0] >= Self.manyRows
        else { return nil }
        let (rows, inputs, outputs) = (form.left[0], form.left[1], form.result[1])
        var rest = postOperations
        var bias = c.map { _ in 2 }
        if bias == nil, case .binary(.addition, let index)? = rest.first, operands[index]?.elementCount == outputs {
            bias = index
            rest.removeFirst()
        }
        if let bias, operands[bias]?.elementCount != outputs || rows == 1 { return nil }
        guard let finish = ConvolutionFinish(rest, operands, extents: form.extents) else { return nil }
        let matrix = try Layout(
            [outputs, inputs, 1, 1], strides: transposeB ? [inputs, 1, 1, 1] : [1, outputs, 1, 1], library)
        var sources = [
            try source(0, [rows, inputs], library),
            KernelDraft.Source(
                argument: 0, operand: 1, acceptsAnyLayout: false, given: matrix,
                wanted: try Layout.inBlocksOf16([outputs, inputs, 1, 1], library)),
        ]
        if let bias { sources.append(try source(bias, [outputs], library)) }
        if let residual = finish.residual { sources.append(try source(residual, [rows, outputs], library)) }
        let kernel = PointwiseKernel(
            rows: rows, inputs: inputs, outputs: outputs, hasBias: bias != nil, finish: finish)
        let result = try Layout([rows, outputs], library)
        return KernelDraft(
            .direct(kernel), sources,
            results: [KernelDraft.Result(layout: result, extents: form.extents, isRowMajor: true)])
    }

    /// From so many rows on a product is bound by arithmetic rather than by reading the matrix.
    private static let manyRows = 8

    private func source(
        _ operand: Int, _ extents: [Int], _ library: OneDNNLibrary
    ) throws(EngineError) -> KernelDraft.Source {
        let layout = try Layout(extents, library)
        return KernelDraft.Source(
            argument: 0, operand: operand, acceptsAnyLayout: false, given: layout, wanted: layout)
    }

    /// How C is added; `nil` where it does not stretch to the product.
    private func addend(
        _ c: KernelOperand, _ form: Form, _ library: OneDNNLibrary
    ) throws(EngineError) -> Addend? {
        guard form.result.count == 2, c.extents.count <= 2 else { return nil }
        let extents = [Int](repeating: 1, count: 2 - c.extents.count) + c.extents
        guard zip(extents, form.result).allSatisfy({ $0 == 1 || $0 == $1 }) else { return nil }
        return Addend(layout: try Layout(extents, library), isBias: extents == [1, form.result[1]])
    }

    private struct Addend {
        let layout: Layout
        /// True where it is one row for all.
        let isBias: Bool
    }

    /// The factors as matrices with as many leading axes each.
    private struct Form {
        let left: [Int]
        let leftStrides: [Int]
        let right: [Int]
        let rightStrides: [Int]
        let result: [Int]
        /// The extents of the result as ONNX states them.
        let extents: [Int]

        init?(_ a: [Int], _ b: [Int], transposeA: Bool, transposeB: Bool) {
            let (m, k) = transposeA ? (a[a.count - 1], a[a.count - 2]) : (a[a.count - 2], a[a.count - 1])
            let (inner, n) = transposeB ? (b[b.count - 1], b[b.count - 2]) : (b[b.count - 2], b[b.count - 1])
            guard k == inner else { return nil }
            let rank = max(a.count, b.count)
            let leadingA = [Int](repeating: 1, count: rank - a.count) + a.dropLast(2)
            let leadingB = [Int](repeating: 1, count: rank - b.count) + b.dropLast(2)
            guard zip(leadingA, leadingB).allSatisfy({ $0 == $1 || $0 == 1 || $1 == 1 }) else { return nil }
            let leading = zip(leadingA, leadingB).map { max($0, $1) }
            extents = leading + [m, n]
            if leadingB.allSatisfy({ $0 == 1 }), !transposeA {
                // One right factor for all: the rows of every left one are the rows of a single matrix.
                let rows = leadingA.reduce(m, *)
                (left, leftStrides) = ([rows, k], [k, 1])
                (right, rightStrides) = ([k, n], transposeB ? [1, k] : [n, 1])
                result = [rows, n]
            } else {
                left = leadingA + [m, k]
                leftStrides = Self.strides(leadingA, rows: m, columns: k, isTransposed: transposeA)
                right = leadingB + [k, n]
                rightStrides = Self.strides(leadingB, rows: k, columns: n, isTransposed: transposeB)
                result = extents
            }
        }

        private static func strides(_ leading: [Int], rows: Int, columns: Int, isTransposed: Bool) -> [Int] {
            let stored = Layout.rowMajorStrides(leading + [rows, columns])
            return isTransposed ? stored.dropLast(2) + [1, rows] : stored
        }
    }
}
