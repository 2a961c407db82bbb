import Tensors

/// A Swift type in which the arithmetic of numeric tensors is done; integers wrap around as the standard's do.
protocol Number: TensorScalar, Comparable, AdditiveArithmetic, CustomStringConvertible {
    /// The nearest value, toward zero for integers; values out of range saturate, NaN becomes 0 in integers.
    init(saturating value: Double)
    /// True for the integer types.
    static var isWhole: Bool { get }
    /// The sum, wrapping.
    func plus(_ other: Self) -> Self
    /// The difference, wrapping.
    func minus(_ other: Self) -> Self
    /// The product, wrapping.
    func times(_ other: Self) -> Self
    /// The negative, wrapping.
    var negated: Self { get }
    /// The quotient, toward zero for integers; a zero divisor of integers gives the dividend.
    func divided(by other: Self) -> Self
    /// The value as a double, rounded where it must be.
    var asDouble: Double { get }
    /// True for NaN.
    var isNotANumber: Bool { get }
    /// The smallest value, −∞ where there is one.
    static var lowest: Self { get }
    /// The largest value, +∞ where there is one.
    static var highest: Self { get }
}

extension Number where Self: FixedWidthInteger {
    init(saturating value: Double) {
        if value.isNaN {
            self = 0
        } else if let exact = Self(exactly: value.rounded(.towardZero)) {
            self = exact
        } else {
            self = value < 0 ? .min : .max
        }
    }
    static var isWhole: Bool { true }
    @inline(__always) func plus(_ other: Self) -> Self { self &+ other }
    @inline(__always) func minus(_ other: Self) -> Self { self &- other }
    @inline(__always) func times(_ other: Self) -> Self { self &* other }
    @inline(__always) var negated: Self { 0 &- self }
    @inline(__always) func divided(by other: Self) -> Self { dividedReportingOverflow(by: other).partialValue }
    var asDouble: Double { Double(self) }
    @inline(__always) var isNotANumber: Bool { false }
    static var lowest: Self { .min }
    static var highest: Self { .max }
}

extension Number where Self: BinaryFloatingPoint {
    init(saturating value: Double) { self = Self(value) }
    static var isWhole: Bool { false }
    @inline(__always) func plus(_ other: Self) -> Self { self + other }
    @inline(__always) func minus(_ other: Self) -> Self { self - other }
    @inline(__always) func times(_ other: Self) -> Self { self * other }
    @inline(__always) var negated: Self { -self }
    @inline(__always) func divided(by other: Self) -> Self { self / other }
    var asDouble: Double { Double(self) }
    @inline(__always) var isNotANumber: Bool { isNaN }
    static var lowest: Self { -.infinity }
    static var highest: Self { .infinity }
}

extension Float: Number {}
extension Double: Number {}
extension Int8: Number {}
extension Int16: Number {}
extension Int32: Number {}
extension Int64: Number {}
extension UInt8: Number {}
extension UInt16: Number {}
extension UInt32: Number {}
extension UInt64: Number {}
