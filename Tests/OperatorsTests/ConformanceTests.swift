import Foundation
import Graphs
import Operators
import Tensors
import Testing

/// The node cases of the onnx package, written to a folder by `Scripts/dump_onnx_cases.py`.
@Suite struct ConformanceTests {
    static let folder = ProcessInfo.processInfo.environment["ASSAY_ONNX_CASES"]

    /// Cases whose stated values carry roundings that are larger than the bound they set.
    private static let roundedOracles: [String: String] = [
        "test_dft_inverse": "zeros are stated as 1.9e-7, the f32 rounding of the transform that made them",
        "test_dft_inverse_opset19": "zeros are stated as 1.9e-7, the f32 rounding of the transform that made them",
        "test_attention_4d_causal_fp16_expanded":
            "its Softmax is stated with each step rounded to f16, and is rounded once here: 2 units in the last place",
    ]

    @Test(.enabled(if: folder != nil, "ASSAY_ONNX_CASES names no folder of cases"))
    func casesOfTheStandardPass() throws {
        let folder = try #require(Self.folder)
        let only = ProcessInfo.processInfo.environment["ASSAY_ONNX_CASES_ONLY"]
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasSuffix(".model.onnx") }.map { String($0.dropLast(".model.onnx".count)) }.sorted()
        #expect(!names.isEmpty)
        var (passed, rounded, foreign, failures) = (0, 0, 0, [String]())
        for name in names where only.map(name.contains) ?? true {
            do {
                let conformanceCase = try ConformanceCase(name, folder: folder)
                guard conformanceCase.isKnown else {
                    foreign += 1
                    continue
                }
                if let problem = try conformanceCase.run() {
                    guard let reason = Self.roundedOracles[name] else {
                        failures.append("\(name): \(problem)")
                        continue
                    }
                    rounded += 1
                    print("  ", name, "differs:", reason)
                } else {
                    passed += 1
                }
            } catch {
                failures.append("\(name): \(error)")
            }
        }
        print(
            "onnx cases: \(passed) passed, \(rounded) differ for a known reason, \(failures.count) failed, "
                + "\(foreign) of operators not in the catalogue")
        for failure in failures { print("  ", failure) }
        #expect(failures.isEmpty)
    }
}

/// One case: a model, what to feed, and what it must give.
struct ConformanceCase {
    let model: Model
    private let inputs: [Value?]
    private let outputs: [Value?]
    private let relative: Double
    private let absolute: Double

    init(_ name: String, folder: String) throws {
        model = try Model(contentsOf: folder + "/" + name + ".model.onnx")
        let data = try Model(contentsOf: folder + "/" + name + ".data.onnx")
        let kinds = Dictionary(data.metadata.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
        let tensors = Dictionary(
            data.graph.initializers.map { ($0.name, $0.tensor) }, uniquingKeysWith: { first, _ in first })
        func values(_ kind: String, _ infos: [ValueInfo]) -> [Value?] {
            infos.enumerated().map { index, info in
                let key = "\(kind)/\(index)"
                var value: Value?
                if let tensor = tensors[key] { value = .tensor(tensor) }
                if let words = kinds[key]?.split(separator: " "), words.first == "sequence" {
                    let elements = (0..<(Int(words[1]) ?? 0)).compactMap { tensors["\(key)/\($0)"] }.map(Value.tensor)
                    value = .sequence(elements, elementType: elements.first?.type ?? .tensor(.float32, nil))
                }
                if case .optional(let inner)? = info.type { return .optional(value, elementType: inner) }
                return value
            }
        }
        inputs = values("input", model.graph.inputs)
        outputs = values("output", model.graph.outputs)
        relative = Double(kinds["rtol"] ?? "") ?? 1e-3
        absolute = Double(kinds["atol"] ?? "") ?? 1e-7
    }

    /// True where the catalogue has every operator of the model.
    var isKnown: Bool {
        func isKnown(_ nodes: [Node], _ functions: Set<String>) -> Bool {
            nodes.allSatisfy { node in
                (functions.contains(node.operatorType)
                    || OperatorCatalogue.standard.find(domain: node.domain, name: node.operatorType) != nil)
                    && node.attributes.allSatisfy {
                        if case .graph(let body) = $0.value { isKnown(body.nodes, functions) } else { true }
                    }
            }
        }
        let functions = Set(model.functions.map(\.name))
        return isKnown(model.graph.nodes, functions) && model.functions.allSatisfy { isKnown($0.nodes, functions) }
    }

    /// What is wrong, in words; `nil` where every output is as it must be.
    func run() throws -> String? {
        var feeds: [String: Value] = [:]
        for (info, value) in zip(model.graph.inputs, inputs) { feeds[info.name] = value }
        let results = try PreparedInterpreter(model).run(values: feeds)
        let isRandom = model.graph.nodes.contains {
            OperatorCatalogue.standard.find(domain: $0.domain, name: $0.operatorType)?.agreement == .random
        }
        for (info, expected) in zip(model.graph.outputs, outputs) {
            guard let expected else { continue }
            guard let actual = results[info.name] else { return "no output \(info.name)" }
            if isRandom {
                guard actual.tensor?.shape == expected.tensor?.shape, actual.elementType == expected.elementType else {
                    return "\(info.name) is \(actual.type) instead of \(expected.type)"
                }
                continue
            }
            // As the standard's own runner compares: two units in the last place of bf16.
            let resolution = expected.tensor?.elementType == .bfloat16 ? 0x1p-6 : 0
            let tolerance = Tolerance.elementwise(
                absolute: absolute, relative: max(relative, resolution), nanEqualsNaN: true)
            if let problem = ValueComparison.difference(actual, expected, tolerance) {
                return "\(info.name): \(problem)"
            }
        }
        var blurred = model
        for index in blurred.graph.outputs.indices { blurred.graph.outputs[index].type = nil }
        let typed = try ShapeInference().infer(blurred)
        for (name, value) in results {
            guard let inferred = typed.type(of: name) else { continue }
            if !TypeCompatibility.holds(inferred, value.type) {
                return "\(name) is inferred as \(inferred) and is \(value.type)"
            }
        }
        return nil
    }
}
