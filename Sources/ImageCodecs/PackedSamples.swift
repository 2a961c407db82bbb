/// Samples of 1, 2, 4 or 8 bits, packed from the highest bit of each byte on.
enum PackedSamples {
    /// The samples of a row as whole bytes; the row must hold them.
    static func unpack(_ row: ArraySlice<UInt8>, width: Int, count: Int) -> [UInt8] {
        if width == 8 { return Array(row.prefix(count)) }
        let mask = UInt8(truncatingIfNeeded: (1 << width) - 1)
        return (0..<count).map { index in
            let bit = index * width
            return row[row.startIndex + bit / 8] >> UInt8(8 - width - bit % 8) & mask
        }
    }
}
