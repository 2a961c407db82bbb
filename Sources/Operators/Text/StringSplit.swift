import Graphs
import Tensors

/// Each string cut at a delimiter, or at white space where none is given, into as many parts as the string with most has;
/// and how many parts each string has.
struct StringSplit: Operator {
    let name = "StringSplit"
    let family = OperatorFamily.text
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [.init("X", TypeSets.string)],
        outputs: [.init("Y", TypeSets.string), .init("Z", TypeSets.int64)],
        attributes: [.init("delimiter"), .init("maxsplit")], versions: [20])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        let shape = site.shape(0)
        return [
            .tensor(.string, shape.map { SymbolicShape($0.dimensions + [.unknown]) }), .tensor(.int64, shape),
        ]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        let data = try call.tensor(0)
        let limit = try attributes.optionalInt("maxsplit").flatMap { $0 < 0 ? nil : $0 } ?? .max
        let delimiter = Array((try attributes.optionalString("delimiter") ?? "").unicodeScalars)
        let parts = try data.texts(call.path).map { text in
            let scalars = Array(text.unicodeScalars)
            return delimiter.isEmpty
                ? Self.split(atSpacesIn: scalars[...], limit) : Self.split(scalars[...], at: delimiter, limit)
        }
        let width = parts.map(\.count).max() ?? 0
        let padded = parts.flatMap { $0 + [String](repeating: "", count: width - $0.count) }
        return [
            .tensor(try Tensor.make(texts: padded, Shape(data.shape.dimensions + [width]), call.path)),
            try .make(parts.map { Int64($0.count) }, data.shape, call.path),
        ]
    }

    /// The parts between delimiters, empty ones included; what follows the last cut is one part.
    private static func split(
        _ text: ArraySlice<Unicode.Scalar>, at delimiter: [Unicode.Scalar], _ limit: Int
    ) -> [String] {
        var parts: [String] = []
        var (start, position) = (text.startIndex, text.startIndex)
        while parts.count < limit, position + delimiter.count <= text.endIndex {
            if text[position...].starts(with: delimiter) {
                parts.append(string(text[start..<position]))
                position += delimiter.count
                start = position
            } else {
                position += 1
            }
        }
        return parts + [string(text[start...])]
    }

    /// The words between white space; what follows the last cut is one part, without the spaces at its end.
    private static func split(atSpacesIn text: ArraySlice<Unicode.Scalar>, _ limit: Int) -> [String] {
        var parts: [String] = []
        let end = text.lastIndex { !$0.properties.isWhitespace }.map { $0 + 1 } ?? text.startIndex
        var rest = text[..<end].drop(while: \.properties.isWhitespace)
        while !rest.isEmpty, parts.count < limit {
            let word = rest.prefix { !$0.properties.isWhitespace }
            parts.append(string(word))
            rest = rest[word.endIndex...].drop(while: \.properties.isWhitespace)
        }
        return rest.isEmpty ? parts : parts + [string(rest)]
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    var examples: [Example] {
        [
            Example(
                "a delimiter", opset: 20, attributes: [.init("delimiter", .string("."))],
                inputs: [.strings(["abc.com", "def..net", ""])], outputCount: 2,
                expected: [
                    .strings(["abc", "com", "", "def", "", "net", "", "", ""], [3, 3]), .ints([2, 3, 1]),
                ], isDifferentiable: false),
            Example(
                "white space", opset: 20, inputs: [.strings(["  two  words ", "one"])], outputCount: 2,
                expected: [.strings(["two", "words", "one", ""], [2, 2]), .ints([2, 1])], isDifferentiable: false),
            Example(
                "at most one cut", opset: 20,
                attributes: [.init("delimiter", .string(",")), .init("maxsplit", .int(1))],
                inputs: [.strings(["a,b,c", "d"], [1, 2])], outputCount: 2,
                expected: [.strings(["a", "b,c", "d", ""], [1, 2, 2]), .ints([2, 1], [1, 2])], isDifferentiable: false),
        ]
    }
}
