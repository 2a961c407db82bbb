/// The extents of one convolution, in either direction.
///
/// `data` is what the window slides over, `result` is one element a window. A transposed convolution reads `result` and writes `data`.
struct ConvolutionProblem: Sendable {
    /// Independent images.
    let batch: Int
    /// Channels are split into this many groups that do not see each other.
    let groups: Int
    /// Channels on the side the window slides over, all groups together.
    let dataChannels: Int
    /// Channels on the other side, all groups together.
    let resultChannels: Int
    /// The spatial extents the window slides over.
    let dataExtents: [Int]
    /// The spatial extents of the other side.
    let resultExtents: [Int]
    /// The window with its padding.
    let window: Kernel.Window

    /// Channels of one group on the side the window slides over.
    var groupDataChannels: Int { dataChannels / groups }
    /// Channels of one group on the other side.
    var groupResultChannels: Int { resultChannels / groups }
    /// Positions within the window.
    var tapCount: Int { window.size.extentProduct }
    /// Positions of one data channel.
    var dataCount: Int { dataExtents.extentProduct }
    /// Positions of one result channel.
    var resultCount: Int { resultExtents.extentProduct }

    /// True when every result element sees exactly the data element of its own position, so that the data is the matrix.
    var isPointwise: Bool {
        tapCount == 1 && window.strides.allSatisfy { $0 == 1 } && window.padding.allSatisfy { $0 == 0 }
    }
}
