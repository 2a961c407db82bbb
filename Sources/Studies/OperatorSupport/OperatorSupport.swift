import Engines
import Operators
public import Records
public import Specs

/// The study behind `assay operators`: which operators each engine computes as the reference kernels do, which it
/// refuses, and how fast it is at them, on the examples of the catalogue.
///
/// Each stack runs in a worker of its own. An example that crashes or hangs it is an outcome, and a new worker goes on
/// with the next one.
public struct OperatorSupport: Sendable {
    /// The name of the study in records.
    public static let name = "operators"

    private let context: StudyContext

    /// Makes the study.
    public init(_ context: StudyContext) { self.context = context }

    /// What was found, and the stacks that it was found on.
    public struct Findings: Sendable {
        /// What each stack made of the examples, in the order of the spec.
        public var stacks: [StackSupport]
        /// True when it was interrupted before its end.
        public var isPartial: Bool
        let prepared: [PreparedStack]
    }

    /// Runs every example of the chosen operators on every stack.
    ///
    /// A cancelled study gives what it has found so far, marked as partial.
    ///
    /// - Throws: `StudyError` of code `unknownOperator`, what making a stack ready throws, and `OperatorError` where an
    ///   example breaks its operator's rules.
    public func findings(_ spec: OperatorSupportSpec) async throws -> Findings {
        let targets = try OperatorChoice.operators(named: spec.operators)
        let stacks = try spec.stacks.map { try context.stack($0) }.withDistinctTitles
        var seats = stacks.map { SupportSeat($0, limits: spec.limits, launcher: context.launcher) }
        var turns = SeededTurns(seed: spec.seed)
        context.progress.report(.began("operators"))
        for (index, target) in targets.enumerated() {
            for example in target.examples {
                guard !Task.isCancelled else { break }
                try await assess(
                    try SupportExample(ExampleModel(target, example)), on: &seats, spec.measure, &turns)
            }
            context.progress.report(.advanced(done: index + 1, of: targets.count))
        }
        for index in seats.indices { await seats[index].close() }
        return Findings(stacks: seats.map(\.support), isPartial: Task.isCancelled, prepared: stacks)
    }

    /// One example on all stacks; where it is timed, in each round all take their turn in an order drawn anew.
    private func assess(
        _ example: SupportExample, on seats: inout [SupportSeat], _ measure: MeasureSpec, _ turns: inout SeededTurns
    ) async throws {
        for index in seats.indices {
            let wasOpen = seats[index].isOpen
            await seats[index].assess(example)
            let support = seats[index].support
            if case .failed(let state)? = support.cases.last?.state {
                context.progress.report(.warned("\(example.target) on \(support.title): \(state)"))
            }
            if wasOpen, !seats[index].isOpen {
                context.progress.report(.warned("\(support.title): \(support.outcome)"))
            }
        }
        if measure.enabled {
            for round in 0..<measure.rounds {
                let timed = seats.indices.filter { seats[$0].canBeTimed }
                for index in turns.next(timed) where !Task.isCancelled {
                    await seats[index].time(measure, isFirst: round == 0)
                }
            }
        }
        for index in seats.indices { await seats[index].letGo() }
    }

    /// Runs the study and makes its record.
    ///
    /// - Throws: as `findings(_:)` does.
    public func run(_ spec: OperatorSupportSpec, effective: SpecValue) async throws -> RecordArchive {
        try record(of: try await findings(spec), spec, effective: effective)
    }

    /// The record of what was found.
    public func record(
        of findings: Findings, _ spec: OperatorSupportSpec, effective: SpecValue
    ) throws -> RecordArchive {
        try OperatorSupportRecord(spec: spec, effective: effective, findings: findings, context: context).build()
    }
}
