import Foundation
import Records
import Specs
import Studies
import TestKit
import Tensors
import Testing

/// Comparisons of records with times that are known.
@Suite struct CompareRecordsTests {
    /// A record of sessions whose medians lie around a level, each process, round and run with noise of its own.
    private func archive(
        _ levels: [String: Double], processes: Int = 6, session: Double = 0, seed: UInt64, flat: Bool = false
    ) throws -> RecordArchive {
        var random = SplitMix64(seed: seed)
        let record = Record(study: "evaluate", title: "t", tool: "test", machine: SampleRecord.machine, seed: 1)
        var archive = RecordArchive(record)
        let shift = session * random.normal()
        for (stack, level) in levels.sorted(by: { $0.key < $1.key }) {
            let data = (0..<processes).map { _ in
                let process = 0.002 * random.normal()
                return (0..<4).map { _ in
                    let round = process + shift + 0.001 * random.normal()
                    return (0..<20).map { _ in Int64(level * exp(round + 0.01 * random.normal())) }
                }
            }
            let labels = [Label.model: "m", Label.stack: stack]
            if flat {
                archive.add("latency", data.flatMap { $0.flatMap(\.self) }, labels: labels)
            } else {
                archive.add("latency", processes: data, labels: labels)
            }
        }
        return archive
    }

    private func run(
        _ records: [[RecordArchive]], _ change: (inout CompareSpec) -> Void = { _ in }
    ) throws -> CompareFindings {
        var spec = CompareSpec()
        change(&spec)
        return try CompareRecords(try FakeBench([:]).context).run(
            records, spec, effective: CompareSpec.spec.effective(spec)
        ).1
    }

    @Test func oneSessionASideIsWidened() throws {
        let (old, new) = (try archive(["a 1": 1e6], seed: 1), try archive(["a 2": 1.03e6], seed: 2))
        let wide = try #require(try run([[old], [new]]).comparisons.first)
        // 3 % is within what two sessions of one thing may differ by.
        #expect(wide.answer.hasPrefix("cannot tell: one session a side"), "\(wide.answer)")
        #expect(wide.ratio?.interval?.method.hasSuffix("+drift") ?? false)
        let narrow = try #require(try run([[old], [new]]) { $0.drift = 0 }.comparisons.first)
        let ratio = try #require(narrow.ratio?.value)
        #expect(narrow.answer == "slower" && abs(ratio - 1.03) < 0.01)
        #expect(try run([[old], [new]]).notes.contains { $0.contains("5 %") })
    }

    @Test func severalSessionsASideTellOfThemselves() throws {
        func sessions(_ level: Double, _ seeds: Range<UInt64>, spread: Double) throws -> [RecordArchive] {
            try seeds.map { try archive(["a 1": level], session: spread, seed: $0) }
        }
        let quiet = try run([try sessions(1e6, 10..<14, spread: 0.002), try sessions(1.03e6, 20..<24, spread: 0.002)])
        #expect(quiet.comparisons.first?.answer == "slower" && quiet.sides.count == 2)
        let noisy = try run([try sessions(1e6, 10..<14, spread: 0.05), try sessions(1.03e6, 20..<24, spread: 0.05)])
        #expect(noisy.comparisons.first?.state == .unknown)
    }

    @Test func stacksOfOneRecordTookTurns() throws {
        let findings = try run([[try archive(["a 1": 1e6, "b 1": 1.1e6], seed: 3)]])
        #expect(findings.comparisons.map(\.answer) == ["slower"])
        #expect(findings.notes == ["The stacks of one record took turns on one machine."])
    }

    @Test func anotherReleaseOfAnEngineIsItsCounterpart() throws {
        let old = try archive(["a 1.0": 1e6, "b 1": 2e6], seed: 4)
        let new = try archive(["a 1.1": 1.5e6, "b 1": 2e6, "c 1": 3e6], seed: 5)
        let findings = try run([[old], [new]])
        let pairs = findings.comparisons.map { [findings.sides[$0.side].stack, findings.sides[$0.against].stack] }
        #expect(pairs == [["a 1.1", "a 1.0"], ["b 1", "b 1"]])
        #expect(findings.comparisons.first?.answer == "slower")
    }

    @Test func recordsWithoutRoundsAreCutIntoBlocks() throws {
        let old = try archive(["a 1": 1e6], seed: 6, flat: true)
        let new = try archive(["a 1": 1.2e6], seed: 7, flat: true)
        #expect(try run([[old], [new]]).comparisons.first?.answer == "slower")
    }

    @Test func nothingToCompare() throws {
        let empty = RecordArchive(
            Record(study: "evaluate", title: "t", tool: "test", machine: SampleRecord.machine, seed: 1))
        #expect(throws: StudyError.self) { try run([[empty], [empty]]) }
        let (one, other) = (
            try archive(["a 1": 1e6, "b 1": 1e6], seed: 8), try archive(["c 1": 1e6, "d 1": 1e6], seed: 9)
        )
        #expect(throws: StudyError.self) { try run([[one], [other]]) }
    }
}
