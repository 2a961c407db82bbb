/// Scales or zero points that a primitive takes when it runs.
struct QuantizationMask {
    enum Kind {
        case scale, zeroPoint
    }

    let kind: Kind
    /// The argument that they belong to.
    let argument: Int
    /// The axes that have one for each position, as bits; 0 for one number.
    let axes: Int32
}
