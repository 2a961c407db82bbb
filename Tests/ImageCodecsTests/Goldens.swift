import Foundation
import Testing

/// Reads the goldens that Pillow and OpenCV made, and makes the pictures they were made from.
enum Goldens {
    static func json<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
        let url = try #require(Bundle.module.url(forResource: "Goldens", withExtension: nil))
        return try JSONDecoder().decode(type, from: Data(contentsOf: url.appendingPathComponent(name)))
    }

    /// FNV-1a, 64 bits, as sixteen hexadecimal digits.
    static func hash(_ bytes: some Sequence<UInt8>) -> String {
        var value: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// The high bytes of the linear congruential generator of Numerical Recipes.
    static func noise(seed: Int, count: Int) -> [UInt8] {
        var state = UInt32(seed)
        return (0..<count).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(state >> 24)
        }
    }
}
