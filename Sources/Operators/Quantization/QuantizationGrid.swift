import Graphs
import Tensors

/// Which scale and zero point belong to each element: one for all, one for each position along an axis, or one for each
/// block of positions along it.
struct QuantizationGrid {
    /// The shape of the data.
    let data: Shape
    /// The axis along which scales differ.
    let axis: Int
    /// Positions of the axis that share a scale.
    let block: Int
    /// Scales along the axis.
    let extent: Int
    private let isScalar: Bool

    /// Reads the form from the shape of the scales.
    ///
    /// - Throws: `OperatorError` of code `shape` when the scales fit no form.
    init(data: Shape, scale: Shape, _ attributes: Attributes) throws(OperatorError) {
        self.data = data
        let block = try attributes.optionalInt("block_size") ?? 0
        isScalar = scale.elementCount == 1 && block == 0
        if isScalar {
            axis = 0
            self.block = 1
            extent = 1
            return
        }
        axis = try Axes.normalize(try attributes.optionalInt("axis") ?? 1, rank: data.rank, attributes.path)
        self.block = max(block, 1)
        extent = data[axis] == 0 ? 0 : (data[axis] - 1) / self.block + 1
        var expected = data.dimensions
        expected[axis] = extent
        guard block > 0 ? scale.dimensions == expected : scale == [data[axis]] else {
            throw OperatorError(
                .shape, subject: attributes.path, reason: "scales of shape \(scale) do not fit data of shape \(data)",
                remedy: "give one scale, one an element of the axis, or one a block of it")
        }
        isBlocked = block > 0
    }

    /// Whether scales are given for blocks.
    private(set) var isBlocked = false

    /// The axis of the scales of a call, which is of no account where there is but one; `nil` for scales of blocks, or where
    /// the rank is not known.
    static func loweredAxis(_ site: CallSite, _ attributes: Attributes) -> Int? {
        guard let rank = site.rank(0), (try? attributes.optionalInt("block_size") ?? 0) == 0,
            let axis = try? attributes.optionalInt("axis") ?? 1
        else { return nil }
        return axis < 0 ? axis + rank : axis
    }

    /// The scale or zero point of each element, in row-major order.
    ///
    /// - Throws: `OperatorError` of code `shape` when there are more or fewer of them than scales.
    func expand<T>(_ values: [T], _ path: String) throws(OperatorError) -> [T] {
        if values.count == 1 { return [T](repeating: values[0], count: data.elementCount) }
        let count = isBlocked ? data.elementCount / max(data[axis], 1) * extent : extent
        guard !isScalar, values.count == count else {
            throw OperatorError(
                .shape, subject: path, reason: "\(values.count) scales or zero points stand where \(count) are due",
                remedy: "give as many zero points as scales")
        }
        let inner = data.dimensions[(axis + 1)...].extentProduct
        var result: [T] = []
        result.reserveCapacity(data.elementCount)
        for outer in 0..<data.dimensions[..<axis].extentProduct {
            for position in 0..<data[axis] {
                let group = position / block
                if isBlocked {
                    let start = (outer * extent + group) * inner
                    result.append(contentsOf: values[start..<start + inner])
                } else {
                    result.append(contentsOf: repeatElement(values[group], count: inner))
                }
            }
        }
        return result
    }
}

/// Conversions between quantised and real tensors.
enum Quantized {
    /// The integers a quantised type holds; `nil` for small floats.
    static func range(_ type: ElementType) -> ClosedRange<Double>? {
        guard type.isInteger, type.bitWidth <= 16 else { return nil }
        let isSigned = [.int2, .int4, .int8, .int16].contains(type)
        let count = Double(1 << type.bitWidth)
        return isSigned ? -count / 2...count / 2 - 1 : 0...count - 1
    }

    /// Numbers rounded to the nearest integer, ties to even, and clamped to a type.
    static func make(_ values: [Double], _ type: ElementType, _ shape: Shape, _ path: String) throws(OperatorError)
        -> Tensor
    {
        guard let range = range(type) else {
            throw OperatorError(.unsupported, subject: path, reason: "\(type.name) holds no quantised integers")
        }
        let clamped = values.map { value in
            value.isNaN ? 0 : min(max(value.rounded(.toNearestOrEven), range.lowerBound), range.upperBound)
        }
        return try convert(try Tensor.make(clamped, shape, path), to: type, path)
    }

    /// A tensor in another type, sub-byte and 8-bit floats included.
    static func convert(
        _ tensor: Tensor, to type: ElementType, saturating: Bool = true, _ path: String
    ) throws(OperatorError) -> Tensor {
        do { return try tensor.converted(to: type, saturating: saturating) } catch {
            throw OperatorError(.type, subject: path, reason: error.description)
        }
    }

    /// The elements of any numeric tensor in double precision.
    static func numbers(_ tensor: Tensor, _ path: String) throws(OperatorError) -> [Double] {
        do { return try tensor.doubles() } catch {
            throw OperatorError(.type, subject: path, reason: error.description)
        }
    }

    /// The elements of any numeric tensor in single precision.
    static func floats(_ tensor: Tensor, _ path: String) throws(OperatorError) -> [Float] {
        do { return try tensor.floats() } catch {
            throw OperatorError(.type, subject: path, reason: error.description)
        }
    }

    /// The types quantised data may have.
    static let types: Set<ElementType> = TypeSets.float8.union([
        .int8, .uint8, .int16, .uint16, .int4, .uint4, .int2, .uint2, .float4e2m1, .float6e2m3, .float6e3m2,
    ])
    /// The types scales may have.
    static let scales: Set<ElementType> = [.float32, .float16, .bfloat16, .float8e8m0]
    /// The 8-bit integers.
    static let bytes: Set<ElementType> = [.int8, .uint8]
}
