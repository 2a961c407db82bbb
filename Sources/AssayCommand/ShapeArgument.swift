import Specs

/// A shape on the command line: `x=1x3x224x224`.
struct ShapeArgument {
    let named: SpecNamed<[Int]>

    init(_ text: String) throws(Failure) {
        // Names may hold '=': the shape is what follows the last one.
        guard let mark = text.lastIndex(of: "="), mark != text.startIndex else { throw Self.failure(text) }
        let words = text[text.index(after: mark)...].split(separator: "x", omittingEmptySubsequences: false)
        let extents = words.compactMap { Int($0) }
        guard extents.count == words.count, extents.allSatisfy({ $0 >= 0 }) else { throw Self.failure(text) }
        named = SpecNamed(String(text[..<mark]), extents)
    }

    private static func failure(_ text: String) -> Failure {
        Failure(
            .wrongInput, code: "command.shape", subject: "--shape \(text)", reason: "it is not NAME=1x3x224x224",
            remedy: "write the input's name, '=', and the extents with 'x' between them")
    }
}
