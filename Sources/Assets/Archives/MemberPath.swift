/// The rule for names inside archives: relative, and never out of the folder they are unpacked into.
enum MemberPath {
    /// The name without `./` and trailing slashes; `nil` for absolute names, `..`, backslashes, NUL, and empty names.
    static func normalized(_ name: String) -> String? {
        guard !name.isEmpty, !name.hasPrefix("/"), !name.utf8.contains(0), !name.contains("\\") else { return nil }
        let parts = name.split(separator: "/").filter { $0 != "." }
        guard !parts.isEmpty, !parts.contains("..") else { return nil }
        return parts.joined(separator: "/")
    }
}
