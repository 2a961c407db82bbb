import Records
import Testing

@Suite("Numbers for readers")
struct FormatTests {
    @Test(
        "three significant digits and a scale that suits",
        arguments: [
            (12_345_678.0, MetricUnit.nanoseconds, "12.3 ms"), (999.4, .nanoseconds, "999 ns"),
            (999.6, .nanoseconds, "1.00 µs"),
            (0, .nanoseconds, "0 ns"), (75e9, .nanoseconds, "75.0 s"), (600e9, .nanoseconds, "10.0 min"),
            (1.5, .seconds, "1.50 s"), (0.0021, .seconds, "2.10 ms"), (91e6, .bytes, "86.8 MiB"),
            (512, .bytes, "512 B"),
            (0.9, .fraction, "90.0 %"), (1, .fraction, "100 %"), (1.4, .ratio, "1.40×"),
            (3_504_872, .count, "3,504,872"),
            (1234, .count, "1234"), (6e8, .flop, "600 MFLOP"), (4.2e10, .flopPerSecond, "42.0 GFLOP/s"),
            (3.1e-6, .number, "3.10e-6"), (0.00031, .number, "0.000310"), (-2.5, .number, "−2.50"),
            (-0.0, .number, "0"),
            (.nan, .number, "not a number"), (-.infinity, .number, "−∞"), (0.0031, .joules, "3.10 mJ"),
            (141.7, .itemsPerSecond, "142 /s"), (9.999, .number, "10.0"), (1e18, .number, "1.00e18"),
            (2.5, MetricUnit(rawValue: "dB"), "2.50 dB"),
        ])
    func formats(value: Double, unit: MetricUnit, expected: String) {
        #expect(unit.format(value) == expected)
    }

    @Test(
        "an interval shares the scale of its value and shows its own width",
        arguments: [
            (12_345_678.0, 12_100_000.0, 12_600_000.0, MetricUnit.nanoseconds, "12.35 ms [12.10, 12.60]"),
            (7_150_000, 7_149_000, 7_151_200, .nanoseconds, "7.1500 ms [7.1490, 7.1512]"),
            (0.9, 0.699, 0.972, .fraction, "90.0 % [69.9, 97.2]"), (0, 0, 0.16, .fraction, "0 % [0, 16]"),
            (10, 10, 10, .count, "10 [10, 10]"),
        ])
    func intervals(value: Double, lower: Double, upper: Double, unit: MetricUnit, expected: String) {
        #expect(unit.format(value, Interval(lower: lower, upper: upper, method: "m")) == expected)
    }

    @Test("a quantity shows value, interval and count")
    func quantity() {
        let quantity = Quantity(
            0.9, .fraction, interval: Interval(lower: 0.699, upper: 0.972, method: "wilson"), count: 20)
        #expect(quantity.description == "90.0 % [69.9, 97.2] n=20")
        #expect(Metric("energy", unavailable: "no counter", unit: .joules).description == "not available: no counter")
        #expect(Metric("x", 0.5, .fraction, modelled: true).description == "50.0 % (modelled)")
    }
}
