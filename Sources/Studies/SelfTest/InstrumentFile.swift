import Foundation
public import Records

/// What self-tests found of the instrument, by machine, in `$ASSAY_HOME/instrument.json`.
///
/// The records of the tests are in the store; this is only what every later record looks up.
public struct InstrumentFile: Sendable {
    private let path: String

    /// One machine and what was found on it last.
    private struct Entry: Codable {
        var machine: [String]
        var test: InstrumentTest
    }

    /// Looks into a home.
    public init(home: String) { path = home + "/instrument.json" }

    /// What was found on a machine; `nil` where it was never tested or the file cannot be read.
    public func test(on machine: Machine) -> InstrumentTest? {
        entries().first { $0.machine == Self.identity(of: machine) }?.test
    }

    /// Notes what was found on a machine, in place of what was found before.
    ///
    /// - Throws: `RecordError` of code `storeFailed` when the file cannot be written.
    public func note(_ test: InstrumentTest, on machine: Machine) throws(RecordError) {
        let identity = Self.identity(of: machine)
        let entries = entries().filter { $0.machine != identity } + [Entry(machine: identity, test: test)]
        do {
            try JSONEncoder().encode(entries).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw RecordError(
                .storeFailed, subject: path, reason: "it cannot be written",
                remedy: "check that the folder exists and may be written to")
        }
    }

    private func entries() -> [Entry] {
        guard let data = FileManager.default.contents(atPath: path) else { return [] }
        return (try? JSONDecoder().decode([Entry].self, from: data)) ?? []
    }

    /// What makes a machine another one to an instrument of time.
    private static func identity(of machine: Machine) -> [String] {
        [
            machine.processor, machine.architecture, String(machine.logicalCores), machine.operatingSystem,
            machine.kernel, machine.governor ?? "", machine.virtualization.sorted().joined(separator: "+"),
        ] + machine.accelerators.map(\.identity)
    }
}
