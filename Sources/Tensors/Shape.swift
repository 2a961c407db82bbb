/// The extents of a tensor, outermost first; the empty shape is a scalar's.
public struct Shape: Hashable, Sendable, Codable, RandomAccessCollection, ExpressibleByArrayLiteral,
    CustomStringConvertible
{
    /// The extents, outermost first.
    public var dimensions: [Int]

    /// Makes a shape of the given extents, outermost first.
    public init(_ dimensions: [Int]) { self.dimensions = dimensions }

    /// Makes a shape of the given extents, outermost first.
    public init(arrayLiteral elements: Int...) { dimensions = elements }

    /// Decodes an array of extents.
    public init(from decoder: any Decoder) throws {
        dimensions = try decoder.singleValueContainer().decode([Int].self)
    }

    /// Encodes an array of extents.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(dimensions)
    }

    /// Always 0.
    public var startIndex: Int { 0 }

    /// The rank.
    public var endIndex: Int { dimensions.count }

    /// The number of dimensions.
    public var rank: Int { dimensions.count }

    /// The extent of one dimension.
    public subscript(position: Int) -> Int {
        get { dimensions[position] }
        set { dimensions[position] = newValue }
    }

    /// The number of elements; `nil` when an extent is negative or the product overflows.
    public var checkedElementCount: Int? {
        var count = 1
        for extent in dimensions {
            guard extent >= 0 else { return nil }
            let (product, overflow) = count.multipliedReportingOverflow(by: extent)
            if overflow { return nil }
            count = product
        }
        return count
    }

    /// The number of elements of a shape known to be valid, as every tensor's is.
    public var elementCount: Int { dimensions.reduce(1, *) }

    /// Elements between neighbours along each dimension, in row-major order.
    public var strides: [Int] {
        var strides = [Int](repeating: 1, count: rank)
        for axis in stride(from: rank - 2, through: 0, by: -1) {
            // Wraps only where another extent is 0 and no element is ever addressed.
            strides[axis] = strides[axis + 1] &* dimensions[axis + 1]
        }
        return strides
    }

    /// The index, one number a dimension, of an element counted in row-major order.
    public func index(ofElement position: Int) -> [Int] {
        var rest = position
        return strides.map { stride in
            defer { rest %= Swift.max(stride, 1) }
            return rest / Swift.max(stride, 1)
        }
    }

    /// The extents as users write them: `1x3x224x224`, or `scalar`.
    public var description: String {
        dimensions.isEmpty ? "scalar" : dimensions.map(String.init).joined(separator: "x")
    }
}
