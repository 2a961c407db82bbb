/// What went wrong with a model, a data set, an archive or a download: which rule, of what, why, and how to mend it.
public struct AssetError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The rule that was broken; open, so that a new one breaks nobody's switch.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The stable name of the rule.
        public let rawValue: String
        /// Makes a code from its stable name.
        public init(rawValue: String) { self.rawValue = rawValue }
    }

    /// The rule that was broken.
    public let code: Code
    /// The file and byte, package, or entry concerned.
    public let subject: String
    /// Why the rule was broken.
    public let reason: String
    /// How to mend it; empty where nothing can be said.
    public let remedy: String

    /// Makes an error.
    public init(_ code: Code, subject: String, reason: String, remedy: String = "") {
        self.code = code
        self.subject = subject
        self.reason = reason
        self.remedy = remedy
    }

    /// One line: subject, reason, remedy.
    public var description: String { "\(subject): \(reason)" + (remedy.isEmpty ? "" : "; \(remedy)") }
}

extension AssetError.Code {
    /// A file could not be opened, read or written.
    public static let unreadableFile = Self(rawValue: "asset.unreadable-file")
    /// A file could not be written.
    public static let unwritableFile = Self(rawValue: "asset.unwritable-file")
    /// Bytes do not follow the format they claim.
    public static let malformed = Self(rawValue: "asset.malformed")
    /// The format is right but uses a feature that is not read.
    public static let unsupported = Self(rawValue: "asset.unsupported")
    /// Something would exceed a stated limit of size or count.
    public static let limitExceeded = Self(rawValue: "asset.limit-exceeded")
    /// No entry, member or package of that name.
    public static let notFound = Self(rawValue: "asset.not-found")
    /// The SHA-256 of a file is not the pinned one.
    public static let hashMismatch = Self(rawValue: "asset.hash-mismatch")
    /// It would have to be downloaded, and downloads are switched off or failed.
    public static let offline = Self(rawValue: "asset.offline")
    /// A volume has too little room for what would be written.
    public static let insufficientSpace = Self(rawValue: "asset.insufficient-space")
    /// A program that is needed (python3, pip, apt-get) is missing.
    public static let missingTool = Self(rawValue: "asset.missing-tool")
    /// A program that was run reported a failure.
    public static let toolFailed = Self(rawValue: "asset.tool-failed")
    /// No version of a package meets a constraint.
    public static let unsatisfiable = Self(rawValue: "asset.unsatisfiable-version")
    /// A version or constraint cannot be read.
    public static let invalidVersion = Self(rawValue: "asset.invalid-version")
    /// A checkpoint holds something that is not a plain tensor.
    public static let refusedCheckpoint = Self(rawValue: "asset.refused-checkpoint")
}
