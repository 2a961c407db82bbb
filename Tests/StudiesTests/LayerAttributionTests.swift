import Engines
import Graphs
import Records
import Studies
import Tensors
import Testing

/// Each rule of the attribution on profiles made by hand.
@Suite struct LayerAttributionTests {
    private func model(
        _ nodes: [Node], inputs: [String] = ["x"], outputs: [String], constants: [String] = ["w"]
    ) -> Model {
        Model(
            graph: Graph(
                name: "g", nodes: nodes, inputs: inputs.map { ValueInfo($0) }, outputs: outputs.map { ValueInfo($0) },
                initializers: constants.map { Initializer(name: $0, tensor: Tensor([1] as [Float])) }))
    }

    private func step(
        _ kind: String, _ inputs: [String], _ outputs: [String], nodes: [String] = [],
        role: EngineProfile.Role = .computation, parent: Int? = nil
    ) -> EngineProfile.Step {
        EngineProfile.Step(
            name: outputs.first ?? kind, kind: kind, role: role, nodes: nodes, inputs: inputs, outputs: outputs,
            parent: parent)
    }

    /// Each step took ten times its place, from 1, in microseconds, and each run 5 µs more than its steps.
    private func profile(
        _ steps: [EngineProfile.Step], constants: [String] = [], runs: Int = 2
    ) -> EngineProfile {
        let spans = steps.indices.map { EngineProfile.Span(step: $0, start: nil, duration: Int64($0 + 1) * 10_000) }
        let whole = spans.filter { steps[$0.step].parent == nil }.reduce(0) { $0 + $1.duration } + 5000
        return EngineProfile(
            steps: steps, runs: Array(repeating: EngineProfile.Run(spans: spans, duration: whole), count: runs),
            constants: constants)
    }

    private func paths(_ attribution: LayerAttribution) -> [[String]] {
        attribution.groups.map { $0.nodes.map { attribution.nodes[$0].path } }
    }

    @Test func fusedNodesBelongToTheStepThatWritesTheLastResult() throws {
        let model = model(
            [
                Node("Conv", inputs: ["x", "w"], outputs: ["c"], name: "conv"),
                Node("BatchNormalization", inputs: ["c", "w", "w", "w", "w"], outputs: ["b"], name: "bn"),
                Node("Relu", inputs: ["b"], outputs: ["r"], name: "relu"),
                Node("Softmax", inputs: ["r"], outputs: ["y"], name: "softmax"),
            ], outputs: ["y"])
        let profile = profile([step("Conv", ["x"], ["r"]), step("Softmax", ["r"], ["y"])])
        let attribution = LayerAttribution(model, profile)
        #expect(paths(attribution) == [["conv", "bn", "relu"], ["softmax"]])
        #expect(attribution.nodes[attribution.groups[0].leading].path == "conv")
        let times = LayerTimes(attribution, profile)
        #expect(times.groups.map(\.nanoseconds) == [10_000, 20_000])
        #expect(times.groups.map(\.share) == [1 / 3.0, 2 / 3.0])
        #expect(times.run.nanoseconds == 35_000 && times.steps.nanoseconds == 30_000)
        #expect(times.attributed == 1 && times.covered == 30 / 35.0)
        #expect(times.groups[0].interval?.lower == 10_000, "the runs are all alike")
    }

    @Test func rearrangementsAreTheEnginesOwnAndNamesLeadThroughThem() {
        let model = model(
            [
                Node("Conv", inputs: ["x", "w"], outputs: ["c"], name: "conv"),
                Node("Relu", inputs: ["c"], outputs: ["y"], name: "relu"),
            ], outputs: ["y"])
        let profile = profile([
            step("ReorderInput", ["x"], ["x_blocked"], role: .rearrangement),
            step("Conv", ["x_blocked"], ["y_blocked"]),
            step("ReorderOutput", ["y_blocked"], ["y"], role: .rearrangement),
        ])
        let attribution = LayerAttribution(model, profile)
        #expect(paths(attribution) == [["conv", "relu"]])
        #expect(attribution.groups[0].steps == [1])
        #expect(attribution.rearrangements == [0, 2])
        let times = LayerTimes(attribution, profile)
        #expect(times.rearrangements.nanoseconds == 40_000)
        #expect(abs(times.attributed - 20 / 60.0) < 1e-12)
    }

