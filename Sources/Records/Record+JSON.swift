public import Foundation

extension Record: Codable {
    private enum Key: String, CodingKey {
        case schema, id, study, title, created, tool, spec, lock, ingredients, machine, seed, metrics, exhibits
        case verdicts, outcomes, series, fingerprints, notes, partial
    }

    /// Reads the JSON form; the schema must be the one that this version writes.
    public init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: Key.self)
        let schema = try box.decode(String.self, forKey: .schema)
        guard schema == Self.schema else {
            throw DecodingError.dataCorruptedError(
                forKey: .schema, in: box, debugDescription: "the schema is '\(schema)', not '\(Self.schema)'")
        }
        self.init(
            id: try box.decode(RecordID.self, forKey: .id), study: try box.decode(String.self, forKey: .study),
            title: try box.decode(String.self, forKey: .title),
            created: try box.decode(Timestamp.self, forKey: .created),
            tool: try box.decode(String.self, forKey: .tool), spec: try box.decode(JSONValue.self, forKey: .spec),
            lock: try box.decode(JSONValue.self, forKey: .lock),
            ingredients: try box.decode([Ingredient].self, forKey: .ingredients),
            machine: try box.decode(Machine.self, forKey: .machine), seed: try Self.seed(box))
        metrics = try box.decode([Metric].self, forKey: .metrics)
        exhibits = try box.decode([Exhibit].self, forKey: .exhibits)
        verdicts = try box.decode([Verdict].self, forKey: .verdicts)
        outcomes = try box.decode([Outcome].self, forKey: .outcomes)
        series = try box.decode([SampleSeries].self, forKey: .series)
        fingerprints = try box.decodeIfPresent([Fingerprint].self, forKey: .fingerprints) ?? []
        notes = try box.decode([String].self, forKey: .notes)
        isPartial = try box.decodeIfPresent(Bool.self, forKey: .partial) ?? false
    }

    private static func seed(_ box: KeyedDecodingContainer<Key>) throws -> UInt64 {
        if let number = try? box.decode(UInt64.self, forKey: .seed) { return number }
        guard let seed = UInt64(try box.decode(String.self, forKey: .seed)) else {
            throw DecodingError.dataCorruptedError(
                forKey: .seed, in: box, debugDescription: "the seed is not a whole number of 64 bits")
        }
        return seed
    }

    /// Writes the JSON form.
    public func encode(to encoder: any Encoder) throws {
        var box = encoder.container(keyedBy: Key.self)
        try box.encode(Self.schema, forKey: .schema)
        try box.encode(id, forKey: .id)
        try box.encode(study, forKey: .study)
        try box.encode(title, forKey: .title)
        try box.encode(created, forKey: .created)
        try box.encode(tool, forKey: .tool)
        try box.encode(spec, forKey: .spec)
        try box.encode(lock, forKey: .lock)
        try box.encode(ingredients, forKey: .ingredients)
        try box.encode(machine, forKey: .machine)
        // JSON readers keep 64 bits with a sign at most; a larger seed is written as text.
        if let small = Int64(exactly: seed) {
            try box.encode(small, forKey: .seed)
        } else {
            try box.encode(String(seed), forKey: .seed)
        }
        try box.encode(metrics, forKey: .metrics)
        try box.encode(exhibits, forKey: .exhibits)
        try box.encode(verdicts, forKey: .verdicts)
        try box.encode(outcomes, forKey: .outcomes)
        try box.encode(series, forKey: .series)
        if !fingerprints.isEmpty { try box.encode(fingerprints, forKey: .fingerprints) }
        try box.encode(notes, forKey: .notes)
        if isPartial { try box.encode(true, forKey: .partial) }
    }

    /// The record as a JSON value.
    ///
    /// - Throws: `RecordError` of code `malformed`.
    public func json() throws(RecordError) -> JSONValue { try JSONCoding.value(of: self) }

    /// Reads a record from JSON.
    ///
    /// - Throws: `RecordError` of code `invalidJSON`, `wrongSchema` or `malformed`.
    public init(json data: Data, subject: String = "record") throws(RecordError) {
        let value = try JSONCoding.parse(data, subject: subject)
        guard let schema = value["schema"]?.string else {
            throw RecordError(
                .wrongSchema, subject: subject, reason: "it has no member \"schema\", so it is not a record",
                remedy: "give a file that `assay records export` or `--json` wrote")
        }
        guard schema == Self.schema else {
            throw RecordError(
                .wrongSchema, subject: subject,
                reason: "its schema is \"\(schema)\"; this version reads \"\(Self.schema)\"",
                remedy: "use the version of Assay that wrote it")
        }
        self = try JSONCoding.decode(Record.self, from: data, subject: subject)
    }
}
