package import Assets
import Tensors

/// Chooses the samples of a data set that a study uses.
package enum SelectedSamples {
    /// The indices used, ascending.
    ///
    /// - Throws: `StudyError` of code `data` when nothing is left, `AssetError` when a label cannot be read.
    package static func indices(of data: any DataSet, _ spec: DataSpec, seed: Int) throws -> [Int] {
        guard data.count > 0 else {
            throw StudyError(
                .data, subject: "data", reason: "it has no samples", remedy: "check the path and the pattern")
        }
        guard !spec.only.isEmpty || spec.perLabel != nil else {
            return limited(Array(0..<data.count), spec.limit, seed: seed)
        }
        var byLabel: [String: [Int]] = [:]
        for index in 0..<data.count {
            guard let label = try data.item(at: index).label?.text(classNames: data.classNames) else { continue }
            byLabel[label, default: []].append(index)
        }
        let kept = byLabel.filter { spec.only.isEmpty || spec.only.contains($0.key) }
        guard !kept.isEmpty else {
            throw StudyError(
                .data, subject: "data", reason: "no sample has a label of \(spec.only.joined(separator: ", "))",
                remedy: "its labels are \(byLabel.keys.sorted().prefix(12).joined(separator: ", "))")
        }
        let chosen = kept.keys.sorted().flatMap { limited(kept[$0] ?? [], spec.perLabel, seed: seed) }
        return limited(chosen.sorted(), spec.limit, seed: seed)
    }

    /// At most `limit` of the indices, drawn without replacement, ascending.
    private static func limited(_ indices: [Int], _ limit: Int?, seed: Int) -> [Int] {
        guard let limit, indices.count > limit else { return indices }
        var random = SplitMix64(seed: UInt64(truncatingIfNeeded: seed))
        return random.draw(limit, of: indices).sorted()
    }
}

extension DataLabel {
    /// The label as tasks compare it: a class name where there are names, else the number or text.
    func text(classNames: [String]) -> String {
        switch self {
        case .text(let text): text
        case .index(let index): classNames.indices.contains(index) ? classNames[index] : String(index)
        }
    }
}
