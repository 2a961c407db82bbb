/// The part of a control frame that is there whatever the message.
package struct MessageHeader: Codable, Equatable {
    /// What a message asks for or answers.
    package enum Kind: String, Codable {
        // From the client.
        case configure, open, load, run, evaluate, job, status, unload, cancel, shutdown
        // From the worker.
        case hello, result, event, error
    }

    /// The number of the request; an answer carries the number of its request.
    var id: Int
    var kind: Kind
    var tensors: [TensorDescriptor]?
    var segment: SegmentDescriptor?
}
