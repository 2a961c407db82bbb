import Foundation
import Tensors

/// What a file that cannot be read as ONNX is instead, told from its first bytes.
struct ForeignFormat {
    /// What the file looks like, as the rest of a sentence.
    let finding: String
    /// How to come to an ONNX file.
    let remedy: String

    private static let pageRemedy = "download the model itself, not the page about it"
    private static let converterRemedy = "export the model to ONNX first"

    /// Formats by the bytes that they begin with, from a byte on.
    private static let signatures: [(start: Int, bytes: [UInt8], finding: String, remedy: String)] = [
        (
            0, Array("version https://git-lfs".utf8), "it looks like a pointer of Git LFS",
            "fetch it with `git lfs pull`"
        ),
        (
            0, [0x50, 0x4B, 0x03, 0x04], "it looks like a ZIP archive, as PyTorch and Keras save",
            "unpack it if it holds an ONNX file, else export the model to ONNX"
        ),
        (0, [0x1F, 0x8B], "it looks like a gzip archive", "unpack it first"),
        (0, [0xFD, 0x37, 0x7A, 0x58, 0x5A], "it looks like an xz archive", "unpack it first"),
        (0, [0x28, 0xB5, 0x2F, 0xFD], "it looks like a Zstandard archive", "unpack it first"),
        (257, Array("ustar".utf8), "it looks like a tar archive", "unpack it first"),
        (0, [0x89, 0x48, 0x44, 0x46], "it looks like HDF5, as Keras saves", converterRemedy),
        (0, [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59], "it looks like an array of NumPy", "give the model, not its data"),
        (0, [0x89, 0x50, 0x4E, 0x47], "it looks like a PNG picture", "give the model, not its data"),
        (0, [0xFF, 0xD8, 0xFF], "it looks like a JPEG picture", "give the model, not its data"),
        (0, Array("GGUF".utf8), "it looks like GGUF, as llama.cpp reads", converterRemedy),
        (0, [0x80, 0x02], "it looks like a Python pickle, as old PyTorch saves", converterRemedy),
        (4, Array("TFL3".utf8), "it looks like TensorFlow Lite", converterRemedy),
        (4, Array("ORTM".utf8), "it looks like ONNX Runtime's own format", "give the ONNX file that it was made from"),
        (8, Array("{\"".utf8), "it looks like safetensors, which hold weights without a graph", converterRemedy),
    ]

    /// What these bytes are; `nil` where nothing is known of them, so that they may be a damaged ONNX file.
    init?(_ bytes: Bytes) {
        guard bytes.count > 0 else {
            (finding, remedy) = ("it is empty", "copy or download the file again")
            return
        }
        let head = bytes.slice(0..<min(bytes.count, 512))?.array ?? []
        if let known = Self.signatures.first(where: { head.dropFirst($0.start).starts(with: $0.bytes) }) {
            (finding, remedy) = (known.finding, known.remedy)
            return
        }
        guard let text = Self.text(head) else { return nil }
        if text.hasPrefix("<!doctype html") || text.hasPrefix("<html") {
            (finding, remedy) = ("it looks like a web page (HTML)", Self.pageRemedy)
        } else if text.hasPrefix("<") {
            (finding, remedy) = ("it looks like XML, as OpenVINO describes networks", Self.converterRemedy)
        } else if text.hasPrefix("{") || text.hasPrefix("[") {
            (finding, remedy) = ("it looks like JSON", "check that the path or link is that of the model")
        } else if head.count >= 16 {
            (finding, remedy) = ("it looks like text", "check that the path or link is that of the model")
        } else {
            return nil
        }
    }

    /// The beginning in lower case and without leading space, where it is all printable; a character that was cut in two at
    /// the end does not count.
    private static func text(_ head: [UInt8]) -> String? {
        let isPrintable = head.allSatisfy { $0 >= 0x20 && $0 != 0x7F || (9...13).contains($0) }
        guard isPrintable, (0..<4).contains(where: { String(validating: head.dropLast($0), as: UTF8.self) != nil })
        else {
            return nil
        }
        let text = String(decoding: head, as: UTF8.self)
        return text.trimmingPrefix(while: { $0.isWhitespace || $0 == "\u{FEFF}" }).lowercased()
    }
}
