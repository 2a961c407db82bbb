import Assets
public import Specs

extension StackPlace {
    /// A place in a spec: `here`, `{ssh: HOST}`, `{image: REFERENCE}`, `{shell: [WORD, …]}` or `{launched: [WORD, …]}`.
    public static let type = SpecType<StackPlace>.choice(
        "machine", "Where workers run.",
        [
            SpecCase("here", StackPlace.here, "This machine."),
            SpecCase(
                "ssh", host, "Another machine through ssh. It needs a shell alone: the worker and the stack are sent.",
                wrap: { .ssh(host: $0) }, unwrap: { if case .ssh(let host) = $0 { host } else { nil } }),
            SpecCase(
                "image", image, "A container of an OCI image, named by its digest.", wrap: { .image($0) },
                unwrap: { if case .image(let image) = $0 { image } else { nil } }),
            SpecCase(
                "shell", words,
                "A command that takes a line for a shell as its last argument, as [docker, exec, -i, NAME, sh, -c].",
                wrap: { .shell($0) }, unwrap: { if case .shell(let words) = $0 { words } else { nil } }),
            SpecCase(
                "launched", words,
                "A command before the worker's, to a machine that sees this one's files, as [srun, -n1].",
                wrap: { .launched($0) }, unwrap: { if case .launched(let words) = $0 { words } else { nil } }),
        ])

    /// Several places in a spec, none of them twice.
    public static let listType = SpecType<[StackPlace]>.list(of: type, atLeast: 1).checked { places in
        Set(places).count == places.count ? nil : "a machine is named twice, and would count as two"
    }

    // A name that begins with a dash would be an option of ssh.
    private static let host = SpecType<String>.string.checked { host in
        host.isEmpty || host.hasPrefix("-") ? "it is no name of a machine" : nil
    }

    private static let words = SpecType<[String]>.list(of: .literal, atLeast: 1)

    private static let image = SpecType<String>.literal.mapped(
        summary: "an image by its digest, such as debian@sha256:… or oci:FOLDER@sha256:…",
        to: { try? ImageReference($0) }, from: \.text)

    /// Several places under one key.
    private struct Places: Sendable {
        var places: [StackPlace] = []

        static let spec = SpecObject(
            "machines", "Where workers run.", initial: Places(),
            [.required("machines", \.places, StackPlace.listType, "Where workers run.")])
    }

    /// Reads places from words of a command line: those of a spec, written `here`, `ssh:HOST` and `image:REFERENCE`; of a
    /// command, `shell:` and `launched:` take the words with spaces between them.
    ///
    /// - Throws: `SpecErrors`, as a spec does that names such places.
    public static func list(commandLine words: [String], option: String = "--machines") throws(SpecErrors)
        -> [StackPlace]
    {
        let values = words.map { word -> SpecValue in
            guard let colon = word.firstIndex(of: ":") else { return .string(word) }
            let key = String(word[..<colon])
            let content = String(word[word.index(after: colon)...])
            let isCommand = ["shell", "launched"].contains(key)
            let parts = content.split(separator: " ").map { SpecValue.string(String($0)) }
            return .map([SpecValue.Pair(key, isCommand ? .list(parts) : .string(content))])
        }
        let tree = SpecValue.map([SpecValue.Pair("machines", .list(values))])
        do { return try Places.spec.decode(tree.yaml, file: option).value.places } catch {
            // Lines and columns would be those of a text that nobody wrote.
            throw SpecErrors(
                error.all.map {
                    SpecError(
                        $0.code, file: $0.file, subject: $0.subject, reason: $0.reason, remedy: $0.remedy)
                })
        }
    }
}
