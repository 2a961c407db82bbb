public import Engines
public import Specs

extension Launcher {
    /// A machine in a spec: `here`, `{ssh: HOST}` or `{docker: IMAGE}`.
    static let type = SpecType<Launcher>.choice(
        "machine", "Where workers run.",
        [
            SpecCase("here", Launcher.local, "This machine."),
            SpecCase(
                "ssh", .string, "Another machine that has assay-worker on its path, through ssh.",
                wrap: { Launcher.ssh($0) }, unwrap: { $0.prefix.first == "ssh" ? $0.prefix.last : nil }),
            SpecCase(
                "docker", .string, "A container of an image that has assay-worker on its path.",
                wrap: { Launcher.docker($0) }, unwrap: { $0.prefix.first == "docker" ? $0.prefix.last : nil }),
        ])

    /// Several machines in a spec, none of them twice.
    static let listType = SpecType<[Launcher]>.list(of: type, atLeast: 1).checked { machines in
        Set(machines).count == machines.count ? nil : "a machine is named twice, and would count as two"
    }

    /// Several machines under one key.
    private struct Machines: Sendable {
        var machines: [Launcher] = []

        static let spec = SpecObject(
            "machines", "Where workers run.", initial: Machines(),
            [.required("machines", \.machines, Launcher.listType, "Where workers run.")])
    }

    /// Reads machines from words of a command line: those of a spec, written `here` and `ssh:HOST`.
    ///
    /// - Throws: `SpecErrors`, as a spec does that names such machines.
    public static func machines(commandLine words: [String]) throws(SpecErrors) -> [Launcher] {
        let values = words.map { word -> SpecValue in
            guard let colon = word.firstIndex(of: ":") else { return .string(word) }
            let content = SpecValue.string(String(word[word.index(after: colon)...]))
            return .map([SpecValue.Pair(String(word[..<colon]), content)])
        }
        let tree = SpecValue.map([SpecValue.Pair("machines", .list(values))])
        do { return try Machines.spec.decode(tree.yaml, file: "--machines").value.machines } catch {
            // Lines and columns would be those of a text that nobody wrote.
            throw SpecErrors(
                error.all.map {
                    SpecError(
                        $0.code, file: $0.file, subject: $0.subject, reason: $0.reason, remedy: $0.remedy)
                })
        }
    }
}
