import CQuantizedKernels
import Tensors

/// Products of matrices of bytes, each less its zero points: exact sums, stored as they are, scaled, or quantised again.
///
/// Reals on the left are taken apart into three bytes each, row by row, which keeps as much of a row as `f32` sums do.
struct QuantizedProductKernel: DirectKernel {
    /// The right factors.
    enum Right {
        case packed(PackedMatrix)
        /// Packed at each run; the operand and how its matrices lie.
        case operand(Int, PackedMatrix.Form)
    }

    /// Which matrices are multiplied, in the order of the results.
    struct Batch {
        let left: [Int]
        let right: [Int]
    }

    struct Parameters {
        var leftScale: ParameterOperand?
        var leftZero: ParameterOperand?
        var rightScale: ParameterOperand?
        var rightZero: ParameterOperand?
        var bias: ParameterOperand?
        var addend: ParameterOperand?
        var resultScale: ParameterOperand?
        var resultZero: ParameterOperand?
    }

    let rows: Int
    let depth: Int
    let columns: Int
    let leftType: ElementType
    let isRightSigned: Bool
    let right: Right
    let batch: Batch
    let parameters: Parameters
    let resultType: ElementType
    let activation: AssayQuantizedActivation
    private let memoryPlan: MemoryPlan
    private let kernels = QuantizedKernels.best

    init(
        rows: Int, depth: Int, columns: Int, leftType: ElementType, isRightSigned: Bool, right: Right, batch: Batch,
        parameters: Parameters, resultType: ElementType, activation: AssayQuantizedActivation
    ) {
        (self.rows, self.depth, self.columns) = (rows, depth, columns)
        (self.leftType, self.isRightSigned) = (leftType, isRightSigned)
        (self.right, self.batch, self.parameters) = (right, batch, parameters)
        (self.resultType, self.activation) = (resultType, activation)
        memoryPlan = MemoryPlan(
            rows: rows, depth: depth, columns: columns, leftType: leftType, right: right)
    }

    /// The sums of so many products of parts of reals with bytes stay below 2^31.
    static let mostRealDepth = 1 << 16

    /// Rows of bytes that make one row of the left factor.
    private var parts: Int { leftType == .float32 ? Int(ASSAY_QUANTIZED_PARTS) : 1 }

    /// Bytes of an element of the left factor as the model gives it.
    private var leftWidth: Int { leftType == .float32 ? 4 : 1 }

    /// Whether the left factor is read as it lies.
    private var isLeftReady: Bool { leftType == .uint8 }

    /// Where in the working memory what is prepared lies.
    private struct MemoryPlan {
        let left, leftZero, leftScale, rightZero, rightScale, rowSums, packed, columnSums, byteCount: Int

        init(rows: Int, depth: Int, columns: Int, leftType: ElementType, right: Right) {
            var plan = ScratchPlan()
            let parts = leftType == .float32 ? Int(ASSAY_QUANTIZED_PARTS) : 1
            left = plan.reserve(leftType == .uint8 ? 0 : parts * rows * depth)
            leftZero = plan.reserve(rows * 4)
            leftScale = plan.reserve(rows * 4)
            rightZero = plan.reserve(columns * 4)
            rightScale = plan.reserve(columns * 4)
            rowSums = plan.reserve(parts * rows * 4)
            if case .operand(_, let form) = right {
                packed = plan.reserve(form.packedSize)
                columnSums = plan.reserve(columns * 4)
            } else {
                (packed, columnSums) = (0, 0)
            }
            byteCount = plan.byteCount
        }
    }

    var scratchByteCount: Int { memoryPlan.byteCount }

    func run(_ memory: DirectMemory, _ team: Team) {
        guard let scratch = memory.scratch else { return }
        var product = prepared(memory, scratch)
        for index in batch.left.indices {
            setMatrices(&product, index, memory, scratch)
            let job = Job(
                left: UInt(bitPattern: memory.operands[0]) + UInt(batch.left[index] * rows * depth * leftWidth),
                scratch: UInt(bitPattern: scratch))
            run(product, job, team)
        }
    }

    /// Addresses, which threads share.
    private struct Job {
        /// The left matrix as the model gives it.
        let left: UInt
        let scratch: UInt
    }

