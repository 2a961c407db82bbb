import Graphs
import Tensors

/// In inference its input; in training elements dropped at random and the others scaled up.
struct Dropout: NormalizingOperator {
    let name = "Dropout"
    static let operationsPerElement = 0.0
    let signature = Signature(
        inputs: [
            .init("data", TypeSets.floats), .init("ratio", TypeSets.floats, .optional),
            .init("training_mode", TypeSets.bool, .optional),
        ],
        outputs: [.init("output", TypeSets.floats), .init("mask", TypeSets.floats.union(TypeSets.bool), .optional)],
        attributes: [.init("ratio", default: .float(0.5)), .init("seed")], versions: [7, 10, 12, 13, 22])
    let agreement = Agreement.random

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard case .tensor(let type, let shape)? = site.operand(0)?.type else { return [nil, nil] }
        return [site.operand(0)?.type, .tensor(site.opset < 10 ? type : .bool, shape)]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let data = try call.tensor(0)
        let isTraining = call.opset >= 12 ? try call.optionalTensor(2)?.isTrue(call.path) ?? false : false
        let ratio = try ratio(call)
        guard isTraining, ratio > 0 else {
            let all = [Bool](repeating: true, count: data.elementCount)
            let mask = try Tensor.make(all, data.shape, call.path)
            return [
                .tensor(data),
                .tensor(call.opset < 10 ? try Conversion.convert(mask, to: data.elementType, call.path) : mask),
            ]
        }
        guard ratio < 1 else {
            throw OperatorError(.attribute, subject: call.path, reason: "ratio is \(ratio)", remedy: "use less than 1")
        }
        let seed = try attributes(call).optionalInt("seed") ?? 0
        return try call.widened { (call) throws(OperatorError) in
            let data = try call.tensor(0)
            let kernel = DropKernel(data: data, ratio: ratio, seed: UInt64(bitPattern: Int64(seed)), path: call.path)
            return try data.elementType.dispatchReal(kernel, path: call.path)
        }
    }

    private func ratio(_ call: Call) throws(OperatorError) -> Double {
        guard call.opset >= 12 else { return Double(try attributes(call).float("ratio")) }
        guard let tensor = try call.optionalTensor(1), tensor.elementCount == 1 else { return 0.5 }
        let wide: [Double] = try Conversion.convert(tensor, to: .float64, call.path).elements(call.path)
        return wide.first ?? 0.5
    }

    /// In inference the gradient itself; in training what the mask kept, scaled as the output was.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        var builder = PullbackBuilder(site)
        let mode = site.opset >= 12 && site.hasInput(2)
        let isTraining = mode ? try site.operand(2)?.constant?.isTrue(site.path) ?? true : false
        if !isTraining {
            builder.result(0, builder.gradient())
            return builder.pullback()
        }
        guard site.hasOutput(1) else {
            throw OperatorError(
                .notDifferentiable, subject: site.path, reason: "what was dropped is known from the mask only",
                remedy: "name the output 'mask'")
        }
        let type = try site.requireElementType(0)
        let one = try builder.scalar(1)
        let ratio = site.hasInput(1) ? builder.body.cast(builder.input(1), to: type) : try builder.scalar(0.5)
        let kept = builder.body.multiply(ratio, builder.body.cast(builder.input(2), to: type))
        let scale = builder.body.divide(one, builder.body.subtract(one, kept))
        let mask = builder.body.multiply(builder.body.cast(builder.output(1), to: type), scale)
        builder.result(0, builder.body.multiply(builder.gradient(), mask))
        return builder.pullback()
    }

    var examples: [Example] {
        let data = Value.noise([2, 3])
        return [
            Example("inference", opset: 7, inputs: [.floats([1, 2])], expected: [.floats([1, 2])]),
            Example(
                "inference with mask", opset: 13, inputs: [.floats([1, 2]), .floats([0.25], []), .bools([false], [])],
                outputCount: 2, constantInputs: [1, 2], expected: [.floats([1, 2]), .bools([true, true])]),
            Example(
                "training", opset: 22, attributes: [Attribute("seed", .int(7))],
                inputs: [data, .floats([0.25], []), .bools([true], [])], outputCount: 2, constantInputs: [1, 2]),
            Example(
                "training that drops nothing", opset: 12,
                inputs: [.floats([1, 2]), .floats([0], []), .bools([true], [])],
                outputCount: 2, constantInputs: [1, 2], expected: [.floats([1, 2]), .bools([true, true])]),
        ]
    }

    /// Elements dropped by a generator that the seed determines.
    private struct DropKernel: RealKernel {
        let data: Tensor
        let ratio: Double
        let seed: UInt64
        let path: String

        func run<T: Real>(_ type: T.Type) throws(OperatorError) -> [Value] {
            var values: [T] = try data.elements(path)
            var mask = [Bool](repeating: true, count: values.count)
            let scale = T(1 / (1 - ratio))
            var generator = SplitMix64(seed: seed)
            for index in values.indices {
                mask[index] = Double(generator.next() >> 11) * 0x1p-53 >= ratio
                values[index] = mask[index] ? values[index] * scale : 0
            }
            return [try .make(values, data.shape, path), try .make(mask, data.shape, path)]
        }
    }
}

extension Tensor {
    /// The truth value of a tensor of one element.
    func isTrue(_ path: String) throws(OperatorError) -> Bool {
        let values: [Bool] = try elements(path)
        return values.first ?? false
    }
}
