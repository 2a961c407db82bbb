import Tensors

extension Model {
    /// The lowest IR version whose file format can express this model.
    ///
    /// Engines accept different maxima, and a higher number than needed has made ONNX Runtime slower, so a writer asks for
    /// no more than this. The history stands in the comments of `onnx.proto`; operator sets play no part in it.
    public var lowestSufficientIRVersion: Int {
        var floor = IRVersionFloor()
        if !functions.isEmpty { floor.raise(to: 8) }
        for field in unknownFields { floor.raise(to: field.number == 20 ? 7 : 11) }
        floor.visit(graph)
        for function in functions {
            if !function.defaultAttributes.isEmpty { floor.raise(to: 9) }
            if !function.overload.isEmpty || !function.valueInfos.isEmpty || !function.metadata.isEmpty {
                floor.raise(to: 10)
            }
            floor.visit(function.defaultAttributes)
            floor.visit(function.valueInfos)
            floor.visit(function.nodes)
        }
        return floor.version
    }
}

/// Collects the lowest IR version as features are met.
private struct IRVersionFloor {
    private(set) var version = 3

    mutating func raise(to version: Int) { self.version = max(self.version, version) }

    mutating func visit(_ graph: Graph) {
        let inputs = Set(graph.inputs.map(\.name))
        if graph.initializers.contains(where: { !inputs.contains($0.name) }) { raise(to: 4) }
        if !graph.quantizationAnnotations.isEmpty { raise(to: 5) }
        if !graph.sparseInitializers.isEmpty { raise(to: 6) }
        if !graph.metadata.isEmpty { raise(to: 10) }
        for initializer in graph.initializers {
            visit(initializer.tensor.elementType)
            if !initializer.metadata.isEmpty { raise(to: 10) }
        }
        for sparse in graph.sparseInitializers { visit(sparse.values.elementType) }
        for infos in [graph.inputs, graph.outputs, graph.valueInfos] { visit(infos) }
        visit(graph.nodes)
    }

    mutating func visit(_ nodes: [Node]) {
        for node in nodes {
            if !node.overload.isEmpty || !node.metadata.isEmpty { raise(to: 10) }
            if !node.unknownFields.isEmpty { raise(to: 11) }
            visit(node.attributes)
        }
    }

    mutating func visit(_ infos: [ValueInfo]) {
        for info in infos {
            if let type = info.type { visit(type) }
            if !info.metadata.isEmpty { raise(to: 10) }
        }
    }

    mutating func visit(_ attributes: [Attribute]) {
        for attribute in attributes {
            switch attribute.value {
            case .tensor(let tensor): visit(tensor.elementType)
            case .tensors(let tensors): for tensor in tensors { visit(tensor.elementType) }
            case .sparseTensor(let sparse): visit(sparse)
            case .sparseTensors(let all): for sparse in all { visit(sparse) }
            case .graph(let graph): visit(graph)
            case .graphs(let graphs): for graph in graphs { visit(graph) }
            case .type(let type): visit(type)
            case .types(let types): for type in types { visit(type) }
            default: break
            }
        }
    }

    mutating func visit(_ sparse: SparseTensor) {
        raise(to: 6)
        visit(sparse.values.elementType)
    }

    mutating func visit(_ type: ValueType) {
        switch type {
        case .tensor(let element, _): visit(element)
        case .sparseTensor(let element, _):
            raise(to: 8)
            visit(element)
        case .sequence(let element): visit(element)
        case .optional(let element):
            raise(to: 8)
            visit(element)
        case .map(_, let value): visit(value)
        case .opaque: break
        }
    }

    mutating func visit(_ type: ElementType) {
        switch type {
        case .bfloat16: raise(to: 4)
        case .float8e4m3fn, .float8e4m3fnuz, .float8e5m2, .float8e5m2fnuz: raise(to: 9)
        case .uint4, .int4: raise(to: 10)
        case .float4e2m1: raise(to: 11)
        case .float8e8m0: raise(to: 12)
        case .uint2, .int2: raise(to: 13)
        case .float6e2m3, .float6e3m2: raise(to: 14)
        default: break
        }
    }
}
