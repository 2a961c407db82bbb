import Tensors

/// The arrays of a `.npz` archive, or the one of a `.npy` file.
struct NumpyArchive {
    private let subject: String
    private let archive: ZipArchive?
    private let single: Tensor?

    init(_ bytes: Bytes, subject: String) throws(AssetError) {
        self.subject = subject
        if NumpyFile.matches(bytes) {
            single = try NumpyFile.read(bytes, subject: subject)
            archive = nil
        } else {
            archive = try ZipArchive(bytes, subject: subject)
            single = nil
        }
    }

    private var names: [String] {
        (archive?.members ?? []).map(\.path).filter { $0.hasSuffix(".npy") }.map { String($0.dropLast(4)) }
    }

    /// The array of a name; a file of one array has it under any name.
    func array(_ name: String) throws(AssetError) -> Tensor {
        if let single { return single }
        guard let archive, archive.member(name + ".npy") != nil else {
            throw AssetError(
                .notFound, subject: subject, reason: "it holds no array '\(name)'",
                remedy: "its arrays are \(names.joined(separator: ", "))")
        }
        return try NumpyFile.read(try archive.read(name + ".npy"), subject: "\(subject), array '\(name)'")
    }

    /// The only array, the labels aside.
    func only(besides labels: String?) throws(AssetError) -> Tensor {
        if let single { return single }
        let rest = names.filter { $0 != labels }
        guard rest.count == 1 else {
            throw AssetError(
                .notFound, subject: subject, reason: "it holds \(rest.count) arrays besides the labels",
                remedy: "name them: 'inputs: {input: array}' of \(rest.joined(separator: ", "))")
        }
        return try array(rest[0])
    }
}
