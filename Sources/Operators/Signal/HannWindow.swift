import Graphs
import Tensors

/// The Hann window.
struct HannWindow: WindowOperator {
    let name = "HannWindow"
    let signature = Self.windowSignature
    static let cosines = [0.5, -0.5]

    var examples: [Example] { Self.examples(periodic: [0, 0.5, 1, 0.5], symmetric: [0, 1, 0]) }
}
