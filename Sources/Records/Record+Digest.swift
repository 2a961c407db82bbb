extension Record {
    /// The digest of what must come out again under the same spec, lock, seed and machine.
    ///
    /// Left out are the name, the time, the tool's version, titles, notes, log tails, the machine's load, how its accelerators
    /// were at the moment, what the self-test found, and the values of metrics, exhibits, verdicts and series that vary from run to run; that they are there still counts.
    ///
    /// - Throws: `RecordError` of code `malformed`.
    public func comparableDigest() throws(RecordError) -> Digest {
        SHA256.digest(of: try comparable().canonical)
    }

    /// The part of the record that `comparableDigest` hashes.
    ///
    /// - Throws: `RecordError` of code `malformed`.
    public func comparable() throws(RecordError) -> JSONValue {
        var value = try json()
        for name in ["id", "created", "tool", "title", "notes"] { value[name] = nil }
        for name in ["load", "instrument"] { value["machine"]?[name] = nil }
        if let devices = value["machine"]?["accelerators"]?.array, !devices.isEmpty {
            value["machine"]?["accelerators"] = .array(devices.map(Self.atAnyMoment))
        }
        value["metrics"] = Self.sorted(value["metrics"]) { metric in
            // How many runs a fast machine fits into a round also decides whether a quantile can be told, and why not.
            let unit = MetricUnit(rawValue: metric["unit"]?.string ?? "")
            guard metric["varies"] == true || (metric["kind"] == "unavailable" && unit.varies) else { return metric }
            return Self.without(["value", "interval", "count", "kind", "reason", "varies"], metric)
        }
        value["exhibits"] = Self.sorted(value["exhibits"]) { exhibit in
            let named = Self.without(["title", "caption"], exhibit)
            return exhibit["varies"] == true ? Self.without(["content"], named) : named
        }
        value["verdicts"] = Self.sorted(value["verdicts"]) { verdict in
            let bare = Self.without(["record", "metric"], verdict)
            return verdict["varies"] == true ? Self.without(["statement", "state"], bare) : bare
        }
        value["outcomes"] = Self.sorted(value["outcomes"]) { Self.without(["log"], $0) }
        value["series"] = Self.sorted(value["series"]) { series in
            let unit = MetricUnit(rawValue: series["unit"]?.string ?? "")
            return unit.varies ? Self.without(["count", "sha256", "rounds"], series) : series
        }
        if let fingerprints = value["fingerprints"] { value["fingerprints"] = Self.sorted(fingerprints) { $0 } }
        return value
    }

    /// An accelerator without its clocks, its heat and its link as they were when it was read.
    private static func atAnyMoment(_ device: JSONValue) -> JSONValue {
        var device = without(["temperature"], device)
        for (part, names) in [("clocks", ["processor", "memory"]), ("link", ["generation", "width"])] {
            if let told = device[part] { device[part] = without(names, told) }
        }
        return device
    }

    private static func without(_ names: [String], _ value: JSONValue) -> JSONValue {
        var value = value
        for name in names { value[name] = nil }
        return value
    }

    /// The list with each element pared, in an order that does not depend on which stack was done first.
    private static func sorted(_ list: JSONValue?, _ pare: (JSONValue) -> JSONValue) -> JSONValue {
        let elements = (list?.array ?? []).map { element in
            let pared = pare(element)
            return (pared.canonical, pared)
        }
        return .array(elements.sorted { $0.0 < $1.0 }.map(\.1))
    }
}
