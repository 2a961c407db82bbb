import Foundation
import Specs
import TestKit
import Testing

@Suite("Schemas and documentation of specs")
struct SchemaTests {
    @Test("the schema says what the declaration says")
    func schema() throws {
        let schema = SampleSpec.spec.jsonSchema(identifier: "assay.sample/1", title: "Sample")
        #expect(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema")
        let sample = try #require(schema["$defs"]?["sample"])
        #expect(sample["required"] == ["model", "stack"])
        #expect(sample["additionalProperties"] == false)
        #expect(sample["properties"]?["warmup"]?["default"] == "500 ms")
        #expect(sample["properties"]?["warmup"]?["description"] == "How long to run before anything is timed.")
        #expect(schema["$defs"]?["stack"]?["properties"]?["precision"]?["enum"] == ["f32", "bf16", "int8"])
        guard case .map(let properties) = sample["properties"] else { return #expect(Bool(false)) }
        #expect(properties.map(\.key) == SampleSpec.spec.fields.map(\.key))
    }

    @Test("the schema is valid JSON")
    func isJSON() throws {
        let text = SampleSpec.spec.jsonSchema(identifier: "assay.sample/1", title: "Sample").json
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
        #expect(object is [String: Any])
        // Accepted as a schema by python-jsonschema 4, which also judged twelve specs as this package does.
        try expectGolden(text, "sample.schema.json")
    }

    @Test("the documentation lists every key with its default")
    func documentation() {
        let lines = SampleSpec.Stack.spec.markdown.split(separator: "\n")
        #expect(lines.contains("| `engine` | a text | required | The engine's name. |"))
        #expect(lines.contains("| `precision` | one of f32, bf16, int8 | `f32` | The arithmetic asked for. |"))
        #expect(lines.count == 4 + SampleSpec.Stack.spec.fields.count)
    }

    struct Tree: Sendable, Equatable {
        var name = ""
        var inner: [Tree] = []

        static let spec: SpecObject<Tree> = SpecObject(
            "tree", "A tree.", initial: Tree(),
            [
                .required("name", \.name, .string, "The name."),
                SpecField("inner", \.inner, .list(of: .deferred("a tree") { spec.type }), "What it contains."),
            ])
    }

    @Test("an object may contain itself")
    func recursion() throws {
        let tree = try Tree.spec.decode("{name: a, inner: [{name: b, inner: [{name: c}]}]}").value
        #expect(tree.inner[0].inner[0] == Tree(name: "c"))
        let schema = Tree.spec.jsonSchema(identifier: "tree", title: "Tree")
        #expect(schema["$defs"]?["tree"]?["properties"]?["inner"]?["items"]?["$ref"] == "#/$defs/tree")
        do {
            _ = try Tree.spec.decode("{name: a, inner: [{nam: b}]}")
            Issue.record("the unknown key was taken")
        } catch { #expect(error.all.map(\.subject) == ["inner[0]", "inner[0]"]) }
    }
}
