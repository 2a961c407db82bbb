import Assets

/// What has to be where a worker runs: folders of this machine, and what they are called there.
struct StackCargo {
    /// One folder.
    struct Folder: Hashable {
        /// Its path on this machine.
        let here: String
        /// The kind of thing in it, and its name: `stacks/onnxruntime-1.31.1-5752bd508126`.
        let name: String
    }

    /// Folders that are read there, the worker's first.
    let folders: [Folder]
    /// The names of folders that are written there.
    let written: [String]
    private let home: String

    /// Finds what a stack needs.
    init(_ stack: PreparedStack, worker: WorkerBundle, home: AssayHome) {
        self.home = home.path
        let paths = [worker.folder, stack.libraries].compactMap(\.self) + (stack.guest?.command ?? [])
        var folders: [Folder] = []
        for path in paths where path.hasPrefix(home.path + "/") {
            let name = path.dropFirst(home.path.count + 1).split(separator: "/").prefix(2).joined(separator: "/")
            let folder = Folder(here: "\(home.path)/\(name)", name: name)
            if !folders.contains(folder) { folders.append(folder) }
        }
        self.folders = folders
        written = (stack.guest?.environment.values.sorted() ?? []).compactMap { path in
            path.hasPrefix(home.path + "/") ? String(path.dropFirst(home.path.count + 1)) : nil
        }
    }

    /// A path or any other word as it has to be where the home is `there`.
    func moved(_ word: String, to there: String) -> String {
        word.hasPrefix(home + "/") ? there + word.dropFirst(home.count) : word
    }

    /// The stack as it is where the home is `there`.
    func moved(_ stack: PreparedStack, to there: String) -> PreparedStack {
        var stack = stack
        stack.libraries = stack.libraries.map { moved($0, to: there) }
        if var guest = stack.guest {
            guest.command = guest.command.map { moved($0, to: there) }
            guest.environment = guest.environment.mapValues { moved($0, to: there) }
            // The interpreter is that of the place.
            if stack.build?.python != nil { guest.command[0] = PythonEnvironment.interpreter }
            stack.guest = guest
        }
        return stack
    }
}
