import CQuantizedKernels

/// Elements quantised or dequantised by a scale and zero point: one pair for all, or one for each position of an axis.
struct LinearQuantizationKernel: DirectKernel {
    /// `[outer, extent, inner]`: each position of the middle has its own pair; extent 1 where there is but one.
    struct Form {
        let outer: Int
        let extent: Int
        let inner: Int
    }

    let form: Form
    let dequantizes: Bool
    let isSigned: Bool
    let scale: ParameterOperand
    let zeroPoint: ParameterOperand?
    private let kernels = QuantizedKernels.best

    init(
        form: Form, dequantizes: Bool, isSigned: Bool, scale: ParameterOperand, zeroPoint: ParameterOperand?
    ) {
        (self.form, self.dequantizes, self.isSigned) = (form, dequantizes, isSigned)
        (self.scale, self.zeroPoint) = (scale, zeroPoint)
    }

    var scratchByteCount: Int { form.extent * MemoryLayout<Int32>.stride }

    func run(_ memory: DirectMemory, _ team: Team) {
        guard let scratch = memory.scratch else { return }
        let zeros = scratch.assumingMemoryBound(to: Int32.self)
        if let zeroPoint {
            _ = zeroPoint.integers(memory, count: form.extent, offset: 0, scratch: scratch)
        } else {
            zeros.update(repeating: 0, count: form.extent)
        }
        let scales = memory.operands[scale.position].assumingMemoryBound(to: Float.self)
        let job = Job(
            data: UInt(bitPattern: memory.operands[0]), result: UInt(bitPattern: memory.results[0]),
            scales: UInt(bitPattern: scales), zeros: UInt(bitPattern: zeros))
        let count = form.outer * form.extent * form.inner
        let parts = max(1, count >> 15)
        if form.extent == 1 {
            // A vector of columns is as long as the cache likes.
            let chunks = (count + 4095) / 4096
            team.run(limit: parts) { part, parts in
                let share = Team.share(chunks, part: part, of: parts)
                let range = share.lowerBound * 4096..<min(share.upperBound * 4096, count)
                run(job, range, pair: 0)
            }
        } else if form.inner == 1, dequantizes {
            team.run(limit: parts) { part, parts in
                for row in Team.share(form.outer, part: part, of: parts) { runColumns(job, row) }
            }
        } else {
            team.run(limit: parts) { part, parts in
                for index in Team.share(form.outer * form.extent, part: part, of: parts) {
                    run(job, index * form.inner..<(index + 1) * form.inner, pair: index % form.extent)
                }
            }
        }
    }

    /// Addresses, which threads share.
    private struct Job {
        let data, result, scales, zeros: UInt
    }

    private func run(_ job: Job, _ range: Range<Int>, pair: Int) {
        guard let data = UnsafeRawPointer(bitPattern: job.data), !range.isEmpty,
            let result = UnsafeMutableRawPointer(bitPattern: job.result),
            let scales = UnsafePointer<Float>(bitPattern: job.scales),
            let zeros = UnsafePointer<Int32>(bitPattern: job.zeros)
        else { return }
        let count = Int64(range.count)
        if dequantizes {
            kernels.functions.dequantize(
                data + range.lowerBound, count, scales[pair], zeros[pair], isSigned ? 1 : 0,
                result.assumingMemoryBound(to: Float.self) + range.lowerBound)
        } else {
            kernels.functions.quantize(
                data.assumingMemoryBound(to: Float.self) + range.lowerBound, count, scales[pair], zeros[pair],
                isSigned ? 1 : 0, result + range.lowerBound)
        }
    }

    private func runColumns(_ job: Job, _ row: Int) {
        guard let data = UnsafeRawPointer(bitPattern: job.data),
            let result = UnsafeMutablePointer<Float>(bitPattern: job.result),
            let scales = UnsafePointer<Float>(bitPattern: job.scales),
            let zeros = UnsafePointer<Int32>(bitPattern: job.zeros)
        else { return }
        kernels.functions.dequantizeColumns(
            data + row * form.extent, Int64(form.extent), scales, zeros, isSigned ? 1 : 0, result + row * form.extent)
    }
}
