import Engines
import TestKit
import Tensors
import Testing

/// Element types through the engine and back, bit for bit, or refused in the engine's own words.
@Suite(.enabled(if: Installed.folder != nil, Installed.reason))
struct ElementTypeTests {
    let probe: EngineProbe

    init() throws { probe = try Installed.probe() }

    @Test(arguments: [
        ElementType.float32, .uint8, .int8, .uint16, .int16, .int32, .bool, .float16, .float64, .uint32,
        .uint64, .bfloat16, .float8e4m3fn, .float8e5m2,
    ]) func identityKeepsEveryBit(type: ElementType) throws {
        let byteCount = try #require(type.byteCount(of: 8))
        let bytes =
            type == .bool ? [1, 0, 1, 1, 0, 0, 1, 0] : (0..<byteCount).map { UInt8(truncatingIfNeeded: $0 * 37 + 5) }
        let tensor = try Tensor(elementType: type, shape: [2, 4], bytes: Bytes(copying: bytes))
        #expect(try probe.run("identity-\(type.name)", [tensor]) == [tensor])
    }

    @Test func wideIntegersKeepTheir32LowBits() throws {
        // The CPU plug-in computes i64 in 32 bits.
        let tensor = try Tensor([0, -1, 1 << 30, -1 << 31] as [Int64], shape: [1, 4])
        #expect(try probe.run("identity-i64", [tensor]) == [tensor])
    }

    @Test(arguments: [ElementType.uint4, .int4]) func packedIntegersAreRead(type: ElementType) throws {
        // The standard packs the first element into the lower half of a byte: 1, 3, 0, 2, -1 or 15, 1, 1, 0.
        let packed = try Tensor(elementType: type, shape: [2, 4], bytes: Bytes(copying: [0x31, 0x20, 0x1F, 0x01]))
        let values = [1, 3, 0, 2, type == .int4 ? -1 : 15, 1, 1, 0] as [Float]
        #expect(
            try probe.run("dequantize-\(type.name)", [packed]) == [try Tensor(values.map { $0 / 2 }, shape: [2, 4])])
    }

    @Test(arguments: ["string", "c64", "f8e4m3fnuz", "u2"]) func otherTypesAreRefused(name: String) throws {
        let error = try #require(EngineProbe.failure { _ = try probe.prepare("identity-\(name)") })
        #expect([.unsupportedOperator, .refusedModel].contains(error.code))
        #expect(!error.reason.isEmpty)
    }
}
