/// The colours that the samples of a picture are numbers of.
struct ColorTable {
    /// Red, green and blue of each colour.
    let colors: [(UInt8, UInt8, UInt8)]

    /// The colours of the numbers; a number without a colour is black.
    func pixels(_ numbers: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(numbers.count * 3)
        for number in numbers {
            let color = Int(number) < colors.count ? colors[Int(number)] : (0, 0, 0)
            result.append(color.0)
            result.append(color.1)
            result.append(color.2)
        }
        return result
    }
}
