/// Under which terms something comes, as far as its package says.
public struct LicenseStatement: Sendable, Hashable, Codable {
    /// The SPDX identifier, or `unstated`.
    public let identifier: String
    /// Where that is said, and what is not said.
    public let statement: String

    /// States a licence.
    public init(_ identifier: String, _ statement: String) {
        self.identifier = identifier
        self.statement = statement
    }
}
