import Assets
import Records
import Studies
import Testing

/// Which samples a study uses: by label, by number, by seed.
@Suite struct SelectedSamplesTests {
    /// Samples with the labels of a text, one letter each.
    private struct Letters: DataSet {
        let labels: [String]
        var count: Int { labels.count }
        var kind: SampleKind { .file }
        var classNames: [String] { [] }
        func name(of index: Int) -> String { "\(index)" }
        func item(at index: Int) throws(AssetError) -> DataItem {
            DataItem(name: "\(index)", sample: .tensors([]), label: .text(labels[index]))
        }
        func contentHash() throws(AssetError) -> Digest { SHA256.digest(of: labels.joined()) }
    }

    private let data = Letters(labels: "abcabcabcaaaaaab".map(String.init))

    private func indices(seed: Int = 1, _ change: (inout DataSpec) -> Void) throws -> [Int] {
        var spec = DataSpec(FileList(path: "."))
        change(&spec)
        return try SelectedSamples.indices(of: data, spec, seed: seed)
    }

    @Test func allInOrderWhereNothingIsAsked() throws {
        #expect(try indices { _ in } == Array(0..<16))
    }

    @Test func onlyKeepsTheLabelsNamed() throws {
        #expect(try indices { $0.only = ["b", "c"] } == [1, 2, 4, 5, 7, 8, 15])
    }

    @Test func perLabelBoundsEachLabel() throws {
        let chosen = try indices { $0.perLabel = 2 }
        #expect(chosen == chosen.sorted() && Set(chosen).count == 6)
        let counts = Dictionary(grouping: chosen) { data.labels[$0] }.mapValues(\.count)
        #expect(counts == ["a": 2, "b": 2, "c": 2])
    }

    @Test func aLimitIsDrawnBySeed() throws {
        let first = try indices { $0.limit = 5 }
        #expect(first.count == 5 && first == first.sorted() && Set(first).count == 5)
        #expect(try indices { $0.limit = 5 } == first)
        let others = try (2..<12).map { seed in try indices(seed: seed) { $0.limit = 5 } }
        #expect(others.contains { $0 != first })
        // Every sample is drawn by some seed: nothing is left out by position.
        let all = try (0..<200).flatMap { seed in try indices(seed: seed) { $0.limit = 5 } }
        #expect(Set(all) == Set(0..<16))
        #expect(try indices { $0.limit = 99 } == Array(0..<16))
    }

    @Test func aLabelThatNobodyHasIsNamed() {
        do {
            _ = try indices { $0.only = ["d"] }
            Issue.record("it chose something")
        } catch {
            #expect((error as? StudyError)?.code == .data)
            #expect("\(error)".contains("a, b, c"))
        }
    }
}
