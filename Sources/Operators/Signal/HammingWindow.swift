import Graphs
import Tensors

/// The Hamming window.
struct HammingWindow: WindowOperator {
    let name = "HammingWindow"
    let signature = Self.windowSignature
    static let cosines = [25.0 / 46, -21.0 / 46]

    var examples: [Example] {
        Self.examples(periodic: [4.0 / 46, 25.0 / 46, 1, 25.0 / 46], symmetric: [4.0 / 46, 1, 4.0 / 46])
    }
}
