import Assets
import Records
import Tensors

/// The outputs of one engine against those of another, on the same inputs.
struct OutputAgreement: Sendable {
    /// max|a−b| / max|b| of the output where it is largest, both taken over all inputs; `nil` where they cannot be compared.
    private(set) var distance: Double?
    /// Why they cannot be compared.
    private(set) var obstacle = ""
    /// How many inputs were compared.
    private(set) var items = 0
    /// Rows over the last axis, of which each has a label: the place of its largest value.
    private(set) var labels = 0
    /// Rows whose labels differ.
    private(set) var differingLabels = 0
    /// Per output the largest difference and the largest magnitude of the reference.
    private var extremes: [String: (difference: Double, reference: Double)] = [:]

    /// Compares by the names of the outputs.
    init(_ entry: FreshPass.Entry, reference: FreshPass.Entry) {
        for (side, words) in [(entry, "it"), (reference, "the reference")] where side.outputs.isEmpty {
            obstacle = "\(words) gave no outputs: \(side.outcome)"
            return
        }
        for (own, other) in zip(entry.outputs, reference.outputs) {
            items += 1
            guard add(own, other) else { return }
        }
        let worst = extremes.values.reduce(0.0) { worst, extreme in
            extreme.difference == 0 ? worst : max(worst, extreme.difference / extreme.reference)
        }
        distance = worst
    }

    private mutating func add(_ own: [NamedTensor], _ reference: [NamedTensor]) -> Bool {
        let own = Dictionary(own.map { ($0.name, $0.tensor) }, uniquingKeysWith: { $1 })
        for output in reference {
            guard let tensor = own[output.name] else {
                obstacle = "it has no output '\(output.name)'"
                return false
            }
            let comparison = TensorComparison(
                tensor, reference: output.tensor, tolerance: .agreement(0, nanEqualsNaN: true))
            guard comparison.outcome == .agrees || comparison.outcome == .values else {
                obstacle = "output '\(output.name)': \(comparison)"
                return false
            }
            let before = extremes[output.name] ?? (0, 0)
            extremes[output.name] = (
                max(before.difference, comparison.maximumDifference),
                max(before.reference, comparison.maximumReference)
            )
            count(tensor, output.tensor)
        }
        return true
    }

    private mutating func count(_ own: Tensor, _ other: Tensor) {
        guard other.elementType.isFloatingPoint, let width = other.shape.last, width > 1,
            let left = try? own.doubles(), let right = try? other.doubles(), left.count == right.count
        else { return }
        for start in stride(from: 0, to: right.count, by: width) {
            labels += 1
            if Self.label(left[start..<(start + width)]) != Self.label(right[start..<(start + width)]) {
                differingLabels += 1
            }
        }
    }

    private static func label(_ row: ArraySlice<Double>) -> Int {
        row.indices.max { row[$0] < row[$1] }.map { $0 - row.startIndex } ?? 0
    }
}
