/// What sets two tensors apart, found in the order shape, element type, classes of non-finite values, values.
public struct TensorComparison: Sendable, Hashable, CustomStringConvertible {
    /// The first thing in which the tensors differ, or that they agree.
    public enum Outcome: String, Sendable, Hashable, Codable {
        /// The extents differ.
        case shape
        /// The element types differ.
        case elementType
        /// NaN or an infinity stands where the other tensor has something else.
        case nonFinite
        /// Values differ by more than the tolerance.
        case values
        /// They agree within the tolerance.
        case agrees
    }

    /// The first thing in which they differ, or `agrees`.
    public private(set) var outcome: Outcome
    /// The tolerance asked for.
    public let tolerance: Tolerance
    /// What was examined, as messages name it: `f32[2x3]` for each, the actual first.
    public let types: [String]
    /// Elements compared.
    public private(set) var count = 0
    /// max|a−b| over the finite elements.
    public private(set) var maximumDifference = 0.0
    /// max|b| over the finite elements of the reference.
    public private(set) var maximumReference = 0.0
    /// The index of the largest difference (or of the first mismatch of class), one number a dimension.
    public private(set) var worstIndex: [Int]?
    /// The actual and the reference value there.
    public private(set) var worstValues: [String] = []
    /// The largest distance in units in the last place of the element type; `nil` where the type has none.
    public private(set) var maximumUlps: UInt64?
    /// The index of that distance, one number a dimension; `nil` where no element is another one by such a unit.
    public private(set) var worstUlpsIndex: [Int]?
    /// Elements beyond absolute + relative · |b|.
    public private(set) var outlierCount = 0
    /// Elements of which one is NaN or infinite and the other is not the same.
    public private(set) var nonFiniteMismatches = 0

    /// max|a−b| / max|b|, the project's agreement measure: 0 when nothing differs, infinite when all of b is 0.
    public var agreement: Double {
        maximumDifference == 0 ? 0 : maximumDifference / maximumReference
    }

    /// The share of elements beyond absolute + relative · |b|.
    public var outlierShare: Double { count == 0 ? 0 : Double(outlierCount) / Double(count) }

    /// True when the tensors agree within the tolerance.
    public var agrees: Bool { outcome == .agrees }

    /// Compares a tensor with the one it should be.
    public init(_ actual: Tensor, reference: Tensor, tolerance: Tolerance) {
        self.tolerance = tolerance
        types = [actual, reference].map { "\($0.elementType.name)[\($0.shape)]" }
        outcome = .agrees
        guard actual.shape == reference.shape else {
            outcome = .shape
            return
        }
        guard actual.elementType == reference.elementType else {
            outcome = .elementType
            return
        }
        if let left = actual.strings, let right = reference.strings {
            compare(strings: left, right, shape: actual.shape)
        } else {
            compare(numbers: ComparableElements(actual), ComparableElements(reference), shape: actual.shape)
        }
    }

    private mutating func compare(strings left: [String], _ right: [String], shape: Shape) {
        count = left.count
        outlierCount = zip(left, right).count { $0 != $1 }
        guard let first = zip(left, right).enumerated().first(where: { $0.element.0 != $0.element.1 }) else { return }
        outcome = .values
        worstIndex = shape.index(ofElement: first.offset)
        worstValues = [left[first.offset], right[first.offset]]
    }

    private mutating func compare(numbers left: ComparableElements, _ right: ComparableElements, shape: Shape) {
        count = min(left.values.count, right.values.count)
        var worst = -1.0
        var worstPosition: Int?
        var mismatch: Int?
        var ulps: UInt64 = 0
        var ulpsPosition: Int?
        for index in 0..<count {
            let (a, b) = (left.values[index], right.values[index])
            guard a.isFinite, b.isFinite else {
                let same = a.isNaN ? b.isNaN && tolerance.nanEqualsNaN : a == b
                if !same {
                    nonFiniteMismatches += 1
                    mismatch = mismatch ?? index
                }
                continue
            }
            let difference = left.difference(to: right, at: index)
            maximumReference = max(maximumReference, b.magnitude)
            if difference > tolerance.absolute + tolerance.relative * b.magnitude { outlierCount += 1 }
            if difference > worst { (worst, worstPosition) = (difference, index) }
            if difference > 0, let distance = left.ulps(to: right, at: index), distance > ulps {
                (ulps, ulpsPosition) = (distance, index)
            }
        }
        maximumDifference = max(worst, 0)
        maximumUlps = left.orders == nil ? nil : ulps
        worstUlpsIndex = ulpsPosition.map { shape.index(ofElement: $0 / left.parts) }
        if mismatch != nil {
            outcome = .nonFinite
        } else if outlierShare > tolerance.allowedOutliers || tolerance.agreement.map({ agreement > $0 }) ?? false {
            outcome = .values
        }
        guard let position = mismatch ?? worstPosition, mismatch != nil || worst > 0 else { return }
        worstIndex = shape.index(ofElement: position / left.parts)
        worstValues = ["\(left.values[position])", "\(right.values[position])"]
    }

    /// One line: what differs, by how much, and where.
    public var description: String {
        switch outcome {
        case .shape, .elementType: "\(types[0]) should be \(types[1])"
        case .nonFinite:
            "\(nonFiniteMismatches) of \(count) elements are NaN or infinite where the other is not\(place)"
        case .values, .agrees:
            "max|a−b|/max|b| \(agreement), max|a−b| \(maximumDifference)\(place)"
                + (maximumUlps.map { ", at most \($0) ULP" } ?? "")
                + ", \(outlierCount) of \(count) beyond the bound"
        }
    }

    private var place: String {
        guard let worstIndex, worstValues.count == 2 else { return "" }
        return " at \(worstIndex): \(worstValues[0]) should be \(worstValues[1])"
    }
}
