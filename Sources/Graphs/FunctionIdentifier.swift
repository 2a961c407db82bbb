/// What tells functions of a model apart, and what a node calls.
public struct FunctionIdentifier: Sendable, Hashable, CustomStringConvertible {
    /// The domain.
    public var domain: String
    /// The name.
    public var name: String
    /// The overload.
    public var overload: String

    /// Makes an identifier.
    public init(domain: String, name: String, overload: String = "") {
        self.domain = domain
        self.name = name
        self.overload = overload
    }

    /// `domain.name` or `domain.name:overload`.
    public var description: String {
        (domain.isEmpty ? name : "\(domain).\(name)") + (overload.isEmpty ? "" : ":\(overload)")
    }
}

extension Function {
    /// What tells it apart from the model's other functions.
    public var identifier: FunctionIdentifier {
        FunctionIdentifier(domain: domain, name: name, overload: overload)
    }
}

extension Node {
    /// The operator or function that it calls.
    public var callee: FunctionIdentifier {
        FunctionIdentifier(domain: domain, name: operatorType, overload: overload)
    }
}
