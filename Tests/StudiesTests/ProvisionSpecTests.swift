import Engines
import Foundation
import Specs
import Studies
import TestKit
import Testing

/// The stacks of specs of every study, and what is said of one that is wrong.
@Suite struct ProvisionSpecTests {
    private func stacks(_ text: String) throws -> [String] {
        let folder = try TemporaryFolder()
        let path = folder.file("spec.yaml")
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return try ProvisionSpec.stacks(contentsOf: path).map(\.engine)
    }

    @Test(arguments: [
        "stacks: [native, openvino]",
        "models: [m.onnx]\nstacks: [native, openvino]",
        "sides: [{model: m.onnx, stack: native}, {model: m.onnx, stack: openvino}]",
        "model: m.onnx\nscenarios: [offline]\nstacks: [native, openvino]",
        "model: m.onnx\nvariants: [n.onnx]\nstacks: [native, openvino]",
        "model: m.onnx\nworkers: [1]\nstacks: [native]\nagainst: [openvino]",
        "evaluation: {models: [m.onnx], stacks: [native, openvino]}",
        "evaluate: {models: [m.onnx], stacks: [native, openvino]}\ngates: {fast: ['latency.median < 1 s']}",
    ]) func everyFormIsFound(text: String) throws {
        #expect(try stacks(text) == ["native", "openvino"])
    }

    /// The error is that of the form that was meant, whatever other forms would say.
    @Test(arguments: [
        ("stacks: [native]\nstack: 1", "unknown key 'stack'", "known keys are stacks"),
        ("models: [m.onnx]\nstacks: [native]\ntask: {kind: classify}\ncontest: soon", "contest", ""),
        ("model: m.onnx\nscenarios: [sometimes]\nstacks: [native]", "scenarios", "offline"),
        ("model: m.onnx\nvariants: [n.onnx]\nfirstNodes: many", "firstNodes", ""),
        ("sides: [{modle: m.onnx, stack: native}, {model: m.onnx, stack: native}]", "unknown key 'modle'", "model"),
        ("- native", "", "known keys are stacks"),
    ]) func aWrongSpecIsToldByItsOwnForm(text: String, words: String, more: String) throws {
        let error = #expect(throws: SpecErrors.self) { try stacks(text) }
        let told = error?.description ?? ""
        #expect((words.isEmpty || told.contains(words)) && (more.isEmpty || told.contains(more)), "\(told)")
    }

    @Test func whatIsNoFileIsNamed() {
        #expect(throws: SpecErrors.self) { try ProvisionSpec.stacks(contentsOf: "/no/such/spec.yaml") }
    }
}
