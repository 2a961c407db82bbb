import ImageCodecs
package import Records
import Tensors

extension Sample {
    /// SHA-256 over what it holds, with the extents that say how to read it; the name of a file does not count.
    package var digest: Digest {
        switch self {
        case .file(let file): SHA256.hash(file.bytes)
        case .image(let image):
            Self.digest(
                "\(image.width)x\(image.height) \(image.colorOrder.rawValue)", [SHA256.digest(of: image.pixels)])
        case .raster(let image):
            Self.digest(
                "\(image.width)x\(image.height) \(image.colorOrder.rawValue)", [Tensor(image.samples).digest])
        case .text(let text):
            Self.digest("text", [text.first, text.second ?? ""].map { SHA256.digest(of: $0) })
        case .audio(let clip):
            Self.digest("\(clip.sampleRate) a second", clip.channels.map { Tensor($0).digest })
        case .tensors(let tensors): tensors.digest
        }
    }

    private static func digest(_ header: String, _ parts: [Digest]) -> Digest {
        SHA256.digest(of: ([header] + parts.map(\.hex)).joined(separator: "\n"))
    }
}
