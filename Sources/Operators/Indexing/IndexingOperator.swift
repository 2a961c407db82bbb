import Graphs
import Tensors

/// An operator that picks or places elements by index.
protocol IndexingOperator: Operator {}

extension IndexingOperator {
    var family: OperatorFamily { .indexing }
    var agreement: Agreement { .exact }

    /// The element types of data that indices point into.
    static var dataTypes: Set<ElementType> { TypeSets.classic.union([.bfloat16]) }
}

/// Indices as the standard writes them: negative ones count from the end.
enum Indices {
    /// Indices within `0 ..< extent`.
    ///
    /// - Throws: `OperatorError` of code `index` when one is outside.
    static func normalize(_ indices: [Int], extent: Int, _ path: String) throws(OperatorError) -> [Int] {
        var result: [Int] = []
        result.reserveCapacity(indices.count)
        for index in indices { result.append(try normalize(index, extent: extent, path)) }
        return result
    }

    /// One index within `0 ..< extent`.
    static func normalize(_ index: Int, extent: Int, _ path: String) throws(OperatorError) -> Int {
        let normal = index < 0 ? index &+ extent : index
        guard normal >= 0, normal < extent else {
            throw OperatorError(
                .index, subject: path, reason: "index \(index) is outside an axis of extent \(extent)")
        }
        return normal
    }

    /// Where each element named by indices along one axis stands: index tensors of the same rank as the data.
    static func positions(
        _ indices: [Int], shape: Shape, data: Shape, axis: Int, _ path: String
    ) throws(OperatorError) -> [Int] {
        guard shape.rank == data.rank,
            shape.indices.allSatisfy({ $0 == axis || shape[$0] <= data[$0] })
        else {
            throw OperatorError(
                .shape, subject: path, reason: "indices of shape \(shape) do not fit data of shape \(data)")
        }
        let strides = data.strides
        var result: [Int] = []
        result.reserveCapacity(indices.count)
        for (number, position) in Odometer(shape).enumerated() {
            var place = try normalize(indices[number], extent: data[axis], path) * strides[axis]
            for other in position.indices where other != axis { place += position[other] * strides[other] }
            result.append(place)
        }
        return result
    }

    /// Where each slice named by index tuples starts, and how many elements it has.
    ///
    /// The tuples stand along the last axis.
    static func slices(
        _ indices: [Int], shape: Shape, data: Shape, batchAxes: Int = 0, _ path: String
    ) throws(OperatorError) -> (starts: [Int], length: Int) {
        guard let width = shape.dimensions.last, batchAxes >= 0, batchAxes < shape.rank,
            batchAxes + width <= data.rank, shape.dimensions[..<batchAxes] == data.dimensions[..<batchAxes]
        else {
            throw OperatorError(
                .shape, subject: path,
                reason: "index tuples of shape \(shape) do not fit data of shape \(data)")
        }
        let strides = data.strides
        let length = data.dimensions[(batchAxes + width)...].extentProduct
        let batches = shape.dimensions[..<batchAxes].extentProduct
        let batchSize = data.dimensions[batchAxes...].extentProduct
        let perBatch = shape.dimensions[batchAxes..<shape.rank - 1].extentProduct
        var starts: [Int] = []
        starts.reserveCapacity(batches * perBatch)
        for tuple in 0..<batches * perBatch {
            var start = tuple / max(1, perBatch) * batchSize
            for axis in 0..<width {
                let index = try normalize(indices[tuple * width + axis], extent: data[batchAxes + axis], path)
                start += index * strides[batchAxes + axis]
            }
            starts.append(start)
        }
        return (starts, length)
    }
}
