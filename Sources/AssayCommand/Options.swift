import ArgumentParser
import Assay
import Assets
import Engines
import Foundation
import Records
import Reports

/// What every study's command takes.
struct StudyOptions: ParsableArguments {
    @OptionGroup var delivery: DeliveryOptions

    @Option(
        help: ArgumentHelp(
            "Engines in place of the spec's, as native,onnxruntime@1.20,openvino{threads=2}.", valueName: "engine,…"))
    var engine: String?

    @Option(help: ArgumentHelp("Threads that compute one operator.", valueName: "number"))
    var threads: Int?

    var json: Bool { delivery.json }
    var out: String? { delivery.out }
    var html: String? { delivery.html }
    var seed: Int? { delivery.seed }
    var quiet: Bool { delivery.quiet }
    var offline: Bool { delivery.offline }

    func validate() throws {
        if let threads, !(1...4096).contains(threads) {
            throw ValidationError("--threads \(threads): the number is not in 1 to 4096; leave it out for the spec's")
        }
        if let engine, engine.split(separator: ",").isEmpty {
            throw ValidationError("--engine '\(engine)': it names no engine; `assay engines` lists them")
        }
    }

    /// The words of an option that takes several, with commas between them; `nil` where it is absent.
    static func words(_ text: String?, of option: String) throws -> [String]? {
        guard let text else { return nil }
        let words = text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        guard !words.isEmpty else { throw ValidationError("\(option) '\(text)': it names nothing; leave it out") }
        return words
    }

    /// Refuses the first option that is given and has no effect on what was asked.
    static func refuse(_ given: [(option: String, isGiven: Bool)], since reason: String) throws {
        guard let (option, _) = given.first(where: \.isGiven) else { return }
        throw ValidationError("\(option) \(reason)")
    }

    /// The stacks named by `--engine`; `nil` where the option is absent.
    func stacks() throws -> [StackRequest]? { try Self.stacks(engine) }

    /// The stacks that an option names; `nil` where it is absent.
    static func stacks(_ text: String?) throws -> [StackRequest]? {
        try text.map { try StackRequest.list(commandLine: $0) }
    }

    /// Gives every stack the number of threads that `--threads` asks for, where it does.
    func setThreads(of stacks: inout [StackRequest]) {
        guard let threads else { return }
        for index in stacks.indices { stacks[index].options.threads = threads }
    }

    /// Writes what was found where the user wants it.
    ///
    /// - Parameter hidden: exhibits too long for a terminal.
    func deliver(_ archive: RecordArchive, hiding hidden: Set<String> = []) throws {
        try delivery.deliver(archive, hiding: hidden)
    }

    static func write(_ text: String, to path: String) throws {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw Failure(
                .wrongInput, code: "command.unwritable", subject: path, reason: "it cannot be written",
                remedy: "check that the folder exists and may be written to")
        }
    }
}

extension RecordArchive {
    /// How the program ends: interrupted, an engine that failed, a verdict that failed, or done.
    var exitStatus: ExitStatus {
        if record.isPartial { return .interrupted }
        if record.outcomes.contains(where: { !$0.isCompleted }) { return .engineFailed }
        return .done
    }
}

extension ReportDocument {
    /// What a terminal shows after a run: findings and charts; the list of all numbers is in the record and the page.
    var brief: ReportDocument {
        var brief = self
        brief.sections.removeAll { $0.title == ReportDocument.allNumbers }
        brief.notes = []
        return brief
    }
}
