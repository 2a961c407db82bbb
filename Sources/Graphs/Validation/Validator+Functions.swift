extension Validator {
    /// The functions: told apart, ending, and each valid by itself.
    mutating func visitFunctions() {
        var seen: Set<FunctionIdentifier> = []
        for function in model.functions {
            let path = "function \(function.identifier)"
            if !seen.insert(function.identifier).inserted { report(.invalidFunction, path, "it is defined twice") }
            if function.name.isEmpty { report(.invalidFunction, path, "it has no name") }
            visit(function, path: path)
        }
        if let cycle = CallGraph(model.functions).cycle() {
            report(
                .invalidFunction, "function \(cycle[0])",
                "it calls itself: " + (cycle + [cycle[0]]).map(\.description).joined(separator: " → "))
        }
    }

    private mutating func visit(_ function: Function, path: String) {
        var defined: Set<String> = []
        for input in function.inputs where !defined.insert(input).inserted {
            report(.duplicateDefinition, path, "input '\(input)' stands twice")
        }
        let attributes = Set(function.requiredAttributes + function.defaultAttributes.map(\.name))
        let scope = Scope(opsets: function.opsets, functionAttributes: attributes)
        visit(function.nodes, path: path, defined: &defined, scope: scope)
        for output in function.outputs where !defined.contains(output) {
            report(.undefinedValue, path, "output '\(output)' is not defined by any node or input")
        }
    }
}
