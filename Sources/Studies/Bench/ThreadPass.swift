import Assets
import Engines
import Foundation
import Measurement
import Records
import Tensors

/// Whether the engine under test obeys the number of threads: processor time against the clock, threads of the operating
/// system, the same bits from two workers, and rest between runs.
struct ThreadPass: Sendable {
    let spec: BenchSpec
    let stack: PreparedStack
    let context: StudyContext

    /// Networks of each kind; the last two are the ones whose sums are longest and whose steps are shortest.
    static let models = ["mobilenet-v2", "resnet-50-random", "paraphrase-minilm", "silero-vad"]
    private static let rest = Duration.milliseconds(500)

    /// The engine on one model with one number of threads.
    struct Entry: Sendable {
        let model: String
        let threads: Int
        /// Processor time over the time that passed, while it ran.
        var busy: Double?
        /// Threads of the process while the model is loaded, where the system tells.
        var processThreads: Int?
        /// Processor time over the time that passed, while it rested.
        var idle: Double?
        /// Runs of two workers whose bits differ from those of the first run.
        var otherBits = 0
        var runs = 0
        var outcome = Outcome.State.completed
    }

    /// Looks at each model at each thread count.
    ///
    /// - Throws: what reading a model throws.
    func run(folder: String) async throws -> [Entry] {
        var entries: [Entry] = []
        for name in Self.models where !Task.isCancelled {
            context.progress.report(.began("threads on \(name)"))
            let subject = try BenchSubject(BenchSuite.model(named: name), spec: spec, context: context)
            let variant = try subject.variant(batch: 1, folder: folder)
            for threads in spec.threads where !Task.isCancelled {
                var entry = Entry(model: name, threads: threads)
                do throws(WorkerError) { try await look(at: variant, &entry) } catch {
                    entry.outcome = Outcome.State(error)
                    context.progress.report(.warned("threads on \(name): \(error)"))
                }
                entries.append(entry)
            }
        }
        return entries
    }

    private func look(at variant: BenchVariant, _ entry: inout Entry) async throws(WorkerError) {
        var stack = stack
        stack.request.options.threads = entry.threads
        var first: [Tensor]?
        for worker in 0..<2 {
            let seat = try await StackSeat.start(
                stack, index: 0, model: variant.file, limits: spec.limits, launcher: context.launcher)
            defer { seat.client.kill() }
            for _ in 0..<3 {
                let outputs = try await seat.client.run(
                    seat.loaded, seat.ordered(variant.inputs), limit: spec.limits.run
                ).outputs
                entry.runs += 1
                if let first, first != outputs { entry.otherBits += 1 }
                first = first ?? outputs
            }
            if worker == 0 { try await watch(seat, variant, &entry) }
        }
    }

    private func watch(_ seat: StackSeat, _ variant: BenchVariant, _ entry: inout Entry) async throws(WorkerError) {
        let request = MeasureJob.Request(
            model: seat.loaded.id, inputs: seat.ordered(variant.inputs), duration: .milliseconds(300))
        let response = try await seat.client.perform(MeasureJob.self, request, limit: spec.limits.run)
        entry.busy = Double(response.processorNanoseconds) / Double(max(response.elapsedNanoseconds, 1))
        entry.processThreads = Self.threads(of: seat)
        let before = try await seat.client.status()
        let start = MonotonicClock.now()
        try? await Task.sleep(for: Self.rest)
        let after = try await seat.client.status()
        let passed = MonotonicClock.now() - start
        entry.idle = Double(after.processorNanoseconds - before.processorNanoseconds) / Double(max(passed, 1))
    }

    /// What Linux tells of the process; nothing where the worker runs elsewhere.
    private static func threads(of seat: StackSeat) -> Int? {
        guard seat.client.launcher.seesFiles,
            let text = try? String(contentsOfFile: "/proc/\(seat.client.hello.process)/status", encoding: .utf8)
        else { return nil }
        let line = text.split(separator: "\n").first { $0.hasPrefix("Threads:") }
        return line.flatMap { Int($0.dropFirst("Threads:".count).filter(\.isNumber)) }
    }
}
