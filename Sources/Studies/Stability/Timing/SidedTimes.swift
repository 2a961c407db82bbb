import Measurement

/// Run times seen from both sides, in nanoseconds.
package struct SidedTimes: Sendable, Hashable {
    /// Inside the engine, as it tells it.
    package private(set) var engine: [Int64] = []
    /// From the request until the outputs were here.
    package private(set) var client: [Int64] = []
    /// What of the engine's own time inputs and outputs took to its device and back; empty where it computes in main memory.
    package private(set) var transfer: [Int64] = []

    /// Takes times of the same runs.
    package init(engine: [Int64] = [], client: [Int64] = [], transfer: [Int64] = []) {
        self.engine = engine
        self.client = client
        self.transfer = transfer
    }

    /// The median of what lies outside of the engine's own time; `nil` without runs.
    var outside: Double? { Selection.median(of: zip(client, engine).map { max($0 - $1, 0) }) }

    /// The same within the engine's own time: computing, and until outputs were back from the device; `nil` where there is none.
    ///
    /// Kernels that are not waited for show on the way back.
    var onDevice: SidedTimes? {
        guard !transfer.isEmpty, transfer.count == engine.count else { return nil }
        return SidedTimes(engine: zip(engine, transfer).map { $0 - $1 }, client: engine)
    }

    /// Takes several stretches as one.
    init(joining stretches: [SidedTimes]) {
        self.init(
            engine: stretches.flatMap(\.engine), client: stretches.flatMap(\.client),
            transfer: stretches.flatMap(\.transfer))
    }

    mutating func add(engine own: Int64, client whole: Int64, transfer moved: Int64? = nil) {
        engine.append(own)
        client.append(whole)
        if let moved { transfer.append(moved) }
    }
}
