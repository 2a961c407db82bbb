import Graphs
import Operators
import Tensors
import TestKit
import Testing

/// Every example of every operator, on the reference kernels.
@Suite struct ExampleTests {
    static let models = Result { try OperatorCatalogue.standard.exampleModels() }

    @Test func everyExampleMakesAModel() throws {
        let models = try Self.models.get()
        #expect(models.count >= OperatorCatalogue.standard.all.count)
        let names = models.map(\.name)
        #expect(Set(names).count == names.count, "example names are unique within their operator")
    }

    @Test func everyOperatorHasAnExample() {
        for target in OperatorCatalogue.standard.all where target.examples.isEmpty {
            Issue.record("\(target.name) has no example")
        }
    }

    @Test(arguments: OperatorCatalogue.standard.all.map(\.name))
    func outputsAreWhatTheExamplesState(operatorName: String) throws {
        for model in try ExampleSource.models(of: operatorName) {
            let outputs: [String: Value]
            do {
                outputs = try PreparedInterpreter(model.model).run(values: model.inputs)
            } catch {
                Issue.record("\(model.name): \(error)")
                continue
            }
            for (name, expected) in model.expected ?? [:] {
                let actual = try #require(outputs[name], "\(model.name) gives no \(name)")
                let difference = ValueComparison.difference(
                    actual, expected, tolerance: max(model.target.agreement.relativeTolerance, 1e-6))
                #expect(difference == nil, "\(model.name), \(name): \(difference ?? "")")
            }
        }
    }

    @Test(arguments: OperatorCatalogue.standard.all.map(\.name))
    func inferredTypesAreTheTypesOfTheOutputs(operatorName: String) throws {
        for model in try ExampleSource.models(of: operatorName) {
            guard let outputs = try? PreparedInterpreter(model.model).run(values: model.inputs) else { continue }
            for knowledge in Knowledge.allCases {
                let typed = try ShapeInference().infer(knowledge.blurred(model.model))
                for (name, value) in outputs {
                    guard let inferred = typed.type(of: name) else { continue }
                    #expect(
                        TypeCompatibility.holds(inferred, value.type),
                        "\(model.name), \(knowledge): inferred \(inferred), evaluated \(value.type)")
                }
            }
        }
    }

    /// How much of its inputs an inference is told.
    enum Knowledge: CaseIterable {
        case everything, ranks, elementTypes

        func blurred(_ model: Model) -> Model {
            var model = model
            for index in model.graph.inputs.indices {
                guard case .tensor(let element, let shape?)? = model.graph.inputs[index].type else { continue }
                switch self {
                case .everything: break
                case .ranks:
                    let unknown = shape.dimensions.map { _ in Dimension.unknown }
                    model.graph.inputs[index].type = .tensor(element, SymbolicShape(unknown))
                case .elementTypes: model.graph.inputs[index].type = .tensor(element, nil)
                }
            }
            // What the example's model states of its outputs would tell the inference the answer.
            for index in model.graph.outputs.indices { model.graph.outputs[index].type = nil }
            return model
        }
    }
}
