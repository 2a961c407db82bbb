import Assets
import Foundation

/// The command that runs a program in a container: read-only, without a network, with the processors and shared memory of the
/// machine, and with folders of the machine where they are asked for.
struct ContainerCommand {
    /// Folders of this machine, by their paths in the container; those that are written are made.
    struct Mount {
        var here: String
        var there: String
        var isWritten = false
    }

    let image: ImageReference
    let mounts: [Mount]
    /// Whether an engine may download the image.
    let isOffline: Bool
    /// What computes in it.
    let device: ComputeDevice

    /// The words before the program's arguments.
    ///
    /// - Parameter unpacked: the image as a folder; `nil` where the engine fetches it.
    func words(_ engine: ContainerEngine, _ program: String, unpacked: ImageStore.Image?) -> [String] {
        switch engine {
        case .podman, .docker: engineWords(engine, program, unpacked)
        case .bubblewrap: bubblewrapWords(program, unpacked)
        }
    }

    private func engineWords(_ engine: ContainerEngine, _ program: String, _ unpacked: ImageStore.Image?) -> [String] {
        var words = [
            engine.rawValue, "run", "--rm", "--interactive", "--network=none", "--read-only",
            "--tmpfs=/tmp", "--security-opt=label=disable", "--volume=/dev/shm:/dev/shm", "--entrypoint=\(program)",
        ]
        if device.kind == .cuda { words.append(engine == .podman ? "--device=nvidia.com/gpu=all" : "--gpus=all") }
        words += mounts.map { "--volume=\($0.here):\($0.there)\($0.isWritten ? "" : ":ro")" }
        guard let unpacked else { return words + ["--pull=\(isOffline ? "never" : "missing")", image.text] }
        words += unpacked.environment.sorted { $0.key < $1.key }.map { "--env=\($0.key)=\($0.value)" }
        // An overlay, so that the folders that are mounted are not made in the image.
        return words + ["--rootfs", unpacked.root + ":O"]
    }

    /// Everything at the top of the image is laid into an empty root, so that there is room for the mounts beside it.
    private func bubblewrapWords(_ program: String, _ unpacked: ImageStore.Image?) -> [String] {
        var words = ["bwrap", "--unshare-net", "--unshare-ipc", "--die-with-parent"]
        let own: Set<String> = ["proc", "dev", "sys", "tmp"]
        for name in FileTree.names(in: unpacked?.root ?? "") where !own.contains(name) {
            let path = "\(unpacked?.root ?? "")/\(name)"
            if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) {
                words += ["--symlink", target, "/\(name)"]
            } else {
                words += ["--ro-bind", path, "/\(name)"]
            }
        }
        words += ["--proc", "/proc", "--dev", "/dev", "--bind", "/dev/shm", "/dev/shm", "--ro-bind", "/sys", "/sys"]
        words += ["--tmpfs", "/tmp"]
        for mount in mounts { words += [mount.isWritten ? "--bind" : "--ro-bind", mount.here, mount.there] }
        words += ["--clearenv"]
        var environment = unpacked?.environment ?? [:]
        if environment["PATH"] == nil { environment["PATH"] = "/usr/local/bin:/usr/bin:/bin" }
        environment["HOME"] = environment["HOME"] ?? "/tmp"
        for (name, value) in environment.sorted(by: { $0.key < $1.key }) { words += ["--setenv", name, value] }
        return words + ["--", program]
    }
}
