extension Timeline {
    /// Gives each span without a parent the innermost span of its track whose closed interval contains it (XSP, section
    /// III: parents by containment); a span with a parent keeps it.
    ///
    /// Of spans with one interval, the one higher in the stack of software is outer, then the one that comes first.
    public mutating func linkParents() {
        var order = spans.indices.filter { spans[$0].duration >= 0 }
        order.sort { left, right in
            let (first, second) = (spans[left], spans[right])
            if first.track != second.track { return first.track < second.track }
            if first.start != second.start { return first.start < second.start }
            if first.end != second.end { return first.end > second.end }
            let depths = (first.level?.depth ?? 0, second.level?.depth ?? 0)
            return depths.0 != depths.1 ? depths.0 < depths.1 : left < right
        }
        // Starts ascend, so a span that ends before the present one does can contain no later span that the present one
        // does not also contain: the ends on the stack descend, and its top is the innermost.
        var open: [Int] = []
        for index in order {
            while let top = open.last,
                spans[top].track != spans[index].track || spans[top].end < spans[index].end
            {
                open.removeLast()
            }
            if spans[index].parent == nil, let top = open.last { spans[index].parent = spans[top].id }
            open.append(index)
        }
    }
}
