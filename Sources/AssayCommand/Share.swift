import ArgumentParser
import Foundation

/// A share on the command line: `2%` or `0.02`.
struct Share: ExpressibleByArgument {
    let value: Double

    init?(argument: String) {
        let isPercent = argument.hasSuffix("%")
        let digits = isPercent ? String(argument.dropLast()) : argument
        guard let number = Double(digits.trimmingCharacters(in: .whitespaces)), number.isFinite else { return nil }
        value = isPercent ? number / 100 : number
        guard (0...10).contains(value) else { return nil }
    }
}
