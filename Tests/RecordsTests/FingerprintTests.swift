import Foundation
import Records
import TestKit
import Testing

@Suite("Fingerprints")
struct FingerprintTests {
    private static func samples(_ count: Int, changed: Int? = nil) -> [Fingerprint.Sample] {
        (0..<count).map { Fingerprint.Sample("s\($0)", SHA256.digest(of: "\($0)" + ($0 == changed ? "!" : ""))) }
    }

    private static func archive(parts: [KeptValues.Part], numbers: [Double]) -> RecordArchive {
        var archive = SampleRecord.archive()
        let words = numbers.map { Int64(bitPattern: $0.bitPattern) }
        archive.add("outputs", words, unit: .number)
        var fingerprint = Fingerprint(.outputs, samples(2), labels: [Label.model: "m"])
        fingerprint.kept = KeptValues(digest: SHA256.digest(of: Samples.encode(words)), parts: parts)
        archive.record.fingerprints = [fingerprint]
        return archive
    }

    private static let part = KeptValues.Part(sample: 0, name: "y", type: "f32[3]", count: 3, stride: 1)

    @Test("the digest covers every sample, the list only the first", arguments: [0, 1, 64, 65, 200])
    func covers(count: Int) {
        let all = Fingerprint(.inputs, Self.samples(count))
        #expect(all.count == count && all.samples.count == min(count, Fingerprint.mostListed))
        for changed in [0, count / 2, count - 1] where (0..<count).contains(changed) {
            let other = Fingerprint(.inputs, Self.samples(count, changed: changed))
            #expect(other.digest != all.digest)
            #expect((other.samples != all.samples) == (changed < Fingerprint.mostListed))
        }
        #expect(Fingerprint(.inputs, Self.samples(count).reversed()).digest != all.digest || count < 2)
    }

    @Test("the digest is SHA-256 over lengths, names and digests")
    func published() {
        // printf '1:a%s' $(printf x | sha256sum | cut -c-64) | sha256sum
        let fingerprint = Fingerprint(.inputs, [Fingerprint.Sample("a", SHA256.digest(of: "x"))])
        #expect(
            fingerprint.digest.hex == "3a3d4190f7035705ead6b6ed22169c0c60ca979e5e7cc27d0fded30f7f1c4378")
    }

    @Test("a record keeps its fingerprints, and an archive the numbers behind them")
    func roundTrip() throws {
        let archive = Self.archive(parts: [Self.part], numbers: [1, -0.0, .nan])
        let again = try RecordArchive(json: Data(archive.json().canonical.utf8))
        #expect(again == archive)
        let kept = try #require(again.record.fingerprint(.outputs, [Label.model: "m"])?.kept)
        let numbers = try #require(again.values(of: kept))
        #expect(numbers.map(\.bitPattern) == [1, -0.0, Double.nan].map(\.bitPattern))
        #expect(SchemaCheck(schema: RecordSchema.json).problems(try archive.json()) == [])
        #expect(again.record.fingerprint(.inputs) == nil)
    }

    @Test("numbers that are not those of a series are refused")
    func refusals() throws {
        var wrong = [Self.archive(parts: [Self.part], numbers: [1, 2])]
        wrong.append(Self.archive(parts: [Self.part, Self.part], numbers: [1, 2, 3]))
        var negative = Self.part
        negative.stride = 0
        wrong.append(Self.archive(parts: [negative], numbers: [1, 2, 3]))
        var huge = Self.part
        huge.count = .max
        wrong.append(Self.archive(parts: [huge, huge], numbers: [1, 2, 3]))
        var lost = Self.archive(parts: [Self.part], numbers: [1, 2, 3])
        lost.record.series.removeLast()
        wrong.append(lost)
        for archive in wrong {
            #expect { try archive.verify() } throws: { ($0 as? RecordError)?.code == .malformed }
        }
        try Self.archive(parts: [Self.part], numbers: [1, 2, 3]).verify()
    }

    @Test("what went through counts when two records are compared")
    func comparable() throws {
        var record = Self.archive(parts: [Self.part], numbers: [1, 2, 3]).record
        let digest = try record.comparableDigest()
        record.fingerprints[0] = Fingerprint(.outputs, Self.samples(2, changed: 1), labels: [Label.model: "m"])
        #expect(try record.comparableDigest() != digest)
    }
}
