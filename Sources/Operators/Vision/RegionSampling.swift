import Tensors

/// Where a region of interest is sampled.
struct RegionSampling {
    /// The elements that make up one sample, with their weights; none for a sample outside of the picture.
    typealias Sample = [(source: Int, weight: Double)]

    /// Bins along the vertical axis.
    let height: Int
    /// Bins along the horizontal axis.
    let width: Int
    /// True where a bin is the maximum of its samples and not their mean.
    let takesMaximum: Bool
    private let samplesPerAxis: Int
    private let scale: Double
    private let shift: Double

    /// The most samples of a bin along an axis taken for genuine.
    private static let limit = 1 << 12

    /// Reads the attributes; the first version of the operator does not shift by half an element.
    init(_ attributes: Attributes, isOld: Bool) throws(OperatorError) {
        func refuse(_ name: String, _ value: String, _ remedy: String) -> OperatorError {
            OperatorError(.attribute, subject: attributes.path, reason: "\(name) is '\(value)'", remedy: remedy)
        }
        height = try attributes.int("output_height")
        width = try attributes.int("output_width")
        samplesPerAxis = try attributes.int("sampling_ratio")
        scale = Double(try attributes.float("spatial_scale"))
        guard samplesPerAxis >= 0, samplesPerAxis <= Self.limit else {
            throw refuse("sampling_ratio", String(samplesPerAxis), "use 0 to \(Self.limit)")
        }
        switch try attributes.string("mode") {
        case "avg": takesMaximum = false
        case "max": takesMaximum = true
        case let mode: throw refuse("mode", mode, "use avg or max")
        }
        let transformation = try attributes.string("coordinate_transformation_mode")
        switch isOld ? "output_half_pixel" : transformation {
        case "half_pixel": shift = 0.5
        case "output_half_pixel": shift = 0
        default:
            throw refuse(
                "coordinate_transformation_mode", transformation, "use half_pixel or output_half_pixel")
        }
    }

    /// The samples of each bin, row by row.
    ///
    /// - Throws: `OperatorError` of code `unsupported` for a region of an extent that no picture has.
    func bins(_ corners: [Double], height: Int, width: Int, _ path: String) throws(OperatorError) -> [[Sample]] {
        let rows = try axis(corners[1], corners[3], bins: self.height, path)
        let columns = try axis(corners[0], corners[2], bins: self.width, path)
        // A sample takes some hundred bytes.
        let counts = [rows.count, rows.first?.count ?? 0, columns.count, columns.first?.count ?? 0]
        _ = try Shape(counts + [12]).allocatableCount(path)
        var result: [[Sample]] = []
        for row in rows {
            for column in columns {
                var bin: [Sample] = []
                for y in row {
                    for x in column { bin.append(sample(y, x, height: height, width: width)) }
                }
                result.append(bin)
            }
        }
        return result
    }

    /// The coordinates at which each bin of one axis is sampled.
    private func axis(
        _ low: Double, _ high: Double, bins: Int, _ path: String
    ) throws(OperatorError) -> [[Double]] {
        let start = low * scale - shift
        // Without the shift, regions below one element are made one element long.
        let extent = shift == 0 ? max(high * scale - start, 1) : high * scale - shift - start
        let bin = extent / Double(bins)
        guard bins > 0, bin.isFinite, bin <= Double(Self.limit) else {
            throw OperatorError(
                .unsupported, subject: path, reason: "a region from \(low) to \(high) cannot be sampled in \(bins) bins"
            )
        }
        let count = samplesPerAxis > 0 ? samplesPerAxis : max(0, Int(bin.rounded(.up)))
        _ = try Shape([bins, max(count, 1)]).allocatableCount(path)
        return (0..<bins).map { index in
            (0..<count).map { start + Double(index) * bin + (Double($0) + 0.5) * bin / Double(count) }
        }
    }

    /// Linear interpolation between the elements around a place; places within one element of the border count as the
    /// border.
    private func sample(_ y: Double, _ x: Double, height: Int, width: Int) -> Sample {
        guard height > 0, width > 0, y >= -1, y <= Double(height), x >= -1, x <= Double(width) else { return [] }
        let (top, bottom, low) = Self.neighbours(y, extent: height)
        let (left, right, near) = Self.neighbours(x, extent: width)
        return [
            (top * width + left, (1 - low) * (1 - near)), (top * width + right, (1 - low) * near),
            (bottom * width + left, low * (1 - near)), (bottom * width + right, low * near),
        ]
    }

    private static func neighbours(_ coordinate: Double, extent: Int) -> (Int, Int, Double) {
        let place = max(coordinate, 0)
        let low = Int(place)
        return low >= extent - 1 ? (extent - 1, extent - 1, 0) : (low, low + 1, place - Double(low))
    }
}
