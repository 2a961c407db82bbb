import Tensors

/// An array of bytes in the IDX format of the MNIST files: a magic number, big-endian extents, row-major content.
struct IDXArray: Sendable {
    let shape: [Int]
    /// The content.
    let bytes: Bytes

    init(_ file: Bytes, subject: String) throws(AssetError) {
        func malformed(_ reason: String) -> AssetError {
            AssetError(.malformed, subject: subject, reason: reason, remedy: "give a whole IDX file")
        }
        guard file.count >= 4, file[0] == 0, file[1] == 0 else { throw malformed("it is not an IDX file") }
        guard file[2] == 8 else {
            throw AssetError(
                .unsupported, subject: subject, reason: "its elements are of type \(file[2]), and bytes (8) are read")
        }
        let rank = Int(file[3])
        guard (1...4).contains(rank), file.count >= 4 + 4 * rank else { throw malformed("its extents end early") }
        var shape: [Int] = []
        for axis in 0..<rank {
            let at = 4 + 4 * axis
            shape.append(Int(file[at]) << 24 | Int(file[at + 1]) << 16 | Int(file[at + 2]) << 8 | Int(file[at + 3]))
        }
        guard let count = Shape(shape).checkedElementCount, file.count - 4 - 4 * rank == count,
            let content = file.slice((4 + 4 * rank)..<file.count)
        else {
            throw malformed("its extents \(Shape(shape)) do not fit its \(file.count - 4 - 4 * rank) bytes")
        }
        self.shape = shape
        bytes = content
    }
}
