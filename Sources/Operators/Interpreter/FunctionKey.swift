import Graphs

/// What tells the functions of a model apart.
struct FunctionKey: Hashable {
    let domain: String
    let name: String
    let overload: String

    init(_ function: Function) {
        domain = function.domain
        name = function.name
        overload = function.overload
    }

    init(_ node: Node) {
        domain = node.domain
        name = node.operatorType
        overload = node.overload
    }
}
