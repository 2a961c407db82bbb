import Tensors

/// Finds elements by rank in linear expected time (Hoare 1961, "Algorithm 65: Find"), without sorting.
package struct Selection {
    private var values: [Double]
    private var random = SplitMix64(seed: 0x5E1E_C7)

    /// Takes a copy of the values, none of which may be NaN.
    package init(_ values: [Double]) { self.values = values }

    /// The element that would have index `rank` after sorting; later calls profit from earlier ones.
    package mutating func element(rank: Int) -> Double {
        var low = 0
        var high = values.count - 1
        while low < high {
            let pivot = values[random.integer(in: low...high)]
            let (less, greater) = partition(low, high, around: pivot)
            if rank < less {
                high = less - 1
            } else if rank > greater {
                low = greater + 1
            } else {
                return pivot
            }
        }
        return values[rank]
    }

    /// The middle sample, or the mean of the two in the middle; `nil` for none.
    package static func median(of samples: [Int64]) -> Double? { median(of: samples.map(Double.init)) }

    /// The middle number, or the mean of the two in the middle; `nil` for none.
    package static func median(of samples: [Double]) -> Double? {
        guard !samples.isEmpty else { return nil }
        var selection = Selection(samples)
        let middle = selection.element(rank: samples.count / 2)
        return samples.count.isMultiple(of: 2)
            ? (middle + selection.element(rank: samples.count / 2 - 1)) / 2 : middle
    }

    /// Moves what is less than the pivot before what equals it, and that before what is greater (Dijkstra's partition):
    /// clocks give many equal samples.
    private mutating func partition(_ low: Int, _ high: Int, around pivot: Double) -> (less: Int, greater: Int) {
        var (less, greater, index) = (low, high, low)
        while index <= greater {
            if values[index] < pivot {
                values.swapAt(index, less)
                less += 1
                index += 1
            } else if values[index] > pivot {
                values.swapAt(index, greater)
                greater -= 1
            } else {
                index += 1
            }
        }
        return (less, greater)
    }
}
