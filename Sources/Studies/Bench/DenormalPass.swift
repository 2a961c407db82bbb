import Assets
import Engines
import Graphs
import Measurement
import Records
import Tensors

/// Inputs of 1e-39 against normal ones: on a chain of convolutions without bias, through which they stay denormal, and on a
/// real network, in one worker and in turns.
struct DenormalPass: Sendable {
    let spec: BenchSpec
    let stacks: [PreparedStack]
    let context: StudyContext

    /// The value that fills the inputs, 1e-39 by its bits; the smallest normal number in f32 is 1.2e-38.
    static let value = Float(bitPattern: 713_624)
    /// The real network.
    static let network = "mobilenet-v2"
    private static let rounds = 10

    /// One engine on one model.
    struct Entry: Sendable {
        let model: String
        let stack: String
        let engine: String
        let words: String
        var denormal: [[Int64]] = []
        var normal: [[Int64]] = []
        var outcome = Outcome.State.completed

        /// Time on denormal inputs over that on normal ones.
        var ratio: RatioOfMedians { RatioOfMedians.interleaved(denormal, over: normal) }
    }

    /// Times every engine as it is asked to run, and the peers with denormals kept as well, which shows what is at stake.
    ///
    /// - Throws: what finding the network or writing the chain throws.
    func run(folder: String) async throws -> [Entry] {
        context.progress.report(.began("inputs of 1e-39"))
        var entries: [Entry] = []
        for (file, shape) in try models(folder: folder) {
            for (index, stack) in stacks.enumerated() {
                let kept = BenchConfiguration(engine: index, stack: stack).keepingDenormals
                for configuration in [BenchConfiguration(engine: index, stack: stack)] + (index > 0 ? [kept] : []) {
                    guard !Task.isCancelled else { return entries }
                    entries.append(try await time(configuration, file, shape))
                }
            }
        }
        return entries
    }

    private func time(_ configuration: BenchConfiguration, _ file: ResolvedModel, _ shape: Shape) async throws -> Entry
    {
        let stack = configuration.stack
        var entry = Entry(
            model: file.name, stack: stack.title, engine: stack.request.engine, words: configuration.words)
        var random = SplitMix64(seed: UInt64(clamping: spec.seed))
        let normal = try Tensor((0..<shape.elementCount).map { _ in Float(random.normal()) }, shape: shape)
        let denormal = try Tensor([Float](repeating: Self.value, count: shape.elementCount), shape: shape)
        do throws(WorkerError) {
            let seat = try await StackSeat.start(
                stack, index: configuration.engine, model: file, limits: spec.limits, launcher: context.launcher)
            defer { seat.client.kill() }
            for _ in 0..<Self.rounds {
                entry.normal.append(try await burst(seat, normal))
                entry.denormal.append(try await burst(seat, denormal))
            }
        } catch {
            entry.outcome = Outcome.State(error)
        }
        return entry
    }

    private func burst(_ seat: StackSeat, _ input: Tensor) async throws(WorkerError) -> [Int64] {
        let request = MeasureJob.Request(
            model: seat.loaded.id, inputs: [input], warmup: .zero, warmupRuns: 1, duration: spec.burst / 2,
            maximumSamples: 1000, clock: .processor)
        return try await seat.client.perform(MeasureJob.self, request, limit: spec.limits.run).samples
    }

    private func models(folder: String) throws -> [(ResolvedModel, Shape)] {
        let path = folder + "/convolutions.onnx"
        try Self.chain(seed: spec.seed).write(to: path)
        let chain = ResolvedModel(
            name: "convolutions", path: path, digest: try SHA256.digest(ofFile: path), bytes: 0,
            origin: "four convolutions of 3x3 over 64 channels, without bias, with seeded He-uniform weights")
        return [(chain, [1, 64, 28, 28]), (try context.model(Self.network), [1, 3, 224, 224])]
    }

    /// Four convolutions without bias: what goes in denormal stays so.
    static func chain(seed: Int) throws -> Model {
        var random = SplitMix64(seed: UInt64(clamping: seed))
        let shape: Shape = [64, 64, 3, 3]
        let bound = (3.0 / Double(64 * 9)).squareRoot()
        var nodes: [Node] = []
        var weights: [Initializer] = []
        for index in 0..<4 {
            let values = (0..<shape.elementCount).map { _ in Float((2 * random.unit() - 1) * bound) }
            weights.append(Initializer(name: "w\(index)", tensor: try Tensor(values, shape: shape)))
            nodes.append(
                Node(
                    "Conv", inputs: [index == 0 ? "x" : "y\(index - 1)", "w\(index)"], outputs: ["y\(index)"],
                    attributes: [Attribute("pads", .ints([1, 1, 1, 1]))]))
        }
        let type = ValueType.tensor(.float32, [.fixed(1), .fixed(64), .fixed(28), .fixed(28)])
        let graph = Graph(
            name: "convolutions", nodes: nodes, inputs: [ValueInfo("x", type)], outputs: [ValueInfo("y3", type)],
            initializers: weights)
        var model = Model(opsets: ["": 13], graph: graph)
        model.irVersion = model.lowestSufficientIRVersion
        return model
    }
}

extension BenchConfiguration {
    /// The same with denormal numbers kept.
    var keepingDenormals: BenchConfiguration {
        var stack = stack
        stack.request.options.flushDenormals = false
        return BenchConfiguration(engine: engine, stack: stack)
    }
}
