import Measurement

/// A recorded trace of arrivals: a text with a time a line, in seconds from any start, ascending.
///
/// What follows the first comma, semicolon or white space of a line is left alone, so that logs with more columns will do;
/// empty lines, lines that begin with '#', and a first line without a number are passed over.
enum ArrivalTrace {
    /// Reads the text of a trace; times count from the first arrival.
    ///
    /// - Throws: `StudyError` of code `input` that names the line.
    static func parse(_ text: String, name: String) throws(StudyError) -> ArrivalSchedule {
        var seconds: [Double] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let word = line.prefix { !$0.isWhitespace && $0 != "," && $0 != ";" }
            guard !word.isEmpty, !word.hasPrefix("#") else { continue }
            guard let time = Double(word), time.isFinite, abs(time) < 4e9 else {
                if seconds.isEmpty, index == 0 { continue }
                throw StudyError(
                    .input, subject: "\(name):\(index + 1)", reason: "'\(word)' is no time in seconds",
                    remedy: "write one arrival time in seconds a line")
            }
            if let last = seconds.last, time < last {
                throw StudyError(
                    .input, subject: "\(name):\(index + 1)", reason: "\(time) comes after \(last)",
                    remedy: "sort the times")
            }
            seconds.append(time)
        }
        guard let first = seconds.first else {
            throw StudyError(
                .input, subject: name, reason: "it holds no arrival", remedy: "write one time in seconds a line")
        }
        guard let schedule = ArrivalSchedule(offsets: seconds.map { Int64((($0 - first) * 1e9).rounded()) }) else {
            throw StudyError(.input, subject: name, reason: "its times do not ascend", remedy: "sort the times")
        }
        return schedule
    }
}
