import Engines
import Foundation
import Records
import Specs

/// A record of an evaluation, read so that it can be carried out again.
struct RecordedEvaluation: Sendable {
    let archive: RecordArchive
    /// The spec, with every default filled in.
    let spec: EvaluateSpec
    /// What the engines were resolved to.
    let lock: StackLock

    var record: Record { archive.record }

    /// The studies whose records can be replayed.
    static let studies = [Evaluate.name]

    /// Reads a record.
    ///
    /// - Throws: `StudyError` of code `cannotReplay` for a record of another study or one that was interrupted, or whose
    ///   spec this version cannot read.
    init(_ archive: RecordArchive) throws(StudyError) {
        let record = archive.record
        guard Self.studies.contains(record.study) else {
            throw StudyError(
                .cannotReplay, subject: "record \(record.id)",
                reason: "it is of the study '\(record.study)', which cannot be replayed yet",
                remedy: "give a record of \(Self.studies.map { "'assay \($0)'" }.joined(separator: ", "))")
        }
        self.archive = archive
        spec = try Self.spec(record.spec, subject: "record \(record.id)")
        do {
            lock = try JSONCoding.decode(
                StackLock.self, from: Data(record.lock.canonical.utf8), subject: "record \(record.id), lock")
        } catch {
            throw StudyError(
                .cannotReplay, subject: error.subject, reason: "its lock cannot be read: \(error.reason)",
                remedy: "use the version of Assay that wrote it: \(record.tool)")
        }
        guard !record.isPartial, record.outcomes.count == spec.models.count * spec.stacks.count else {
            throw StudyError(
                .cannotReplay, subject: "record \(record.id)", reason: "it was interrupted before its end",
                remedy: "give a record that is complete")
        }
    }

    /// Reads an effective spec.
    ///
    /// - Throws: `StudyError` of code `cannotReplay` that says what is wrong and where.
    static func spec(_ tree: JSONValue, subject: String) throws(StudyError) -> EvaluateSpec {
        do {
            return try EvaluateSpec.spec.decode(tree.pretty, file: subject).value
        } catch {
            let first = error.all.first
            throw StudyError(
                .cannotReplay, subject: subject + (first.map { $0.subject.isEmpty ? "" : ", \($0.subject)" } ?? ""),
                reason: first?.reason ?? "its spec cannot be read", remedy: first?.remedy ?? "")
        }
    }
}

extension Record {
    /// The names of the models of an evaluation, in the order of its spec.
    func modelNames(_ spec: EvaluateSpec) -> [String] {
        spec.models.indices.compactMap { index in
            let place = index * spec.stacks.count
            return outcomes.indices.contains(place) ? outcomes[place].labels[Label.model] : nil
        }
    }

    /// The titles of the stacks of an evaluation, in the order of its spec.
    func stackTitles(_ spec: EvaluateSpec) -> [String] { outcomes.prefix(spec.stacks.count).map(\.stack) }
}