    private func run(_ product: AssayQuantizedProduct, _ job: Job, _ team: Team) {
        let blocks = (columns + Int(ASSAY_QUANTIZED_BLOCK) - 1) / Int(ASSAY_QUANTIZED_BLOCK)
        let (multiply, rows) = (kernels.functions.product, rows)
        let sumsRows = product.rightZero != nil, preparesRows = sumsRows || !isLeftReady
        // Less work than this takes no longer than waking a thread.
        let limit = rows * columns * depth < 1 << 18 ? 1 : Int.max
        withUnsafePointer(to: product) { product in
            let address = UInt(bitPattern: product)
            if preparesRows, rows < 32 * team.count {
                team.run(limit: limit) { part, parts in
                    prepareRows(Team.share(rows, part: part, of: parts), job, sumsRows)
                }
            }
            team.run(limit: limit) { part, parts in
                guard let product = UnsafePointer<AssayQuantizedProduct>(bitPattern: address) else { return }
                if rows >= 32 * team.count {
                    let share = Team.share((rows + 5) / 6, part: part, of: parts)
                    let range = share.lowerBound * 6..<min(share.upperBound * 6, rows)
                    if preparesRows { prepareRows(range, job, sumsRows) }
                    multiply(product, Int64(range.lowerBound), Int64(range.upperBound), 0, Int64(blocks))
                } else {
                    let share = Team.share(blocks, part: part, of: parts)
                    multiply(product, 0, Int64(rows), Int64(share.lowerBound), Int64(share.upperBound))
                }
            }
        }
    }

    /// Brings rows of the left factor into the form that products read, and sums them where zero points ask for it.
    private func prepareRows(_ range: Range<Int>, _ job: Job, _ sumsRows: Bool) {
        guard let scratch = UnsafeMutableRawPointer(bitPattern: job.scratch),
            let left = UnsafeMutableRawPointer(bitPattern: job.left)
        else { return }
        let (first, count) = (range.lowerBound, range.count)
        let copy = (scratch + memoryPlan.left).assumingMemoryBound(to: UInt8.self)
        switch leftType {
        case .float32:
            let scales = (scratch + memoryPlan.leftScale).assumingMemoryBound(to: Float.self)
            let values = left.assumingMemoryBound(to: Float.self)
            for row in range {
                scales[row] = kernels.functions.split(
                    values + row * depth, Int64(depth), copy + row * parts * depth, Int64(depth))
            }
        case .int8:
            kernels.functions.bias(
                left.assumingMemoryBound(to: Int8.self) + first * depth, Int64(count * depth), copy + first * depth)
        default: break
        }
        guard sumsRows else { return }
        let bytes = isLeftReady ? left.assumingMemoryBound(to: UInt8.self) : copy
        let sums = (scratch + memoryPlan.rowSums).assumingMemoryBound(to: Int32.self)
        kernels.functions.sumRows(
            bytes + first * parts * depth, Int64(count * parts), Int64(depth), Int64(depth), sums + first * parts)
    }

    // MARK: Operands

    /// What all matrices of the batch share.
    private func prepared(_ memory: DirectMemory, _ scratch: UnsafeMutableRawPointer) -> AssayQuantizedProduct {
        var product = AssayQuantizedProduct()
        product.rows = Int64(rows)
        product.columns = Int64(columns)
        product.depth = Int64(depth)
        product.parts = Int64(parts)
        product.leftStep = Int64(depth)
        product.activation = activation
        product.resultType =
            switch resultType {
            case .int32: ASSAY_QUANTIZED_INT32
            case .uint8: ASSAY_QUANTIZED_UINT8
            case .int8: ASSAY_QUANTIZED_INT8
            default: ASSAY_QUANTIZED_FLOAT32
            }
        setZeros(&product, memory, scratch)
        setScales(&product, memory, scratch)
        product.bias = parameters.bias.map {
            UnsafePointer(memory.operands[$0.position].assumingMemoryBound(to: Float.self))
        }
        product.addendStep = Int64(columns)
        return product
    }

