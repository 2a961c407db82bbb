import Foundation
import Tensors
import TestKit
import Testing

/// Values as numpy and ml_dtypes make them (Scripts/make-graph-fixtures.py).
struct ConversionOracle: Decodable, Sendable {
    let doubles: [String]
    let halfCodes: [Int]
    let decoded: [String: [String]]
    let rounded: [String: [String]]
    let saturated: [String: [String]]

    static func load() throws -> ConversionOracle {
        let file = testFolder("Fixtures").appendingPathComponent("conversions.json")
        return try JSONDecoder().decode(ConversionOracle.self, from: Data(contentsOf: file))
    }

    static func numbers(_ texts: [String]) throws -> [Double] { try texts.map { try #require(Double($0)) } }
}

/// Equal, with NaN equal to NaN and the zeros told apart.
func same(_ left: Double, _ right: Double) -> Bool {
    left.isNaN ? right.isNaN : left == right && left.sign == right.sign
}

@Suite("Conversions between element types")
struct ConversionTests {
    static let small = ["f8e4m3fn", "f8e4m3fnuz", "f8e5m2", "f8e5m2fnuz", "f6e2m3", "f6e3m2", "f4e2m1", "f8e8m0"]

    @Test("Every code of a small float has the value that ml_dtypes gives it", arguments: small)
    func decodes(name: String) throws {
        let oracle = try ConversionOracle.numbers(#require(try ConversionOracle.load().decoded[name]))
        let type = try #require(ElementType(name: name))
        var packed = [UInt8](repeating: 0, count: (oracle.count * type.bitWidth + 7) / 8)
        for code in oracle.indices {
            for bit in 0..<type.bitWidth where code >> bit & 1 == 1 {
                let position = code * type.bitWidth + bit
                packed[position / 8] |= 1 << UInt8(position % 8)
            }
        }
        let tensor = try Tensor(elementType: type, shape: [oracle.count], bytes: Bytes(copying: packed))
        for (code, (ours, theirs)) in zip(try tensor.doubles(), oracle).enumerated() {
            #expect(same(ours, theirs), "code \(code): \(ours), not \(theirs)")
        }
    }

    @Test("Halves decode as numpy and ml_dtypes decode them", arguments: ["f16", "bf16"])
    func decodesHalves(name: String) throws {
        let oracle = try ConversionOracle.load()
        let type = try #require(ElementType(name: name))
        let tensor = try Tensor(
            elementType: type, shape: [oracle.halfCodes.count],
            bytes: Bytes(copyingElements: oracle.halfCodes.map { UInt16($0) }))
        let theirs = try ConversionOracle.numbers(#require(oracle.decoded[name]))
        #expect(zip(try tensor.floats(), theirs).allSatisfy { same(Double($0), $1) })
    }

    @Test(
        "Rounding to a narrower type gives what numpy and ml_dtypes give",
        arguments: [
            "f32", "f16", "bf16", "f8e4m3fn", "f8e4m3fnuz", "f8e5m2", "f8e5m2fnuz", "f6e2m3", "f6e3m2", "f4e2m1",
        ])
    func rounds(name: String) throws {
        let oracle = try ConversionOracle.load()
        let doubles = try ConversionOracle.numbers(oracle.doubles)
        let type = try #require(ElementType(name: name))
        let direct = name == "f32" || name == "f16"
        let source = Tensor(direct ? doubles : doubles.map { Double(Float($0)) })
        for (key, saturating) in [(oracle.rounded, false), (oracle.saturated, true)] {
            guard let theirs = key[name] else { continue }
            let ours = try source.converted(to: type, saturating: saturating).doubles()
            for (index, (a, b)) in zip(ours, try ConversionOracle.numbers(theirs)).enumerated() {
                // Formats without NaN have no value for it: ml_dtypes leaves the choice open, ONNX too.
                if doubles[index].isNaN && name != "f32" && type.bitWidth < 8 { continue }
                #expect(same(a, b), "\(doubles[index]) to \(name), saturating \(saturating): \(a), not \(b)")
            }
        }
    }

    @Test("Scales are rounded as ONNX says", arguments: [ScaleRounding.up, .down, .nearest])
    func scales(rounding: ScaleRounding) throws {
        let oracle = try ConversionOracle.load()
        let doubles = try ConversionOracle.numbers(oracle.doubles)
        let theirs = try ConversionOracle.numbers(#require(oracle.saturated["f8e8m0 \(rounding.rawValue)"]))
        let magnitudes = Tensor(doubles.map { Double(Float($0)).magnitude })
        let ours = try magnitudes.converted(to: .float8e8m0, scaleRounding: rounding).doubles()
        for (index, (a, b)) in zip(ours, theirs).enumerated() {
            // The package departs from the standard's own table at infinity and below the range: see the next test.
            let magnitude = doubles[index].magnitude
            if magnitude.isInfinite || magnitude > 0 && magnitude < 0x1p-126 { continue }
            #expect(same(a, b), "\(doubles[index]): \(a), not \(b)")
        }
    }

    @Test("Special values become scales by the table of ONNX Cast")
    func specialScales() throws {
        let special = Tensor([0, .nan, .infinity, 1e300, 0x1p-130])
        let saturated = try special.converted(to: .float8e8m0).doubles()
        #expect(saturated[0] == 0x1p-127 && saturated[1].isNaN)
        #expect(saturated[2...] == [0x1p127, 0x1p127, 0x1p-127])
        let open = try special.converted(to: .float8e8m0, saturating: false, scaleRounding: .nearest).doubles()
        #expect(open.filter(\.isNaN).count == open.count)
    }

    @Test("Every value of a narrow type survives a way there and back")
    func roundTrips() throws {
        for type in ElementType.allCases where (1...16).contains(type.bitWidth) && type != .bool {
            let codes = type.bitWidth <= 8 ? 1 << type.bitWidth : 1 << 16
            let bytes = try #require(type.byteCount(of: codes))
            var packed = [UInt8](repeating: 0, count: bytes)
            for code in 0..<codes {
                for bit in 0..<type.bitWidth where code >> bit & 1 == 1 {
                    packed[(code * type.bitWidth + bit) / 8] |= 1 << UInt8((code * type.bitWidth + bit) % 8)
                }
            }
            let tensor = try Tensor(elementType: type, shape: [codes], bytes: Bytes(copying: packed))
            let back = try Tensor(tensor.doubles()).converted(to: type, saturating: false)
            expectAgreement(
                back, tensor, .elementwise(absolute: 0, relative: 0, nanEqualsNaN: true), "\(type.name)")
        }
    }

    @Test("64-bit integers are rounded once")
    func integersRoundOnce() throws {
        // 2^40 + 2^32 lies half-way between two bf16 values but for its last bit, which a stop in f64 must not lose.
        let value = Int64(1) << 62 + Int64(1) << 54 + 1
        let tensor = try Tensor([value, -value, .max, .min]).converted(to: .bfloat16).doubles()
        let step = 0x1p55
        #expect(tensor[0] == 0x1p62 + step)
        #expect(tensor[1] == -(0x1p62 + step))
        #expect(tensor[2] == 0x1p63 && tensor[3] == -0x1p63)
        #expect(try Tensor([UInt64.max]).floats() == [0x1p64])
    }

    @Test("Integers keep their low bits, reals are truncated and clamped")
    func toIntegers() throws {
        #expect(try Tensor([Int16(200), -1]).converted(to: .int8).int64s() == [-56, -1])
        #expect(
            try Tensor([Float(2.9), -2.9, 300, .nan, -.infinity]).converted(to: .uint8).int64s() == [2, 0, 255, 0, 0])
        #expect(try Tensor([Float(2.9), -2.9, 9, -9]).converted(to: .int4).int64s() == [2, -2, 7, -8])
        #expect(
            try Tensor([Double.infinity, 1e19, -1]).converted(to: .uint64).values() as [UInt64]
                == [.max, 10_000_000_000_000_000_000, 0])
        #expect(try Tensor([Double.infinity, -1e30]).int64s() == [.max, .min])
        #expect(try Tensor([Float(0), -0.0, 0.1, .nan]).converted(to: .bool).int64s() == [0, 0, 1, 1])
    }

    @Test("Strings and complex numbers are no numbers")
    func refused() throws {
        let strings = try Tensor(strings: ["1"], shape: [1])
        #expect(throws: TensorError.self) { try strings.floats() }
        #expect(throws: TensorError.self) { try strings.converted(to: .float32) }
        #expect(throws: TensorError.self) { try Tensor([Float(1)]).converted(to: .string) }
        #expect(throws: TensorError.self) { try Tensor([Float(1)]).converted(to: .complex64) }
    }
}
