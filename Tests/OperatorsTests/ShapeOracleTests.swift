import Foundation
import Graphs
import Operators
import Tensors
import Testing

/// Inference on whole models against `onnx.shape_inference`, as `Scripts/dump_onnx_shapes.py` writes it.
@Suite struct ShapeOracleTests {
    static let file = ProcessInfo.processInfo.environment["ASSAY_ONNX_SHAPES"]

    private struct Line: Decodable {
        let path: String
        let values: [String: Entry]
    }

    private struct Entry: Decodable {
        let element: Int32
        let extents: [Int?]

        private enum Extent: Decodable {
            case number(Int)
            case other

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let number = try? container.decode(Int.self) { self = .number(number) } else { self = .other }
            }
        }

        init(from decoder: any Decoder) throws {
            var container = try decoder.unkeyedContainer()
            element = try container.decode(Int32.self)
            extents = try container.decode([Extent].self).map { if case .number(let value) = $0 { value } else { nil } }
        }
    }

    @Test(.enabled(if: file != nil, "ASSAY_ONNX_SHAPES names no file of shapes"))
    func inferenceKnowsWhatTheStandardsOwnKnows() throws {
        let text = try String(contentsOfFile: try #require(Self.file), encoding: .utf8)
        for line in text.split(separator: "\n") {
            let oracle = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
            let model = try Model(contentsOf: oracle.path)
            let start = ContinuousClock.now
            let typed: TypedModel
            do { typed = try ShapeInference().infer(model) } catch {
                Issue.record("\(oracle.path): \(error)")
                continue
            }
            let duration = ContinuousClock.now - start
            var (same, weaker, stronger) = (0, [String](), 0)
            for (name, entry) in oracle.values {
                guard case .tensor(let element, let shape)? = typed.type(of: name) else {
                    weaker.append(name)
                    continue
                }
                #expect(element.rawValue == entry.element, "\(oracle.path): \(name)")
                guard let dimensions = shape?.dimensions else {
                    weaker.append(name)
                    continue
                }
                #expect(dimensions.count == entry.extents.count, "\(oracle.path): \(name)")
                let pairs = Array(zip(dimensions, entry.extents))
                for (own, theirs) in pairs {
                    if let own = own.value, let theirs { #expect(own == theirs, "\(oracle.path): \(name)") }
                }
                if pairs.contains(where: { $0.0.value == nil && $0.1 != nil }) {
                    weaker.append(name)
                } else if pairs.contains(where: { $0.0.value != nil && $0.1 == nil }) {
                    stronger += 1
                } else {
                    same += 1
                }
            }
            let cost = ModelCost(model, typed)
            print(
                "\(oracle.path.split(separator: "/").last ?? ""): \(same) same, \(stronger) stronger, \(weaker.count) "
                    + "weaker \(weaker.sorted().prefix(3)), \(duration), \(cost.multiplyAdds / 1e6) M multiply-adds, "
                    + "\(cost.parameters) parameters, complete \(cost.isComplete)")
        }
    }
}
