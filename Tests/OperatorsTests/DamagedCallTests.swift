import Graphs
import Operators
import Tensors
import TestKit
import Testing

/// Calls that break the rules of their operators: they are refused or computed, and never end the program.
@Suite struct DamagedCallTests {
    /// `Loop` is left out: it runs as often as it is told.
    @Test(arguments: OperatorCatalogue.standard.all.map(\.name).filter { $0 != "Loop" })
    func damagedCallsNeverTrap(operatorName: String) throws {
        var refused = 0
        var total = 0
        for (number, model) in try ExampleSource.models(of: operatorName).enumerated() {
            for seed in 0..<12 {
                var damage = Damage(seed: UInt64(seed * 1000 + number))
                var (damaged, inputs) = (model.model, model.inputs)
                try damage.apply(to: &damaged, &inputs)
                total += 1
                do {
                    let typed = try ShapeInference().infer(damaged)
                    if let site = typed.sites.first { _ = try? model.target.pullback(site) }
                    for (name, value) in try PreparedInterpreter(damaged).run(values: inputs) {
                        guard let inferred = typed.type(of: name) else { continue }
                        #expect(
                            TypeCompatibility.holds(inferred, value.type),
                            "\(model.name), seed \(seed): inferred \(inferred), evaluated \(value.type)")
                    }
                } catch { refused += 1 }
            }
        }
        print("\(operatorName): \(refused) of \(total) damaged calls refused, seeds 0 to 11")
    }
}

/// Changes an example's shapes, elements and attributes at random.
private struct Damage {
    private var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    mutating func apply(to model: inout Model, _ inputs: inout [String: Value]) throws {
        for index in model.graph.inputs.indices { model.graph.inputs[index].type = nil }
        for index in model.graph.outputs.indices { model.graph.outputs[index].type = nil }
        defer {
            for index in model.graph.inputs.indices {
                model.graph.inputs[index].type = inputs[model.graph.inputs[index].name]?.type
            }
        }
        for _ in 0...generator.integer(in: 0...1) {
            if generator.integer(in: 0...2) == 0, !model.graph.nodes[0].attributes.isEmpty {
                damageAttribute(&model.graph.nodes[0].attributes)
            } else {
                try damageInput(&model, &inputs)
            }
        }
    }

    private mutating func damageAttribute(_ attributes: inout [Attribute]) {
        let index = generator.integer(in: 0...attributes.count - 1)
        switch attributes[index].value {
        case .int: attributes[index].value = .int(integer())
        case .ints: attributes[index].value = .ints((0..<generator.integer(in: 0...4)).map { _ in integer() })
        case .float:
            attributes[index].value = .float(generator.element(of: [0, -1, .nan, .infinity, 1e30, 0.5]))
        case .floats:
            attributes[index].value = .floats((0..<generator.integer(in: 0...4)).map { _ in Float(integer()) })
        case .string: attributes[index].value = .string(generator.element(of: ["", "x", "...", "->,", "ii->jj"]))
        default: attributes.remove(at: index)
        }
    }

    /// Mostly small, sometimes the ends of the range.
    private mutating func integer() -> Int {
        generator.integer(in: 0...5) == 0
            ? generator.element(of: [Int.max, Int.min, Int.max - 1]) : generator.integer(in: -4...6)
    }

    private mutating func damageInput(_ model: inout Model, _ inputs: inout [String: Value]) throws {
        let constants = model.graph.initializers.count
        let names = inputs.keys.sorted()
        guard constants + names.count > 0 else { return }
        let index = generator.integer(in: 0...constants + names.count - 1)
        if index < constants {
            model.graph.initializers[index].tensor = try damaged(model.graph.initializers[index].tensor)
        } else if let tensor = inputs[names[index - constants]]?.tensor {
            inputs[names[index - constants]] = .tensor(try damaged(tensor))
        }
    }

    private mutating func damaged(_ tensor: Tensor) throws -> Tensor {
        var shape = tensor.shape
        if generator.integer(in: 0...3) > 0 {
            shape = Shape((0..<generator.integer(in: 0...5)).map { _ in generator.integer(in: 0...3) })
        }
        if tensor.elementType == .int64, generator.integer(in: 0...2) == 0 {
            return try Tensor((0..<shape.elementCount).map { _ in Int64(integer()) }, shape: shape)
        }
        return try Tensor.random(tensor.elementType, shape, using: &generator)
    }
}