    private func setZeros(
        _ product: inout AssayQuantizedProduct, _ memory: DirectMemory, _ scratch: UnsafeMutableRawPointer
    ) {
        // Bytes are read as unsigned ones on the left and as signed ones on the right.
        let leftOffset: Int32 = isLeftReady ? 0 : 128
        let leftZero = (scratch + memoryPlan.leftZero).assumingMemoryBound(to: Int32.self)
        leftZero[0] = leftOffset
        if let zero = parameters.leftZero {
            _ = zero.integers(
                memory, count: zero.count, offset: leftOffset, scratch: scratch + memoryPlan.leftZero)
            product.leftZeroStep = zero.count == 1 ? 0 : 1
        }
        product.leftZero = UnsafePointer(leftZero)
        let rightOffset: Int32 = isRightSigned ? 0 : -128
        let rightZero = (scratch + memoryPlan.rightZero).assumingMemoryBound(to: Int32.self)
        if let zero = parameters.rightZero {
            _ = zero.integers(memory, count: columns, offset: rightOffset, scratch: scratch + memoryPlan.rightZero)
        } else {
            rightZero.update(repeating: rightOffset, count: columns)
        }
        let isNeeded = (0..<columns).contains { rightZero[$0] != 0 }
        product.rightZero = isNeeded ? UnsafePointer(rightZero) : nil
    }

    private func setScales(
        _ product: inout AssayQuantizedProduct, _ memory: DirectMemory, _ scratch: UnsafeMutableRawPointer
    ) {
        let one = (scratch + memoryPlan.leftScale).assumingMemoryBound(to: Float.self)
        one[0] = 1
        let rightScales = (scratch + memoryPlan.rightScale).assumingMemoryBound(to: Float.self)
        product.leftScale = UnsafePointer(one)
        if leftType == .float32 {
            // Rows are given their scales when they are taken apart.
            product.leftScaleStep = 1
        } else if let scale = parameters.leftScale {
            product.leftScale = UnsafePointer(memory.operands[scale.position].assumingMemoryBound(to: Float.self))
            product.leftScaleStep = scale.count == 1 ? 0 : 1
        }
        if let scale = parameters.rightScale {
            product.rightScale = UnsafePointer(
                scale.floats(memory, count: columns, scratch: scratch + memoryPlan.rightScale))
        } else {
            rightScales.update(repeating: 1, count: columns)
            product.rightScale = UnsafePointer(rightScales)
        }
        product.resultScale = parameters.resultScale?.float(memory) ?? 1
        product.resultZero = parameters.resultZero?.integer(memory) ?? 0
        // Sums that are only requantised are multiplied by one number, as other engines do.
        guard parameters.resultScale != nil, parameters.bias == nil, product.leftScaleStep == 0 else { return }
        guard let leftScale = product.leftScale, let columnScales = product.rightScale else { return }
        let scale = leftScale[0]
        for column in 0..<columns {
            rightScales[column] = scale * columnScales[column] / product.resultScale
        }
        product.rightScale = UnsafePointer(rightScales)
        product.leftScale = UnsafePointer(one)
        product.resultScale = 1
    }

    /// What one matrix of the batch has of its own.
    private func setMatrices(
        _ product: inout AssayQuantizedProduct, _ index: Int, _ memory: DirectMemory,
        _ scratch: UnsafeMutableRawPointer
    ) {
        let left =
            isLeftReady
            ? memory.operands[0] + batch.left[index] * rows * depth : scratch + memoryPlan.left
        product.left = UnsafePointer(left.assumingMemoryBound(to: UInt8.self))
        if product.rightZero != nil {
            product.rowSums = UnsafePointer((scratch + memoryPlan.rowSums).assumingMemoryBound(to: Int32.self))
        }
        switch right {
        case .packed(let matrix):
            product.packed = UnsafePointer(matrix.elements.pointer.assumingMemoryBound(to: Int8.self))
            product.columnSums = UnsafePointer(matrix.columnSums.pointer.assumingMemoryBound(to: Int32.self))
        case .operand(let position, let form):
            let isPacked = index > 0 && batch.right[index] == batch.right[index - 1]
            if !isPacked {
                form.pack(
                    memory.operands[position] + batch.right[index] * depth * columns,
                    into: scratch + memoryPlan.packed, sums: scratch + memoryPlan.columnSums)
            }
            product.packed = UnsafePointer((scratch + memoryPlan.packed).assumingMemoryBound(to: Int8.self))
            product.columnSums = UnsafePointer((scratch + memoryPlan.columnSums).assumingMemoryBound(to: Int32.self))
        }
        let width = resultType == .int32 || resultType == .float32 ? 4 : 1
        product.result = memory.results[0] + index * rows * columns * width
        product.addend = parameters.addend.map {
            UnsafePointer(memory.operands[$0.position].assumingMemoryBound(to: Float.self)) + index * rows * columns
        }
    }
}
