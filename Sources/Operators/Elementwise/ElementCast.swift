import Tensors

/// The conversion that `Cast` and `CastLike` share.
struct ElementCast {
    let type: ElementType
    let isSaturating: Bool
    let roundMode: String
    let path: String

    func convert(_ tensor: Tensor) throws(OperatorError) -> Tensor {
        if tensor.elementType == type { return tensor }
        if let strings = tensor.strings { return try parse(strings, tensor.shape) }
        if type == .string { return try format(tensor) }
        if type.isInteger, type.bitWidth < 8, tensor.elementType.isFloatingPoint {
            // Toward zero first and then the low bits, as the standard's cases do where a value is too large.
            return try Conversion.convert(try Conversion.convert(tensor, to: .int64, path), to: type, path)
        }
        let rounding: ScaleRounding =
            switch roundMode {
            case "down": .down
            case "nearest": .nearest
            default: .up
            }
        do {
            return try tensor.converted(to: type, saturating: isSaturating, scaleRounding: rounding)
        } catch {
            throw OperatorError(.type, subject: path, reason: error.description)
        }
    }

    /// Numbers as the standard writes them in text: digits, exponents, `NaN`, `INF`.
    private func parse(_ strings: [String], _ shape: Shape) throws(OperatorError) -> Tensor {
        if type.isInteger {
            var values: [Int64] = []
            for string in strings {
                guard let value = Int64(string) ?? Double(string).map({ Int64(saturating: $0) }) else {
                    throw unreadable(string)
                }
                values.append(value)
            }
            return try Conversion.convert(try Tensor.make(values, shape, path), to: type, path)
        }
        var values: [Double] = []
        for string in strings {
            guard let value = Double(string) else { throw unreadable(string) }
            values.append(value)
        }
        return try Conversion.convert(try Tensor.make(values, shape, path), to: type, path)
    }

    private func unreadable(_ string: String) -> OperatorError {
        OperatorError(.type, subject: path, reason: "'\(string)' is no number")
    }

    private func format(_ tensor: Tensor) throws(OperatorError) -> Tensor {
        do {
            let strings: [String]
            if tensor.elementType == .uint64 {
                strings = try tensor.values(of: UInt64.self).map(\.description)
            } else if tensor.elementType == .bool {
                strings = try tensor.values(of: Bool.self).map { $0 ? "True" : "False" }
            } else if tensor.elementType.isInteger {
                strings = try tensor.int64s().map(\.description)
            } else if tensor.elementType == .float64 {
                strings = try tensor.doubles().map { ElementCast.text($0.description) }
            } else {
                strings = try tensor.floats().map { ElementCast.text($0.description) }
            }
            return try Tensor(strings: strings, shape: tensor.shape)
        } catch {
            throw OperatorError(.type, subject: path, reason: error.description)
        }
    }

    /// Swift's shortest form in the standard's words.
    private static func text(_ shortest: String) -> String {
        switch shortest {
        case "nan", "-nan": "NaN"
        case "inf": "INF"
        case "-inf": "-INF"
        default: shortest
        }
    }
}
