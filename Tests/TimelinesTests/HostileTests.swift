import Foundation
import Tensors
import TestKit
import Testing
import Timelines

/// Thousands of damaged files: each is read, and then written and read again unchanged, or refused by name.
@Suite("Hostile traces")
struct HostileTests {
    /// A format: its name, a good file of a seed, and what to do with bytes that claim to be one.
    struct Format: Sendable, CustomTestStringConvertible {
        var name: String
        var sample: @Sendable (UInt64) throws -> [UInt8]
        var read: @Sendable ([UInt8]) throws(TimelineError) -> [Timeline]
        var testDescription: String { name }
    }

    private static let limits = TimelineLimits(maximumEvents: 10_000)

    static let formats = [
        Format(
            name: "chrome", sample: { try ChromeTrace.write(RandomTimeline.make(seed: $0)) },
            read: { (bytes) throws(TimelineError) in [try ChromeTrace.read(bytes, subject: "mutant", limits: limits)] }),
        Format(
            name: "perfetto", sample: { try PerfettoTrace.write(RandomTimeline.make(seed: $0)) },
            read: { (bytes) throws(TimelineError) in
                [try PerfettoTrace.read(bytes, subject: "mutant", limits: limits)]
            }),
        Format(
            name: "OTLP protobuf", sample: { try OTLP.protobuf([try trace($0)]) },
            read: { (bytes) throws(TimelineError) in
                try OTLP.read(protobuf: bytes, subject: "mutant", limits: limits).map(\.timeline)
            }),
        Format(
            name: "OTLP JSON", sample: { try OTLP.json([try trace($0)]) },
            read: { (bytes) throws(TimelineError) in
                try OTLP.read(json: bytes, subject: "mutant", limits: limits).map(\.timeline)
            }),
    ]

    private static func trace(_ seed: UInt64) throws -> OTLPTrace {
        OTLPTrace(
            try #require(OTLPTraceID(high: 7, low: seed)),
            RandomTimeline.make(seed: seed, .init(hasCounters: false, hasIdleTracks: false)))
    }

    /// What a reader makes of bytes, or `nil` when it refuses them; says what is wrong with the answer.
    private func exercise(_ bytes: [UInt8], _ format: Format) -> (isRead: Bool, finding: String?) {
        let timelines: [Timeline]
        do throws(TimelineError) {
            timelines = try format.read(bytes)
        } catch {
            let isNamed = error.subject.hasPrefix("mutant") && !error.reason.isEmpty
            return (false, isNamed ? nil : "an error without place or reason: \(error)")
        }
        for timeline in timelines {
            let structural: Set<TimelineError.Code> = [
                .invalidIdentifier, .invalidTrack, .negativeDuration, .outOfRange,
            ]
            if let problem = timeline.problems().first(where: { structural.contains($0.code) }) {
                return (true, "what was read is inconsistent: \(problem)")
            }
            var linked = timeline
            linked.linkParents()
            _ = try? FoldedStacks(linked).text
            guard let written = try? ChromeTrace.write(timeline) else { continue }
            guard let again = try? ChromeTrace.read(written) else { return (true, "what was written cannot be read") }
            if again.spans.count != timeline.spans.count { return (true, "spans were lost") }
        }
        return (true, nil)
    }

    @Test("The corpus of the fuzzer", arguments: HostileTests.formats)
    func corpus(format: Format) throws {
        let folder = testFolder("../../Fuzz/Traces/corpus")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        #expect(files.count > 5)
        for file in files {
            let bytes = [UInt8](try Data(contentsOf: file))
            #expect(exercise(bytes, format).finding == nil, "\(file.lastPathComponent)")
        }
    }

    @Test("Every proper prefix is refused or is a smaller file", arguments: HostileTests.formats)
    func truncated(format: Format) throws {
        let whole = try format.sample(5)
        #expect(exercise(whole, format).isRead)
        for count in stride(from: 0, to: min(whole.count, 4000), by: 3) {
            #expect(exercise(Array(whole.prefix(count)), format).finding == nil, "\(count) bytes")
        }
    }

    @Test("Seeded mutations", arguments: HostileTests.formats)
    func mutations(format: Format) throws {
        let samples = try (0..<40 as Range<UInt64>).map { try format.sample($0) }
        var read = 0
        for seed in 0..<1500 as Range<UInt64> {
            var generator = SplitMix64(seed: seed)
            let mutant = Mutation.of(
                samples[Int(seed % 40)], inserting: Mutation.jsonPieces, using: &generator)
            let (isRead, finding) = exercise(mutant, format)
            #expect(finding == nil, "seed \(seed)")
            if isRead { read += 1 }
        }
        #expect(read > 0 && read < 1500, "\(read) of 1500 were read")
    }

    @Test("Random bytes", arguments: HostileTests.formats)
    func noise(format: Format) {
        for seed in 0..<500 as Range<UInt64> {
            var generator = SplitMix64(seed: seed)
            let bytes = (0..<generator.integer(in: 0...200)).map { _ in UInt8(generator.integer(in: 0...255)) }
            #expect(exercise(bytes, format).finding == nil, "seed \(seed)")
        }
    }
}
