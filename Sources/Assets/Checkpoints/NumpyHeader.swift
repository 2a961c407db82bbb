/// The header of a `.npy` file: a Python dictionary with the keys `descr`, `fortran_order` and `shape`.
struct NumpyHeader {
    let type: NumpyType
    let isFortran: Bool
    let shape: [Int]

    init(_ text: String, subject: String) throws(AssetError) {
        guard let code = NumpyHeader.value("descr", in: text), let order = NumpyHeader.value("fortran_order", in: text),
            let shape = NumpyHeader.value("shape", in: text), shape.hasPrefix("("), order == "True" || order == "False"
        else { throw AssetError(.malformed, subject: subject, reason: "the header is not that of a .npy file") }
        let descriptor = code.filter { $0 != "'" && $0 != "\"" }
        guard let mark = descriptor.first, let type = NumpyTypeCode.elementType(String(descriptor.dropFirst())),
            "<>|=".contains(mark)
        else {
            throw AssetError(
                .unsupported, subject: subject, reason: "arrays of numpy type \(code) are not read",
                remedy: "save it with a numeric type")
        }
        let extents = shape.dropFirst().split(separator: ",").map { $0.filter { $0 != " " && $0 != "L" } }
        let numbers = extents.filter { !$0.isEmpty }.map { Int($0) }
        guard !numbers.contains(nil) else {
            throw AssetError(.malformed, subject: subject, reason: "the shape \(shape)) is not one of numbers")
        }
        self.type = NumpyType(elementType: type, isBigEndian: mark == ">")
        isFortran = order == "True"
        self.shape = numbers.compactMap { $0 }
    }

    /// The text between a key and the comma or bracket that ends its value.
    private static func value(_ key: String, in text: String) -> String? {
        guard let range = text.firstRange(of: "'\(key)':") else { return nil }
        let rest = text[range.upperBound...].drop { $0 == " " }
        guard let first = rest.first else { return nil }
        let ends: Set<Character> = first == "(" ? [")"] : [",", "}"]
        guard let end = rest.firstIndex(where: { ends.contains($0) }) else { return nil }
        return String(rest[..<end])
    }
}
