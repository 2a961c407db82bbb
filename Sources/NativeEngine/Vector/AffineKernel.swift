import CVectorKernels

/// A scale and a shift for each channel of images that lie channels last, and bounds of the result.
struct AffineKernel: DirectKernel {
    let vectors: VectorKernels
    let pixels: Int
    let scale: [Float]
    let shift: [Float]
    /// How many elements apart neighbouring pixels are.
    let sourceStep: Int
    let resultStep: Int
    let bounds: (lowest: Float, highest: Float)

    func run(_ memory: DirectMemory, _ team: Team) {
        scale.withUnsafeBufferPointer { scale in
            shift.withUnsafeBufferPointer { shift in
                guard let scale = scale.baseAddress, let shift = shift.baseAddress else { return }
                var run = AssayAffine(
                    channels: Int64(self.scale.count), sourceStep: Int64(sourceStep), resultStep: Int64(resultStep),
                    source: memory.source(0), result: memory.result, scale: scale, shift: shift,
                    lowest: bounds.lowest, highest: bounds.highest)
                withUnsafePointer(to: &run) { run in
                    team.run(limit: pixels * self.scale.count / Self.leastWork) { part, parts in
                        let share = Team.share(pixels, part: part, of: parts)
                        vectors.affine(run, Int64(share.lowerBound), Int64(share.upperBound))
                    }
                }
            }
        }
    }

    /// Elements for which waking a thread pays.
    private static let leastWork = 1 << 14
}
