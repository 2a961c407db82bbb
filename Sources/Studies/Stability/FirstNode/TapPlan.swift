package import Graphs
import Operators
import Tensors

/// The inner values of a model that are made outputs, in the order in which they are computed, in parts that fit into memory.
package struct TapPlan: Sendable {
    /// One value.
    package struct Tap: Sendable {
        /// The place of its node in topological order.
        let index: Int
        let node: String
        let operatorType: String
        package let value: String
        let type: ValueType?
        /// What it takes, in bytes, as far as its shape is known.
        let bytes: Int
    }

    /// What the values of one part take at most, in bytes.
    package static let mostBytes = 64 << 20
    /// The most values of one part.
    package static let mostValues = 128
    /// What a value counts whose shape is not known, in bytes.
    private static let unknownBytes = 1 << 20

    /// The model with its nodes in topological order.
    let model: Model
    /// The names of the model's own outputs.
    let outputs: Set<String>
    /// The parts, each to be looked at in one run.
    package let parts: [[Tap]]

    /// Plans the taps of a model.
    ///
    /// - Parameter names: values that the other side has too; all where `nil`.
    /// - Throws: `GraphError` where the nodes have no order.
    package init(
        _ given: Model, common names: Set<String>? = nil, mostBytes: Int = mostBytes, mostValues: Int = mostValues
    )
        throws(GraphError)
    {
        var model = given
        try model.graph.sortNodes()
        self.model = model
        outputs = Set(model.graph.outputs.map(\.name))
        // Without types the engines infer them; most accept that.
        let typed = try? ShapeInference(catalogue: .standard).infer(model)
        var dependent = Set(model.graph.requiredInputs.map(\.name))
        var (parts, part, bytes): ([[Tap]], [Tap], Int) = ([], [], 0)
        for (index, node) in model.graph.nodes.enumerated() where !dependent.isDisjoint(with: node.reads) {
            for value in node.outputs where !value.isEmpty {
                dependent.insert(value)
                let type = typed?.type(of: value) ?? model.graph.type(of: value)
                guard names?.contains(value) ?? true, let size = Self.bytes(of: type) else { continue }
                if !part.isEmpty, bytes + size > mostBytes || part.count >= mostValues {
                    parts.append(part)
                    (part, bytes) = ([], 0)
                }
                part.append(
                    Tap(
                        index: index, node: node.name.isEmpty ? value : node.name, operatorType: node.operatorType,
                        value: value, type: type, bytes: size))
                bytes += size
            }
        }
        self.parts = part.isEmpty ? parts : parts + [part]
    }

    /// The model with the values of one part among its outputs.
    ///
    /// - Throws: `GraphError` where it has no such value.
    package func tapped(_ part: [Tap]) throws(GraphError) -> Model {
        var model = model
        for tap in part { try model.graph.addOutput(tap.value, type: tap.type) }
        return model
    }

    /// The names of all values that nodes of a model compute.
    static func values(of model: Model) -> Set<String> { Set(model.graph.nodes.flatMap(\.outputs)) }

    /// What a value takes; `nil` for one that no output can carry.
    private static func bytes(of type: ValueType?) -> Int? {
        guard let type else { return unknownBytes }
        guard case .tensor(let element, let shape) = type, element != .string else { return nil }
        guard let count = shape?.shape?.checkedElementCount, let bytes = element.byteCount(of: count) else {
            return unknownBytes
        }
        return bytes
    }
}
