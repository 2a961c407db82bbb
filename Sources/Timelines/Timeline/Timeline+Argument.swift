extension Timeline {
    /// A named value of a span or process.
    public struct Argument: Sendable, Hashable {
        /// The name.
        public var name: String
        /// The value.
        public var value: Value

        /// Makes an argument.
        public init(_ name: String, _ value: Value) {
            self.name = name
            self.value = value
        }
    }
}

extension [Timeline.Argument] {
    /// The value of the last argument of that name.
    func value(of name: String) -> Timeline.Value? { last { $0.name == name }?.value }

    /// Takes the arguments of that name out, and gives the last one's value.
    mutating func remove(_ name: String) -> Timeline.Value? {
        let value = value(of: name)
        if value != nil { removeAll { $0.name == name } }
        return value
    }

    /// The arguments with the last of each name only, in the place of the first.
    func lastOfEachName() -> [Timeline.Argument] {
        var places: [String: Int] = [:]
        var unique: [Timeline.Argument] = []
        for argument in self {
            if let place = places[argument.name] {
                unique[place] = argument
            } else {
                places[argument.name] = unique.count
                unique.append(argument)
            }
        }
        return unique
    }
}
