import Foundation
import Graphs
import Tensors

/// Decision trees: each row of features runs down every tree, and the weights of the leaves it ends in are joined by target.
struct TreeEnsemble: TraditionalOperator {
    let name = "TreeEnsemble"
    let agreement = Agreement.accumulation
    private static let types: Set<ElementType> = [.float16, .float32, .float64]
    let signature = Signature(
        inputs: [.init("X", Self.types)], outputs: [.init("Y", Self.types)],
        attributes: [
            .init("aggregate_function", default: .int(1)), .init("leaf_targetids", isRequired: true),
            .init("leaf_weights", isRequired: true), .init("membership_values"), .init("n_targets"),
            .init("nodes_falseleafs", isRequired: true), .init("nodes_falsenodeids", isRequired: true),
            .init("nodes_featureids", isRequired: true), .init("nodes_hitrates"),
            .init("nodes_missing_value_tracks_true"), .init("nodes_modes", isRequired: true),
            .init("nodes_splits", isRequired: true), .init("nodes_trueleafs", isRequired: true),
            .init("nodes_truenodeids", isRequired: true), .init("post_transform", default: .int(0)),
            .init("tree_roots", isRequired: true),
        ], versions: [5])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = site.elementType(0) else { return [nil] }
        let rows = site.shape(0)?.dimensions.first ?? .unknown
        return [.tensor(type, [rows, .fixed(try DecisionForest.targetCount(attributes(site)))])]
    }

    /// One comparison a level of each tree, taken for balanced.
    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        let trees = Double((try? attributes(site).ints("tree_roots").count) ?? 0)
        let nodes = Double((try? attributes(site).ints("nodes_featureids").count) ?? 0)
        let rows = Double(site.shape(0)?.dimensions.first?.value ?? 0)
        return .traffic(
            site, outputs: outputs, operations: rows * trees * log2(max(2, nodes / max(1, trees))))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let forest = try DecisionForest(attributes(call))
        let transform = try ScoreTransform(attributes(call))
        let data = try call.tensor(0)
        guard data.shape.rank == 2 else {
            throw OperatorError(
                .shape, subject: call.path, reason: "features of shape \(data.shape) are no rows",
                remedy: "give them as [N, F]")
        }
        let values: [Double] = try Conversion.convert(data, to: .float64, call.path).elements(call.path)
        let features = data.shape[1]
        _ = try Shape([data.shape[0], forest.targets]).allocatableCount(call.path)
        var scores: [Double] = []
        for row in 0..<data.shape[0] {
            let reached = try forest.scores(values[(row * features)..<(row + 1) * features])
            scores += transform.apply(reached)
        }
        let result = try Tensor.make(scores, [data.shape[0], forest.targets], call.path)
        return [.tensor(try Conversion.convert(result, to: data.elementType, call.path))]
    }

    var examples: [Example] {
        func floats(_ values: [Float]) -> AttributeValue { .tensor(Tensor(values)) }
        // x0 ≤ 1 ? (x1 < 2 ? 10 : 20) : 30, and a second tree that tells members of {1, 5}.
        let forest: [Attribute] = [
            .init("tree_roots", .ints([0, 2])), .init("nodes_modes", .tensor(Tensor([UInt8(0), 1, 6]))),
            .init("nodes_featureids", .ints([0, 1, 0])), .init("nodes_splits", floats([1, 2, 0])),
            .init("nodes_truenodeids", .ints([1, 0, 3])), .init("nodes_trueleafs", .ints([0, 1, 1])),
            .init("nodes_falsenodeids", .ints([2, 1, 4])), .init("nodes_falseleafs", .ints([1, 1, 1])),
            .init("membership_values", floats([1, 5, .nan])), .init("leaf_weights", floats([10, 20, 30, 1, 2])),
            .init("leaf_targetids", .ints([0, 0, 0, 1, 0])), .init("n_targets", .int(2)),
        ]
        let rows = Value.floats([0, 1, 1, 3, 5, 0, .nan, 0], [4, 2])
        func example(_ name: String, _ more: [Attribute], _ expected: [Float]?) -> Example {
            Example(
                name, opset: 5, attributes: forest + more, inputs: [rows],
                expected: expected.map { [.floats($0, [4, 2])] }, isDifferentiable: false)
        }
        return [
            example("sums", [], [12, 0, 20, 1, 30, 1, 32, 0]),
            example(
                "means, missing values to the true branch",
                [
                    .init("aggregate_function", .int(0)), .init("nodes_missing_value_tracks_true", .ints([1, 0, 0])),
                    .init("nodes_hitrates", floats([1, 1, 1])),
                ], [6, 0, 10, 0.5, 15, 0.5, 6, 0]),
            example(
                "largest, logistic", [.init("aggregate_function", .int(3)), .init("post_transform", .int(2))], nil),
            example(
                "smallest, softmax", [.init("aggregate_function", .int(2)), .init("post_transform", .int(1))], nil),
        ]
    }
}
