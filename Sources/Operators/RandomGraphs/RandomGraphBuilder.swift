import Graphs
import Tensors

/// Builds one random graph node by node; each node is computed as it is added, so that shapes and ranges are known.
struct RandomGraphBuilder {
    /// A value that nodes may read.
    struct Entry {
        let name: String
        let value: Value
        /// True where no rounding has touched it, so that functions with jumps may read it.
        let isExact: Bool
        /// True where it does not depend on what is fed.
        let isConstant: Bool
        /// What does not hold a tensor is read by nothing else.
        var tensor: Tensor? { value.tensor }
    }

    var random: SplitMix64
    let opset: Int
    let irVersion: Int
    private(set) var entries: [Entry] = []
    private(set) var nodes: [Node] = []
    private(set) var functions: [Function] = []
    private var inputs: [ValueInfo] = []
    private var feeds: [String: Value] = [:]
    private var initializers: [Initializer] = []
    private var rounded: [String: ElementType] = [:]
    private var count = 0
    /// Extents of inputs are named instead of numbered.
    private let isSymbolic: Bool

    /// Nothing grows beyond this.
    static let largestMagnitude = 1e4
    static let largestCount = 4096

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
        opset = random.element(of: [11, 12, 13, 13, 14, 15, 16, 17, 17, 18, 19, 20, 21, 22, 23, 24])
        irVersion = random.integer(in: 0...9) == 0 ? 3 : 8
        isSymbolic = random.integer(in: 0...3) == 0
    }

    /// The finished graph; `nil` where it came out empty or magnifies rounding.
    mutating func build(seed: UInt64) -> RandomGraph? {
        for _ in 0..<random.integer(in: 1...3) { addInput() }
        let steps = random.integer(in: 2...12)
        for _ in 0..<steps { RandomSteps.step(&self) }
        let produced = Set(nodes.flatMap(\.outputs))
        let read = Set(nodes.flatMap(\.reads))
        let candidates = entries.filter { produced.contains($0.name) && !$0.isConstant }
        guard !candidates.isEmpty else { return nil }
        var outputs = candidates.filter { !read.contains($0.name) && chance(2, of: 3) }
        if outputs.isEmpty || chance(1, of: 4) { outputs.append(random.element(of: candidates)) }
        if chance(1, of: 8), let constant = entries.first(where: { $0.isConstant && produced.contains($0.name) }) {
            outputs.append(constant)
        }
        var seen: Set<String> = []
        outputs = outputs.filter { seen.insert($0.name).inserted }
        let graph = Graph(
            name: "random", nodes: nodes, inputs: inputs, outputs: outputs.map { ValueInfo($0.name, type(of: $0)) },
            initializers: initializers)
        var opsets = ["": opset]
        for function in functions { opsets[function.domain] = 1 }
        for node in nodes where opsets[node.domain] == nil { opsets[node.domain] = 1 }
        var model = Model(opsets: opsets, graph: graph, functions: functions)
        listInitializers(&model)
        model.irVersion = max(model.lowestSufficientIRVersion, irVersion)
        let result = RandomGraph(seed: seed, model: model, inputs: feeds)
        guard model.problems(limit: 1).isEmpty, let reference = try? result.outputs(),
            Conditioning.isWell(result, reference: reference, rounded: rounded)
        else { return nil }
        return result
    }

    /// In old files all initializers are listed among the inputs; in new ones some are, as defaults that may be fed.
    private mutating func listInitializers(_ model: inout Model) {
        let isOld = irVersion == 3
        guard isOld || chance(1, of: 6) else { return }
        for initializer in model.graph.initializers where isOld || chance(1, of: 3) {
            let tensor = initializer.tensor
            // Operators ask for shapes and axes that are constant.
            guard isOld || tensor.elementType == .float32 else { continue }
            model.graph.inputs.append(
                ValueInfo(initializer.name, .tensor(tensor.elementType, SymbolicShape(tensor.shape))))
            guard !isOld, chance(1, of: 2), let values: [Float] = try? tensor.values(),
                let other = try? Tensor(values.map { $0 * 1.25 }, shape: tensor.shape)
            else { continue }
            feeds[initializer.name] = .tensor(other)
        }
    }

    private func type(of entry: Entry) -> ValueType {
        guard isSymbolic, let tensor = entry.tensor else { return entry.value.type }
        return .tensor(tensor.elementType, SymbolicShape(tensor.shape.map { _ in .unknown }))
    }

    // MARK: Choices

    /// True with a probability.
    mutating func chance(_ wins: Int, of cases: Int) -> Bool { random.integer(in: 1...cases) <= wins }

    /// A value that satisfies a condition, late ones more often.
    mutating func pick(where condition: (Entry, Tensor) -> Bool) -> (entry: Entry, tensor: Tensor)? {
        let found = entries.compactMap { entry in
            entry.tensor.flatMap { condition(entry, $0) ? (entry: entry, tensor: $0) : nil }
        }
        guard !found.isEmpty else { return nil }
        let late = found.suffix(4)
        return chance(2, of: 3) ? random.element(of: Array(late)) : random.element(of: found)
    }

    /// A tensor of floats.
    mutating func pickFloat(minimumRank: Int = 0) -> (entry: Entry, tensor: Tensor)? {
        pick { $1.elementType == .float32 && $1.shape.rank >= minimumRank && $1.elementCount > 0 }
    }

    // MARK: Growth

    /// A name that stands for no value yet.
    mutating func fresh(_ base: String) -> String {
        count += 1
        return "\(base)\(count)"
    }

    /// Declares an input of a random type and shape.
    mutating func addInput() {
        let type = random.element(of: [
            ElementType.float32, .float32, .float32, .float32, .float64, .int64, .int32, .bool,
        ])
        let rank = random.integer(in: 0...4)
        addInput(type, Shape((0..<rank).map { _ in random.integer(in: 1...5) }))
    }

    /// Declares an input and returns its name.
    @discardableResult
    mutating func addInput(_ type: ElementType, _ shape: Shape) -> String? {
        guard let tensor = RandomTensors.grid(type, shape, &random) else { return nil }
        return addInput(.tensor(tensor))
    }

    /// Declares an input that is fed a value.
    mutating func addInput(_ value: Value) -> String {
        let name = fresh("x")
        var type = value.type
        if isSymbolic, let tensor = value.tensor {
            let extents = tensor.shape.enumerated().map { axis, extent -> Dimension in
                chance(1, of: 2) ? .symbol("\(name)_\(axis)") : .fixed(extent)
            }
            type = .tensor(tensor.elementType, SymbolicShape(extents))
        }
        inputs.append(ValueInfo(name, type))
        feeds[name] = value
        entries.append(Entry(name: name, value: value, isExact: true, isConstant: false))
        return name
    }

    /// Adds a constant, as an initializer or as a node, and returns its name.
    mutating func addConstant(_ tensor: Tensor, isEntry: Bool = false) -> String {
        let name = fresh("c")
        if chance(1, of: 4) {
            nodes.append(
                Node("Constant", inputs: [], outputs: [name], attributes: [Attribute("value", .tensor(tensor))]))
        } else {
            initializers.append(Initializer(name: name, tensor: tensor))
        }
        // Computations among constants are something to fold.
        entries.append(Entry(name: name, value: .tensor(tensor), isExact: true, isConstant: true))
        return name
    }

    /// A constant of floats on a grid, of a shape.
    mutating func addConstant(_ shape: Shape, _ type: ElementType = .float32) -> String? {
        RandomTensors.grid(type, shape, &random).map { addConstant($0) }
    }

    /// A constant of random weights.
    mutating func addWeights(_ shape: Shape) -> String? {
        RandomTensors.weights(shape, &random).map { addConstant($0) }
    }

    /// A constant vector of integers.
    mutating func addIntegers(_ values: [Int]) -> String { addConstant(Tensor(values.map(Int64.init))) }

    /// Adds local functions.
    mutating func addFunction(_ function: Function) { functions.append(function) }

    /// What is known of a name.
    func entry(_ name: String) -> Entry? { entries.last { $0.name == name } }

    /// Adds a node, computes it, and returns the names of its outputs; `nil`, with nothing added, where it has no result
    /// or one that is too large.
    mutating func add(
        _ type: String, _ inputs: [String], _ attributes: [Attribute] = [], outputs count: Int = 1,
        domain: String = "", isRounded: Bool? = nil, isModest: Bool = true
    ) -> [String]? {
        let outputs = (0..<count).map { _ in fresh("v") }
        let node = Node(
            type, inputs: inputs, outputs: outputs, attributes: attributes, name: "\(type)_\(outputs[0])",
            domain: domain)
        guard let results = compute(node), results.count >= count else { return nil }
        for value in results.prefix(count) {
            guard let tensor = value.tensor else { continue }
            guard tensor.elementCount <= Self.largestCount, !isModest || RandomTensors.isModest(tensor) else {
                return nil
            }
        }
        let reads = node.reads.compactMap(entry)
        let target = OperatorCatalogue.standard.find(domain: domain, name: type)
        let rounds = isRounded ?? (target.map { $0.agreement != .exact } ?? true)
        let isExact = !rounds && reads.allSatisfy(\.isExact)
        nodes.append(node)
        for (name, value) in zip(outputs, results) {
            entries.append(
                Entry(name: name, value: value, isExact: isExact, isConstant: reads.allSatisfy(\.isConstant)))
            if !isExact, let type = value.elementType, type.isFloatingPoint { rounded[name] = type }
        }
        return outputs
    }

    /// Adds a node with one output whose elements may be infinite.
    mutating func addUnchecked(_ type: String, _ inputs: [String]) -> String? {
        add(type, inputs, isModest: false)?.first
    }

    /// Adds a node with one output and returns its name.
    mutating func call(_ type: String, _ inputs: [String], _ attributes: [Attribute] = []) -> String? {
        add(type, inputs, attributes)?.first
    }

    /// The results of one node on the values there are.
    private func compute(_ node: Node) -> [Value]? {
        var graph = Graph(name: "one", nodes: [node], outputs: node.outputs.map { ValueInfo($0) })
        var values: [String: Value] = [:]
        for name in node.reads {
            guard let entry = entry(name) else { return nil }
            graph.inputs.append(ValueInfo(name))
            values[name] = entry.value
        }
        var opsets = ["": opset]
        for function in functions { opsets[function.domain] = 1 }
        opsets[node.domain] = opsets[node.domain] ?? 1
        let model = Model(opsets: opsets, graph: graph, functions: functions)
        guard let results = try? PreparedInterpreter(model).run(values: values) else { return nil }
        let ordered = node.outputs.compactMap { results[$0] }
        return ordered.count == node.outputs.count ? ordered : nil
    }
}
