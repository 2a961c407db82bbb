import CONNXRuntime
import Engines

/// How many nodes of a loaded model the device runs: the library leaves to the processor what its provider has no kernel for.
struct NodeAssignment: Sendable {
    /// The session setting under which the library notes it.
    static let setting = "session.record_ep_graph_assignment_info"

    /// All nodes of the model as the library runs it.
    let total: Int
    /// Those that the device runs.
    let onDevice: Int

    /// Reads it from a session; `nil` for a release before 1.24.
    ///
    /// - Throws: `EngineError` of code `refusedModel` where the device runs none of the nodes.
    init?(
        _ session: OpaquePointer, on device: CUDADevice, runtime: Runtime, subject: String
    ) throws(EngineError) {
        guard let api = runtime.table24 else { return nil }
        var parts: UnsafePointer<OpaquePointer>?
        var count = 0
        try runtime.check(api.pointee.Session_GetEpGraphAssignmentInfo(session, &parts, &count), subject: subject)
        var (total, onDevice) = (0, 0)
        for part in UnsafeBufferPointer(start: parts, count: parts == nil ? 0 : count) {
            var name: UnsafePointer<CChar>?
            try runtime.check(api.pointee.EpAssignedSubgraph_GetEpName(part, &name), subject: subject)
            var nodes: UnsafePointer<OpaquePointer>?
            var nodeCount = 0
            try runtime.check(api.pointee.EpAssignedSubgraph_GetNodes(part, &nodes, &nodeCount), subject: subject)
            total += nodeCount
            if let name, String(cString: name) == device.provider { onDevice += nodeCount }
        }
        guard onDevice > 0 || total == 0 else {
            throw EngineError(
                .refusedModel, subject: subject, reason: "none of its \(total) nodes runs on the device",
                remedy: "leave `device` at `cpu`")
        }
        self.total = total
        self.onDevice = onDevice
    }

    /// For records: `cuda`, `cuda, 3 of 70 nodes on the processor`.
    func words(on device: ComputeDevice) -> String {
        onDevice == total ? "\(device)" : "\(device), \(total - onDevice) of \(total) nodes on the processor"
    }
}
