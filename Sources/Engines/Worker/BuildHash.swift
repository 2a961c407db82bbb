import Foundation

/// A 64-bit hash of the running executable's content: equal builds have equal hashes on any machine.
///
/// It tells builds apart and guards against nothing; read in pieces, so that it does not count as resident memory.
package enum BuildHash {
    /// The hash as 16 hexadecimal digits; `unknown` where the executable cannot be read.
    package static func ofRunningExecutable() -> String {
        guard let path = ExecutableLocation.path() else { return "unknown" }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "unknown" }
        defer { close(descriptor) }
        let hash = withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 64) { buffer in
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            while true {
                let count = read(descriptor, buffer.baseAddress, buffer.count)
                guard count > 0 else { return hash }
                for index in 0..<count / 8 {
                    hash = mix(hash, buffer.load(fromByteOffset: index * 8, as: UInt64.self))
                }
                for index in (count / 8 * 8)..<count { hash = mix(hash, UInt64(buffer[index])) }
            }
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
        return product ^ (product >> 32)
    }
}
