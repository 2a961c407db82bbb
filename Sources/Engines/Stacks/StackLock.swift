public import Assets
import Foundation

/// The exact builds behind the stacks of a spec, `assay.lock`: with it the same spec runs the same libraries again.
public struct StackLock: Sendable, Hashable, Codable {
    /// The form of the file.
    public static let schema = "assay.lock/1"

    /// One stack: what was asked and what it became.
    public struct Entry: Sendable, Hashable, Codable {
        /// The engine asked for.
        public var engine: String
        /// The constraint asked for.
        public var constraint: VersionConstraint
        /// The build it became.
        public var build: StackBuild

        /// Describes an entry.
        public init(engine: String, constraint: VersionConstraint, build: StackBuild) {
            self.engine = engine
            self.constraint = constraint
            self.build = build
        }

        /// Whether it is what a request became.
        fileprivate func answers(_ request: StackRequest) -> Bool {
            engine == request.engine && constraint == request.version && build.device == request.acceleratorKind
        }

        fileprivate var place: (String, String, String) {
            (engine, constraint.description, build.device?.rawValue ?? "")
        }
    }

    /// The form of the file.
    public var schema = Self.schema
    /// One entry for each distinct request, by engine, constraint and kind of device.
    public var stacks: [Entry] = []

    /// Makes an empty lock.
    public init() {}

    /// The build that a request became earlier.
    public func build(for request: StackRequest) -> StackBuild? {
        stacks.first { $0.answers(request) }?.build
    }

    /// Adds or replaces what a request became.
    public mutating func record(_ request: StackRequest, _ build: StackBuild) {
        stacks.removeAll { $0.answers(request) }
        stacks.append(Entry(engine: request.engine, constraint: request.version, build: build))
        stacks.sort { $0.place < $1.place }
    }

    /// Reads a lock file; an absent one is empty.
    ///
    /// - Throws: `AssetError` of code `malformed`.
    public init(contentsOf path: String) throws(AssetError) {
        guard let data = FileManager.default.contents(atPath: path) else {
            self.init()
            return
        }
        guard let lock = try? JSONDecoder().decode(StackLock.self, from: data), lock.schema == Self.schema else {
            throw AssetError(
                .malformed, subject: path, reason: "it is not a lock file of the form \(Self.schema)",
                remedy: "remove it; the next run writes a new one")
        }
        self = lock
    }

    /// The file's text: sorted, so that a difference is a difference.
    public var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return ((try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}") + "\n"
    }

    /// Writes the file unless it holds the same already.
    ///
    /// - Throws: `AssetError` of code `unwritableFile`.
    public func write(to path: String) throws(AssetError) {
        let data = Data(text.utf8)
        guard FileManager.default.contents(atPath: path) != data else { return }
        do {
            try data.write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw AssetError(.unwritableFile, subject: path, reason: error.localizedDescription)
        }
    }
}
