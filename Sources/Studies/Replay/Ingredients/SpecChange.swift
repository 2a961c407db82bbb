import Records

/// One value of a spec that is not as it was recorded; `nil` stands for a key that is not there.
struct SpecChange: Sendable, Hashable {
    let path: SpecPath
    let recorded: JSONValue?
    let here: JSONValue?

    /// What two effective specs differ in, leaf by leaf.
    ///
    /// Lists of one length are compared element by element, others as a whole.
    static func all(from recorded: JSONValue?, to here: JSONValue?, at path: SpecPath = SpecPath()) -> [SpecChange] {
        guard recorded != here else { return [] }
        if case .object(let old)? = recorded, case .object(let new)? = here {
            let keys = Set(old.keys).union(new.keys).sorted()
            // A map of one key that chooses a form is another form, not one key more and one less.
            guard old.count != 1 || new.count != 1 || keys.count == 1 else {
                return [SpecChange(path: path, recorded: recorded, here: here)]
            }
            return keys.flatMap { all(from: old[$0], to: new[$0], at: path.appending(.key($0))) }
        }
        if case .array(let old)? = recorded, case .array(let new)? = here, old.count == new.count {
            return zip(old, new).enumerated().flatMap { place, pair in
                all(from: pair.0, to: pair.1, at: path.appending(.index(place)))
            }
        }
        return [SpecChange(path: path, recorded: recorded, here: here)]
    }
}

extension JSONValue {
    /// The value at a place; `nil` when there is none.
    func value(at path: SpecPath) -> JSONValue? {
        path.parts.reduce(Optional(self)) { value, part in
            switch part {
            case .key(let key): value?[key]
            case .index(let index): value?.array.flatMap { $0.indices.contains(index) ? $0[index] : nil }
            case .all: nil
            }
        }
    }

    /// The tree with another value at a place; `nil` takes a key away.
    ///
    /// A place that is not there is left alone.
    func setting(_ value: JSONValue?, at path: [SpecPath.Part]) -> JSONValue { setting(value, at: path[...]) }

    private func setting(_ value: JSONValue?, at path: ArraySlice<SpecPath.Part>) -> JSONValue {
        guard let part = path.first else { return value ?? self }
        let rest = path.dropFirst()
        switch (self, part) {
        case (.object(var members), .key(let key)):
            if rest.isEmpty {
                members[key] = value
            } else if let inner = members[key] {
                members[key] = inner.setting(value, at: rest)
            }
            return .object(members)
        case (.array(var elements), .index(let index)):
            guard elements.indices.contains(index) else { return self }
            elements[index] = elements[index].setting(value, at: rest)
            return .array(elements)
        case (.array(let elements), .all):
            return .array(elements.map { $0.setting(value, at: rest) })
        default: return self
        }
    }
}
