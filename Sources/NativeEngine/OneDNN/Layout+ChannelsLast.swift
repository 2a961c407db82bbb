import COneDNN
import Engines
import Tensors

extension Layout {
    /// A layout of `[N, C, spatial…]` in which the channels of a pixel lie side by side.
    ///
    /// - Parameter pixelStride: how many elements apart neighbouring pixels are; the channels where `nil`, more where they
    ///   are a part of the channels of a wider tensor.
    /// - Throws: `EngineError`.
    static func channelsLast(
        _ extents: [Int], pixelStride: Int? = nil, _ library: OneDNNLibrary
    ) throws(EngineError) -> Layout {
        var strides = [Int](repeating: 1, count: extents.count)
        var step = pixelStride ?? extents[1]
        for axis in extents.indices.dropFirst(2).reversed() {
            strides[axis] = step
            step *= extents[axis]
        }
        strides[0] = step
        return try Layout(extents, strides: strides, library)
    }

    /// How many elements apart neighbouring pixels of `[N, C, spatial…]` are where the channels of a pixel lie side by
    /// side and the pixels evenly; `nil` in any other layout.
    func pixelStride(_ extents: [Int]) -> Int? {
        guard extents.count >= 3, elementType == .float32 else { return nil }
        var (blocks, rank) = (Int32(0), Int32(0))
        var strides: UnsafePointer<Int64>?
        let functions = library.functions
        guard functions.queryLayout(handle, Int32(ONEDNN_QUERY_BLOCK_COUNT), &blocks) == 0, blocks == 0,
            functions.queryLayout(handle, Int32(ONEDNN_QUERY_RANK), &rank) == 0, Int(rank) == extents.count,
            functions.queryLayout(handle, Int32(ONEDNN_QUERY_STRIDES), &strides) == 0, let strides,
            extents[1] == 1 || strides[1] == 1
        else { return nil }
        var stride: Int?
        var step = 1
        for axis in extents.indices.dropFirst(2).reversed() {
            if extents[axis] > 1 {
                if let stride {
                    guard Int(strides[axis]) == stride * step else { return nil }
                } else {
                    guard Int(strides[axis]) % step == 0 else { return nil }
                    stride = Int(strides[axis]) / step
                }
            }
            step *= extents[axis]
        }
        let pixel = stride ?? (extents[0] > 1 ? Int(strides[0]) / step : extents[1])
        guard extents[0] == 1 || Int(strides[0]) == pixel * step, pixel >= extents[1] else { return nil }
        return pixel
    }
}
