import Records
import Reports
import Studies

extension JUnitReport {
    /// The gates of a record.
    init(_ gates: [GateResult], of record: Record, undecided: Undecided = .fail) {
        self.init(
            name: "assay \(record.study): \(record.title)", created: record.created,
            cases: gates.map {
                Case(group: $0.subject, name: $0.gate.text, state: $0.state, message: $0.description)
            }, failsUndecided: undecided == .fail)
    }
}
