/// How a window meets the border of a feature map.
enum Padding: Sendable, Hashable {
    /// No padding: windows stay inside.
    case valid
    /// As TensorFlow pads: `ceil(extent / stride)` windows, the odd row or column after the content.
    case same
    /// The same number of rows and columns on every side.
    case symmetric(Int)

    /// Rows before and after the content of one dimension.
    func amounts(extent: Int, kernel: Int, stride: Int) -> (before: Int, after: Int) {
        switch self {
        case .valid: return (0, 0)
        case .symmetric(let amount): return (amount, amount)
        case .same:
            let windows = (extent + stride - 1) / stride
            let total = max((windows - 1) * stride + kernel - extent, 0)
            return (total / 2, total - total / 2)
        }
    }

    /// The extent of the output in one dimension.
    func outputExtent(_ extent: Int, kernel: Int, stride: Int) -> Int {
        let (before, after) = amounts(extent: extent, kernel: kernel, stride: stride)
        return (extent + before + after - kernel) / stride + 1
    }
}
