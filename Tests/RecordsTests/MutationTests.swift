import Foundation
import Records
import TestKit
import Testing

@Suite("Hostile records")
struct MutationTests {
    @Test("mutations of a good archive are read or refused by name, never worse", arguments: [1, 2, 3] as [UInt64])
    func mutations(seed: UInt64) throws {
        var state = seed &* 0x9e37_79b9_7f4a_7c15
        func next(_ bound: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(bound))
        }
        var archive = SampleRecord.archive()
        archive.record.exhibits = Array(archive.record.exhibits.prefix(2))
        let good = Array(try archive.json().canonical.utf8)
        let pieces = ["{", "}", "[", "]", "\"", ",", ":", "null", "1e999", "-", "\\u", "9999999999999999999", "true"]
        var (taken, refused) = (0, 0)
        for _ in 0..<80 {
            var text = good
            for _ in 0...next(3) {
                let place = next(text.count)
                switch next(4) {
                case 0: text[place] = UInt8(next(256))
                case 1: text.remove(at: place)
                case 2: text.insert(contentsOf: Array(pieces[next(pieces.count)].utf8), at: place)
                default: text.removeSubrange(place..<min(text.count, place + next(200)))
                }
            }
            do throws(RecordError) {
                _ = try RecordArchive(json: Data(text), subject: "mutant")
                taken += 1
            } catch {
                refused += 1
                #expect(error.description.hasPrefix("mutant") || error.description.hasPrefix("record"), "\(error)")
            }
        }
        #expect(refused > 25, "seed \(seed): \(taken) taken, \(refused) refused")
    }
}
