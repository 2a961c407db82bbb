import Graphs
import Tensors

/// Regions of pictures as grids of fixed size: each bin is the maximum of the elements it covers.
///
/// Source: Girshick, "Fast R-CNN" (arXiv 1504.08083): corners are rounded to elements, and bins overlap where they do not
/// come out even.
struct MaxRoiPool: Operator {
    let name = "MaxRoiPool"
    let family = OperatorFamily.vision
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [.init("X", TypeSets.floats), .init("rois", TypeSets.floats)], outputs: [.init("Y", TypeSets.floats)],
        attributes: [.init("pooled_shape", isRequired: true), .init("spatial_scale", default: .float(1))],
        versions: [1, 22])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = site.elementType(0) else { return [nil] }
        let bins = try bins(attributes(site))
        let regions = site.shape(1)?.dimensions.first ?? .unknown
        let channels = site.shape(0)?.dimensions.dropFirst().first ?? .unknown
        return [.tensor(type, [regions, channels, .fixed(bins[0]), .fixed(bins[1])])]
    }

    private func bins(_ attributes: Attributes) throws(OperatorError) -> [Int] {
        let bins = try attributes.ints("pooled_shape")
        guard bins.count == 2, bins.allSatisfy({ $0 > 0 }) else {
            throw OperatorError(
                .attribute, subject: attributes.path, reason: "pooled_shape is \(bins)",
                remedy: "give a height and a width above 0")
        }
        return bins
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        return try call.widened { (call) throws(OperatorError) in
            let (data, regions) = (try call.tensor(0), try call.tensor(1))
            guard data.shape.rank == 4, regions.shape.rank == 2, regions.shape[1] == 5 else {
                throw OperatorError(
                    .shape, subject: call.path,
                    reason: "regions of shape \(regions.shape) do not fit data of shape \(data.shape)",
                    remedy: "data is [N, C, H, W], regions are [count, 5]")
            }
            let kernel = PoolKernel(
                data: data, regions: regions, bins: try bins(attributes),
                scale: Double(try attributes.float("spatial_scale")), path: call.path)
            return [try data.elementType.dispatchReal(kernel, path: call.path)]
        }
    }

    /// - Throws: always: the gradient needs a scatter over places that depend on the data, and is not written yet.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? { throw noGradient(site) }

    private struct PoolKernel: RealKernel {
        let data: Tensor
        let regions: Tensor
        let bins: [Int]
        let scale: Double
        let path: String

        func run<T: Real>(_ type: T.Type) throws(OperatorError) -> Value {
            let values: [T] = try data.elements(path)
            let corners: [T] = try regions.elements(path)
            let (channels, height, width) = (data.shape[1], data.shape[2], data.shape[3])
            let target = Shape([regions.shape[0], channels] + bins)
            var result: [T] = []
            result.reserveCapacity(try target.allocatableCount(path))
            for region in 0..<regions.shape[0] {
                let row = corners[(5 * region)..<(5 * region + 5)].map { Double($0) }
                guard let number = Int(exactly: row[0].rounded(.towardZero)) else {
                    throw OperatorError(.index, subject: path, reason: "\(row[0]) is the number of no picture")
                }
                let image = try Indices.normalize(number, extent: data.shape[0], path)
                let rows = try spans(row[2], row[4], bins: bins[0], extent: height)
                let columns = try spans(row[1], row[3], bins: bins[1], extent: width)
                for channel in 0..<channels {
                    let base = (image * channels + channel) * height * width
                    for span in rows {
                        for other in columns {
                            var largest: T?
                            for y in span {
                                for x in other {
                                    let value = values[base + y * width + x]
                                    largest = Swift.max(largest ?? value, value)
                                }
                            }
                            // A bin that covers nothing is 0.
                            result.append(largest ?? 0)
                        }
                    }
                }
            }
            return try .make(result, target, path)
        }

        /// The elements that each bin of one axis covers.
        private func spans(_ low: Double, _ high: Double, bins: Int, extent: Int) throws(OperatorError) -> [Range<Int>]
        {
            _ = try Shape([bins]).allocatableCount(path)
            let start = (low * scale).rounded()
            let length = max((high * scale).rounded() - start + 1, 1)
            guard start.isFinite, length.isFinite else {
                throw OperatorError(.unsupported, subject: path, reason: "a region from \(low) to \(high) is no region")
            }
            func clamped(_ place: Double) -> Int { Int(min(max(place + start, 0), Double(extent))) }
            return (0..<bins).map { bin in
                let first = clamped((Double(bin) * length / Double(bins)).rounded(.down))
                let end = clamped((Double(bin + 1) * length / Double(bins)).rounded(.up))
                return first..<max(first, end)
            }
        }
    }

    var examples: [Example] {
        let data = Value.floats([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], [1, 1, 4, 4])
        return [
            Example(
                "two regions", opset: 9, attributes: [.init("pooled_shape", .ints([2, 2]))],
                inputs: [data, .floats([0, 0, 0, 3, 3, 0, 1, 1, 2, 3], [2, 5])],
                expected: [.floats([5, 7, 13, 15, 9, 10, 13, 14], [2, 1, 2, 2])], isDifferentiable: false),
            Example(
                "scaled", opset: 22,
                attributes: [.init("pooled_shape", .ints([1, 3])), .init("spatial_scale", .float(0.5))],
                inputs: [.noise([2, 2, 4, 5]), .floats([1, 0, 2, 9, 6], [1, 5])], isDifferentiable: false),
        ]
    }
}
