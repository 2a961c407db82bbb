/// A binary floating-point format of at most 16 bits, by its parameters; converts to and from `Double` exactly rounded.
///
/// Sources: IEEE 754-2019 (f16), "FP8 Formats for Deep Learning" (arXiv 2209.05433), "8-bit Numerical Formats for Deep
/// Neural Networks" (arXiv 2206.02915, the `fnuz` types), OCP Microscaling Formats 1.0 (f4, f6, e8m0).
struct SmallFloat: Sendable {
    /// What the largest codes stand for.
    enum Specials: Sendable {
        /// Infinity and NaN in the largest exponent, as IEEE 754 says.
        case ieee
        /// NaN in the largest code only, no infinity.
        case nanOnly
        /// NaN in the code of negative zero, no infinity.
        case nanAtNegativeZero
        /// Neither.
        case none
    }

    let exponentBits: Int
    let mantissaBits: Int
    let bias: Int
    let specials: Specials

    /// The parameters of an element type; `nil` for types that are no small floats (`f8e8m0` has no sign and no fraction).
    init?(_ type: ElementType) {
        switch type {
        case .float16: self.init(5, 10, bias: 15, .ieee)
        case .bfloat16: self.init(8, 7, bias: 127, .ieee)
        case .float8e4m3fn: self.init(4, 3, bias: 7, .nanOnly)
        case .float8e4m3fnuz: self.init(4, 3, bias: 8, .nanAtNegativeZero)
        case .float8e5m2: self.init(5, 2, bias: 15, .ieee)
        case .float8e5m2fnuz: self.init(5, 2, bias: 16, .nanAtNegativeZero)
        case .float6e2m3: self.init(2, 3, bias: 1, .none)
        case .float6e3m2: self.init(3, 2, bias: 3, .none)
        case .float4e2m1: self.init(2, 1, bias: 1, .none)
        default: return nil
        }
    }

    private init(_ exponentBits: Int, _ mantissaBits: Int, bias: Int, _ specials: Specials) {
        self.exponentBits = exponentBits
        self.mantissaBits = mantissaBits
        self.bias = bias
        self.specials = specials
    }

    private var signBit: UInt16 { 1 << UInt16(exponentBits + mantissaBits) }

    /// The code of the largest finite value.
    var largestFinite: UInt16 {
        switch specials {
        case .ieee: (((1 << UInt16(exponentBits)) - 1) << UInt16(mantissaBits)) - 1
        case .nanOnly: signBit - 2
        case .nanAtNegativeZero, .none: signBit - 1
        }
    }

    /// The code of infinity, where there is one.
    private var infinity: UInt16? { specials == .ieee ? largestFinite + 1 : nil }

    private var nan: UInt16? {
        switch specials {
        case .ieee: largestFinite + 1 + (1 << UInt16(mantissaBits - 1))
        case .nanOnly: signBit - 1
        case .nanAtNegativeZero: signBit
        case .none: nil
        }
    }

    /// The value of a code.
    func decode(_ code: UInt16) -> Double {
        let magnitude = code & (signBit - 1)
        let negative = code & signBit != 0
        switch specials {
        case .nanAtNegativeZero where negative && magnitude == 0: return .nan
        case .nanOnly where magnitude == signBit - 1: return .nan
        case .ieee where magnitude > largestFinite:
            return magnitude > largestFinite + 1 ? .nan : negative ? -.infinity : .infinity
        default: break
        }
        let exponent = Int(magnitude >> UInt16(mantissaBits))
        let fraction = Int(magnitude) & ((1 << mantissaBits) - 1)
        let significand = exponent == 0 ? fraction : fraction + 1 << mantissaBits
        let value = Double(significand) * SmallFloat.power(max(exponent, 1) - bias - mantissaBits)
        return negative ? -value : value
    }

    /// The code nearest to a value, ties to even.
    ///
    /// - Parameter saturating: whether what is too large becomes the largest finite value instead of infinity (or NaN
    ///   where the format has none); formats without either always saturate, and give 0 for NaN.
    func encode(_ value: Double, saturating: Bool) -> UInt16 {
        guard !value.isNaN else {
            guard let nan else { return 0 }
            return value.sign == .minus ? nan | signBit : nan
        }
        let sign: UInt16 = value.sign == .minus ? signBit : 0
        let magnitude = value.isInfinite ? largestFinite + 1 : encode(magnitude: value.magnitude)
        guard magnitude > largestFinite else {
            return magnitude == 0 && specials == .nanAtNegativeZero ? 0 : sign | magnitude
        }
        if saturating { return sign | largestFinite }
        if let infinity { return sign | infinity }
        if specials == .nanAtNegativeZero { return signBit }
        return sign | (nan ?? largestFinite)
    }

    /// The code of a finite magnitude; anything above `largestFinite` says that it does not fit.
    private func encode(magnitude: Double) -> UInt16 {
        let smallest = 1 - bias
        let exponent = magnitude.isNormal ? max(Int(magnitude.exponent), smallest) : smallest
        guard exponent <= (1 << exponentBits) - bias else { return largestFinite + 1 }
        let steps = (magnitude * SmallFloat.power(mantissaBits - exponent)).rounded(.toNearestOrEven)
        let code = (exponent - smallest) << mantissaBits + Int(steps)
        return code > Int(largestFinite) ? largestFinite + 1 : UInt16(code)
    }

    /// A power of two within the normal doubles.
    private static func power(_ exponent: Int) -> Double { Double(bitPattern: UInt64(exponent + 1023) << 52) }

    /// The values of all codes of a type of at most 8 bits.
    static func table(_ type: ElementType) -> [Double]? {
        if type == .float8e8m0 {
            return (0..<255).map { Double(bitPattern: UInt64($0 - 127 + 1023) << 52) } + [.nan]
        }
        guard type.bitWidth <= 8, let format = SmallFloat(type) else { return nil }
        return (0..<(1 << type.bitWidth)).map { format.decode(UInt16($0)) }
    }
}
