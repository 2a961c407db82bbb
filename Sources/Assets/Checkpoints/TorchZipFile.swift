import Tensors

/// PyTorch's form since version 1.6: a zip file with `NAME/data.pkl` and a member `NAME/data/KEY` for each storage.
enum TorchZipFile {
    static func read(
        _ bytes: Bytes, subject: String
    ) throws(AssetError) -> (names: [String], tensors: [String: Tensor]) {
        let archive = try ZipArchive(bytes, subject: subject)
        guard let pickle = archive.members.first(where: { $0.path == "data.pkl" || $0.path.hasSuffix("/data.pkl") })
        else {
            throw AssetError(
                .malformed, subject: subject, reason: "it is a zip file without data.pkl, not a PyTorch checkpoint")
        }
        let folder = String(pickle.path.dropLast("data.pkl".count))
        if archive.member(folder + "byteorder") != nil,
            try archive.read(folder + "byteorder").array.prefix(6) != Array("little".utf8)[...]
        {
            throw AssetError(.unsupported, subject: subject, reason: "it was written on a big-endian machine")
        }
        var machine = PickleMachine(try archive.read(pickle), subject: "\(subject), \(pickle.path)")
        let root = try machine.run()
        return try CheckpointTree.flatten(root, machine.arena, subject: subject) {
            (view: TensorView) throws(AssetError) -> Tensor in
            let content = try archive.read("\(folder)data/\(view.storage.key)")
            guard content.count == view.storage.elementType.byteCount(of: view.storage.count) else {
                throw AssetError(
                    .malformed, subject: "\(subject), storage '\(view.storage.key)'",
                    reason: "it holds \(content.count) bytes, not \(view.storage.count) elements")
            }
            return try TorchTensor.make(view, storage: content, subject: subject)
        }
    }
}
