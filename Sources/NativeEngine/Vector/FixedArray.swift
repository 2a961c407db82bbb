/// Writes numbers into an array of 64-bit integers in a C structure, which Swift sees as a tuple.
///
/// - Parameter start: the place of the first of them, where rows of a two-dimensional array follow each other.
func store<Numbers>(_ numbers: [Int], in array: inout Numbers, from start: Int = 0) {
    withUnsafeMutableBytes(of: &array) { bytes in
        for (index, number) in numbers.enumerated() {
            bytes.storeBytes(
                of: Int64(number), toByteOffset: (start + index) * MemoryLayout<Int64>.stride, as: Int64.self)
        }
    }
}
