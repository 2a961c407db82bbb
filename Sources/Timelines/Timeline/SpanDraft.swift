/// A span as a file tells it: where it lies is still the file's own name of the place.
struct SpanDraft<Place: Hashable & Sendable>: Sendable {
    var name: String
    var category: String
    var place: Place
    var start: Int64
    var duration: Int64
    var arguments: [Timeline.Argument]
}
