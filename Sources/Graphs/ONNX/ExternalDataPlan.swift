import Tensors

/// Which initializers go to the data file, and where in it they lie.
struct ExternalDataPlan {
    /// The place of one tensor in the data file.
    struct Place {
        let location: String
        let offset: Int
        let length: Int
    }

    let location: String
    let minimumBytes: Int
    private(set) var placed: [Bytes] = []
    private var end = 0

    init(location: String, minimumBytes: Int) {
        self.location = location
        self.minimumBytes = minimumBytes
    }

    /// Gives a tensor its place, or `nil` when it stays inline.
    mutating func place(_ tensor: Tensor) -> Place? {
        guard let bytes = tensor.bytes, bytes.count >= max(minimumBytes, 1) else { return nil }
        let alignment = ExternalDataPlan.alignment(of: bytes.count)
        let offset = (end + alignment - 1) / alignment * alignment
        placed.append(bytes)
        end = offset + bytes.count
        return Place(location: location, offset: offset, length: bytes.count)
    }

    /// Large tensors start on a memory page so that they can be mapped alone, small ones on a cache line.
    static func alignment(of byteCount: Int) -> Int { byteCount >= 1 << 16 ? 4096 : 64 }
}
