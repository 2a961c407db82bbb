import Graphs
import Tensors

/// Data sampled at places that a grid gives in −1 … 1, for any number of spatial axes.
///
/// Source: Jaderberg et al., "Spatial Transformer Networks" (arXiv 1506.02025), in the form of the ONNX standard.
struct GridSample: Operator {
    let name = "GridSample"
    let family = OperatorFamily.resampling
    let agreement = Agreement.accumulation
    let signature = Signature(
        inputs: [.init("X", TypeSets.floats), .init("grid", TypeSets.floats)], outputs: [.init("Y", TypeSets.floats)],
        attributes: [
            .init("align_corners", default: .int(0)), .init("mode", default: .string("linear")),
            .init("padding_mode", default: .string("zeros")),
        ], versions: [16, 20, 22])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = site.elementType(0) else { return [nil] }
        guard let data = site.shape(0)?.dimensions, let grid = site.shape(1)?.dimensions, data.count >= 3,
            grid.count == data.count
        else { return [.tensor(type, nil)] }
        return [.tensor(type, SymbolicShape(Array(data[..<2] + grid[1..<grid.count - 1])))]
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        let corners = Double(1 << min(8, max(0, (site.rank(0) ?? 2) - 2)))
        return .traffic(
            site, outputs: outputs, operations: 2 * corners * Work.elementCount(outputs.first ?? nil))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        return try call.widened { (call) throws(OperatorError) in
            let (data, grid) = (try call.tensor(0), try call.tensor(1))
            let rank = data.shape.rank - 2
            guard rank >= 1, grid.shape.rank == rank + 2, grid.shape[0] == data.shape[0],
                grid.shape[rank + 1] == rank, data.shape.dimensions[2...].allSatisfy({ $0 > 0 })
            else {
                throw OperatorError(
                    .shape, subject: call.path,
                    reason: "a grid of shape \(grid.shape) does not fit data of shape \(data.shape)")
            }
            let kernel = SampleKernel(
                data: data, grid: grid,
                sampling: try GridSampling(attributes, extents: Array(data.shape.dimensions[2...])), path: call.path)
            return [try data.elementType.dispatchReal(kernel, path: call.path)]
        }
    }

    /// - Throws: always: the gradient needs a scatter over places that depend on the grid, and is not written yet.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? { throw noGradient(site) }

    var examples: [Example] {
        let data = Value.floats([1, 2, 3, 4], [1, 1, 2, 2])
        let grid = Value.floats([-1, -1, 0, 0, 1, 1, 2, 0.5], [1, 2, 2, 2])
        let text = { (name: String, value: String) in Attribute(name, .string(value)) }
        let aligned = Attribute("align_corners", .int(1))
        return [
            Example(
                "corners aligned", opset: 16, attributes: [aligned, text("mode", "bilinear")], inputs: [data, grid],
                expected: [.floats([1, 2.5, 4, 1.75], [1, 1, 2, 2])], isDifferentiable: false),
            Example(
                "edge repeated", opset: 20, attributes: [text("padding_mode", "border")], inputs: [data, grid],
                expected: [.floats([1, 2.5, 4, 4], [1, 1, 2, 2])], isDifferentiable: false),
            Example(
                "nearest, reflected", opset: 22,
                attributes: [text("mode", "nearest"), text("padding_mode", "reflection")],
                inputs: [.noise([1, 2, 3, 3]), .noise([1, 2, 3, 2], seed: 2, scale: 1.7)], isDifferentiable: false),
            Example(
                "cubic", opset: 20, attributes: [text("mode", "cubic"), aligned],
                inputs: [.noise([1, 1, 4, 4]), .noise([1, 2, 2, 2], seed: 3)], isDifferentiable: false),
            Example(
                "three axes", opset: 20, inputs: [.noise([1, 1, 2, 3, 2]), .noise([1, 2, 1, 2, 3], seed: 4)],
                isDifferentiable: false),
        ]
    }

    /// Samples every channel at every place of the grid.
    private struct SampleKernel: RealKernel {
        let data: Tensor
        let grid: Tensor
        let sampling: GridSampling
        let path: String

        func run<T: Real>(_ type: T.Type) throws(OperatorError) -> Value {
            let values: [T] = try data.elements(path)
            let places = try Quantized.numbers(grid, path)
            let extents = Array(grid.shape.dimensions[1...].dropLast())
            let count = extents.extentProduct
            let rank = data.shape.rank - 2
            let plane = data.shape.dimensions[2...].extentProduct
            let channels = data.shape[1]
            var result = [T](repeating: 0, count: data.shape[0] * channels * count)
            for image in 0..<data.shape[0] {
                for index in 0..<count {
                    let start = (image * count + index) * rank
                    // The grid names the innermost axis first.
                    let taps = sampling.taps(Array(places[start..<start + rank].reversed()))
                    for channel in 0..<channels {
                        let base = (image * channels + channel) * plane
                        var sum: T = 0
                        for tap in taps { sum += T(tap.weight) * values[base + tap.source] }
                        result[(image * channels + channel) * count + index] = sum
                    }
                }
            }
            return try .make(result, Shape([data.shape[0], channels] + extents), path)
        }
    }
}