    /// The end of SqueezeNet 1.1 as ONNX Runtime runs it: a concatenation of blocked values under a made-up name, and a
    /// convolution none of whose inputs has a name of the model's.
    @Test(arguments: [true, false]) func aNodeRunUnderItsNameWritesItsResultWhateverThatIsCalled(isNamed: Bool) {
        let model = model(
            [
                Node("Concat", inputs: ["a", "b"], outputs: ["c"], name: "concat"),
                Node("Conv", inputs: ["c", "w"], outputs: ["d"], name: "conv"),
                Node("Relu", inputs: ["d"], outputs: ["r"], name: "relu"),
                Node("Softmax", inputs: ["r"], outputs: ["y"], name: "softmax"),
            ], inputs: ["a", "b"], outputs: ["y"])
        var concat = step("Concat", ["a", "b"], ["token 1"], nodes: ["concat"])
        concat.name = isNamed ? "concat" : "another"
        let profile = profile([
            concat, step("Conv", ["token 1", "token 2"], ["token 3", "r"]), step("Softmax", ["r"], ["y"]),
        ])
        // Nothing else says on which side of the value that nobody knows the convolution lies.
        #expect(
            paths(LayerAttribution(model, profile))
                == (isNamed
                    ? [["concat"], ["conv", "relu"], ["softmax"]] : [["concat", "conv"], ["relu"], ["softmax"]]))
    }

    @Test func nodesThatSeveralStepsReadGoToTheFirstOfTheRun() {
        let model = model(
            [
                Node("Neg", inputs: ["x"], outputs: ["n"], name: "neg"),
                Node("Exp", inputs: ["n"], outputs: ["a"], name: "exp"),
                Node("Sqrt", inputs: ["n"], outputs: ["b"], name: "sqrt"),
                Node("Add", inputs: ["a", "b"], outputs: ["y"], name: "add"),
            ], outputs: ["y"])
        // The engine runs the second reader first.
        let profile = profile([step("Sqrt", ["x"], ["b"]), step("Exp", ["x"], ["a"]), step("Add", ["a", "b"], ["y"])])
        #expect(paths(LayerAttribution(model, profile)) == [["neg", "sqrt"], ["exp"], ["add"]])
    }

    /// A residual block whose convolution adds and clips without a name for what it stores.
    @Test func nodesBehindANamelessValueBelongToTheStepBefore() {
        let model = model(
            [
                Node("Conv", inputs: ["x", "w"], outputs: ["c"], name: "conv"),
                Node("Add", inputs: ["c", "x"], outputs: ["s"], name: "add"),
                Node("Relu", inputs: ["s"], outputs: ["r"], name: "relu"),
                Node("MaxPool", inputs: ["r"], outputs: ["y"], name: "pool"),
            ], outputs: ["y"])
        let nameless = [
            step("ReorderInput", ["x"], ["t0"], role: .rearrangement), step("Conv", ["t0", "t0"], ["t1", "c"]),
            step("MaxPool", ["t1"], ["y"]),
        ]
        #expect(paths(LayerAttribution(model, profile(nameless))) == [["conv", "add", "relu"], ["pool"]])
        let named = [step("Conv", ["x"], ["c"]), step("AddReluPool", ["c", "x"], ["y"])]
        #expect(paths(LayerAttribution(model, profile(named))) == [["conv"], ["add", "relu", "pool"]])
    }

    @Test func namesThatTheEngineListsCount() {
        let model = model(
            [
                Node("MatMul", inputs: ["x", "w"], outputs: ["m"], name: "product"),
                Node("Add", inputs: ["m", "w"], outputs: ["s"], name: "sum"),
                Node("Tanh", inputs: ["s"], outputs: ["y"]),
            ], outputs: ["y"])
        // A node without a name is called by what it writes.
        let profile = profile([
            step("FullyConnected", [], [], nodes: ["product", "sum"]), step("Tanh", [], [], nodes: ["y"]),
        ])
        let attribution = LayerAttribution(model, profile)
        #expect(paths(attribution) == [["product", "sum"], ["Tanh 2"]])
    }

    @Test func constantsAreFoldedAndWhatNobodyNeedsIsUnused() {
        let model = model(
            [
                Node("Mul", inputs: ["w", "w"], outputs: ["ww"], name: "square"),
                Node("Shape", inputs: ["x"], outputs: ["s"], name: "shape"),
                Node("Gather", inputs: ["s", "w"], outputs: ["g"], name: "gather"),
                Node("Relu", inputs: ["x"], outputs: ["lost"], name: "lost"),
                Node("Reshape", inputs: ["x", "g"], outputs: ["r"], name: "reshape"),
                Node("Add", inputs: ["r", "ww"], outputs: ["y"], name: "add"),
            ], outputs: ["y"])
        // The engine knew the shape, though it runs the reshape.
        let attribution = LayerAttribution(
            model, profile([step("Reshape", ["x", "g"], ["r"]), step("Add", ["r", "ww"], ["y"])], constants: ["g"]))
        #expect(paths(attribution) == [["reshape"], ["add"]])
        #expect(
            attribution.fates == [
                .folded, .folded, .folded, .unused, .attributed(group: 0), .attributed(group: 1),
            ])
        #expect(attribution.counts.numbers == [2, 3, 1, 0])
    }

    @Test func repeatedNodesShareTheirStep() {
        let model = model(
            [
                Node("Relu", inputs: ["x"], outputs: ["a"], name: "one"),
                Node("Relu", inputs: ["x"], outputs: ["b"], name: "two"),
                Node("Neg", inputs: ["a"], outputs: ["c"], name: "left"),
                Node("Neg", inputs: ["b"], outputs: ["d"], name: "right"),
                Node("Exp", inputs: ["d"], outputs: ["e"], name: "exp"),
                Node("Add", inputs: ["c", "e"], outputs: ["y"], name: "add"),
            ], outputs: ["y"])
        let profile = profile([
            step("Relu", ["x"], ["a"]), step("Neg", ["a"], ["c"]), step("Exp", ["c"], ["e"]),
            step("Add", ["c", "e"], ["y"]),
        ])
        #expect(paths(LayerAttribution(model, profile)) == [["one", "two"], ["left", "right"], ["exp"], ["add"]])
    }

    @Test func viewsAtTheEndBelongToTheStepBefore() {
        let model = model(
            [
                Node("Relu", inputs: ["x"], outputs: ["r"], name: "relu"),
                Node("Reshape", inputs: ["r", "w"], outputs: ["y"], name: "reshape"),
            ], outputs: ["y"])
        #expect(paths(LayerAttribution(model, profile([step("Relu", ["x"], ["r"])]))) == [["relu", "reshape"]])
    }

    @Test func stepsOfAFunctionBelongToItsCall() {
        let model = model([Node("Gated", inputs: ["x"], outputs: ["y"], name: "call", domain: "own")], outputs: ["y"])
        let profile = profile([
            step("Sigmoid", ["x"], ["inlined_s"]), step("Mul", ["x", "inlined_s"], ["inlined_m"]),
            step("Neg", ["inlined_m"], ["y"]), step("Exp", ["nowhere"], ["nothing"]),
        ])
        let attribution = LayerAttribution(model, profile)
        #expect(paths(attribution) == [["call"]])
        #expect(attribution.groups[0].steps == [0, 1, 2])
        #expect(attribution.unclaimed == [3])
        #expect(LayerTimes(attribution, profile).unclaimed.share == 0.4)
    }

    /// `y = if c then exp(neg(x)) else sqrt(x)`, both bodies with a value of the same name.
    private var branching: Model {
        let body = { (kinds: [String]) in
            Graph(
                name: "body",
                nodes: kinds.enumerated().map { index, kind in
                    Node(
                        kind, inputs: [index == 0 ? "x" : "v\(index - 1)"], outputs: ["v\(index)"],
                        name: "\(kind.lowercased())")
                }, outputs: [ValueInfo("v\(kinds.count - 1)")])
        }
        return model(
            [
                Node(
                    "If", inputs: ["c"], outputs: ["y"],
                    attributes: [
                        Attribute("then_branch", .graph(body(["Neg", "Exp"]))),
                        Attribute("else_branch", .graph(body(["Sqrt"]))),
                    ], name: "choice")
            ], inputs: ["c", "x"], outputs: ["y"])
    }

    @Test func stepsOfABodyHaveTheirOwnTimeAndTheOtherBranchIsUnused() {
        let profile = profile([
            step("If", ["c"], ["y"]), step("Neg", ["x"], ["v0"], nodes: ["neg"], parent: 0),
            step("Exp", ["v0"], ["v1"], nodes: ["exp"], parent: 0),
        ])
        let attribution = LayerAttribution(branching, profile)
        #expect(
            attribution.nodes.map(\.path) == [
                "choice", "choice/then_branch/neg", "choice/then_branch/exp", "choice/else_branch/sqrt",
            ])
        #expect(paths(attribution) == [["choice"], ["choice/then_branch/neg"], ["choice/then_branch/exp"]])
        #expect(attribution.fates.last == .unused)
        // The branch as told takes longer than the node that runs it, which has no time of its own.
        #expect(LayerTimes(attribution, profile).groups.map(\.nanoseconds) == [0, 20_000, 30_000])
    }

    @Test func aBodyThatTheEngineTellsNothingOfBelongsToItsNode() {
        let attribution = LayerAttribution(branching, profile([step("If", ["c"], ["y"])]))
        #expect(attribution.groups.count == 1)
        #expect(attribution.counts.numbers == [4, 0, 0, 0])
    }

    @Test func anInlinedBranchIsFoundByItsNames() {
        let profile = profile([step("Neg", ["x"], ["v0"], nodes: ["neg"]), step("Exp", ["v0"], ["y"])])
        let attribution = LayerAttribution(branching, profile)
        #expect(paths(attribution) == [["choice", "choice/then_branch/exp"], ["choice/then_branch/neg"]])
        #expect(attribution.fates.last == .unused)
    }

    @Test func aStepThatNobodyKnowsIsNoExcuse() {
        let model = model([Node("Relu", inputs: ["x"], outputs: ["y"], name: "relu")], outputs: ["y"])
        let profile = profile([step("Kernel", [], [])])
        let attribution = LayerAttribution(model, profile)
        #expect(attribution.counts.numbers == [0, 0, 0, 1])
        #expect(LayerTimes(attribution, profile).attributed == 0)
    }

    @Test func enginesAreComparedByTheSmallestBlocksOfBoth() {
        let model = model(
            [
                Node("Conv", inputs: ["x", "w"], outputs: ["c"], name: "conv"),
                Node("Relu", inputs: ["c"], outputs: ["r"], name: "relu"),
                Node("Add", inputs: ["r", "x"], outputs: ["a"], name: "add"),
                Node("Tanh", inputs: ["a"], outputs: ["y"], name: "tanh"),
            ], outputs: ["y"])
        let first = profile([step("Conv", ["x"], ["r"]), step("Add", ["r"], ["a"]), step("Tanh", ["a"], ["y"])])
        let second = profile([step("Conv", ["x"], ["c"]), step("Relu", ["c"], ["r"]), step("Fused", ["r"], ["y"])])
        let comparison = LayerComparison([
            LayerComparison.Side(title: "one", model, first, runs: []),
            LayerComparison.Side(title: "two", model, second, runs: []),
        ])
        #expect(comparison.blocks.map(\.nodes) == [[0, 1], [2, 3]])
        #expect(comparison.blocks.map(\.nanoseconds) == [[10_000, 30_000], [50_000, 30_000]])
        #expect(comparison.blocks.map(\.groups) == [[[0], [0, 1]], [[1, 2], [2]]])
        let table = LayerExhibits(comparison).sideBySide
        #expect(table.rows.count == 4 && table.rows[0].first == .text("conv and 1 more"))
        #expect(LayerExhibits(comparison).profile(of: comparison.sides[0]).rows.count == 3)
    }

    @Test func damagedProfilesAreSurvived() {
        let model = model([Node("Relu", inputs: ["x"], outputs: ["y"], name: "relu")], outputs: ["y"])
        let odd = EngineProfile(
            steps: [step("Relu", ["y"], ["y"], parent: 7)],
            runs: [EngineProfile.Run(spans: [EngineProfile.Span(step: 9, start: nil, duration: 1)])])
        let attribution = LayerAttribution(model, odd)
        #expect(paths(attribution) == [["relu"]])
        #expect(LayerTimes(attribution, odd).steps.nanoseconds == 0)
        #expect(LayerTimes(attribution, EngineProfile()).attributed == 0)
    }
}

extension LayerAttribution.Counts {
    fileprivate var numbers: [Int] { [attributed, folded, unused, unknown] }
}
