import Measurement
import Testing

/// How long the machine's clock spins before a query is due.
@Suite struct ServingClockTests {
    private func late(_ usual: Int64, worst: Int64) -> [Int64] {
        (0..<40).map { $0 < 38 ? usual : worst }
    }

    /// With a processor to spare gaps of a millisecond are waited for without a sleep, on a machine that wakes threads well.
    @Test func aSpareProcessorIsSpunOn() {
        #expect(MachineServingClock.spin(late: late(60_000, worst: 900_000), sparesProcessor: true) == 1_000_000)
        #expect(MachineServingClock.spin(late: late(2_000_000, worst: 2_000_000), sparesProcessor: true) == 2_500_000)
        #expect(MachineServingClock.spin(late: late(80_000_000, worst: 80_000_000), sparesProcessor: true) == 5_000_000)
    }

    /// Where the engine needs the processor only what most sleeps take too long is spun through, rare ones left alone.
    @Test func aFullMachineIsSparedTheSpin() {
        #expect(MachineServingClock.spin(late: late(60_000, worst: 900_000), sparesProcessor: false) == 75_000)
        #expect(MachineServingClock.spin(late: late(1_000, worst: 900_000), sparesProcessor: false) == 20_000)
        #expect(MachineServingClock.spin(late: late(8_000_000, worst: 8_000_000), sparesProcessor: false) == 1_000_000)
        #expect(MachineServingClock.spin(late: [100_000], sparesProcessor: false) == 125_000)
    }

    /// On this machine: one thread that waits leaves the rest free, more threads than there are processors leave none.
    @Test func theMachineDecides() {
        let granted = MachineProbe().grantedProcessors
        let one = MachineServingClock.calibrated(busy: 0).spin
        #expect(granted > 1 ? one >= 1_000_000 : one <= 1_000_000, "\(one) ns on \(granted) processors")
        #expect(MachineServingClock.calibrated(busy: Int(granted)).spin <= 1_000_000)
    }
}
