import ArgumentParser

extension StudyOptions {
    /// The numbers of an option that takes several, with commas between them; `nil` where it is absent.
    static func counts(_ text: String?, of option: String, most: Int) throws -> [Int]? {
        try words(text, of: option)?.map { word in
            guard let number = Int(word), (1...most).contains(number) else {
                throw ValidationError("\(option) \(text ?? ""): '\(word)' is not in 1 to \(most)")
            }
            return number
        }
    }

    /// The words of an option that takes several of a list; `nil` where it is absent.
    static func cases<Word: RawRepresentable<String> & CaseIterable>(
        _ text: String?, of option: String
    ) throws -> [Word]? {
        try words(text, of: option)?.map { word in
            guard let value = Word(rawValue: word) else {
                throw ValidationError(
                    "\(option) \(text ?? ""): '\(word)' is none of "
                        + Word.allCases.map(\.rawValue).joined(separator: ", "))
            }
            return value
        }
    }

    /// Refuses a number out of its range.
    static func check<Number: Comparable>(_ option: String, _ value: Number?, _ range: ClosedRange<Number>) throws {
        guard let value, !range.contains(value) else { return }
        throw ValidationError("\(option) \(value): it is not in \(range.lowerBound) to \(range.upperBound)")
    }
}
