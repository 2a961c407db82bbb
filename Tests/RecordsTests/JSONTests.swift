import Foundation
import Records
import Testing

@Suite("JSON")
struct JSONTests {
    /// RFC 8785, appendix B, and ECMA-262's thresholds for the exponent.
    @Test(
        "numbers are written as ECMAScript writes them",
        arguments: [
            (0x0000_0000_0000_0001, "5e-324"), (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
            (0x4340_0000_0000_0000, "9007199254740992"), (0x4430_0000_0000_0000, "295147905179352830000"),
            (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"), (0x44b5_2d02_c7e1_4af6, "1e+23"),
            (0x444b_1ae4_d6e2_ef50, "1e+21"), (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
            (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"), (0x41b3_de43_5555_5553, "333333333.3333332"),
            (0x8000_0000_0000_0000, "0"), (0xbff8_0000_0000_0000, "-1.5"),
        ] as [(UInt64, String)])
    func numbers(bits: UInt64, expected: String) {
        #expect(JSONValue.number(Double(bitPattern: bits)).canonical == expected)
    }

    @Test("members are in the order of UTF-16 code units, as RFC 8785 section 3.2.3 has them")
    func order() {
        let value: JSONValue = [
            "\u{20ac}": 1, "\r": 2, "\u{fb33}": 3, "1": 4, "\u{1f600}": 5, "\u{80}": 6, "\u{f6}": 7,
        ]
        #expect(
            value.canonical
                == "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"\u{f6}\":7,\"\u{20ac}\":1,\"\u{1f600}\":5,\"\u{fb33}\":3}")
    }

    @Test(
        "values read back, whole numbers exactly",
        arguments: ["null", "[1,-2,9223372036854775807]", "{\"a\":{}}", "\"\\u0001\\\"\\\\é😀\""])
    func roundTrip(text: String) throws {
        #expect(try JSONCoding.parse(text).canonical == text)
        #expect(try JSONCoding.parse(JSONCoding.parse(text).pretty) == JSONCoding.parse(text))
    }

    @Test(
        "what is not JSON is refused at its byte",
        arguments: [
            ("", 0), ("{", 1), ("[1,]", 3), ("{\"a\":1,\"a\":2}", 12), ("01", 2), ("1.", 2), ("nul", 0), ("\"\\x\"", 3),
            ("\"\\ud800\"", 7), ("[1] 2", 4), ("1e999", 5), (String(repeating: "[", count: 100_000), 256),
            ("\"\n\"", 2),
        ])
    func malformed(text: String, byte: Int) {
        #expect {
            try JSONCoding.parse(text, subject: "t")
        } throws: { error in
            (error as? RecordError)?.subject == "t, byte \(byte)" && (error as? RecordError)?.code == .invalidJSON
        }
    }
}
