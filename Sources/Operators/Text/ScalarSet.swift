/// A set of Unicode scalars, as character classes of regular expressions name them.
struct ScalarSet {
    private var ranges: [ClosedRange<UInt32>] = []
    private var categories: Set<Unicode.GeneralCategory> = []
    private var parts: [ScalarSet] = []
    /// True where the set holds all other scalars.
    var isNegated = false
    /// True where letters stand for their lower and upper case too.
    var ignoresCase = false

    init() {}

    init(_ scalar: Unicode.Scalar) { ranges = [scalar.value...scalar.value] }

    init(_ ranges: [ClosedRange<Unicode.Scalar>]) {
        self.ranges = ranges.map { $0.lowerBound.value...$0.upperBound.value }
    }

    init(_ categories: Set<Unicode.GeneralCategory>) { self.categories = categories }

    mutating func insert(_ range: ClosedRange<Unicode.Scalar>) {
        ranges.append(range.lowerBound.value...range.upperBound.value)
    }

    mutating func insert(_ other: ScalarSet) { parts.append(other) }

    /// All scalars outside the set.
    var inverted: ScalarSet {
        var result = self
        result.isNegated.toggle()
        return result
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        let isInside =
            holds(scalar) || parts.contains { $0.contains(scalar) }
            || ignoresCase && Self.twins(of: scalar).contains(where: holds)
        return isInside != isNegated
    }

    /// Whether the set's own ranges and categories hold a scalar; its parts know themselves what case means to them.
    private func holds(_ scalar: Unicode.Scalar) -> Bool {
        ranges.contains { $0.contains(scalar.value) }
            || !categories.isEmpty && categories.contains(scalar.properties.generalCategory)
    }

    /// The lower and the upper case of a letter, where each is a single scalar.
    private static func twins(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping].compactMap { text in
            let scalars = text.unicodeScalars
            return scalars.count == 1 ? scalars.first : nil
        }
    }

    static let digit = ScalarSet(["0"..."9"])
    static let space = ScalarSet(["\t"..."\n", "\u{0C}"..."\r", " "..." "])
    static let word = ScalarSet(["0"..."9", "A"..."Z", "a"..."z", "_"..."_"])
    static let any = ScalarSet().inverted

    /// The class of a name between `[:` and `:]`.
    static func named(_ name: String) -> ScalarSet? {
        switch name {
        case "alnum": ScalarSet(["0"..."9", "A"..."Z", "a"..."z"])
        case "alpha": ScalarSet(["A"..."Z", "a"..."z"])
        case "ascii": ScalarSet(["\0"..."\u{7F}"])
        case "blank": ScalarSet(["\t"..."\t", " "..." "])
        case "cntrl": ScalarSet(["\0"..."\u{1F}", "\u{7F}"..."\u{7F}"])
        case "digit": digit
        case "graph": ScalarSet(["!"..."~"])
        case "lower": ScalarSet(["a"..."z"])
        case "print": ScalarSet([" "..."~"])
        case "punct": ScalarSet(["!"..."/", ":"..."@", "["..."`", "{"..."~"])
        case "space": ScalarSet(["\t"..."\r", " "..." "])
        case "upper": ScalarSet(["A"..."Z"])
        case "word": word
        case "xdigit": ScalarSet(["0"..."9", "A"..."F", "a"..."f"])
        default: nil
        }
    }

    /// The scalars of a general category by its name in the Unicode standard, or of a group of them by its first letter.
    static func category(_ name: String) -> ScalarSet? {
        if name == "Any" { return any }
        let members = generalCategories.filter { $0.key == name || name.count == 1 && $0.key.hasPrefix(name) }
        return members.isEmpty ? nil : ScalarSet(Set(members.values))
    }

    private static let generalCategories: [String: Unicode.GeneralCategory] = [
        "Lu": .uppercaseLetter, "Ll": .lowercaseLetter, "Lt": .titlecaseLetter, "Lm": .modifierLetter,
        "Lo": .otherLetter, "Mn": .nonspacingMark, "Mc": .spacingMark, "Me": .enclosingMark, "Nd": .decimalNumber,
        "Nl": .letterNumber, "No": .otherNumber, "Pc": .connectorPunctuation, "Pd": .dashPunctuation,
        "Ps": .openPunctuation, "Pe": .closePunctuation, "Pi": .initialPunctuation, "Pf": .finalPunctuation,
        "Po": .otherPunctuation, "Sm": .mathSymbol, "Sc": .currencySymbol, "Sk": .modifierSymbol, "So": .otherSymbol,
        "Zs": .spaceSeparator, "Zl": .lineSeparator, "Zp": .paragraphSeparator, "Cc": .control, "Cf": .format,
        "Cs": .surrogate, "Co": .privateUse,
    ]
}
