import Graphs
import Operators
import Tensors

/// Finds the models whose outputs the standard leaves to chance, seeded or not: no two engines draw alike.
struct Chance {
    /// What is fed: whether Dropout drops depends on it.
    let inputs: [String: Value]

    private static let drawing: Set<String> = [
        "Bernoulli", "Multinomial", "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike",
    ]

    /// Whether some node draws, those in bodies too.
    func decides(_ nodes: [Node]) -> Bool {
        nodes.contains { node in
            guard node.domain.isEmpty else { return false }
            if Self.drawing.contains(node.operatorType) { return true }
            if node.operatorType == "Dropout", drops(node) { return true }
            return node.attributes.contains {
                if case .graph(let body) = $0.value { decides(body.nodes) } else { false }
            }
        }
    }

    /// Dropout passes its input on unless it trains, and unless its ratio is 0.
    private func drops(_ node: Node) -> Bool {
        guard node.inputs.count > 2, scalar(node.inputs[2]) == 1 else { return false }
        return scalar(node.inputs[1]) != 0
    }

    private func scalar(_ name: String) -> Double? {
        guard let tensor = inputs[name]?.tensor, tensor.shape.elementCount == 1 else { return nil }
        return (try? tensor.doubles())?.first
    }
}
