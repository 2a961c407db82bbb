import Graphs
import Tensors

/// The elements at given places of the last axis; a vector is a matrix of one row.
struct ArrayFeatureExtractor: TraditionalOperator {
    let name = "ArrayFeatureExtractor"
    let agreement = Agreement.exact
    private static let types: Set<ElementType> = [.float32, .float64, .int32, .int64, .string]
    let signature = Signature(
        inputs: [.init("X", Self.types), .init("Y", TypeSets.int64)], outputs: [.init("Z", Self.types)], versions: [1])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = site.elementType(0) else { return [nil] }
        guard let dimensions = site.shape(0)?.dimensions else { return [.tensor(type, nil)] }
        let count = site.fixedShape(1)?.checkedElementCount.map(Dimension.fixed) ?? .unknown
        let lead = dimensions.count == 1 ? [.fixed(1)] : Array(dimensions.dropLast())
        return [.tensor(type, SymbolicShape(lead + [count]))]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let data = try call.tensor(0)
        let extent = try extent(of: data.shape, call.path)
        let places = try call.tensor(1).integers(call.path)
        guard places.allSatisfy({ $0 >= 0 && $0 < extent }) else {
            throw OperatorError(.index, subject: call.path, reason: "places \(places) are not all below \(extent)")
        }
        let lead = data.shape.rank == 1 ? [1] : data.shape.dimensions.dropLast()
        let shape = Shape(lead + [places.count])
        let count = try shape.allocatableCount(call.path)
        let positions = (0..<count).map { $0 / places.count * extent + places[$0 % places.count] }
        return [.tensor(try data.gathered(positions, shape: shape, path: call.path))]
    }

    /// The number of features.
    private func extent(of shape: Shape, _ path: String) throws(OperatorError) -> Int {
        guard let extent = shape.dimensions.last else {
            throw OperatorError(.shape, subject: path, reason: "a scalar has no features")
        }
        return extent
    }

    /// Each feature's gradient summed where the feature came from.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let shape = try site.requireFixedShape(0)
        let places = try site.requireIntegers(1)
        let extent = try extent(of: shape, site.path)
        // A matrix of ones where a feature came from: the sum is a matrix product.
        var origins = [Double](
            repeating: 0, count: try Shape([places.count, extent]).allocatableCount(site.path))
        for (row, place) in places.enumerated() where place >= 0 && place < extent { origins[row * extent + place] = 1 }
        let tensor = try Tensor.make(origins, [places.count, extent], site.path)
        var builder = PullbackBuilder(site)
        let matrix = builder.body.constant(
            try Conversion.convert(tensor, to: try site.requireElementType(0), site.path))
        let product = builder.body.matrixProduct(builder.gradient(), matrix)
        builder.result(0, builder.body.reshape(product, to: builder.body.shape(builder.input(0))))
        return builder.pullback()
    }

    var examples: [Example] {
        let data = Value.floats([1, 2, 3, 4, 5, 6], [2, 3])
        return [
            Example(
                "of each row", opset: 1, inputs: [data, .ints([2, 0])], constantInputs: [1],
                expected: [.floats([3, 1, 6, 4], [2, 2])]),
            Example(
                "of a vector", opset: 1, inputs: [.strings(["a", "b"]), .ints([1], [1, 1])],
                expected: [.strings(["b"], [1, 1])], isDifferentiable: false),
        ]
    }
}
