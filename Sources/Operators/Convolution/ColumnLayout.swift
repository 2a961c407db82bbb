import Graphs
import Tensors

/// Where the elements of the columns of one channel lie in its image.
struct ColumnLayout {
    /// For each element of the window and each block, in this order, the row-major place in the image; the number of the
    /// image's elements where it lies in the padding.
    let positions: [Int]
    /// The number of blocks.
    let blocks: Int
    /// The number of elements of the image.
    let imageSize: Int

    /// - Throws: `OperatorError` of code `shape` where no block fits, or no memory holds the columns.
    init(_ window: SlidingWindow, image: [Int], _ path: String) throws(OperatorError) {
        imageSize = try Shape(image).allocatableCount(path)
        let counts = try window.outputExtents(image.map(Dimension.fixed), path: path).compactMap(\.value)
        _ = try Shape(counts + window.size).allocatableCount(path)
        blocks = counts.extentProduct
        let strides = Shape(image).strides
        var positions: [Int] = []
        positions.reserveCapacity(blocks * window.size.extentProduct)
        for tap in Odometer(window.size) {
            for block in Odometer(counts) {
                var place = 0
                for axis in image.indices {
                    let begin = window.padding(axis, extent: image[axis]).begin
                    let index = block[axis] * window.strides[axis] + tap[axis] * window.dilations[axis] - begin
                    guard index >= 0, index < image[axis] else {
                        place = imageSize
                        break
                    }
                    place += index * strides[axis]
                }
                positions.append(place)
            }
        }
        self.positions = positions
    }
}
