import CVectorKernels
import Engines

/// `Gather` by moving whole slices.
struct GatherKernel: DirectKernel {
    private let gather: AssayGather

    init(outer: Int, extent: Int, sliceByteCount: Int, count: Int, indexWidth: Int) {
        gather = AssayGather(
            outer: Int64(outer), extent: Int64(extent), length: Int64(sliceByteCount), count: Int64(count),
            indexWidth: Int64(indexWidth))
    }

    func run(_ memory: DirectMemory, _ team: Team) throws(EngineError) {
        let bad = withUnsafePointer(to: gather) { gather in
            assay_gather(memory.results[0], memory.operands[0], memory.operands[1], gather)
        }
        if bad >= 0 { throw EngineError(indexOutOfBounds: Int(bad), extent: Int(gather.extent)) }
    }
}

/// `GatherElements`.
struct ElementGatherKernel: DirectKernel {
    private let gather: AssayElementGather

    /// `nil` where there are too many axes.
    init?(data: [Int], indices: [Int], axis: Int, width: Int, indexWidth: Int) {
        guard data.count <= Int(ASSAY_MOVEMENT_RANK) else { return nil }
        let strides = Layout.rowMajorStrides(data)
        var gather = AssayElementGather()
        gather.rank = Int64(data.count)
        gather.step = Int64(strides[axis])
        gather.extent = Int64(data[axis])
        gather.width = Int64(width)
        gather.indexWidth = Int64(indexWidth)
        store(indices, in: &gather.extents)
        store(strides.indices.map { $0 == axis ? 0 : strides[$0] }, in: &gather.from)
        self.gather = gather
    }

    func run(_ memory: DirectMemory, _ team: Team) throws(EngineError) {
        let bad = withUnsafePointer(to: gather) { gather in
            assay_gather_elements(memory.results[0], memory.operands[0], memory.operands[1], gather)
        }
        if bad >= 0 { throw EngineError(indexOutOfBounds: Int(bad), extent: Int(gather.extent)) }
    }
}

extension EngineError {
    /// The error of an index that picks nothing.
    init(indexOutOfBounds place: Int, extent: Int) {
        self.init(
            .runFailed, subject: "indices",
            reason: "the index at place \(place) is not within -\(extent)..<\(extent)",
            remedy: "feed indices within the axis they pick from")
    }
}
