/// Between timelines and the messages of OpenTelemetry.
enum OTLPMapping {
    private static let service = "service.name"
    private static let process = "process.pid"
    private static let thread = "thread.id"
    private static let threadName = "thread.name"
    private static let scope = "assay"

    // MARK: - Out

    static func request(_ traces: [OTLPTrace]) throws(TimelineError) -> OTLPRequest {
        var request = OTLPRequest()
        for trace in traces {
            try trace.timeline.requireWritable()
            let names = Dictionary(
                trace.timeline.tracks.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
            let spans = Dictionary(grouping: trace.timeline.spans, by: \.track.process)
            for process in trace.timeline.processes {
                guard let spans = spans[process.id] else { continue }
                var scope = OTLPRequest.Scope(name: Self.scope)
                for span in spans { scope.spans.append(try message(span, trace.id, names[span.track] ?? "")) }
                request.resources.append(
                    OTLPRequest.Resource(attributes: try attributes(process), scopes: [scope]))
            }
        }
        return request
    }

    private static func attributes(_ process: Timeline.Process) throws(TimelineError) -> [Timeline.Argument] {
        try ReservedArguments.check(
            process.attributes, against: [service, Self.process], subject: "process \(process.id)")
        return [
            Timeline.Argument(service, .string(process.name)), Timeline.Argument(Self.process, .integer(process.id)),
        ] + process.attributes
    }

    private static func message(
        _ span: Timeline.Span, _ trace: OTLPTraceID, _ trackName: String
    ) throws(TimelineError) -> OTLPRequest.Span {
        guard span.start >= 0 else {
            throw TimelineError(
                .outOfRange, subject: span.subject, reason: "it starts before 1970",
                remedy: "give times of the Unix epoch")
        }
        try ReservedArguments.check(
            span.arguments, against: [thread, threadName, ReservedArguments.level, ReservedArguments.category],
            subject: span.subject)
        var attributes = [Timeline.Argument(thread, .integer(span.track.thread))]
        if !trackName.isEmpty { attributes.append(Timeline.Argument(threadName, .string(trackName))) }
        if let level = span.level {
            attributes.append(Timeline.Argument(ReservedArguments.level, .string(level.rawValue)))
        }
        attributes.append(Timeline.Argument(ReservedArguments.category, .string(span.category)))
        return OTLPRequest.Span(
            trace: trace, id: span.id, parent: span.parent, name: span.name, kind: span.kind, start: span.start,
            end: span.end, attributes: attributes + span.arguments)
    }

    // MARK: - In

    /// One trace while it grows.
    private struct Growing {
        var timeline = Timeline()
        var processes: [Int: Int64] = [:]
        var taken: Set<Int64> = []
        var free: Int64 = -1
        var tracks: [Timeline.TrackID: Int] = [:]
        var spans: Set<UInt64> = []
    }

    static func traces(_ request: OTLPRequest, subject: String) throws(TimelineError) -> [OTLPTrace] {
        var order: [OTLPTraceID] = []
        var growing: [OTLPTraceID: Growing] = [:]
        var keys: [[Timeline.Argument]: Int] = [:]
        for resource in request.resources {
            // Resources with equal attributes are one process.
            let key = keys[resource.attributes] ?? keys.count
            keys[resource.attributes] = key
            for scope in resource.scopes {
                for span in scope.spans {
                    if growing[span.trace] == nil { order.append(span.trace) }
                    try add(
                        span, of: (key, resource.attributes), scope: scope.name,
                        to: &growing[span.trace, default: Growing()],
                        subject: subject)
                }
            }
        }
        var traces: [OTLPTrace] = []
        for identifier in order {
            if let timeline = growing[identifier]?.timeline { traces.append(OTLPTrace(identifier, timeline)) }
        }
        return traces
    }

    private static func add(
        _ span: OTLPRequest.Span, of resource: (key: Int, attributes: [Timeline.Argument]), scope: String,
        to trace: inout Growing,
        subject: String
    ) throws(TimelineError) {
        let place = "\(subject), span '\(span.name)'"
        guard trace.spans.insert(span.id).inserted else {
            throw TimelineError(
                .invalidIdentifier, subject: place, reason: "another span of the trace has the same identifier")
        }
        guard span.end >= span.start else {
            throw TimelineError(.negativeDuration, subject: place, reason: "it ends before it starts")
        }
        var attributes = span.attributes
        let process = declare(resource, in: &trace)
        let name = text(attributes.remove(threadName))
        var number: Int64 = 0
        if case .integer(let given)? = attributes.remove(thread) { number = given }
        let track = Timeline.TrackID(process: process, thread: number)
        if let known = trace.tracks[track] {
            if trace.timeline.tracks[known].name.isEmpty { trace.timeline.tracks[known].name = name }
        } else {
            trace.tracks[track] = trace.timeline.tracks.count
            trace.timeline.tracks.append(Timeline.Track(track, name: name))
        }
        let level = try ReservedArguments.takeLevel(&attributes, subject: place)
        var category = scope
        if case .string(let text)? = attributes.remove(ReservedArguments.category) { category = text }
        trace.timeline.spans.append(
            Timeline.Span(
                span.id, parent: span.parent, name: span.name, category: category, level: level, kind: span.kind,
                track: track, start: span.start, duration: span.end - span.start, arguments: attributes))
    }

    /// The process of a resource: its number where it has one that no other resource of the trace has, else one below zero.
    private static func declare(
        _ resource: (key: Int, attributes: [Timeline.Argument]), in trace: inout Growing
    ) -> Int64 {
        if let known = trace.processes[resource.key] { return known }
        var attributes = resource.attributes
        var number = trace.free
        if case .integer(let given)? = attributes.remove(process) { number = given }
        if trace.taken.contains(number) {
            while trace.taken.contains(trace.free) { trace.free -= 1 }
            number = trace.free
        }
        trace.taken.insert(number)
        trace.processes[resource.key] = number
        let name = text(attributes.remove(service))
        trace.timeline.processes.append(Timeline.Process(number, name: name, attributes: attributes))
        return number
    }

    private static func text(_ value: Timeline.Value?) -> String {
        if case .string(let text)? = value { text } else { "" }
    }
}
