import Operators

/// A sliding window in oneDNN's terms: a dilation counts the elements left out.
struct WindowNumbers {
    let size: [Int64]
    let strides: [Int64]
    let gaps: [Int64]
    let before: [Int64]
    let after: [Int64]
    private let window: Kernel.Window

    init(_ window: Kernel.Window) {
        let rank = window.size.count
        self.window = window
        size = window.size.map(Int64.init)
        strides = window.strides.map(Int64.init)
        gaps = window.dilations.map { Int64($0 - 1) }
        before = window.padding[..<rank].map(Int64.init)
        after = window.padding[rank...].map(Int64.init)
    }

    /// How many windows fit along each axis; `nil` where none does.
    func resultExtents(_ extents: [Int]) -> [Int]? {
        guard extents.count == size.count else { return nil }
        var result: [Int] = []
        for axis in extents.indices {
            let room = extents[axis] + Int(before[axis] + after[axis]) - span(axis)
            guard room >= 0 else { return nil }
            result.append(room / window.strides[axis] + 1)
        }
        return result
    }

    /// The elements an axis of the window spans, gaps included.
    func span(_ axis: Int) -> Int { (window.size[axis] - 1) * window.dilations[axis] + 1 }
}
