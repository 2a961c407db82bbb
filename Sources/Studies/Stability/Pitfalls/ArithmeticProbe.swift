import Engines
package import Graphs
package import Tensors

/// Two small operators of which every result is exact in binary32, and in less exact arithmetic is not: how many significant
/// bits of inputs and weights an engine computes with.
///
/// Each result is one product and sums of zeros, so that no order of a sum changes it. One factor of every product is
/// 1 + 2⁻ᵇ, with b from 1 to 23, the other a power of two; the factor is an input in one half of the products and a weight in
/// the other.
package enum ArithmeticProbe {
    /// What an operator keeps.
    package struct Kept: Sendable, Hashable {
        package let operatorType: String
        /// Significant bits of the less exact of inputs and weights; 24 in binary32.
        package let bits: Int

        /// Describes what an operator keeps.
        package init(_ operatorType: String, bits: Int) {
            self.operatorType = operatorType
            self.bits = bits
        }
    }

    /// Significant bits of binary32 after the first.
    private static let most = 23
    /// Rows, columns and channels: as large as what engines have their usual kernels for.
    private static let width = 64
    private static let side = 8

    private static func tiny(_ place: Int) -> Float {
        1 + Float(sign: .plus, exponent: -(place % most + 1), significand: 1)
    }

    private static func power(_ place: Int) -> Float { place.isMultiple(of: 2) ? 2 : 0.5 }

    /// The input of a column, or of a channel.
    private static func input(_ place: Int) -> Float {
        place < most ? tiny(place) : place < 2 * most ? power(place) : 1
    }

    private static func weight(_ place: Int) -> Float {
        place < most ? power(place) : place < 2 * most ? tiny(place) : 1
    }

    /// The model.
    ///
    /// - Throws: `TensorError` never in practice: shapes and counts are constants.
    package static func model() throws(TensorError) -> Model {
        let weights = (0..<width).flatMap { row in (0..<width).map { $0 == row ? weight(row) : 0 } }
        let info = { (name: String, shape: Shape) in ValueInfo(name, .tensor(.float32, SymbolicShape(shape))) }
        return Model(
            graph: Graph(
                name: "arithmetic",
                nodes: [
                    Node("MatMul", inputs: ["rows", "matrix"], outputs: ["product"]),
                    Node("Conv", inputs: ["image", "kernels"], outputs: ["convolved"]),
                ], inputs: [info("rows", rowsShape), info("image", imageShape)],
                outputs: [info("product", rowsShape), info("convolved", imageShape)],
                initializers: [
                    Initializer(name: "matrix", tensor: try Tensor(weights, shape: [width, width])),
                    Initializer(name: "kernels", tensor: try Tensor(weights, shape: [width, width, 1, 1])),
                ]))
    }

    private static let rowsShape: Shape = [width, width]
    private static let imageShape: Shape = [1, width, side, side]

    /// The inputs by name.
    package static func inputs() throws(TensorError) -> [String: Tensor] {
        let row = (0..<width).map(input)
        let image = (0..<width).flatMap { [Float](repeating: input($0), count: side * side) }
        return [
            "rows": try Tensor(Array(repeatElement(row, count: width).joined()), shape: rowsShape),
            "image": try Tensor(image, shape: imageShape),
        ]
    }

    /// What the outputs show, by name; an output that is missing or of another type shows nothing.
    package static func kept(_ outputs: [String: Tensor]) -> [Kept] {
        [("MatMul", "product", 1), ("Conv", "convolved", side * side)].compactMap { operatorType, name, step in
            guard let values = try? outputs[name]?.values(of: Float.self), values.count >= width * step else {
                return nil
            }
            func count(from first: Int) -> Int {
                (first..<(first + most)).prefix { values[$0 * step] == input($0) * weight($0) }.count
            }
            return Kept(operatorType, bits: 1 + min(count(from: 0), count(from: most)))
        }
    }

    /// Has an engine compute it beside the model of a cell.
    ///
    /// - Throws: `WorkerError`, or `GraphError` where its file cannot be written.
    static func run(on seat: StackSeat, folder: String, limit: Duration) async throws -> [Kept] {
        let loaded = try await seat.load(try model(), named: "arithmetic", folder: folder)
        let result = try await seat.client.run(loaded, loaded.ordered(try inputs()), limit: limit)
        try await seat.client.unload(loaded)
        return kept(Dictionary(zip(loaded.outputs.map(\.name), result.outputs), uniquingKeysWith: { $1 }))
    }
}
