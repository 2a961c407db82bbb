import Graphs

/// Asks the engine to load a model and make a session.
struct LoadRequest: Codable {
    /// What messages call the model.
    var name: String
    /// The file on the worker's machine; absent when the bytes are attached.
    var path: String?
    /// The serialised model as a tensor of bytes.
    var bytes: AttachedTensor?
    /// The folder of external data.
    var directory: String?
    var isOriginal: Bool
    var options: EngineOptions
    /// The form that the engine is to load in place of the model.
    var form: ModelForm?
}

/// What loading gave.
struct LoadReply: Codable {
    var model: Int
    var inputs: [ValueDescription]
    var outputs: [ValueDescription]
    var options: EngineOptions
    /// Preparing the model and making the session, in nanoseconds.
    var loadNanoseconds: Int64
    /// Peak resident memory after loading, in bytes.
    var peakMemory: Int
}
