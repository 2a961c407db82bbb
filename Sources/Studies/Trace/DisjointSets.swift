/// Sets of numbers that are joined two by two (Tarjan 1975, "Efficiency of a good but not linear set union algorithm").
struct DisjointSets {
    private var parents: [Int]

    init(count: Int) { parents = Array(0..<count) }

    /// The number that stands for the set: its smallest.
    func root(of number: Int) -> Int {
        var root = number
        while parents[root] != root { root = parents[root] }
        return root
    }

    /// Makes one set of the two that hold these numbers.
    mutating func join(_ a: Int, _ b: Int) {
        let (first, second) = (root(of: a), root(of: b))
        let (low, high) = (min(first, second), max(first, second))
        parents[high] = low
        // Those on the way are shortened, so that chains stay short.
        for start in [a, b] {
            var number = start
            while number != low {
                let next = parents[number]
                parents[number] = low
                number = next
            }
        }
    }
}
