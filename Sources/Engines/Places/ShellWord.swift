import Foundation

/// Words as a POSIX shell reads them back.
enum ShellWord {
    /// The word as it is where it holds nothing special, and in quotes otherwise.
    static func quoted(_ word: String) -> String {
        let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./:,@%")
        guard word.isEmpty || !word.allSatisfy(plain.contains) else { return word }
        return "'" + word.replacingOccurrences(of: "'", with: "'\\''") + "'"
    }

    /// A whole command.
    static func line(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }
}
