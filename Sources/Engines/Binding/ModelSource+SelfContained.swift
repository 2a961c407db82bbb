import Graphs

extension ModelSource {
    /// The same model without external data, which stays behind where the bytes alone are sent.
    ///
    /// What cannot be read here, or has no room in one file, is sent as it is, and the engine says what it lacks.
    package var selfContained: ModelSource {
        if (try? Model(bytes: bytes, name: name, baseDirectory: nil)) != nil { return self }
        guard let whole = try? Model(bytes: bytes, name: name, baseDirectory: directory).serialized() else {
            return self
        }
        return ModelSource(name: name, bytes: whole, directory: nil, isOriginal: false)
    }
}
