/// Which operator of a group gives it its name: the one that does most of the work, as far as its kind tells.
enum LayerWeight {
    private static let contractions = [
        "Conv", "MatMul", "Gemm", "LSTM", "GRU", "RNN", "Attention", "Einsum", "DFT", "STFT", "GridSample",
    ]
    private static let passes = [
        "Norm", "Softmax", "Pool", "Reduce", "Resize", "LRN", "Erf", "Gelu", "Tanh", "Sigmoid", "Pow", "Sqrt", "Exp",
    ]
    private static let movements: Set<String> = [
        "Reshape", "Identity", "Unsqueeze", "Squeeze", "Flatten", "Shape", "Cast", "Constant", "Transpose", "Dropout",
    ]

    /// The leading node of a group; among equals the first contraction, else the last node.
    static func leading(_ group: [Int], _ nodes: [LayerNode]) -> Int {
        guard let last = group.last else { return 0 }
        if let heavy = group.first(where: { rank(nodes[$0].kind) == 3 }) { return heavy }
        return group.max { (rank(nodes[$0].kind), $0) < (rank(nodes[$1].kind), $1) } ?? last
    }

    private static func rank(_ kind: String) -> Int {
        if contractions.contains(where: kind.contains) { return 3 }
        if movements.contains(kind) { return 0 }
        return passes.contains(where: kind.contains) ? 2 : 1
    }
}
