import Foundation
import Records

/// A record taken apart into what the store keeps: one document, rows, and blobs.
struct RecordRows: Sendable {
    /// One exhibit without its pictures, and the digests of those.
    struct ExhibitRow: Sendable {
        let name: String
        let document: String
        let pictures: [Digest]
    }

    let record: Record
    /// The record's JSON without metrics, exhibits and series.
    let document: String
    /// What the text filter searches, in lower case.
    let search: String
    let exhibits: [ExhibitRow]
    let blobs: [Digest: Data]

    init(_ archive: RecordArchive) throws(RecordError) {
        record = archive.record
        var bare = archive.record
        bare.metrics = []
        bare.exhibits = []
        bare.series = []
        document = try bare.json().canonical
        search = ([record.id.rawValue, record.title, record.study] + record.models + record.stacks)
            .joined(separator: "\n").lowercased()
        var blobs: [Digest: Data] = [:]
        for series in record.series {
            if let samples = archive.samples[series.digest] { blobs[series.digest] = Samples.encode(samples) }
        }
        var rows: [ExhibitRow] = []
        for var exhibit in record.exhibits {
            var pictures: [Digest] = []
            if case .images(var grid) = exhibit.content {
                for index in grid.pictures.indices {
                    let digest = SHA256.digest(of: grid.pictures[index].data)
                    blobs[digest] = grid.pictures[index].data
                    pictures.append(digest)
                    grid.pictures[index].data = Data()
                }
                exhibit.content = .images(grid)
            }
            rows.append(
                ExhibitRow(name: exhibit.name, document: try JSONCoding.canonical(exhibit), pictures: pictures))
        }
        exhibits = rows
        self.blobs = blobs
    }
}
