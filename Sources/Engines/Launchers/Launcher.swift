import Foundation

/// How a worker is started: a command before the worker's own, so that the site's own ssh, Slurm or Docker is the fleet.
public struct Launcher: Sendable, Hashable, Codable {
    /// What messages and records call it, such as `local` or `ssh node1`.
    public var name: String
    /// The command and its arguments that come before the worker; empty on this machine.
    public var prefix: [String]
    /// The worker's executable as the launched machine knows it; `nil` looks for it.
    public var worker: String?
    /// True when the command's arguments pass through a shell on the way, as ssh's do.
    public var passesThroughShell: Bool

    /// Makes a launcher.
    public init(name: String, prefix: [String], worker: String? = nil, passesThroughShell: Bool = false) {
        self.name = name
        self.prefix = prefix
        self.worker = worker
        self.passesThroughShell = passesThroughShell
    }

    /// This machine.
    public static let local = Launcher(name: "local", prefix: [])

    /// Another machine through ssh; no terminal, no password prompt.
    public static func ssh(_ host: String, options: [String] = [], worker: String = "assay-worker") -> Launcher {
        Launcher(
            name: "ssh \(host)", prefix: ["ssh", "-T", "-o", "BatchMode=yes"] + options + ["--", host], worker: worker,
            passesThroughShell: true)
    }

    /// A node that Slurm chooses; the executable lies on a file system that the nodes share, or is on their path.
    public static func slurm(_ arguments: [String] = [], worker: String? = nil) -> Launcher {
        Launcher(
            name: (["srun"] + arguments).joined(separator: " "),
            prefix: ["srun", "--ntasks=1", "--quiet", "--unbuffered"] + arguments, worker: worker)
    }

    /// A container that is removed afterwards; the image has the worker on its path.
    public static func docker(_ image: String, arguments: [String] = [], worker: String = "assay-worker") -> Launcher {
        Launcher(
            name: "docker \(image)", prefix: ["docker", "run", "--rm", "-i"] + arguments + [image], worker: worker)
    }

    /// The whole command line.
    ///
    /// - Throws: `WorkerError` of code `notFound` when no worker executable is named and none lies where it is looked for.
    public func command() throws(WorkerError) -> [String] {
        let executable: String
        if let worker { executable = worker } else { executable = try WorkerExecutable.find() }
        return prefix + [passesThroughShell ? Self.quoted(executable) : executable]
    }

    /// A word that a POSIX shell reads back as it is.
    static func quoted(_ word: String) -> String {
        let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./:,@%")
        guard word.isEmpty || !word.allSatisfy(plain.contains) else { return word }
        return "'" + word.replacingOccurrences(of: "'", with: "'\\''") + "'"
    }
}
