import Specs
import Testing

@Suite("Reading specs")
struct DecodingTests {
    static let full = """
        # a comment
        model: mobilenetv2
        stack:
          - onnxruntime
          - {engine: openvino, version: 1.20, precision: bf16, threads: 2, options: {spin: false, n: [1, 2.5, "x"]}}
        warmup: 50 ms
        limit: 8 GB
        rate: 2.4 kHz
        quick: true
        share: 1
        tags: {owner: me, "on": "yes"}
        steps:
          - flip
          - scale
          - scale: 0.5
          - resize: {size: [224, 224]}
        """

    @Test("every kind of value is read")
    func readsAll() throws {
        let sample = try SampleSpec.spec.decode(Self.full).value
        #expect(sample.model == "mobilenetv2")
        #expect(sample.stacks.map(\.engine) == ["onnxruntime", "openvino"])
        #expect(sample.stacks[1].version == "1.20")
        #expect(sample.stacks[1].precision == .bf16)
        #expect(sample.stacks.map(\.threads) == [nil, 2])
        #expect(sample.stacks[1].options == ["spin": false, "n": [1, 2.5, "x"]])
        #expect(sample.warmup == .milliseconds(50))
        #expect(sample.limit == 8_000_000_000)
        #expect(sample.rate == 2400)
        #expect(sample.quick)
        #expect(sample.share == 1)
        #expect(sample.tags == [SpecNamed("owner", "me"), SpecNamed("on", "yes")])
        #expect(sample.steps == [.flip, .scale(1), .scale(0.5), .resize(.init(size: [224, 224]))])
    }

    @Test("defaults come from the initial value, and one value serves as a list")
    func defaults() throws {
        let sample = try SampleSpec.spec.decode("{model: m, stack: native}").value
        #expect(sample == SampleSpec(model: "m", stacks: [.init(engine: "native")]))
    }

    @Test("the effective spec has all defaults and reads back to the same value")
    func effective() throws {
        for text in [Self.full, "{model: m, stack: native}"] {
            let document = try SampleSpec.spec.decode(text)
            for written in [document.effective.yaml, document.effective.json] {
                let again = try SampleSpec.spec.decode(written)
                #expect(again.value == document.value)
                #expect(again.effective == document.effective)
            }
        }
        let effective = try SampleSpec.spec.decode("{model: m, stack: native}").effective
        #expect(
            effective.yaml == """
                model: "m"
                stack:
                  - engine: "native"
                    version: "*"
                    precision: "f32"
                    threads: null
                    options: {}
                warmup: "500 ms"
                limit: "64 KiB"
                rate: "100 Hz"
                quick: false
                share: 0.5
                tags: {}
                steps: []

                """)
    }

    @Test(
        "plain scalars follow the core schema of YAML 1.2",
        arguments: [
            ("no", SpecValue.string("no")), ("on", "on"), ("1:30", "1:30"), ("010", "010"), ("0x10", "0x10"),
            ("1_000", "1_000"), (".inf", ".inf"), ("~", .null), ("true", true), ("12", 12), ("-0.5", -0.5),
            ("1e3", 1000.0),
            ("\"12\"", "12"), ("1.", 1.0), ("99999999999999999999", 99999999999999999999.0),
            ("2026-07-29", "2026-07-29"),
        ])
    func scalars(text: String, expected: SpecValue) throws {
        struct Holder: Sendable { var value = SpecValue.null }
        let spec = SpecObject("any", "", initial: Holder(), [SpecField("v", \.value, .anything, "")])
        #expect(try spec.decode("v: \(text)").value.value == expected)
    }

    @Test(
        "durations, sizes and frequencies need their unit",
        arguments: [
            ("1.5 s", Duration.milliseconds(1500)), ("2min", .seconds(120)), ("7 us", .microseconds(7)),
            ("7 µs", .microseconds(7)), ("0 ns", .zero), ("1 h", .seconds(3600)),
        ])
    func durations(text: String, expected: Duration) throws {
        let document = try SampleSpec.spec.decode("{model: m, stack: n, warmup: \(text)}")
        #expect(document.value.warmup == expected)
        #expect(try SampleSpec.spec.decode(document.effective.json).value.warmup == expected)
    }
}
