import Engines
import Measurement
import Records

/// All that a benchmark found, before it is written down.
struct BenchFindings: Sendable {
    /// The stacks, in the order of the spec; the first one is under test.
    var stacks: [PreparedStack]
    var variants: [BenchVariant] = []
    /// Models whose batch cannot be changed, and why, by name.
    var fixedBatches: [(model: String, batch: Int, reason: String)] = []
    var cells: [BenchCell] = []
    var fresh: [FreshPass.Report] = []
    /// What the machine can do at most, by thread count.
    var peaks: [Int: PeakJob.Response] = [:]
    var denormals: [DenormalPass.Entry] = []
    var threads: [ThreadPass.Entry] = []
    var activations: [ActivationPass.Report] = []
    var isPartial = false

    /// The place of the engine that outputs are compared with: ONNX Runtime, or the last one.
    var reference: Int {
        stacks.lastIndex { $0.request.engine == "onnxruntime" } ?? stacks.count - 1
    }
}

/// The engine under test against the faster, or smaller, of its peers.
struct AgainstBest: Sendable {
    /// The place of the better peer.
    let peer: Int
    let ratio: RatioOfMedians

    /// Sets the first list of rounds against the best of the others, by the median of all; `nil` where one side is empty.
    init?(_ rounds: [[[Int64]]]) {
        let medians = rounds.map { Selection.median(of: $0.flatMap(\.self)) }
        let peers = rounds.indices.dropFirst().filter { medians[$0] != nil }
        guard let own = rounds.first, medians.first.flatMap(\.self) != nil,
            let peer = peers.min(by: { (medians[$0] ?? 0) < (medians[$1] ?? 0) })
        else { return nil }
        self.peer = peer
        ratio = RatioOfMedians.interleaved(own, over: rounds[peer])
    }
}
