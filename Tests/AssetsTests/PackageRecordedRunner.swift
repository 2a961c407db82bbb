import Assets
import Foundation
import Synchronization
import Tensors

/// Pretends to run programs: answers with what a closure says, and remembers what was asked.
final class PackageRecordedRunner: CommandRunner {
    private let answer: @Sendable (Command) throws -> CommandResult
    private let asked = Mutex<[Command]>([])

    init(_ answer: @escaping @Sendable (Command) throws -> CommandResult) { self.answer = answer }

    var commands: [Command] { asked.withLock { $0 } }

    func run(_ command: Command, whileRunning: () -> Void) throws(AssetError) -> CommandResult {
        asked.withLock { $0.append(command) }
        for _ in 0..<10 { whileRunning() }
        do {
            return try answer(command)
        } catch {
            throw error as? AssetError ?? AssetError(.toolFailed, subject: command.program, reason: "\(error)")
        }
    }
}

/// A home in a temporary folder, removed with the object.
final class PackageTemporaryHome {
    let home: AssayHome

    init() { home = AssayHome(path: NSTemporaryDirectory() + "/assay-test-" + UUID().uuidString) }

    deinit { try? FileManager.default.removeItem(atPath: home.path) }
}
