/// Greedy selection of boxes by score that do not overlap too much.
struct BoxSelection {
    /// A box by its corners along both axes.
    struct Box {
        let low: (Float, Float)
        let high: (Float, Float)

        var area: Float { (high.0 - low.0) * (high.1 - low.1) }

        /// The area that two boxes share over the area that they cover; 0 where they do not meet.
        func overlap(_ other: Box) -> Float {
            let extents = (
                min(high.0, other.high.0) - max(low.0, other.low.0), min(high.1, other.high.1) - max(low.1, other.low.1)
            )
            guard extents.0 > 0, extents.1 > 0 else { return 0 }
            let shared = extents.0 * extents.1
            let union = area + other.area - shared
            return area > 0 && other.area > 0 && union > 0 ? shared / union : 0
        }
    }

    /// The boxes of every image, one image after the other.
    let corners: [Box]
    /// `[image, class, box]`.
    let scores: [Float]
    /// The number of boxes of an image.
    let boxes: Int
    /// The number of classes.
    let classes: Int
    /// The largest number of boxes of an image and class.
    let limit: Int
    /// The largest intersection over union that two selected boxes may have.
    let overlap: Float
    /// Boxes must score above this, where it is given.
    let lowestScore: Float?

    /// The selected boxes of one class, best first.
    func boxes(image: Int, ofClass number: Int) -> [Int] {
        let start = (image * classes + number) * boxes
        let candidates = (0..<boxes)
            .filter { box in lowestScore.map { scores[start + box] > $0 } ?? true }
            .sorted { (scores[start + $0], -$0) > (scores[start + $1], -$1) }
        var selected: [Int] = []
        for box in candidates {
            if selected.count >= limit { break }
            let own = corners[image * boxes + box]
            if selected.allSatisfy({ own.overlap(corners[image * boxes + $0]) <= overlap }) { selected.append(box) }
        }
        return selected
    }
}
