/// Asks for one run on values of any kind.
struct EvaluateRequest: Codable {
    var model: Int
    var inputs: [AttachedValue]
}

/// The outputs of one run on values of any kind.
struct EvaluateReply: Codable {
    var outputs: [AttachedValue]
}
