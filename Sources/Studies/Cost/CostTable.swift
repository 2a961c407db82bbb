import Assets
import Foundation
import Tensors

/// Published measurements: how long systems took in which configurations, and how long a single thread.
///
/// A CSV file with the columns `system`, `seconds` and one of `threads`, `cores`, `workers`, `nodes`, `machines` or `devices`,
/// which also says what sizes count. It may have `problem`, which tells tables apart; `baseline`, which says `yes` for a single
/// thread; and `lower` and `upper`, the bounds of `seconds`. Seconds may be `>=8000` where a run was given up. Other columns,
/// and lines that begin with `#`, are for readers.
package struct CostTable: Sendable {
    /// One measurement.
    package struct Row: Sendable, Hashable {
        package let system: String
        let size: Int
        let seconds: Double
        /// The least that the time may be.
        let lower: Double
        /// The most; infinite for a run that was given up.
        let upper: Double
        let isBaseline: Bool
    }

    /// What all systems of one table did.
    package struct Problem: Sendable {
        /// Its name; empty where the table has one only.
        package let name: String
        var rows: [Row] = []

        /// The single threads, fastest first.
        package var baselines: [Row] { rows.filter(\.isBaseline).sorted { $0.seconds < $1.seconds } }

        /// The systems in the order of the table.
        package var systems: [String] {
            rows.filter { !$0.isBaseline }.map(\.system).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        }

        /// What a system did, smallest configuration first.
        func rows(of system: String) -> [Row] {
            rows.filter { $0.system == system && !$0.isBaseline }.sorted { $0.size < $1.size }
        }

        /// The COST of a system against a single thread.
        package func answer(_ system: String, against baseline: Row) -> CostAnswer? {
            CostAnswer(
                rows(of: system).map { row in
                    CostPoint(
                        size: row.size, ratio: baseline.seconds / row.seconds, lower: baseline.lower / row.upper,
                        upper: baseline.upper / row.lower)
                })
        }
    }

    /// What sizes count.
    package let unit: String
    /// The problems in the order of the table.
    package let problems: [Problem]

    private static let sizes = ["threads", "cores", "workers", "nodes", "machines", "devices"]

    /// Reads a table.
    ///
    /// - Throws: `AssetError` where the file cannot be read, `StudyError` of code `table` that names line and column.
    package init(contentsOf path: String) throws {
        let bytes: Bytes
        do { bytes = try Bytes(mapping: path) } catch {
            throw StudyError(
                .table, subject: path, reason: "it cannot be read: \(error.reason)", remedy: "check the path")
        }
        try self.init(bytes.array, subject: path)
    }

    /// Reads a table from the bytes of a file.
    package init(_ bytes: [UInt8], subject: String) throws {
        let text = try DelimitedText(bytes, delimiter: UInt8(ascii: ","), quotes: true, subject: subject)
        let lines = text.rows.filter { $0.fields.first?.hasPrefix("#") == false }
        guard let headings = lines.first?.fields.map({ $0.trimmingCharacters(in: .whitespaces) }) else {
            throw StudyError(.table, subject: subject, reason: "it is empty", remedy: Self.form)
        }
        let columns = Dictionary(headings.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        guard let unit = Self.sizes.first(where: { columns[$0] != nil }) else {
            throw StudyError(
                .table, subject: subject, reason: "no column says how large a configuration is",
                remedy: "name one of \(Self.sizes.joined(separator: ", "))")
        }
        for name in ["system", "seconds"] where columns[name] == nil {
            throw StudyError(.table, subject: subject, reason: "it has no column '\(name)'", remedy: Self.form)
        }
        var problems: [Problem] = []
        for line in lines.dropFirst() {
            let place = "\(subject), line \(line.line)"
            func field(_ name: String) -> String {
                guard let column = columns[name], column < line.fields.count else { return "" }
                return line.fields[column].trimmingCharacters(in: .whitespaces)
            }
            let row = try Self.row(field, unit: unit, place)
            let problem = field("problem")
            if let index = problems.firstIndex(where: { $0.name == problem }) {
                problems[index].rows.append(row)
            } else {
                problems.append(Problem(name: problem, rows: [row]))
            }
        }
        guard !problems.isEmpty else {
            throw StudyError(.table, subject: subject, reason: "it has no rows", remedy: Self.form)
        }
        for problem in problems where problem.baselines.isEmpty {
            throw StudyError(
                .table, subject: problem.name.isEmpty ? subject : "\(subject), problem '\(problem.name)'",
                reason: "it has no single thread", remedy: "write 'yes' in the column 'baseline' of one row")
        }
        self.unit = unit
        self.problems = problems
    }

    private static let form = "write a first line as system,cores,seconds,baseline and a row a measurement"

    private static func row(_ field: (String) -> String, unit: String, _ place: String) throws(StudyError) -> Row {
        let system = field("system")
        guard !system.isEmpty else {
            throw StudyError(.table, subject: place, reason: "it names no system", remedy: "fill the column 'system'")
        }
        guard let size = Int(field(unit)), size > 0 else {
            throw StudyError(
                .table, subject: place, reason: "'\(field(unit))' is no number of \(unit)",
                remedy: "write a whole number from 1 on")
        }
        let isGivenUp = field("seconds").hasPrefix(">=")
        let seconds = try number(String(field("seconds").trimmingPrefix(">=")), "seconds", place)
        let lower = field("lower").isEmpty ? seconds : try number(field("lower"), "lower", place)
        let upper = field("upper").isEmpty ? seconds : try number(field("upper"), "upper", place)
        guard lower <= seconds, seconds <= upper else {
            throw StudyError(
                .table, subject: place, reason: "\(seconds) s do not lie in \(lower) to \(upper)",
                remedy: "order lower, seconds and upper")
        }
        let baseline = field("baseline").lowercased()
        guard ["", "no", "yes"].contains(baseline) else {
            throw StudyError(
                .table, subject: place, reason: "'\(baseline)' says neither yes nor no",
                remedy: "write 'yes' for a single thread, and nothing else")
        }
        return Row(
            system: system, size: size, seconds: seconds, lower: lower, upper: isGivenUp ? .infinity : upper,
            isBaseline: baseline == "yes")
    }

    private static func number(_ text: String, _ column: String, _ place: String) throws(StudyError) -> Double {
        guard let value = Double(text.trimmingCharacters(in: .whitespaces)), value > 0, value.isFinite else {
            throw StudyError(
                .table, subject: place, reason: "'\(text)' in column '\(column)' is no time",
                remedy: "write seconds above 0, as 12.5, or >=8000 for a run that was given up")
        }
        return value
    }
}
