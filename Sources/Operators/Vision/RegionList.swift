import Tensors

/// Regions of interest, each in one picture of a batch.
struct RegionList {
    /// The picture of each region.
    let images: [Int]
    /// x1, y1, x2, y2 of each region.
    private let coordinates: [Double]

    /// - Throws: `OperatorError` of code `shape` or `index` where regions and pictures do not belong together.
    init(_ regions: Tensor, images: [Int], of data: Shape, _ path: String) throws(OperatorError) {
        guard data.rank == 4, data[2] > 0, data[3] > 0, regions.shape == [images.count, 4] else {
            throw OperatorError(
                .shape, subject: path,
                reason:
                    "regions of shape \(regions.shape) in \(images.count) pictures do not fit data of shape \(data)",
                remedy: "data is [N, C, H, W], regions are [count, 4]")
        }
        self.images = try Indices.normalize(images, extent: data[0], path)
        coordinates = try Conversion.convert(regions, to: .float64, path).elements(path)
    }

    /// The corners of a region: x1, y1, x2, y2.
    func corners(_ region: Int) -> [Double] { Array(coordinates[(4 * region)..<(4 * region + 4)]) }
}
