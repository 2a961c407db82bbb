import Graphs
import Operators
import Tensors

/// Compares the pullback of one example with central finite differences of a random weighting of its outputs.
struct GradientCheck {
    let example: ExampleModel
    /// The model in double precision where the operator allows it.
    private let model: Model
    private let inputs: [String: Value]
    /// Whether the pullback is made for known extents or for ranks only.
    private let knowsExtents: Bool

    init(_ example: ExampleModel, knowsExtents: Bool = true) throws {
        self.example = example
        self.knowsExtents = knowsExtents
        let parameters = example.target.signature.inputs
        var model = example.model
        let order = model.graph.nodes.first?.inputs ?? []
        func widen(_ tensor: Tensor, _ name: String) throws -> Tensor {
            // The last parameter may stand for many inputs.
            let position = order.firstIndex(of: name).map { min($0, parameters.count - 1) }
            let widens = position.map { parameters[$0].types?.contains(.float64) ?? true } ?? true
            return widens && tensor.elementType == .float32 ? try tensor.converted(to: .float64) : tensor
        }
        for index in model.graph.initializers.indices {
            let name = model.graph.initializers[index].name
            model.graph.initializers[index].tensor = try widen(model.graph.initializers[index].tensor, name)
        }
        var inputs: [String: Value] = [:]
        for (name, value) in example.inputs {
            inputs[name] = try value.tensor.map { .tensor(try widen($0, name)) } ?? value
        }
        for index in model.graph.inputs.indices {
            if let value = inputs[model.graph.inputs[index].name] { model.graph.inputs[index].type = value.type }
        }
        for index in model.graph.outputs.indices { model.graph.outputs[index].type = nil }
        self.model = model
        self.inputs = inputs
    }

    /// What is wrong, in words; `nil` where gradient and differences agree, or the operator has no gradient.
    func run() throws -> String? {
        let told = knowsExtents ? model : ExampleTests.Knowledge.ranks.blurred(model)
        let typed = try ShapeInference().infer(told)
        guard let site = typed.sites.first, let pullback = try example.target.pullback(site) else { return nil }
        let outputs = try PreparedInterpreter(model).run(values: inputs)
        var weights: [String: Tensor] = [:]
        for (name, value) in outputs {
            guard let tensor = value.tensor, tensor.elementType.isFloatingPoint else { continue }
            var generator = SplitMix64(seed: UInt64(weights.count + 7))
            let values = (0..<tensor.elementCount).map { _ in generator.unit() * 2 - 1 }
            weights[name] = try Tensor(values, shape: tensor.shape).converted(to: tensor.elementType)
        }
        let gradients = try self.gradients(pullback, site, weights)
        for (name, gradient) in gradients.sorted(by: { $0.key < $1.key }) {
            guard let input = inputs[name]?.tensor ?? constant(name) else { return "no input \(name)" }
            guard gradient.shape == input.shape, gradient.elementType == input.elementType else {
                return "\(name) has gradient \(gradient.elementType.name)[\(gradient.shape)], "
                    + "but is \(input.elementType.name)[\(input.shape)]"
            }
            if let problem = try compare(name, input, gradient, weights) { return problem }
        }
        return nil
    }

    private func constant(_ name: String) -> Tensor? {
        model.graph.initializers.first { $0.name == name }?.tensor
    }

    /// The gradients by input name, computed by calling the pullback as a function of a model.
    private func gradients(
        _ pullback: Pullback, _ site: CallSite, _ weights: [String: Tensor]
    ) throws -> [String: Tensor] {
        var model = model
        model.functions.append(pullback.function)
        model.opsets[Pullback.domain] = 1
        var inputs = inputs
        for (name, weight) in weights {
            let feed = "weight.\(name)"
            model.graph.inputs.append(ValueInfo(feed, Value.tensor(weight).type))
            inputs[feed] = .tensor(weight)
        }
        let arguments = pullback.function.inputs.map { name in
            let parts = name.split(separator: ".")
            let index = Int(parts.last ?? "") ?? 0
            switch parts.first {
            case "input": return site.node.inputs[index]
            case "output": return site.node.outputs[index]
            default: return "weight.\(site.node.outputs[index])"
            }
        }
        let results = pullback.function.outputs.map { "d." + $0 }
        model.graph.nodes.append(
            Node(pullback.function.name, inputs: arguments, outputs: results, domain: Pullback.domain))
        model.graph.outputs += results.map { ValueInfo($0) }
        let values = try PreparedInterpreter(model).run(values: inputs)
        var gradients: [String: Tensor] = [:]
        for (name, result) in zip(pullback.function.outputs, results) {
            guard let index = name.split(separator: ".").last.flatMap({ Int($0) }) else { continue }
            gradients[site.node.inputs[index]] = values[result]?.tensor
        }
        return gradients
    }

    private func compare(
        _ name: String, _ input: Tensor, _ gradient: Tensor, _ weights: [String: Tensor]
    ) throws -> String? {
        let isDouble = input.elementType == .float64
        let (step, tolerance) = isDouble ? (1e-5, 1e-6) : (1e-2, 2e-2)
        let values = try input.doubles()
        let analytic = try gradient.doubles()
        let count = values.count
        for index in Swift.stride(from: 0, to: count, by: max(1, count / 24)) {
            var moved = values
            moved[index] = values[index] + step
            let above = try loss(name, try Tensor(moved, shape: input.shape).converted(to: input.elementType), weights)
            moved[index] = values[index] - step
            let below = try loss(name, try Tensor(moved, shape: input.shape).converted(to: input.elementType), weights)
            let difference = (above - below) / (2 * step)
            let error = abs(difference - analytic[index])
            if !(error <= tolerance * max(1, abs(difference))) {
                return "\(name)[\(index)] has gradient \(analytic[index]), differences say \(difference)"
            }
        }
        return nil
    }

    private func loss(_ name: String, _ input: Tensor, _ weights: [String: Tensor]) throws -> Double {
        var (model, inputs) = (model, inputs)
        if let position = model.graph.initializers.firstIndex(where: { $0.name == name }) {
            model.graph.initializers[position].tensor = input
        } else {
            inputs[name] = .tensor(input)
        }
        let outputs = try PreparedInterpreter(model).run(values: inputs)
        var sum = 0.0
        for (name, weight) in weights {
            guard let output = outputs[name]?.tensor else { continue }
            sum += zip(try output.doubles(), try weight.doubles()).reduce(0) { $0 + $1.0 * $1.1 }
        }
        return sum
    }
}
