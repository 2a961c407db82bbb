import Engines

/// One way in which an engine can be told to run.
struct BenchConfiguration: Sendable, Hashable {
    /// The place of the engine in the spec.
    let engine: Int
    let stack: PreparedStack

    /// Every configuration that an engine is tried in at a thread count.
    ///
    /// The engine under test runs as it is asked to; each peer may choose how it treats denormal numbers and, with several
    /// threads and where it can, whether idle ones spin.
    static func all(of stack: PreparedStack, engine: Int, threads: Int) -> [BenchConfiguration] {
        let spinning = engine > 0 && threads > 1 && canSpin.contains(stack.request.engine) ? [false, true] : [false]
        let flushing = engine > 0 ? [true, false] : [stack.request.options.flushDenormals]
        return spinning.flatMap { spins in
            flushing.map { flushes in
                var stack = stack
                stack.request.options.threads = threads
                if engine > 0 { stack.request.options.spinning = spins }
                stack.request.options.flushDenormals = flushes
                return BenchConfiguration(engine: engine, stack: stack)
            }
        }
    }

    /// Peers with a setting by which idle threads spin.
    private static let canSpin: Set<String> = ["onnxruntime"]

    /// The configuration in words: `spinning, denormals flushed`.
    var words: String {
        let options = stack.request.options
        return (options.threads > 1 ? (options.spinning ? "spinning, " : "not spinning, ") : "")
            + (options.flushDenormals ? "denormals flushed" : "denormals kept")
    }
}
