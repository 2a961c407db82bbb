public import Assets
import Foundation
import Records

/// A machine of which there is a shell: folders are sent to it as tar files, and kept there under the names that their content
/// gives them.
struct ForeignShell {
    /// What messages call it.
    let name: String
    /// The command that takes a line for the shell as its last argument.
    let prefix: [String]

    /// What is there.
    private struct Found {
        /// The folder under which everything is kept there.
        var home: String
        /// The names of the folders that are there already.
        var names: Set<String>
    }

    /// Sends what is missing; the result is the folder under which everything lies there.
    ///
    /// - Parameter note: hears of what is sent, before it is.
    /// - Throws: `AssetError` of code `unreachable` where no shell answers, `unsupported` for a machine of another kind,
    ///   `toolFailed` where sending fails.
    func receive(_ cargo: StackCargo, note: (String) -> Void) throws(AssetError) -> String {
        let found = try look(for: cargo.folders.map(\.name))
        for folder in cargo.folders where !found.names.contains(folder.name) {
            let size = MetricUnit.bytes.format(Double(FileTree.size(of: folder.here)))
            note("sending \(folder.name), \(size), to \(name)")
            try send(folder, to: found.home)
        }
        for name in cargo.written { _ = try run("mkdir -p \(ShellWord.quoted("\(found.home)/\(name)"))") }
        return found.home
    }

    /// How the worker that was sent is started.
    func launcher(_ worker: StackCargo.Folder, home: String) -> Launcher {
        let start = ShellWord.quoted("\(home)/\(worker.name)/\(WorkerBundle.start)")
        return Launcher(name: name, prefix: prefix, worker: "exec \(start)", seesFiles: false)
    }

    /// A mark before the answer: a login shell may print a banner.
    private static let mark = "assay-shell:"

    private func look(for names: [String]) throws(AssetError) -> Found {
        let home = "\"${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/assay\""
        let tests = names.map {
            "[ -e \(home)/\(ShellWord.quoted($0)) ] && echo '\(Self.mark)has '\(ShellWord.quoted($0))"
        }
        let line = (["echo '\(Self.mark)kind '`uname -sm`", "echo '\(Self.mark)home '\(home)"] + tests).joined(
            separator: "; ")
        let answer = try run(line + "; true")
        var facts: [String: [String]] = [:]
        for line in answer.split(separator: "\n") where line.hasPrefix(Self.mark) {
            let words = line.dropFirst(Self.mark.count).split(separator: " ", maxSplits: 1).map(String.init)
            if words.count == 2 { facts[words[0], default: []].append(words[1]) }
        }
        guard let kind = facts["kind"]?.first, let place = facts["home"]?.first else {
            throw unreachable("it did not answer as a shell does: \(answer.suffix(200))")
        }
        guard kind == Self.kind else {
            throw AssetError(
                .unsupported, subject: name,
                reason: "it is a machine of kind '\(kind)', and the worker is for '\(Self.kind)'")
        }
        return Found(home: place, names: Set(facts["has"] ?? []))
    }

    private static var kind: String {
        #if arch(arm64)
            "Linux aarch64"
        #else
            "Linux x86_64"
        #endif
    }

    /// Sends a folder: it is unpacked beside its place and put there whole.
    private func send(_ folder: StackCargo.Folder, to home: String) throws(AssetError) {
        let target = "\(home)/\(folder.name)"
        let parent = ShellWord.quoted((target as NSString).deletingLastPathComponent)
        let place = ShellWord.quoted(target)
        let fresh = ShellWord.quoted("\(target).\(UUID().uuidString.lowercased())")
        let unpack =
            "mkdir -p \(parent) \(fresh) && tar -x -f - -C \(fresh) && { [ -e \(place) ] || mv \(fresh) \(place); }; "
            + "status=$?; rm -rf \(fresh); exit $status"
        let pipeline = "tar -c -h -f - -C \(ShellWord.quoted(folder.here)) . | \(ShellWord.line(prefix + [unpack]))"
        let result = try ProcessRunner().run(Command("sh", ["-c", pipeline]))
        guard result.status == 0 else {
            throw AssetError(
                .toolFailed, subject: "sending \(folder.name) to \(name)", reason: Self.text(result),
                remedy: "it needs tar, and room in ~/.cache/assay")
        }
    }

    private func run(_ line: String) throws(AssetError) -> String {
        let command = prefix + [line]
        let result = try ProcessRunner().run(Command(command[0], Array(command.dropFirst())))
        guard result.status == 0 else { throw unreachable(Self.text(result)) }
        return result.output
    }

    private func unreachable(_ reason: String) -> AssetError {
        AssetError(
            .unreachable, subject: name, reason: reason,
            remedy: "check that this works and asks for nothing: \(ShellWord.line(prefix + ["uname -sm"]))")
    }

    private static func text(_ result: CommandResult) -> String {
        let text = (result.errors + result.output).trimmingCharacters(in: .whitespacesAndNewlines)
        return text.isEmpty ? "it ended with exit code \(result.status)" : String(text.suffix(300))
    }
}

extension AssetError.Code {
    /// A machine cannot be reached.
    public static let unreachable = Self(rawValue: "asset.unreachable")
}
