import Assets
import Foundation

/// What runs containers on this machine.
enum ContainerEngine: String, CaseIterable {
    case podman
    case docker
    /// No engine of containers: the image is unpacked, and bubblewrap makes it the root of a process.
    case bubblewrap

    /// The variable that names one where the first that is found would not do.
    static let variable = "ASSAY_CONTAINER"

    /// The one that an image of this kind runs through.
    ///
    /// - Throws: `AssetError` of code `missingTool`.
    static func find(
        for image: ImageReference, environment: [String: String]
    ) throws(AssetError) -> ContainerEngine {
        if let named = environment[variable], !named.isEmpty {
            guard let engine = ContainerEngine(rawValue: named), engine.isPresent else {
                throw AssetError(
                    .missingTool, subject: "\(variable)=\(named)", reason: "there is no such container engine here",
                    remedy: "use one of " + allCases.map(\.rawValue).joined(separator: ", "))
            }
            return engine
        }
        guard let engine = allCases.first(where: { $0.takes(image) && $0.isPresent }) else {
            throw AssetError(
                .missingTool, subject: "image \(image.title)", reason: "nothing here runs containers",
                remedy: "install podman, docker or bubblewrap, on Debian: apt-get install podman")
        }
        return engine
    }

    private var program: String { self == .bubblewrap ? "bwrap" : rawValue }

    /// Whether it is installed; docker's client is of no use without its service.
    private var isPresent: Bool {
        guard ProcessRunner.find(program) != nil else { return false }
        guard self == .docker else { return true }
        let answer = try? ProcessRunner().run(Command(program, ["version", "--format", "{{.Server.Version}}"]))
        return answer?.status == 0
    }

    /// Docker runs no image that it has not in its own store.
    private func takes(_ image: ImageReference) -> Bool {
        if case .layout = image.place { self != .docker } else { true }
    }
}
