import Engines
import Foundation
import Records
import Specs

/// A record of a study that can be carried out again.
struct RecordedStudy: Sendable {
    let archive: RecordArchive
    /// What was asked, with every default filled in.
    let question: any ReplayableStudy
    /// What the engines were resolved to.
    let lock: StackLock

    var record: Record { archive.record }

    /// Reads a record.
    ///
    /// - Throws: `StudyError` of code `cannotReplay` for a record of a study that is not one of `ReplayKinds`, one that was
    ///   interrupted, or one whose spec this version cannot read.
    init(_ archive: RecordArchive) throws(StudyError) {
        let record = archive.record
        let subject = "record \(record.id)"
        let kind = try ReplayKinds.kind(of: record)
        self.archive = archive
        question = try Self.question(record.spec, of: kind, subject: subject)
        do {
            lock = try JSONCoding.decode(
                StackLock.self, from: Data(record.lock.canonical.utf8), subject: "\(subject), lock")
        } catch {
            throw StudyError(
                .cannotReplay, subject: error.subject, reason: "its lock cannot be read: \(error.reason)",
                remedy: "use the version of Assay that wrote it: \(record.tool)")
        }
        guard !record.isPartial, question.isWhole(record) else {
            throw StudyError(
                .cannotReplay, subject: subject, reason: "it was interrupted before its end",
                remedy: "give a record that is complete")
        }
    }

    /// The question with other values, in the terms of the same study.
    ///
    /// - Throws: `StudyError` of code `cannotReplay` that says what is wrong and where.
    func question(_ tree: JSONValue) throws(StudyError) -> any ReplayableStudy {
        try Self.question(tree, of: type(of: question), subject: "record \(record.id) with what is changed")
    }

    private static func question(
        _ tree: JSONValue, of kind: any ReplayableStudy.Type, subject: String
    ) throws(StudyError) -> any ReplayableStudy {
        do {
            return try kind.read(tree, subject: subject)
        } catch {
            let first = error.all.first
            throw StudyError(
                .cannotReplay, subject: subject + (first.map { $0.subject.isEmpty ? "" : ", \($0.subject)" } ?? ""),
                reason: first?.reason ?? "its spec cannot be read", remedy: first?.remedy ?? "")
        }
    }
}
