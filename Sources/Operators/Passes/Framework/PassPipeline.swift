public import Graphs

/// Runs chosen passes over and over until none finds anything more.
public struct PassPipeline: Sendable {
    /// The passes, in order.
    public var passes: [any Pass]
    /// What they may know and do.
    public var context: PassContext
    /// The most rounds; passes only ever shrink a model or move it in one direction, so few are needed.
    public var maximumRounds = 16
    /// Whether reports count operations and bytes, which takes an inference each time.
    public var countsWork = false

    /// Makes a pipeline.
    public init(_ passes: [any Pass] = PassCatalogue.standard.passes, context: PassContext = PassContext()) {
        self.passes = passes
        self.context = context
    }

    /// What a run found.
    public struct Result: Sendable {
        /// The rewritten model, or the very model given where nothing was found.
        public var model: Model
        /// One report for each application that changed something or was put aside, in order.
        public var reports: [PassReport]
    }

    /// Rewrites a model.
    ///
    /// What a pass makes is validated; were it invalid, it would be put aside and the report would say so.
    ///
    /// - Parameter observe: is given the model after each application that changed it.
    public func run(_ model: Model, observe: (PassReport, Model) -> Void = { _, _ in }) -> Result {
        var current = model
        var reports: [PassReport] = []
        var size = measure(current)
        let known = KnownRegions()
        var changes = 0
        // After how many changes each pass last found nothing: in the same model it finds nothing again.
        var fruitless = [Int?](repeating: nil, count: passes.count)
        for round in 1...max(maximumRounds, 1) {
            var changed = false
            for (index, pass) in passes.enumerated() where fruitless[index] != changes {
                var next = current
                let rewrites = pass.apply(to: &next, context, known: known)
                guard rewrites > 0 else {
                    fruitless[index] = changes
                    continue
                }
                let problem = next.problems(limit: 1).first
                let after = problem == nil ? measure(next) : size
                let report = PassReport(
                    pass: pass.name, round: round, rewrites: rewrites, before: size, after: after,
                    refusal: problem?.description)
                reports.append(report)
                guard problem == nil else { continue }
                (current, size, changed) = (next, after, true)
                changes += 1
                known.forget()
                observe(report, current)
            }
            if !changed { break }
        }
        return Result(model: current, reports: reports)
    }

    private func measure(_ model: Model) -> PassReport.Size {
        var size = PassReport.Size(nodes: model.nodeCount)
        if countsWork, let cost = try? ModelCost(model, catalogue: context.catalogue) {
            size.operations = cost.total.operations
            size.bytes = cost.total.bytesRead + cost.total.bytesWritten
        }
        return size
    }
}

extension Model {
    /// Nodes of the main graph, of all bodies in it, and of local functions.
    public var nodeCount: Int {
        func count(_ nodes: [Node]) -> Int {
            nodes.reduce(nodes.count) { $0 + $1.subgraphs.reduce(0) { $0 + count($1.nodes) } }
        }
        return functions.reduce(count(graph.nodes)) { $0 + count($1.nodes) }
    }
}
