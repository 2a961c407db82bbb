import COpenVINO
import Engines

/// What the library's counters say of each node of the executed graph: its mean time over all runs so far.
struct ProfilingCounters {
    /// One node.
    struct Counter {
        let name: String
        let kind: String
        let implementation: String
        /// Whole microseconds, the fraction cut off.
        let mean: Int64
    }

    let counters: [Counter]

    /// Reads the counters of a request.
    ///
    /// - Throws: `EngineError`.
    init(_ request: OpaquePointer, _ runtime: Runtime, subject: String) throws(EngineError) {
        var list = OVProfilingList()
        try runtime.check(runtime.functions.profilingInfo(request, &list), subject: subject)
        defer { runtime.functions.freeProfilingInfo(&list) }
        counters = UnsafeBufferPointer(start: list.infos, count: list.infos == nil ? 0 : list.count).map { info in
            Counter(
                name: info.name.map { String(cString: $0) } ?? "", kind: info.kind.map { String(cString: $0) } ?? "",
                implementation: info.implementation.map { String(cString: $0) } ?? "", mean: info.realTime)
        }
    }
}
