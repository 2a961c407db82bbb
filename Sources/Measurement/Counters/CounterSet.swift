import Records

/// The counters of some groups, opened on this process and read before and after each run.
struct CounterSet {
    private enum Reader {
        case event(PerfEvent)
        case book(@Sendable (ProcessSnapshot) -> Double)
    }

    private var counters: [(description: CounterDescription, reader: Reader)] = []
    private var missing: [CounterSeries] = []
    private let usesBooks: Bool

    /// Opens what the groups hold; what cannot be opened is kept with the reason.
    init(_ groups: Set<CounterGroup>) {
        usesBooks = groups.contains(.system)
        if groups.contains(.system) { openSystem() }
        if groups.contains(.hardware) { openHardware() }
    }

    /// True when no counter could be opened.
    var isEmpty: Bool { counters.isEmpty }

    /// All counters as they stand.
    func read() -> [Double] {
        let books = usesBooks ? ProcessSnapshot.now() : nil
        return counters.map { counter in
            switch counter.reader {
            case .event(let event): event.read()
            case .book(let value): books.map(value) ?? .nan
            }
        }
    }

    /// What two readings with nothing between them differ by: what reading costs by itself.
    func costOfReading() -> [Double] {
        var least = [Double](repeating: .infinity, count: counters.count)
        for _ in 0..<5 {
            let (before, after) = (read(), read())
            for index in least.indices { least[index] = min(least[index], after[index] - before[index]) }
        }
        return least.map { $0.isFinite ? max(0, $0) : 0 }
    }

    /// The differences of pairs of readings, counter by counter.
    func series(_ pairs: [(before: [Double], after: [Double])], cost: [Double]) -> [CounterSeries] {
        counters.enumerated().map { index, counter in
            let values = pairs.map { max(0, $0.after[index] - $0.before[index] - cost[index]) }
            guard values.allSatisfy(\.isFinite) else {
                return CounterSeries(
                    counter.description, unavailable: "it had no register of the processor to count in")
            }
            if case .event = counter.reader, counter.description.mustCount, values.allSatisfy({ $0 == 0 }) {
                return CounterSeries(
                    counter.description, unavailable: "it stays 0 while the model runs, so nothing is counted here")
            }
            return CounterSeries(counter.description, values: values)
        } + missing
    }

    /// Stops counting.
    func close() {
        for counter in counters { if case .event(let event) = counter.reader { event.close() } }
    }

    // MARK: - What there is

    private mutating func openSystem() {
        book("page-faults.minor", "Page faults without reading from disk", "getrusage") { $0.minorFaults }
        book("page-faults.major", "Page faults that read from disk", "getrusage") { $0.majorFaults }
        book("switches.voluntary", "Threads that gave up the processor", "getrusage") { $0.voluntarySwitches }
        book("switches.involuntary", "Threads that lost the processor to others", "getrusage") {
            $0.involuntarySwitches
        }
        event("migrations", "Threads that changed processors", PerfEvent.Kind.software, 4, counts: false)
        book("calls.read", "Calls of the read family", "/proc/self/io") { $0.readCalls }
        book("calls.write", "Calls of the write family", "/proc/self/io") { $0.writeCalls }
        openSystemCalls()
        book("time.processor", "Processor time of all threads", "clock_gettime", unit: .nanoseconds) {
            $0.processorTime
        }
        book(
            "time.waiting", "Time that ready threads had no processor", "/proc/self/task/*/schedstat",
            unit: .nanoseconds
        ) { $0.waiting }
    }

    /// All system calls, where the kernel's trace points can be reached.
    private mutating func openSystemCalls() {
        let file = "events/raw_syscalls/sys_enter/id"
        let places = ["/sys/kernel/tracing/\(file)", "/sys/kernel/debug/tracing/\(file)"]
        let text = places.lazy.compactMap(ProcFile.text).first
        guard let config = text.flatMap({ UInt64($0.filter(\.isNumber)) }) else {
            missing.append(
                CounterSeries(
                    CounterDescription("calls.all", "System calls", source: "perf_event_open"),
                    unavailable: "the trace points of the kernel cannot be read (tracefs is absent, or takes root)"))
            return
        }
        event("calls.all", "System calls", PerfEvent.Kind.tracepoint, config, counts: false)
    }

    private mutating func openHardware() {
        let missOfRead: UInt64 = 1 << 16
        let events: [(String, String, UInt32, UInt64)] = [
            ("cycles", "Cycles", PerfEvent.Kind.hardware, 0),
            ("instructions", "Instructions", PerfEvent.Kind.hardware, 1),
            ("cache-references", "References to the last cache", PerfEvent.Kind.hardware, 2),
            ("cache-misses", "Misses of the last cache", PerfEvent.Kind.hardware, 3),
            ("branches", "Branches", PerfEvent.Kind.hardware, 4),
            ("branch-misses", "Branches that were mispredicted", PerfEvent.Kind.hardware, 5),
            ("stalled-cycles", "Cycles in which the back end stalled", PerfEvent.Kind.hardware, 8),
            ("l1-data-misses", "Loads that missed the first cache", PerfEvent.Kind.cache, missOfRead),
            ("tlb-misses", "Loads that missed the translation buffer", PerfEvent.Kind.cache, 3 | missOfRead),
        ]
        // A small model may miss no cache; no run leaves these where they are.
        let moving: Set = ["cycles", "instructions", "branches"]
        for (name, title, type, config) in events {
            event(name, title, type, config, counts: moving.contains(name))
        }
    }

    private mutating func book(
        _ name: String, _ title: String, _ source: String, unit: MetricUnit = .count,
        _ value: @escaping @Sendable (ProcessSnapshot) -> Double
    ) {
        let description = CounterDescription(name, title, unit: unit, source: source)
        if value(ProcessSnapshot.now()).isNaN {
            missing.append(CounterSeries(description, unavailable: "\(source) does not tell here"))
        } else {
            counters.append((description, .book(value)))
        }
    }

    private mutating func event(_ name: String, _ title: String, _ type: UInt32, _ config: UInt64, counts: Bool) {
        do throws(PerfEvent.Failure) {
            let event = try PerfEvent(type: type, config: config, mayLeaveOutKernel: type != PerfEvent.Kind.software)
            let source = event.isUserOnly ? "perf_event_open, user mode" : "perf_event_open"
            var description = CounterDescription(name, title, source: source)
            description.mustCount = counts
            counters.append((description, .event(event)))
        } catch {
            missing.append(
                CounterSeries(
                    CounterDescription(name, title, source: "perf_event_open"), unavailable: error.reason))
        }
    }
}
