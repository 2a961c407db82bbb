import Tensors

/// How a message states one tensor that it carries, and where the elements are.
struct TensorDescriptor: Codable, Equatable {
    /// The element type's name, such as `f32` or `string`.
    var type: String
    /// The extents, outermost first.
    var shape: [Int]
    /// The bytes of the packed elements; for strings each is a 32-bit little-endian length and its UTF-8.
    var bytes: Int
    /// Where the elements start in the message's shared segment; absent when they follow in a data frame.
    var offset: Int?
}
