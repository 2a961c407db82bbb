import Graphs
import Tensors

/// Regions of pictures as grids of fixed size: each bin is the mean or maximum of samples between the picture's elements.
///
/// Source: He et al., "Mask R-CNN" (arXiv 1703.06870). The maximum is taken over the weighted elements that make up the
/// samples, as the standard's own implementation takes it.
struct RoiAlign: Operator {
    let name = "RoiAlign"
    let family = OperatorFamily.vision
    let agreement = Agreement.accumulation
    let signature = Signature(
        inputs: [
            .init("X", TypeSets.floats), .init("rois", TypeSets.floats), .init("batch_indices", TypeSets.int64),
        ], outputs: [.init("Y", TypeSets.floats)],
        attributes: [
            .init("coordinate_transformation_mode", default: .string("half_pixel")),
            .init("mode", default: .string("avg")), .init("output_height", default: .int(1)),
            .init("output_width", default: .int(1)), .init("sampling_ratio", default: .int(0)),
            .init("spatial_scale", default: .float(1)),
        ], versions: [10, 16, 22])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = site.elementType(0) else { return [nil] }
        let attributes = attributes(site)
        let regions = site.shape(1)?.dimensions.first ?? site.shape(2)?.dimensions.first ?? .unknown
        let channels = site.shape(0)?.dimensions.dropFirst().first ?? .unknown
        return [
            .tensor(
                type,
                [
                    regions, channels, .fixed(try attributes.int("output_height")),
                    .fixed(try attributes.int("output_width")),
                ])
        ]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        let isOld = call.opset < 16
        return try call.widened { (call) throws(OperatorError) in
            let data = try call.tensor(0)
            let regions = try RegionList(
                try call.tensor(1), images: try call.tensor(2).integers(call.path), of: data.shape, call.path)
            let kernel = AlignmentKernel(
                data: data, regions: regions, sampling: try RegionSampling(attributes, isOld: isOld), path: call.path)
            return [try data.elementType.dispatchReal(kernel, path: call.path)]
        }
    }

    /// - Throws: always: the gradient needs a scatter over places that depend on the regions, and is not written yet.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? { throw noGradient(site) }

    private struct AlignmentKernel: RealKernel {
        let data: Tensor
        let regions: RegionList
        let sampling: RegionSampling
        let path: String

        func run<T: Real>(_ type: T.Type) throws(OperatorError) -> Value {
            let values: [T] = try data.elements(path)
            let (channels, height, width) = (data.shape[1], data.shape[2], data.shape[3])
            let target = Shape([regions.images.count, channels, sampling.height, sampling.width])
            var result = [T](repeating: 0, count: try target.allocatableCount(path))
            var place = 0
            for (region, image) in regions.images.enumerated() {
                let bins = try sampling.bins(regions.corners(region), height: height, width: width, path)
                for channel in 0..<channels {
                    let base = (image * channels + channel) * height * width
                    for bin in bins {
                        result[place] = sampling.takesMaximum ? maximum(bin, values, base) : mean(bin, values, base)
                        place += 1
                    }
                }
            }
            return try .make(result, target, path)
        }

        private func mean<T: Real>(_ bin: [RegionSampling.Sample], _ values: [T], _ base: Int) -> T {
            var sum: T = 0
            for sample in bin { for tap in sample { sum += T(tap.weight) * values[base + tap.source] } }
            return bin.isEmpty ? 0 : sum / T(bin.count)
        }

        private func maximum<T: Real>(_ bin: [RegionSampling.Sample], _ values: [T], _ base: Int) -> T {
            var result: T?
            for sample in bin {
                // A sample outside of the picture counts as zero.
                let parts = sample.isEmpty ? [0] : sample.map { T($0.weight) * values[base + $0.source] }
                for part in parts { result = Swift.max(result ?? part, part) }
            }
            return result ?? 0
        }
    }

    var examples: [Example] {
        let data = Value.floats([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], [1, 1, 4, 4])
        let regions = Value.floats([0, 0, 2, 2, 1, 1, 3, 3], [2, 4])
        let images = Value.ints([0, 0])
        func attributes(_ more: [Attribute] = []) -> [Attribute] {
            [.init("output_height", .int(2)), .init("output_width", .int(2)), .init("sampling_ratio", .int(1))] + more
        }
        return [
            Example(
                "means", opset: 16, attributes: attributes(), inputs: [data, regions, images],
                expected: [.floats([0, 1, 4, 5, 5, 6, 9, 10], [2, 1, 2, 2])], isDifferentiable: false),
            Example(
                "without the shift by half an element", opset: 22,
                attributes: attributes([.init("coordinate_transformation_mode", .string("output_half_pixel"))]),
                inputs: [data, regions, images],
                expected: [.floats([2.5, 3.5, 6.5, 7.5, 7.5, 8.5, 11.5, 12.5], [2, 1, 2, 2])], isDifferentiable: false),
            Example(
                "the first version", opset: 10, attributes: attributes(), inputs: [data, regions, images],
                expected: [.floats([2.5, 3.5, 6.5, 7.5, 7.5, 8.5, 11.5, 12.5], [2, 1, 2, 2])], isDifferentiable: false),
            Example(
                "scaled, as many samples as the region needs", opset: 16,
                attributes: [
                    .init("output_height", .int(2)), .init("output_width", .int(3)),
                    .init("spatial_scale", .float(0.5)),
                ],
                inputs: [.noise([2, 2, 5, 6]), .floats([1, 2, 9, 8, 0, 0, 5, 9], [2, 4]), .ints([1, 0])],
                isDifferentiable: false),
            Example(
                "maxima", opset: 16, attributes: attributes([.init("mode", .string("max"))]),
                inputs: [data, regions, images],
                expected: [.floats([0, 1, 4, 5, 5, 6, 9, 10], [2, 1, 2, 2])], isDifferentiable: false),
        ]
    }
}
