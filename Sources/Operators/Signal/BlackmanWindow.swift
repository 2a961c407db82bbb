import Graphs
import Tensors

/// The Blackman window.
struct BlackmanWindow: WindowOperator {
    let name = "BlackmanWindow"
    let signature = Self.windowSignature
    static let cosines = [0.42, -0.5, 0.08]

    var examples: [Example] { Self.examples(periodic: [0, 0.34, 1, 0.34], symmetric: [0, 1, 0]) }
}
