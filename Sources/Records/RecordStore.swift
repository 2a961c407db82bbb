/// Where records are kept.
public protocol RecordStore: Sendable {
    /// Keeps a record and its samples, all or nothing; a record of the same name is replaced.
    ///
    /// - Throws: `RecordError` of code `hashMismatch`, `malformed` or `storeFailed`.
    func save(_ archive: RecordArchive) async throws(RecordError)

    /// The record of a name.
    ///
    /// - Throws: `RecordError` of code `notFound` or `storeFailed`.
    func record(_ id: RecordID) async throws(RecordError) -> Record

    /// The full name for a unique prefix or, for the word `latest`, the newest record's.
    ///
    /// - Throws: `RecordError` of code `notFound`, `ambiguous` or `storeFailed`.
    func resolve(_ prefix: String) async throws(RecordError) -> RecordID

    /// The records that pass the filter, the newest first.
    ///
    /// - Throws: `RecordError` of code `storeFailed`.
    func list(_ filter: RecordFilter) async throws(RecordError) -> [RecordSummary]

    /// The samples of a digest.
    ///
    /// - Throws: `RecordError` of code `notFound`, `hashMismatch` or `storeFailed`.
    func samples(_ digest: Digest) async throws(RecordError) -> [Int64]

    /// Forgets a record, and the samples that no other record uses.
    ///
    /// - Throws: `RecordError` of code `notFound` or `storeFailed`.
    func delete(_ id: RecordID) async throws(RecordError)
}

extension RecordStore {
    /// A record with all its samples, to be written as one file.
    ///
    /// - Throws: `RecordError` of code `notFound`, `hashMismatch` or `storeFailed`.
    public func archive(_ id: RecordID) async throws(RecordError) -> RecordArchive {
        var archive = RecordArchive(try await record(id))
        for series in archive.record.series { archive.attach(try await samples(series.digest)) }
        return archive
    }

    /// Takes in an archive from elsewhere; taking in the same one again changes nothing.
    ///
    /// - Returns: whether it was new.
    /// - Throws: `RecordError` of code `conflict` when another record has the name, and as `save`.
    @discardableResult
    public func add(_ archive: RecordArchive) async throws(RecordError) -> Bool {
        try archive.verify()
        let name = archive.record.id
        let present: Record?
        do { present = try await record(name) } catch  where error.code == .notFound { present = nil }
        if let present {
            guard try present.json() == archive.record.json() else {
                throw RecordError(
                    .conflict, subject: "record \(name)", reason: "the store holds a different record of this name",
                    remedy: "delete that one first, if it may go")
            }
            return false
        }
        try await save(archive)
        return true
    }
}
