public import Assets
import Engines
import Graphs
public import Records
public import Specs
import Synchronization

/// The study behind `assay engines --conformance`: which node cases of the ONNX standard each engine passes.
///
/// Each stack runs in a worker of its own, all at once, since nothing is timed. A case that crashes or hangs it is an
/// outcome, and a new worker goes on with the next one.
public struct Conformance: Sendable {
    /// The name of the study in records.
    public static let name = "conformance"

    private let context: StudyContext
    private let cases: NodeCases

    /// Makes the study.
    public init(_ context: StudyContext, cases: NodeCases) {
        self.context = context
        self.cases = cases
    }

    /// What was found, and the stacks that it was found on.
    public struct Findings: Sendable {
        /// What each stack made of the cases, in the order of the spec.
        public var stacks: [StackConformance]
        /// True when it was interrupted before its end.
        public var isPartial: Bool
        let prepared: [PreparedStack]
    }

    /// Runs every chosen case on every stack.
    ///
    /// A cancelled study gives what it has found so far, marked as partial.
    ///
    /// - Throws: `StudyError` of code `noCase`, what making a stack ready throws, and `GraphError` where a case cannot be
    ///   read.
    public func findings(_ spec: ConformanceSpec) async throws -> Findings {
        let names = cases.names.filter { spec.filter.isEmpty || $0.contains(spec.filter) }
        guard !names.isEmpty else {
            throw StudyError(
                .noCase, subject: "case '\(spec.filter)'", reason: "no case's name contains this",
                remedy: "leave it out for all \(cases.names.count)")
        }
        let stacks = try spec.stacks.map { try context.stack($0) }.withDistinctTitles
        let read = try names.map { try NodeCase($0, in: cases) }
        context.progress.report(.began("conformance"))
        let counter = CaseCounter(total: read.count * stacks.count, progress: context.progress)
        let found = await withTaskGroup(of: (Int, StackConformance).self) { group in
            for (index, stack) in stacks.enumerated() {
                let seat = ConformanceSeat(stack, limits: spec.limits, launcher: context.launcher)
                group.addTask { (index, await Self.run(seat, stack.title, read, counter)) }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        return Findings(
            stacks: stacks.indices.compactMap { found[$0] }, isPartial: Task.isCancelled, prepared: stacks)
    }

    private static func run(
        _ seat: ConformanceSeat, _ title: String, _ cases: [NodeCase], _ counter: CaseCounter
    ) async -> StackConformance {
        var seat = seat
        for entry in cases {
            guard !Task.isCancelled else { break }
            await seat.assess(entry)
            counter.count(seat.results.last, on: title)
        }
        await seat.close()
        return seat.conformance
    }

    /// The record of what was found.
    public func record(of findings: Findings, _ spec: ConformanceSpec, effective: SpecValue) throws -> RecordArchive {
        try ConformanceRecord(
            spec: spec, effective: effective, findings: findings, cases: cases, context: context
        ).build()
    }
}

/// Counts the cases that all stacks together are done with, and tells of them.
private final class CaseCounter: Sendable {
    private let done = Mutex(0)
    private let total: Int
    private let progress: StudyProgress

    init(total: Int, progress: StudyProgress) {
        self.total = total
        self.progress = progress
    }

    func count(_ result: ConformanceResult?, on stack: String) {
        if case .fails(let state)? = result?.side {
            progress.report(.warned("\(result?.name ?? "") on \(stack): \(state)"))
        }
        let sum = done.withLock { count in
            count += 1
            return count
        }
        progress.report(.advanced(done: sum, of: total))
    }
}
