import Graphs
import Operators
import Tensors
import Testing

/// Every pullback against central finite differences in double precision.
@Suite struct GradientTests {
    @Test(arguments: OperatorCatalogue.standard.all.map(\.name))
    func pullbackAgreesWithFiniteDifferences(operatorName: String) throws {
        for model in try ExampleSource.models(of: operatorName) where model.example.isDifferentiable {
            do {
                let problem = try GradientCheck(model).run()
                #expect(problem == nil, "\(model.name): \(problem ?? "")")
            } catch {
                Issue.record("\(model.name): \(error)")
            }
        }
    }

    /// Without extents a pullback must find stretched axes when it runs, or refuse.
    @Test(arguments: OperatorCatalogue.standard.all.map(\.name))
    func pullbackWithoutExtentsAgreesToo(operatorName: String) throws {
        for model in try ExampleSource.models(of: operatorName) where model.example.isDifferentiable {
            do {
                let problem = try GradientCheck(model, knowsExtents: false).run()
                #expect(problem == nil, "\(model.name): \(problem ?? "")")
            } catch let error as OperatorError where error.code == .notDifferentiable {
                continue
            } catch {
                Issue.record("\(model.name): \(error)")
            }
        }
    }

    @Test func pullbacksOfEqualSitesShareAName() throws {
        let add = try #require(OperatorCatalogue.standard.find(domain: "", name: "Add"))
        func site(_ name: String, _ extent: Int) -> CallSite {
            let type = ValueType.tensor(.float32, [.fixed(extent), .fixed(3)])
            return CallSite(
                node: Node("Add", inputs: ["a" + name, "b" + name], outputs: ["c" + name]), opset: 17,
                operands: [.init(type: type), .init(type: .tensor(.float32, [.fixed(3)]))])
        }
        let names = try [site("1", 2), site("2", 2), site("3", 5)].map { try add.pullback($0)?.function.name }
        #expect(names[0] == names[1])
        #expect(names[0] == names[2], "extents that change nothing in the body change nothing in the name")
        let other = CallSite(
            node: Node("Add", inputs: ["a", "b"], outputs: ["c"]), opset: 17,
            operands: [
                .init(type: .tensor(.float32, [.fixed(3)])), .init(type: .tensor(.float32, [.fixed(3)])),
            ])
        #expect(try add.pullback(other)?.function.name != names[0])
    }
}
