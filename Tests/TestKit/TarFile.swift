/// A tar file (POSIX ustar) made entry by entry, for tests of what reads them.
public struct TarFile {
    /// The file's bytes so far, without the two blocks that end it.
    public private(set) var bytes: [UInt8] = []

    /// Makes an empty one.
    public init() {}

    /// Adds a file.
    public mutating func add(_ name: String, _ content: String, mode: Int = 0o644) {
        let data = Array(content.utf8)
        header(name, mode: mode, size: data.count, kind: "0", link: "")
        bytes += data + [UInt8](repeating: 0, count: (512 - data.count % 512) % 512)
    }

    /// Adds a folder.
    public mutating func add(folder name: String, mode: Int = 0o755) {
        header(name, mode: mode, size: 0, kind: "5", link: "")
    }

    /// Adds a symbolic link.
    public mutating func add(_ name: String, linkTo target: String) {
        header(name, mode: 0o777, size: 0, kind: "2", link: target)
    }

    /// Adds a second name of a file.
    public mutating func add(_ name: String, sameAs target: String) {
        header(name, mode: 0o644, size: 0, kind: "1", link: target)
    }

    /// The whole file.
    public var complete: [UInt8] { bytes + [UInt8](repeating: 0, count: 1024) }

    private mutating func header(_ name: String, mode: Int, size: Int, kind: Character, link: String) {
        var block = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, at position: Int) {
            for (index, byte) in text.utf8.enumerated() { block[position + index] = byte }
        }
        func octal(_ number: Int, digits: Int) -> String {
            let text = String(number, radix: 8)
            return String(repeating: "0", count: digits - text.count) + text
        }
        put(name, at: 0)
        put(octal(mode, digits: 7), at: 100)
        put(octal(size, digits: 11), at: 124)
        put(String(kind), at: 156)
        put(link, at: 157)
        put("ustar", at: 257)
        put("00", at: 263)
        put(String(repeating: " ", count: 8), at: 148)
        put(octal(block.reduce(0) { $0 + Int($1) }, digits: 6), at: 148)
        block[154] = 0
        bytes += block
    }
}
