import Engines
import Foundation
import Operators
import Tensors

/// Runs a fake model: copies, doubles, or goes wrong.
final class FakeSession: Session {
    private let prepared: FakePreparedModel
    private(set) var runs = 0
    private(set) var transfer: Int64?
    private(set) var detour: Int64 = 0
    private var profile: EngineProfile
    private var known: Set<[Tensor]> = []

    init(_ prepared: FakePreparedModel) {
        self.prepared = prepared
        let steps = prepared.model.layers.enumerated().map { place, layer in
            let isNamed = !layer.node.isEmpty
            return EngineProfile.Step(
                name: isNamed ? "step of \(layer.node)" : "step \(place)", kind: isNamed ? "Sleep" : "FusedSleep",
                implementation: "usleep", nodes: isNamed ? [layer.node] : [], inputs: layer.reads, outputs: layer.writes
            )
        }
        profile = EngineProfile(steps: steps)
    }

    func run(_ inputs: [Tensor], into outputs: OutputSlots) throws(EngineError) {
        let model = prepared.model
        defer { runs += 1 }
        if let mishap = model.onRun, runs == model.atRun {
            try Misbehaviour.commit(mishap, protocolDescriptor: prepared.protocolDescriptor)
        }
        if let time = model.transferMicroseconds {
            let start = MonotonicClock.now()
            usleep(UInt32(time))
            transfer = (transfer ?? 0) + MonotonicClock.now() - start
        }
        if model.runMicroseconds > 0, !(model.keepsResults && !known.insert(inputs).inserted) {
            usleep(UInt32(Double(model.runMicroseconds) * model.slowness(ofRun: runs)))
            detour += Int64(model.deferredMicroseconds) * 1000
        }
        if !model.prints.isEmpty { print(model.prints) }
        sleepThroughLayers()
        for (index, input) in inputs.enumerated() { try write(input, at: index, into: outputs, model.arithmetic) }
    }

    /// Takes the steps, and notes them where a profiler was asked for.
    private func sleepThroughLayers() {
        guard !prepared.model.layers.isEmpty else { return }
        let begin = MonotonicClock.now()
        var run = EngineProfile.Run(spans: [])
        for (index, layer) in prepared.model.layers.enumerated() {
            let start = MonotonicClock.now()
            usleep(UInt32(layer.microseconds))
            run.spans.append(
                .init(
                    step: index, start: prepared.model.tellsStarts ? start - begin : nil,
                    duration: MonotonicClock.now() - start))
        }
        run.duration = MonotonicClock.now() - begin
        if let outside = prepared.model.toldOutside { tell(&run, outside) }
        if prepared.effectiveOptions.profiling { profile.runs.append(run) }
    }

    /// Has a run take what the model says.
    private func tell(_ run: inout EngineProfile.Run, _ outside: Int) {
        var clock: Int64 = 0
        for (index, layer) in prepared.model.layers.enumerated() {
            run.spans[index].duration = Int64(layer.microseconds) * 1000
            run.spans[index].start = run.spans[index].start.map { _ in clock }
            clock += run.spans[index].duration
        }
        run.duration = clock + Int64(outside) * 1000
    }

    var route: String? { runs > 0 ? "fake" : nil }

    func takeProfile() throws(EngineError) -> EngineProfile {
        guard prepared.model.hasProfiler, prepared.effectiveOptions.profiling else {
            throw EngineError(
                .invalidOption, subject: "profiling", reason: "the fake engine was told to have no profiler",
                remedy: "trace it at the level of the model")
        }
        defer { profile.runs = [] }
        profile.route = route
        return profile
    }

    /// Copies values that are no tensors, whatever the arithmetic.
    func evaluate(_ inputs: [Value]) throws(EngineError) -> [Value] {
        inputs.allSatisfy { $0.tensor != nil } ? try evaluateTensors(inputs, outputCount: inputs.count) : inputs
    }

    private func write(
        _ input: Tensor, at index: Int, into outputs: OutputSlots, _ arithmetic: FakeModel.Arithmetic
    ) throws(EngineError) {
        guard let bytes = input.bytes else {
            outputs.set(strings: input, at: index)
            return
        }
        let target: MutableTensor
        do { target = try outputs.memory(at: index, elementType: input.elementType, shape: input.shape) } catch {
            throw EngineError(.runFailed, subject: "output \(index)", reason: error.description)
        }
        target.withUnsafeMutableBytes { target in
            bytes.withUnsafeBytes { target.copyMemory(from: $0) }
            guard input.elementType == .float32 else { return }
            let values = target.bindMemory(to: Float.self)
            if arithmetic != .copy {
                for position in values.indices {
                    values[position] = arithmetic == .double ? values[position] * 2 : .nan
                }
            }
            if prepared.effectiveOptions.threads >= prepared.model.perturbedFromThreads {
                prepared.model.perturbation?.apply(to: values, rowsOf: input.shape.last ?? 1, run: runs)
            }
        }
    }
}
