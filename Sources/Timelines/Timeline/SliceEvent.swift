/// The begin or the end of a span, as Chrome's B and E and Perfetto's slices tell them.
struct SliceEvent<Place: Hashable & Sendable>: Sendable {
    var isBegin: Bool
    var time: Int64
    var place: Place
    var name: String
    var category: String
    var arguments: [Timeline.Argument]
}
