public import Foundation

/// A record together with its raw samples: what a store takes in and what one exported file holds.
public struct RecordArchive: Sendable, Hashable {
    /// The record.
    public var record: Record
    /// The samples of its series, by digest.
    public private(set) var samples: [Digest: [Int64]]

    /// Makes an archive of a record without samples.
    public init(_ record: Record) {
        self.record = record
        samples = [:]
    }

    /// Adds a series of samples to the record and keeps the samples.
    public mutating func add(_ name: String, _ values: [Int64], unit: MetricUnit = .nanoseconds, labels: Labels = [:]) {
        let series = SampleSeries(name, values, unit: unit, labels: labels)
        record.series.append(series)
        samples[series.digest] = values
    }

    /// Adds a series of samples by process and round, and keeps the samples.
    public mutating func add(
        _ name: String, processes: [[[Int64]]], unit: MetricUnit = .nanoseconds, labels: Labels = [:]
    ) {
        let values = processes.flatMap { $0.flatMap(\.self) }
        let series = SampleSeries(
            name, values, unit: unit, labels: labels, rounds: processes.map { $0.map(\.count) })
        record.series.append(series)
        samples[series.digest] = values
    }

    /// The samples of a series by process and round; `nil` where the archive lacks them.
    public func processes(of series: SampleSeries) -> [[[Int64]]]? {
        samples[series.digest].map { series.processes(of: $0) }
    }

    /// Keeps samples for a series that the record already describes.
    public mutating func attach(_ values: [Int64]) {
        samples[SHA256.digest(of: Samples.encode(values))] = values
    }

    /// The numbers that a fingerprint kept; `nil` where it kept none, or they are not there.
    public func values(of kept: KeptValues) -> [Double]? {
        samples[kept.digest]?.map { Double(bitPattern: UInt64(bitPattern: $0)) }
    }

    /// Checks that every series has its samples and that they have the digest and the count that the record states, and
    /// that every fingerprint finds the values that it kept.
    ///
    /// - Throws: `RecordError` of code `hashMismatch` or `malformed`.
    public func verify() throws(RecordError) {
        for series in record.series {
            guard let values = samples[series.digest] else {
                throw RecordError(
                    .malformed, subject: "record \(record.id), series '\(series.name)'",
                    reason: "its samples are missing",
                    remedy: "export the record again with its samples")
            }
            guard SHA256.digest(of: Samples.encode(values)) == series.digest, values.count == series.count else {
                throw RecordError(
                    .hashMismatch, subject: "record \(record.id), series '\(series.name)'",
                    reason: "its samples do not have the hash \(series.digest.short)… that the record states",
                    remedy: "the file was changed after it was written; get it again")
            }
        }
        for fingerprint in record.fingerprints { try verify(fingerprint) }
    }

    private func verify(_ fingerprint: Fingerprint) throws(RecordError) {
        guard let kept = fingerprint.kept else { return }
        var count = 0
        var isSound = true
        for part in kept.parts {
            let (sum, overflow) = count.addingReportingOverflow(part.count)
            isSound = isSound && part.count >= 0 && part.stride > 0 && part.sample >= 0 && !overflow
            count = sum
        }
        guard isSound, let series = record.series.first(where: { $0.digest == kept.digest }), series.count == count
        else {
            throw RecordError(
                .malformed, subject: "record \(record.id), fingerprint '\(fingerprint.stage.rawValue)'",
                reason: "the values that it kept are not those of a series of the record")
        }
    }

    /// The one-file form: the record's JSON with a member `blobs` that maps digests to base64 of the samples' bytes.
    ///
    /// - Throws: `RecordError` of code `malformed`.
    public func json() throws(RecordError) -> JSONValue {
        var value = try record.json()
        let pairs = samples.map { ($0.key.hex, JSONValue.string(Samples.encode($0.value).base64EncodedString())) }
        value["blobs"] = .object(Dictionary(pairs) { $1 })
        return value
    }

    /// Reads the one-file form and checks every hash; a record without `blobs` is taken when it has no series.
    ///
    /// - Throws: `RecordError` of code `invalidJSON`, `wrongSchema`, `malformed` or `hashMismatch`.
    public init(json data: Data, subject: String = "record") throws(RecordError) {
        self.init(try Record(json: data, subject: subject))
        let blobs = try JSONCoding.parse(data, subject: subject)["blobs"]?.object ?? [:]
        for (name, blob) in blobs {
            guard let digest = Digest(hex: name), let text = blob.string, let bytes = Data(base64Encoded: text) else {
                throw RecordError(
                    .malformed, subject: "\(subject), blobs.\(name)", reason: "it is not base64 under a SHA-256 digest")
            }
            guard SHA256.digest(of: bytes) == digest else {
                throw RecordError(
                    .hashMismatch, subject: "\(subject), blobs.\(name)", reason: "its bytes have another hash",
                    remedy: "the file was changed after it was written; get it again")
            }
            samples[digest] = try Samples.decode(bytes)
        }
        try verify()
    }
}
