import Graphs

/// The extents of queries, keys and values by what they mean, with an axis for the heads or without.
struct AttentionExtents {
    let batch: Dimension
    let queryHeads: Dimension
    let keyHeads: Dimension
    let queryLength: Dimension
    let keyLength: Dimension
    let headSize: Dimension
    let valueHeadSize: Dimension
}
