import Foundation
public import Tensors

/// One array in numpy's own file format (NEP 1), `.npy`, versions 1 to 3.
public enum NumpyFile {
    private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

    /// True when the bytes begin as a `.npy` file does.
    public static func matches(_ bytes: Bytes) -> Bool { bytes.slice(0..<6)?.array == magic }

    /// Reads an array; row-major little-endian content stays a slice of the file.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - subject: what messages call it.
    /// - Throws: `AssetError` of code `malformed` or `unsupported`: strings and Python objects are not read.
    public static func read(_ bytes: Bytes, subject: String) throws(AssetError) -> Tensor {
        guard matches(bytes), bytes.count >= 10, (1...3).contains(bytes[6]) else {
            throw AssetError(.malformed, subject: subject, reason: "it is not a .npy file of version 1 to 3")
        }
        let reader = LittleEndian(bytes)
        let start = bytes[6] == 1 ? 10 : 12
        let length = bytes[6] == 1 ? reader.uint16(at: 8).map(Int.init) : reader.uint32(at: 8).map(Int.init)
        guard let length, length <= 1 << 16, let text = bytes.slice(start..<(start + length)),
            let content = bytes.slice((start + length)..<bytes.count)
        else { throw AssetError(.malformed, subject: "\(subject), byte 8", reason: "the header ends early") }
        let header = try NumpyHeader(String(decoding: text.array, as: UTF8.self), subject: subject)
        return try NumpyLayout.tensor(
            content, type: header.type, shape: header.shape, isFortran: header.isFortran, subject: subject)
    }

    /// The bytes of a file of version 1 that holds a tensor.
    ///
    /// - Throws: `AssetError` of code `unsupported` for element types that numpy has not.
    public static func write(_ tensor: Tensor) throws(AssetError) -> Bytes {
        guard let content = tensor.bytes, let code = NumpyTypeCode.code(tensor.elementType) else {
            throw AssetError(
                .unsupported, subject: "tensor \(tensor.elementType.name)[\(tensor.shape)]",
                reason: "numpy has no such element type")
        }
        let extents = tensor.shape.map(String.init).joined(separator: ", ")
        let shape = tensor.shape.count == 1 ? "(\(extents),)" : "(\(extents))"
        var header = "{'descr': '\(code)', 'fortran_order': False, 'shape': \(shape), }"
        // The content begins at a multiple of 64 bytes, and the header ends with a line feed.
        let padding = 63 - (10 + header.utf8.count) % 64
        header += String(repeating: " ", count: padding) + "\n"
        let length = UInt16(header.utf8.count)
        return Bytes(
            copying: magic + [1, 0, UInt8(length & 255), UInt8(length >> 8)] + Array(header.utf8) + content.array)
    }
}
