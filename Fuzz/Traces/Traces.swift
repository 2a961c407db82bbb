import Timelines

/// Reads bytes as a trace of each format, and does with it all that does not need a file.
///
/// What a reader accepts must be consistent and survive being written as Chrome events; what it refuses must be refused by
/// a typed error. Anything else traps, which is a finding.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let limits = TimelineLimits(maximumEvents: 10_000)
    var timelines: [Timeline] = []
    if let timeline = try? ChromeTrace.read(bytes, limits: limits) { timelines.append(timeline) }
    if let timeline = try? PerfettoTrace.read(bytes, limits: limits) { timelines.append(timeline) }
    if let traces = try? OTLP.read(protobuf: bytes, limits: limits) { timelines += traces.map(\.timeline) }
    if let traces = try? OTLP.read(json: bytes, limits: limits) { timelines += traces.map(\.timeline) }
    for timeline in timelines {
        let structural: Set<TimelineError.Code> = [.invalidIdentifier, .invalidTrack, .negativeDuration, .outOfRange]
        if let problem = timeline.problems().first(where: { structural.contains($0.code) }) {
            fatalError("what was read is inconsistent: \(problem)")
        }
        var linked = timeline
        linked.linkParents()
        _ = try? FoldedStacks(linked).text
        _ = try? LayerProfile(linked)
        _ = try? PerfettoTrace.write(timeline)
        guard let written = try? ChromeTrace.write(timeline) else { continue }
        guard let again = try? ChromeTrace.read(written, limits: limits) else {
            fatalError("what was written cannot be read")
        }
        guard again.spans.count == timeline.spans.count else { fatalError("spans were lost") }
    }
    return 0
}
