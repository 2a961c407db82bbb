import Assets
import Engines
import Foundation
import Graphs
import Measurement
import Studies
import TestKit
import Tensors
import Testing

/// Layer profiles of the real engines, from worker to table.
@Suite(.timeLimit(.minutes(10))) struct LayerProfileTests {
    struct Profiled {
        let response: ProfileJob.Response
        let attribution: LayerAttribution
        let times: LayerTimes

        /// The paths of the nodes of each group.
        var groups: [[String]] { attribution.groups.map { $0.nodes.map { attribution.nodes[$0].path } } }

        /// The group of a node.
        func group(of path: String) -> [String]? { groups.first { $0.contains(path) } }

        func fate(_ path: String) -> LayerAttribution.Fate? {
            attribution.nodes.firstIndex { $0.path == path }.map { attribution.fates[$0] }
        }
    }

    static func profile(
        _ engine: InstalledEngine, _ model: Model, path: String? = nil, _ inputs: (LoadedModel) throws -> [Tensor],
        runs: Int = 24
    ) async throws -> Profiled {
        let worker = try #require(TestWorker.product)
        let client = try await WorkerClient.start(Launcher(name: "test", prefix: [], worker: worker))
        _ = try await client.open(engine: engine.name, libraries: engine.libraries)
        var loaded: [LoadedModel] = []
        for profiling in [true, false] {
            let options = EngineOptions(profiling: profiling)
            if let path {
                loaded.append(try await client.load(contentsOf: path, options: options))
            } else {
                let source = ModelSource(
                    name: model.graph.name, bytes: try model.serialized(), directory: nil, isOriginal: false)
                loaded.append(try await client.load(source, options: options))
            }
        }
        let request = ProfileJob.Request(
            model: loaded[0].id, plain: loaded[1].id, inputs: try inputs(loaded[0]), runs: runs)
        let response = try await client.perform(ProfileJob.self, request, limit: .seconds(300))
        await client.shutdown()
        let profile = response.profile
        let attribution = LayerAttribution(model, profile)
        return Profiled(
            response: response, attribution: attribution,
            times: LayerTimes(attribution, profile, runs: response.times))
    }

    /// What holds for every model on every engine.
    static func check(_ profiled: Profiled, _ subject: String) {
        let (attribution, times) = (profiled.attribution, profiled.times)
        #expect(attribution.counts.total == attribution.nodes.count, "\(subject): every node has one fate")
        #expect(attribution.counts.unknown == 0, "\(subject): \(attribution.unknownNodes)")
        var seen: [Int: Int] = [:]
        for step in attribution.groups.flatMap(\.steps) + attribution.rearrangements + attribution.unclaimed {
            seen[step, default: 0] += 1
        }
        #expect(seen.values.allSatisfy { $0 == 1 }, "\(subject): a step is counted once")
        #expect(seen.count == profiled.response.profile.steps.count, "\(subject): and every step is counted")
        for (index, run) in profiled.response.profile.runs.enumerated() where times.run.nanoseconds > 0 {
            let steps = run.spans.filter { profiled.response.profile.steps[$0.step].parent == nil }
            let sum = steps.reduce(0) { $0 + $1.duration }
            // A profiler that counts in microseconds cuts fractions off here and there.
            #expect(sum <= (run.duration ?? 0) + Int64(steps.count) * 3000, "\(subject), run \(index)")
        }
        #expect(!profiled.response.profile.runs.isEmpty)
        #expect(times.unclaimed.share == 0, "\(subject): \(attribution.unclaimed)")
        #expect(profiled.response.times.count == profiled.response.plainTimes.count)
    }

    private func fusible(_ kind: FusibleModels, _ engine: InstalledEngine) async throws -> Profiled {
        let input = try kind.input
        let profiled = try await Self.profile(engine, kind.model, { _ in [input] })
        Self.check(profiled, "\(kind.rawValue) on \(engine.name)")
        return profiled
    }

    private func checkFusions(_ engine: InstalledEngine) async throws {
        let convolution = try await fusible(.convolution, engine)
        #expect(convolution.groups == [["conv", "norm", "relu"], ["pool"]], "\(engine.name)")
        let gelu = try await fusible(.gelu, engine)
        // The bias is fused into the product or into the function after it; the function is one with all its nodes.
        let function = try #require(gelu.group(of: "erf"))
        #expect(
            Set(["divide", "erf", "plus", "times", "halve"]).isSubset(of: Set(function)), "\(engine.name): \(function)")
        #expect(gelu.group(of: "softmax") == ["softmax"])
        #expect(gelu.group(of: "bias")?.count ?? 0 > 1, "\(engine.name): \(gelu.groups)")
        let residual = try await fusible(.residual, engine)
        #expect(residual.group(of: "first") == ["first", "relu"], "\(engine.name): \(residual.groups)")
        // OpenVINO adds in a step of its own what the convolution itself has read.
        let sum = engine.name == "openvino" ? ["add", "last"] : ["second", "add", "last"]
        #expect(residual.group(of: "add") == sum, "\(engine.name): \(residual.groups)")
        let transposes = try await fusible(.transposes, engine)
        #expect(transposes.groups.count >= 2)
        let folding = try await fusible(.folding, engine)
        // ONNX Runtime computes what nobody reads.
        #expect((folding.fate("lost") == .unused) == (engine.name != "onnxruntime"), "\(engine.name)")
        #expect(folding.fate("square") == .folded, "\(engine.name)")
        #expect(folding.group(of: "softmax") == ["softmax"])
    }

    @Test(.enabled(if: InstalledEngine.onnxRuntime.isReady, InstalledEngine.onnxRuntime.reason))
    func onnxRuntimeFusesAsKnown() async throws { try await checkFusions(.onnxRuntime) }

    @Test(.enabled(if: InstalledEngine.openVINO.isReady, InstalledEngine.openVINO.reason))
    func openVINOFusesAsKnown() async throws { try await checkFusions(.openVINO) }

    @Test(.enabled(if: InstalledEngine.native.isReady, InstalledEngine.native.reason))
    func nativeFusesAsKnown() async throws { try await checkFusions(.native) }

    /// The models that the project shows itself on, with the extents that they leave open.
    struct Flagship: Sendable, CustomTestStringConvertible {
        let name: String
        let extents: [Int]

        var testDescription: String { name }
        static let all = [
            Flagship(name: "mobilenet-v2", extents: [1]), Flagship(name: "ppocr-v4-rec", extents: [1, 3, 48, 320]),
            Flagship(name: "paraphrase-minilm", extents: [1, 48]), Flagship(name: "silero-vad", extents: [1, 512]),
        ]

        static var areThere: Bool {
            let zoo = ModelZoo(fetcher: ArtifactFetcher(home: AssayHome()))
            return all.allSatisfy { flagship in (try? ModelZoo.entry(named: flagship.name)).map(zoo.isFetched) == true }
        }

        func input(_ info: ValueInfo) throws -> Tensor {
            guard case .tensor(let element, let shape)? = info.type else { return Tensor([0] as [Float]) }
            let dimensions = shape?.dimensions ?? extents.map { _ in .unknown }
            let concrete = Shape(dimensions.enumerated().map { $1.value ?? (info.name == "state" ? 1 : extents[$0]) })
            let values = (0..<concrete.elementCount).map { index -> Double in
                if info.name == "sr" { return 16_000 }
                return element.isFloatingPoint ? Double((index * 7919) % 1009) / 504.5 - 1 : 1
            }
            return try Tensor(values, shape: concrete).converted(to: element)
        }
    }

    private func checkFlagships(_ engine: InstalledEngine) async throws {
        // OpenVINO 2026.4.1 refuses silero.
        for flagship in Flagship.all where engine.name != "openvino" || flagship.name != "silero-vad" {
            let path = try ModelZoo(fetcher: ArtifactFetcher(home: AssayHome())).fetch(
                try ModelZoo.entry(named: flagship.name))
            let model = try Model(contentsOf: path)
            let profiled = try await Self.profile(
                engine, model, path: path, { try $0.inputs.map(flagship.input) }, runs: 12)
            let subject = "\(flagship.name) on \(engine.name)"
            Self.check(profiled, subject)
            #expect(profiled.times.attributed > 0.5, "\(subject)")
            let route = profiled.response.profile.route
            #expect(route == (engine.name == "native" ? "plan" : nil), "\(subject): no silent fall-back")
        }
    }

    @Test(
        .enabled(
            if: InstalledEngine.onnxRuntime.isReady && Flagship.areThere, "needs ONNX Runtime and the zoo's flagships"))
    func onnxRuntimeOnFlagships() async throws { try await checkFlagships(.onnxRuntime) }

    @Test(.enabled(if: InstalledEngine.openVINO.isReady && Flagship.areThere, "needs OpenVINO and the zoo's flagships"))
    func openVINOOnFlagships() async throws { try await checkFlagships(.openVINO) }

    @Test(.enabled(if: InstalledEngine.native.isReady && Flagship.areThere, "needs oneDNN and the zoo's flagships"))
    func nativeOnFlagships() async throws { try await checkFlagships(.native) }
}

extension LayerAttribution {
    var unknownNodes: [String] { nodes.indices.filter { fates[$0] == .unknown }.map { nodes[$0].path } }
}
