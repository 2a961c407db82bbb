import Engines
import TestKit
import Tensors
import Testing

/// Every element type through the engine and back, bit for bit, or refused in the engine's own words.
@Suite(.enabled(if: Installed.folder != nil, Installed.reason))
struct ElementTypeTests {
    let probe: EngineProbe

    init() throws { probe = try Installed.probe() }

    private static let wide: [ElementType] = [
        .float32, .uint8, .int8, .uint16, .int16, .int32, .int64, .bool, .float16, .float64, .uint32, .uint64,
    ]
    private static let newer: [ElementType] = [
        .bfloat16, .float8e4m3fn, .float8e4m3fnuz, .float8e5m2, .float8e5m2fnuz,
    ]

    @Test(arguments: wide + newer) func identityKeepsEveryBit(type: ElementType) throws {
        let byteCount = try #require(type.byteCount(of: 8))
        let bytes =
            type == .bool ? [1, 0, 1, 1, 0, 0, 1, 0] : (0..<byteCount).map { UInt8(truncatingIfNeeded: $0 * 37 + 5) }
        let tensor = try Tensor(elementType: type, shape: [2, 4], bytes: Bytes(copying: bytes))
        #expect(try probe.run("identity-\(type.name)", [tensor]) == [tensor])
    }

    @Test(arguments: [ElementType.uint4, .int4, .uint2, .int2]) func packedIntegersAreReadAndWritten(
        type: ElementType
    ) throws {
        guard type.bitWidth == 4 || Self.isAtLeast(1, 31, probe) else { return }
        // The standard packs the first element into the lowest bits: 1, 3, 0, 2, -1 or the greatest, 1, 1, 0.
        let bytes: [UInt8] = type.bitWidth == 4 ? [0x31, 0x20, 0x1F, 0x01] : [0b10_00_11_01, 0b00_01_01_11]
        let packed = try Tensor(elementType: type, shape: [2, 4], bytes: Bytes(copying: bytes))
        let signed = type == .int4 || type == .int2
        let greatest = Float(1 << type.bitWidth) - 1
        let three: Float = type == .int2 ? -1 : 3
        let two: Float = type == .int2 ? -2 : 2
        let values = [1, three, 0, two, signed ? -1 : greatest, 1, 1, 0] as [Float]
        let real = try Tensor(values.map { $0 / 2 }, shape: [2, 4])
        #expect(try probe.run("dequantize-\(type.name)", [packed]) == [real])
        #expect(try probe.run("quantize-\(type.name)", [real]) == [packed])
    }

    @Test func exponentsAreRead() throws {
        guard Self.isAtLeast(1, 31, probe) else { return }
        let powers = try Tensor(elementType: .float8e8m0, shape: [4], bytes: Bytes(copying: [126, 127, 128, 130]))
        #expect(try probe.run("cast-f8e8m0", [powers]) == [Tensor([0.5, 1, 2, 8] as [Float])])
    }

    /// Whether the loaded release is the given one or newer: types get kernels one release at a time.
    private static func isAtLeast(_ major: Int, _ minor: Int, _ probe: EngineProbe) -> Bool {
        let numbers = probe.engine.identity.version.split(separator: ".").compactMap { Int($0) }
        return !numbers.lexicographicallyPrecedes([major, minor])
    }

    @Test func stringsRun() throws {
        let tensor = try Tensor(strings: ["", "a", "drei", "Ωmega"], shape: [1, 4])
        #expect(try probe.run("identity-string", [tensor]) == [tensor])
        let none = try Tensor(strings: [], shape: [0, 4])
        #expect(try probe.run("identity-string", [none]) == [none])
    }

    @Test(arguments: ["f4e2m1", "c64"]) func typesWithoutKernelsAreRefused(name: String) throws {
        let error = try #require(EngineProbe.failure { _ = try probe.prepare("identity-\(name)") })
        #expect([.unsupportedOperator, .refusedModel].contains(error.code))
        #expect(!error.reason.isEmpty)
    }
}
