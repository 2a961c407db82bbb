public import Assets
import Foundation

/// An engine that a user added: a program of theirs that speaks the worker protocol.
///
/// It is kept as `$ASSAY_HOME/engines/NAME.json`.
public struct AddedEngine: Sendable, Hashable, Codable {
    /// The name under which stacks ask for it.
    public var name: String
    /// The program and its arguments.
    public var command: [String]
    /// The version that the program said it has when it was added, which it must say again; `nil` for one that was added
    /// before versions were kept.
    public var version: String?

    /// Describes an engine.
    public init(name: String, command: [String], version: String? = nil) {
        self.name = name
        self.command = command
        self.version = version
    }

    /// The engine of a name; `nil` where none was added under it.
    ///
    /// - Throws: `AssetError` of code `malformed`.
    public static func named(_ name: String, home: AssayHome) throws(AssetError) -> AddedEngine? {
        guard isName(name), let data = FileManager.default.contents(atPath: path(of: name, home)) else { return nil }
        do { return try JSONDecoder().decode(AddedEngine.self, from: data) } catch {
            throw AssetError(
                .malformed, subject: path(of: name, home), reason: "it does not describe an engine",
                remedy: "add it again: assay engines add \(name) -- COMMAND")
        }
    }

    /// All that were added, by name; a file that describes none is left out.
    public static func all(home: AssayHome) -> [AddedEngine] {
        FileTree.names(in: home.engines).sorted().compactMap { file in
            guard file.hasSuffix(".json") else { return nil }
            return try? named(String(file.dropLast(5)), home: home)
        }
    }

    /// Checks the name, before anything is started under it.
    ///
    /// - Throws: `AssetError` of code `invalidStack` for a name that an engine of Assay has, or that is no name.
    public static func check(_ name: String) throws(AssetError) {
        guard isName(name), EnginePackage.named(name) == nil, !BuiltInEngine.names.contains(name) else {
            throw AssetError(
                .invalidStack, subject: "engine '\(name)'",
                reason: isName(name)
                    ? "that is the name of an engine of Assay" : "a name has letters, digits, '-' and '_' only",
                remedy: "choose another name")
        }
    }

    /// Keeps the engine; one of the same name is replaced.
    ///
    /// - Throws: `AssetError` of code `invalidStack`, as ``check(_:)`` does, or `unwritableFile`.
    public func save(home: AssayHome) throws(AssetError) {
        try Self.check(name)
        try FileTree.makeFolder(home.engines)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        do {
            try encoder.encode(self).write(to: URL(fileURLWithPath: Self.path(of: name, home)), options: .atomic)
        } catch {
            throw AssetError(
                .unwritableFile, subject: Self.path(of: name, home), reason: error.localizedDescription)
        }
    }

    /// Forgets an engine; `false` where none was added under the name.
    ///
    /// - Throws: `AssetError`.
    public static func remove(_ name: String, home: AssayHome) throws(AssetError) -> Bool {
        guard isName(name), FileManager.default.fileExists(atPath: path(of: name, home)) else { return false }
        try FileTree.remove(path(of: name, home))
        return true
    }

    /// How a worker starts it.
    public var guest: GuestCommand { GuestCommand(command) }

    private static func path(of name: String, _ home: AssayHome) -> String { "\(home.engines)/\(name).json" }

    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    }
}
