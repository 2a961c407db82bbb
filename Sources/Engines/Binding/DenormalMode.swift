import CFloatingPoint

/// How this thread's vector unit treats denormal numbers, set for the length of a call into an engine.
///
/// ONNX Runtime sets the mode of the calling thread once in a process, from its first session; OpenVINO sets it and
/// leaves it set. Both would otherwise decide about each other's numbers, and about those of the caller.
package struct DenormalMode {
    private let previous: UInt64

    /// Sets the mode; `restore` must follow on the same thread.
    package init(flushed: Bool) { previous = assay_set_denormals_flushed(flushed ? 1 : 0) }

    /// Puts the earlier mode back.
    package func restore() { assay_restore_denormals(previous) }

    /// Runs `body` in a mode and restores the earlier one.
    ///
    /// - Throws: what `body` throws.
    package static func with<Result: ~Copyable>(
        flushed: Bool, _ body: () throws(EngineError) -> Result
    ) throws(EngineError) -> Result {
        let mode = DenormalMode(flushed: flushed)
        defer { mode.restore() }
        return try body()
    }
}
