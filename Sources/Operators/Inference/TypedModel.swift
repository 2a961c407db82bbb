public import Graphs
public import Tensors

/// What an inference knows of every value of a model's main graph.
public struct TypedModel: Sendable {
    /// What is known of each value: type, value where it is constant, elements where they are partly known.
    public var facts: [String: CallSite.Operand]
    /// The call site of each node of the main graph, in order, with all that is known of its inputs.
    public var sites: [CallSite]

    /// Makes a typed model.
    public init(facts: [String: CallSite.Operand] = [:], sites: [CallSite] = []) {
        self.facts = facts
        self.sites = sites
    }

    /// The type of a value; `nil` where it is not known.
    public func type(of name: String) -> ValueType? { facts[name]?.type }

    /// The value, where it does not depend on what is fed.
    public func constant(_ name: String) -> Tensor? { facts[name]?.constant }
}
