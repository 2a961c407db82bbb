import COneDNN
import Engines

/// Matrix products over broadcast leading axes; constant right factors are packed once.
struct MatrixProductPlanner: KernelPlanner {
    let transposeA: Bool
    let transposeB: Bool
    let alpha: Float
    let beta: Float

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let a = operands[0], let b = operands[1], a.extents.count >= 2, b.extents.count >= 2 else { return nil }
        let c = operands.count > 2 ? operands[2] : nil
        guard c == nil || beta == 1 else { return nil }
        guard let form = Form(a.extents, b.extents, transposeA: transposeA, transposeB: transposeB) else { return nil }
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
        return KernelDraft(
            description, sources, destination: result, extents: form.extents, isRowMajor: true)
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
