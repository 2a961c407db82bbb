/// A file in shared memory that holds the large tensors of one message; the receiver maps it and unlinks it.
struct SegmentDescriptor: Codable, Equatable {
    var path: String
    var bytes: Int
}
