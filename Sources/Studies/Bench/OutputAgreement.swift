import Assets
import Records
import Tensors

/// The outputs of one engine against those of another, on the same inputs.
struct OutputAgreement: Sendable {
    /// The largest max|a−b| / max|b| of any output; `nil` where they cannot be compared.
    private(set) var distance: Double?
    /// Why they cannot be compared.
    private(set) var obstacle = ""
    /// Rows over the last axis, of which each has a label: the place of its largest value.
    private(set) var labels = 0
    /// Rows whose labels differ.
    private(set) var differingLabels = 0

    /// Compares by the names of the outputs.
    init(_ entry: FreshPass.Entry, reference: FreshPass.Entry) {
        for (side, words) in [(entry, "it"), (reference, "the reference")] where side.outputs.isEmpty {
            obstacle = "\(words) gave no outputs: \(side.outcome)"
            return
        }
        let own = Dictionary(entry.outputs.map { ($0.name, $0.tensor) }, uniquingKeysWith: { $1 })
        var worst = 0.0
        for output in reference.outputs {
            guard let tensor = own[output.name] else {
                obstacle = "it has no output '\(output.name)'"
                return
            }
            let comparison = TensorComparison(
                tensor, reference: output.tensor, tolerance: .agreement(0, nanEqualsNaN: true))
            switch comparison.outcome {
            case .agrees, .values: worst = max(worst, comparison.agreement)
            default:
                obstacle = "output '\(output.name)': \(comparison)"
                return
            }
            count(tensor, output.tensor)
        }
        distance = worst
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
