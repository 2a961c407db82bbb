public import Assets
public import Foundation
import Records

/// Brings an installed stack to the place where it is to run.
public struct StackCarrier: Sendable {
    /// Where everything lies in a container.
    private static let inContainer = "/assay"

    private let fetcher: ArtifactFetcher
    private let worker: String?
    private let environment: [String: String]
    private let note: @Sendable (String) -> Void

    /// Makes a carrier.
    ///
    /// - Parameters:
    ///   - worker: the executable that travels; that of this machine where `nil`.
    ///   - environment: may name a container engine by `ASSAY_CONTAINER`.
    ///   - note: hears of what takes time.
    public init(
        fetcher: ArtifactFetcher, worker: String? = nil,
        environment: [String: String] = ProcessInfo.processInfo.environment,
        note: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.fetcher = fetcher
        self.worker = worker
        self.environment = environment
        self.note = note
    }

    /// The stack as it is at its place, with the launcher that starts its worker there.
    ///
    /// - Throws: `AssetError` where the place cannot be reached, or the image not be had.
    public func carry(_ stack: PreparedStack) throws(AssetError) -> PreparedStack {
        var stack = stack
        switch stack.request.place {
        case .here: return stack
        case .launched(let words):
            stack.launcher = Launcher(name: words.joined(separator: " "), prefix: words)
            return stack
        case .ssh(let host):
            let prefix = ["ssh", "-T", "-o", "BatchMode=yes", "--", host]
            return try send(stack, to: ForeignShell(name: "ssh \(host)", prefix: prefix))
        case .shell(let words):
            return try send(stack, to: ForeignShell(name: words.joined(separator: " "), prefix: words))
        case .image(let image): return try contain(stack, in: image)
        }
    }

    /// Whether a place could be had, asked before anything is downloaded.
    ///
    /// - Throws: `AssetError` where nothing here runs containers.
    func check(_ place: StackPlace) throws(AssetError) {
        guard case .image(let image) = place else { return }
        _ = try ContainerEngine.find(for: image, environment: environment)
    }

    private func cargo(_ stack: PreparedStack) throws(AssetError) -> StackCargo {
        StackCargo(stack, worker: try WorkerBundle(worker, home: fetcher.home), home: fetcher.home)
    }

    private func send(_ stack: PreparedStack, to shell: ForeignShell) throws(AssetError) -> PreparedStack {
        let cargo = try cargo(stack)
        let home = try shell.receive(cargo, note: note)
        var moved = cargo.moved(stack, to: home)
        moved.launcher = shell.launcher(cargo.folders[0], home: home)
        return try described(moved)
    }

    private func contain(_ stack: PreparedStack, in image: ImageReference) throws(AssetError) -> PreparedStack {
        let engine = try ContainerEngine.find(for: image, environment: environment)
        guard engine != .bubblewrap || stack.request.options.device == .cpu else {
            throw AssetError(
                .unsupported, subject: "image \(image.title)",
                reason: "bubblewrap brings no accelerator into a container", remedy: "use podman or docker")
        }
        let cargo = try cargo(stack)
        var mounts = cargo.folders.map {
            ContainerCommand.Mount(here: $0.here, there: "\(Self.inContainer)/\($0.name)")
        }
        for name in cargo.written {
            let folder = "\(fetcher.home.path)/\(name)"
            try FileTree.makeFolder(folder)
            mounts.append(ContainerCommand.Mount(here: folder, there: "\(Self.inContainer)/\(name)", isWritten: true))
        }
        let command = ContainerCommand(
            image: image, mounts: mounts, isOffline: fetcher.isOffline, device: stack.request.options.device)
        var moved = cargo.moved(stack, to: Self.inContainer)
        let words = command.words(
            engine, "\(Self.inContainer)/\(cargo.folders[0].name)/\(WorkerBundle.start)",
            unpacked: try unpacked(image, engine))
        moved.launcher = Launcher(
            name: "\(engine.rawValue) \(image.title)", prefix: Array(words.dropLast()), worker: words.last,
            seesFiles: false)
        return try described(moved)
    }

    /// The stack with what its worker says of the machine there, which also shows that it starts.
    private func described(_ stack: PreparedStack) throws(AssetError) -> PreparedStack {
        guard let launcher = stack.launcher else { return stack }
        var words = launcher.prefix + [launcher.worker ?? ""]
        // Where the command is a line for a shell, it is one word.
        if case .image = stack.request.place {
            words.append(Self.describing)
        } else {
            words[words.count - 1] += " " + Self.describing
        }
        let result = try ProcessRunner().run(Command(words[0], Array(words.dropFirst())))
        guard result.status == 0, let machine = try? JSONDecoder().decode(Machine.self, from: Data(result.output.utf8))
        else {
            throw AssetError(
                .toolFailed, subject: "the worker by \(launcher.name)",
                reason: "it does not start: "
                    + String((result.errors + result.output).suffix(400))
                    .trimmingCharacters(in: .whitespacesAndNewlines))
        }
        var stack = stack
        stack.machine = machine
        return stack
    }

    /// The argument by which a worker tells of its machine and ends.
    public static let describing = "--machine"

    /// The image as a folder, where the engine does not fetch it itself.
    private func unpacked(_ image: ImageReference, _ engine: ContainerEngine) throws(AssetError) -> ImageStore.Image? {
        if case .registry = image.place, engine != .bubblewrap { return nil }
        let store = ImageStore(fetcher: fetcher)
        if store.kept(image.digest) == nil { note("unpacking image \(image.title)") }
        return try store.unpacked(image)
    }
}
