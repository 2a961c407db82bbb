import Graphs
import Tensors
import TestKit
import Testing

@Suite("Canonical text")
struct TextTests {
    @Test("The text of every fixture is the golden one", arguments: Fixture.names)
    func goldens(name: String) throws {
        try expectGolden(Fixture.model(name).canonicalText, "\(name).txt")
    }

    @Test("Error messages are the golden ones")
    func errors() throws {
        let graph = Graph(
            name: "main",
            nodes: [
                Node("Add", inputs: ["x", "b"], outputs: ["a"], name: "sum"),
                Node("Neg", inputs: ["a"], outputs: ["b"]),
                Node("Thing", inputs: ["a", "nowhere"], outputs: ["y"], name: "odd", domain: "custom"),
            ], inputs: [ValueInfo("x"), ValueInfo("x")], outputs: [ValueInfo("y"), ValueInfo("z")])
        let problems = Model(graph: graph).problems()
        var lines = problems.map { "\($0.code.rawValue): \($0)" }
        var edited = graph
        do throws(GraphError) { try edited.addOutput("nowere") } catch {
            lines.append("\(error.code.rawValue): \(error)")
        }
        do throws(GraphError) {
            _ = try Model(bytes: Bytes(copying: [0x3A, 0x7F, 0x0A]), name: "cut.onnx")
        } catch { lines.append("\(error.code.rawValue): \(error)") }
        try expectGolden(lines.joined(separator: "\n") + "\n", "errors.txt")
    }

    @Test("What means the same reads the same: order of attributes, constants and imports")
    func order() {
        let one = Initializer(name: "a", tensor: Tensor([Float(1)]))
        let two = Initializer(name: "b", tensor: Tensor([Float(2)]))
        let attributes = [Attribute("p", .int(1)), Attribute("q", .int(2))]
        func model(_ constants: [Initializer], _ attributes: [Attribute]) -> Model {
            Model(
                graph: Graph(
                    nodes: [Node("F", inputs: ["a"], outputs: ["y"], attributes: attributes)], initializers: constants))
        }
        #expect(model([one, two], attributes).canonicalText == model([two, one], attributes.reversed()).canonicalText)
        #expect(model([one, two], attributes).canonicalText != model([one, one], attributes).canonicalText)
    }

    @Test("Large tensors are told apart by their content, in one line each")
    func hashes() throws {
        var generator = SplitMix64(seed: 3)
        let tensor = try Tensor.random(.float32, [100], using: &generator)
        var bytes = try #require(tensor.bytes).array
        bytes[399] ^= 1
        let other = try Tensor(elementType: .float32, shape: [100], bytes: Bytes(copying: bytes))
        let texts = [tensor, other].map {
            Graph(name: "g", initializers: [Initializer(name: "w", tensor: $0)]).canonicalText
        }
        #expect(texts[0] != texts[1])
        #expect(texts[0].split(separator: "\n").count == 2)
    }

    @Test("No name can break a line or pass for something else")
    func hostileNames() {
        let node = Node("Op\nname", inputs: ["a, b", ""], outputs: ["_", "x\" = y"], name: "n\u{202E}\r\n")
        let text = Graph(name: "", nodes: [node]).canonicalText
        #expect(
            text == "graph \"\"\n  \"_\", \"x\\\" = y\" = \"Op\\nname\"(\"a, b\", _) # n\\u{202e}\\u{d}\\n\n", "\(text)"
        )
    }
}
