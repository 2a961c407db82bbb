import CQuantizedKernels
import Engines
import Operators
import Tensors

/// Products of matrices of bytes, or of reals with bytes; constant right factors are packed once.
struct QuantizedProductPlanner: FusingPlanner {
    let transposesB: Bool
    let activation: Kernel.QuantizedActivation
    var postOperations: [PostOperation] = []

    init(transposesB: Bool, activation: Kernel.QuantizedActivation) {
        (self.transposesB, self.activation) = (transposesB, activation)
    }

    /// A matrix may be added to real results that have no activation.
    func fuses(_ operations: [PostOperation]) -> Bool {
        guard operations.count == 1, case .binary(.addition, _) = operations[0] else { return false }
        return activation == .identity
    }

    func takes(_ operands: [KernelOperand?]) -> Bool { QuantizedOperands(operands) != nil }

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let read = QuantizedOperands(operands),
            let form = Form(read.left.extents, read.right.extents, isTransposed: transposesB),
            !read.isLeftReal || form.depth <= QuantizedProductKernel.mostRealDepth
        else { return nil }
        var sources = DirectSources()
        sources.append(0, read.left)
        let isRightSigned = read.right.elementType == .int8
        let packedForm = PackedMatrix.Form(
            depth: form.depth, columns: form.columns, isTransposed: transposesB, isSigned: isRightSigned)
        let right: QuantizedProductKernel.Right
        if let constant = read.right.constant, constant.elementCount == form.depth * form.columns,
            let matrix = PackedMatrix.shared(constant, packedForm, library)
        {
            right = .packed(matrix)
        } else {
            right = .operand(sources.append(3, read.right), packedForm)
        }
        guard var parameters = parameters(operands, form, &sources) else { return nil }
        if let operation = postOperations.first {
            guard let index = operation.operand, let addend = operands[index], addend.extents == form.extents,
                read.resultType == .float32
            else { return nil }
            parameters.addend = sources.parameter(index, addend)
        }
        let kernel = QuantizedProductKernel(
            rows: form.rows, depth: form.depth, columns: form.columns, leftType: read.left.elementType,
            isRightSigned: isRightSigned, right: right,
            batch: QuantizedProductKernel.Batch(left: form.leftBatch, right: form.rightBatch),
            parameters: parameters, resultType: read.resultType, activation: activation.code)
        let result = try Layout(form.extents, type: read.resultType, library)
        return KernelDraft(
            .direct(kernel), try sources.sources(library),
            results: [KernelDraft.Result(layout: result, extents: form.extents, isRowMajor: true)])
    }

    /// Scales, zero points and bias; `nil` where one of them has a form that the kernel does not read.
    private func parameters(
        _ operands: [KernelOperand?], _ form: Form, _ sources: inout DirectSources
    ) -> QuantizedProductKernel.Parameters? {
        var parameters = QuantizedProductKernel.Parameters()
        let row = { (operand: KernelOperand) in form.isOneForEachRow(operand.extents) }
        let column = { (operand: KernelOperand) in form.isOneForEachColumn(operand.extents) }
        let alone = { (operand: KernelOperand) in operand.elementCount == 1 }
        let forms:
            [(Int, WritableKeyPath<QuantizedProductKernel.Parameters, ParameterOperand?>, (KernelOperand) -> Bool)] =
                [
                    (1, \.leftScale, row), (2, \.leftZero, row), (4, \.rightScale, column), (5, \.rightZero, column),
                    (6, \.bias, { column($0) && $0.elementCount == form.columns }), (7, \.resultScale, alone),
                    (8, \.resultZero, alone),
                ]
        for (index, path, isRead) in forms {
            guard index < operands.count, let operand = operands[index] else { continue }
            guard isRead(operand) else { return nil }
            parameters[keyPath: path] = sources.parameter(index, operand)
        }
        return parameters
    }

    /// The factors as batches of matrices.
    private struct Form {
        let rows: Int
        let depth: Int
        let columns: Int
        /// The extents of the result.
        let extents: [Int]
        /// Which matrix of each factor each result is made of.
        let leftBatch: [Int]
        let rightBatch: [Int]

        init?(_ a: [Int], _ b: [Int], isTransposed: Bool) {
            guard a.count >= 2, b.count >= 2 else { return nil }
            let (inner, n) =
                isTransposed ? (b[b.count - 1], b[b.count - 2]) : (b[b.count - 2], b[b.count - 1])
            guard a[a.count - 1] == inner else { return nil }
            (depth, columns) = (inner, n)
            let rank = max(a.count, b.count) - 2
            let leadingA = [Int](repeating: 1, count: rank + 2 - a.count) + a.dropLast(2)
            let leadingB = [Int](repeating: 1, count: rank + 2 - b.count) + b.dropLast(2)
            guard zip(leadingA, leadingB).allSatisfy({ $0 == $1 || $0 == 1 || $1 == 1 }) else { return nil }
            let leading = zip(leadingA, leadingB).map { max($0, $1) }
            extents = leading + [a[a.count - 2], n]
            if leadingB.allSatisfy({ $0 == 1 }) {
                // One right factor for all: the rows of every left one are the rows of a single matrix.
                rows = leadingA.reduce(a[a.count - 2], *)
                (leftBatch, rightBatch) = ([0], [0])
            } else {
                rows = a[a.count - 2]
                leftBatch = Self.indices(leading, of: leadingA)
                rightBatch = Self.indices(leading, of: leadingB)
            }
        }

        /// Which matrix of a factor belongs to each of the broadcast ones.
        private static func indices(_ leading: [Int], of extents: [Int]) -> [Int] {
            let (strides, own) = (Layout.rowMajorStrides(leading), Layout.rowMajorStrides(extents))
            return (0..<leading.reduce(1, *)).map { flat in
                leading.indices.reduce(0) { sum, axis in
                    sum + (extents[axis] == 1 ? 0 : flat / strides[axis] % leading[axis] * own[axis])
                }
            }
        }

        /// One number for all, or one for each row of a single left matrix.
        func isOneForEachRow(_ operand: [Int]) -> Bool {
            let count = operand.reduce(1, *)
            if count == 1 { return true }
            guard leftBatch.count == 1, count == rows else { return false }
            // Either `[…, M, 1]`, or `[M]` where there are no more rows.
            return operand.last == 1 || operand == [rows]
        }

        /// One number for all, or one for each column.
        func isOneForEachColumn(_ operand: [Int]) -> Bool {
            let count = operand.reduce(1, *)
            return count == 1 || count == columns && operand.last == columns
        }
    }
}

extension Kernel.QuantizedActivation {
    fileprivate var code: AssayQuantizedActivation {
        switch self {
        case .identity: ASSAY_QUANTIZED_IDENTITY
        case .relu: ASSAY_QUANTIZED_RELU
        case .gelu: ASSAY_QUANTIZED_GELU
        }
    }
}
