import Specs
import Testing

@Suite("Hostile specs")
struct HostileTextTests {
    @Test(
        "texts that would cost memory or stack are refused before they do",
        arguments: [
            // Ten levels of ten references each: 10^10 values.
            (0..<10).map {
                "a\($0): &a\($0) [\(Array(repeating: $0 == 0 ? "x" : "*a\($0 - 1)", count: 10).joined(separator: ","))]"
            }
            .joined(separator: "\n"),
            // The same as a key, which a parser hashes.
            (0..<9).map {
                "a\($0): &a\($0) [\(Array(repeating: $0 == 0 ? "x" : "*a\($0 - 1)", count: 9).joined(separator: ","))]"
            }
            .joined(separator: "\n") + "\n? *a8\n: 1",
            String(repeating: "[", count: 100_000),
            String(repeating: "- ", count: 100_000),
            String(repeating: "? ", count: 100_000),
            (0..<2000).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n"),
            "a: " + String(repeating: "x", count: 1 << 21),
        ])
    func bombs(text: String) {
        #expect(SampleSpec.errors(text).map(\.code) == [.tooLarge])
    }

    @Test("sixteen aliases are allowed, and what they expand to is bounded")
    func expansion() throws {
        let text = "model: &m name\nstack: *m"
        #expect(try SampleSpec.spec.decode(text).value.stacks.map(\.engine) == ["name"])
        let wide = Array(repeating: "x", count: 50_000).joined(separator: ",")
        #expect(SampleSpec.errors("model: &m [\(wide)]\nstack: [*m, *m]").map(\.code) == [.tooLarge])
    }

    @Test("a list or map as a key, an alias to nothing and a reference to itself are refused")
    func oddities() {
        for text in ["? [a]\n: 1", "? {a: 1}\n: 1", "a: *nothing", "a: &a [*a]"] {
            #expect(SampleSpec.errors(text).map(\.code) == [.invalidYAML], "\(text)")
        }
    }

    @Test(
        "10 000 mutations of a good spec are read or refused with a place, never worse",
        arguments: [1, 2, 3, 4] as [UInt64])
    func mutations(seed: UInt64) {
        var state = seed &* 0x9e37_79b9_7f4a_7c15
        func next(_ bound: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(bound))
        }
        let good = Array(DecodingTests.full.utf8)
        let pieces = [
            "{", "}", "[", "]", "&a ", "*a", ": ", "- ", "\n", "\t", "\"", "'", "|\n", ">", "!!", "%", "\u{feff}", "é",
            "? ", "#",
        ]
        var read = 0
        for _ in 0..<2500 {
            var text = good
            for _ in 0...next(4) {
                let place = next(text.count)
                switch next(4) {
                case 0: text[place] = UInt8(next(256))
                case 1: text.remove(at: place)
                case 2: text.insert(contentsOf: Array(pieces[next(pieces.count)].utf8), at: place)
                default:
                    let end = min(text.count, place + next(40))
                    text.insert(contentsOf: text[place..<end], at: next(text.count))
                }
            }
            do {
                let document = try SampleSpec.spec.decode(String(decoding: text, as: UTF8.self), file: "f")
                read += 1
                // What was accepted can be written and read again.
                let again = try? SampleSpec.spec.decode(document.effective.yaml)
                #expect(
                    again?.effective == document.effective, "seed \(seed): \(String(decoding: text, as: UTF8.self))")
            } catch {
                #expect(!error.all.isEmpty)
            }
        }
        #expect(read > 100, "the mutations must not all be refused, or nothing is tried")
    }
}
