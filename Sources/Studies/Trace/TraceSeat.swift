import Engines
import Graphs
import Measurement
import Tensors
import Timelines

/// A stack at work with something that watches it: every way of watching takes a worker of its own.
struct TraceSeat: Sendable {
    /// What watches.
    enum Watch: Sendable, Hashable, CaseIterable {
        /// Nothing inside the engine: the levels of application, model, system and hardware.
        case nothing
        /// The engine's own profiler: the level of layers.
        case profiler
        /// The profiler, and what the library of kernels prints: the level of library calls.
        case library
    }

    let watch: Watch
    let title: String
    private let stack: PreparedStack
    private let model: ResolvedModel
    private let limits: LimitSpec
    private let launcher: Launcher
    private(set) var client: WorkerClient
    private(set) var opened: OpenedEngine
    private(set) var loaded: LoadedModel
    private var isFresh = true

    /// Whether the session is watched by the engine's profiler.
    var isProfiled: Bool { stack.request.options.profiling }

    /// Starts a worker, opens the engine and loads the model.
    ///
    /// - Parameter hasProfiler: whether the engine is known to have one, or nothing is known yet.
    /// - Throws: `WorkerError`; the worker is gone then.
    static func start(
        _ stack: PreparedStack, watch: Watch, hasProfiler: Bool, model: ResolvedModel, limits: LimitSpec,
        launcher: Launcher
    ) async throws(WorkerError) -> TraceSeat {
        var stack = stack
        stack.request.options.profiling = watch != .nothing && hasProfiler
        if watch == .library {
            stack.request.environment["ONEDNN_VERBOSE"] = "1"
            stack.request.environment["ONEDNN_VERBOSE_TIMESTAMP"] = "1"
        }
        let seat = try await StackSeat.start(stack, index: 0, model: model, limits: limits, launcher: launcher)
        return TraceSeat(
            watch: watch, title: stack.title, stack: stack, model: model, limits: limits, launcher: launcher,
            client: seat.client, opened: seat.opened, loaded: seat.loaded)
    }

    /// Watches a model for one turn.
    ///
    /// Taking a profile may end a session's use, so that each profiled turn has a process of its own.
    /// - Throws: `WorkerError`.
    mutating func perform(
        _ inputs: [String: Tensor], change: (inout TraceJob.Request) -> Void
    ) async throws(WorkerError) -> TraceJob.Response {
        if isProfiled, !isFresh {
            await client.shutdown()
            let seat = try await StackSeat.start(stack, index: 0, model: model, limits: limits, launcher: launcher)
            (client, opened, loaded) = (seat.client, seat.opened, seat.loaded)
        }
        isFresh = false
        var request = TraceJob.Request(model: loaded.id, inputs: loaded.ordered(inputs))
        change(&request)
        let limit =
            limits.run + (.nanoseconds(request.warmupNanoseconds) + .nanoseconds(request.durationNanoseconds)) * 4
        return try await client.perform(TraceJob.self, request, limit: limit)
    }
}

extension Timeline.Level {
    /// What watches a run of this level.
    var watch: TraceSeat.Watch {
        switch self {
        case .application, .model, .system, .hardware: .nothing
        case .layer: .profiler
        case .library: .library
        }
    }
}
