import Foundation

/// Whether the calling thread, and every thread it starts from now on, treats denormal numbers as zero.
///
/// Intel SDM volume 1, 10.2.3: MXCSR bit 15 flushes denormal results, bit 6 reads denormal operands as zero. On arm64 it is
/// bit 24 of FPCR.
enum DenormalMode {
    static func set(flush: Bool) {
        var environment = fenv_t()
        guard fegetenv(&environment) == 0 else { return }
        #if os(Linux) && arch(x86_64)
            let bits: UInt32 = 0x8040
            environment.__mxcsr = flush ? environment.__mxcsr | bits : environment.__mxcsr & ~bits
        #elseif os(Linux) && arch(arm64)
            let bits: UInt32 = 1 << 24
            environment.__fpcr = flush ? environment.__fpcr | bits : environment.__fpcr & ~bits
        #elseif arch(arm64)
            let bits: UInt64 = 1 << 24
            environment.__fpcr = flush ? environment.__fpcr | bits : environment.__fpcr & ~bits
        #endif
        fesetenv(&environment)
    }
}
