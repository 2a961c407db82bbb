import ImageCodecs

/// The colour of borders, as specs state it.
enum FillColor {
    /// Refuses a colour that does not fit the picture; gives the kind of the picture.
    static func check(_ fill: [Double], kind: SampleKind, step: String) throws(AssetError) -> SampleKind {
        guard let order = kind.colorOrder else {
            throw AssetError(
                .stepMismatch, subject: "step '\(step)'", reason: "it needs a picture and is given \(kind)",
                remedy: "decode the file first")
        }
        guard fill.count == order.channels else {
            throw AssetError(
                .invalidParameter, subject: "step '\(step)'",
                reason: "fill has \(fill.count) values for a picture of \(order.channels) channels",
                remedy: "state one value a channel")
        }
        if case .image = kind, !fill.allSatisfy({ (0...255).contains($0) && $0 == $0.rounded() }) {
            throw AssetError(
                .invalidParameter, subject: "step '\(step)'", reason: "fill \(fill) is not a colour of bytes",
                remedy: "state whole numbers from 0 to 255, or pad after the samples became reals")
        }
        return kind
    }

    /// The colour as bytes, clamped.
    static func bytes(_ fill: [Double]) -> [UInt8] { fill.map { UInt8(min(max($0.rounded(), 0), 255)) } }
}
