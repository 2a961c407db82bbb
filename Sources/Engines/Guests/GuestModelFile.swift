import Assets
import Foundation

/// The file from which a guest reads a model: the model's own, or a copy that lasts until the guest has loaded it.
final class GuestModelFile {
    let path: String
    private let isOwn: Bool

    init(_ source: ModelSource) throws(EngineError) {
        isOwn = source.path == nil
        guard isOwn else {
            path = source.path ?? ""
            return
        }
        path = (NSTemporaryDirectory() as NSString).appendingPathComponent("assay-\(UUID().uuidString).onnx")
        do throws(AssetError) { try FileWriter.write(source.bytes, to: path) } catch {
            throw EngineError(
                .runFailed, subject: source.name, reason: "it cannot be handed to the engine: \(error.reason)",
                remedy: "point TMPDIR at a folder that can be written")
        }
    }

    deinit { if isOwn { unlink(path) } }
}
