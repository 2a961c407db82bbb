import Foundation

/// Where the engine libraries are that tests run, if they are installed.
public enum TestStacks {
    /// What `stack.json` of an installed stack says.
    private struct Manifest: Decodable {
        struct Build: Decodable {
            let engine: String
            let version: String
            /// The kind of device that it computes on; absent for the processor.
            let device: String?
        }
        let build: Build
    }

    /// The folder that holds an engine's libraries; `nil` when it is not installed, and its tests are skipped.
    ///
    /// `ASSAY_<ENGINE>_LIBRARIES` names it; else the newest stack of that engine under `$ASSAY_HOME/stacks` is taken.
    public static func folder(for engine: String) -> String? {
        let environment = ProcessInfo.processInfo.environment
        if let folder = environment["ASSAY_\(engine.uppercased())_LIBRARIES"] { return folder }
        return folders(for: engine).last
    }

    /// The folders of all installed stacks of an engine that compute on the processor, oldest version first.
    public static func folders(for engine: String) -> [String] {
        let environment = ProcessInfo.processInfo.environment
        let home = environment["ASSAY_HOME"] ?? NSHomeDirectory() + "/.assay"
        let stacks = environment["ASSAY_TEST_STACKS"] ?? home + "/stacks"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: stacks)) ?? []
        let found = names.compactMap { name -> (version: String, folder: String)? in
            let folder = "\(stacks)/\(name)"
            guard let data = FileManager.default.contents(atPath: folder + "/stack.json"),
                let build = try? JSONDecoder().decode(Manifest.self, from: data).build, build.engine == engine,
                build.device == nil
            else { return nil }
            return (build.version, folder)
        }
        return found.sorted { $0.version.compare($1.version, options: .numeric) == .orderedAscending }.map(\.folder)
    }
}
