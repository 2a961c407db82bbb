#pragma once

// The control word of the vector unit, which neither Swift nor Foundation reaches.

#include <stdint.h>

/// Sets whether this thread's vector unit takes and gives denormal numbers as zero; returns the earlier control word.
static inline uint64_t assay_set_denormals_flushed(int flushed) {
#if defined(__x86_64__)
    const uint32_t flushToZero = 1u << 15, denormalsAreZero = 1u << 6;
    const uint32_t before = __builtin_ia32_stmxcsr();
    const uint32_t both = flushToZero | denormalsAreZero;
    const uint32_t after = flushed ? (before | both) : (before & ~both);
    if (after != before) __builtin_ia32_ldmxcsr(after);
    return before;
#elif defined(__aarch64__)
    const uint64_t flushToZero = 1ull << 24;
    uint64_t before;
    __asm__ volatile("mrs %0, fpcr" : "=r"(before));
    const uint64_t after = flushed ? (before | flushToZero) : (before & ~flushToZero);
    if (after != before) __asm__ volatile("msr fpcr, %0" : : "r"(after));
    return before;
#else
    (void)flushed;
    return 0;
#endif
}

/// Puts back the control word that `assay_set_denormals_flushed` returned.
static inline void assay_restore_denormals(uint64_t before) {
#if defined(__x86_64__)
    if (__builtin_ia32_stmxcsr() != (uint32_t)before) __builtin_ia32_ldmxcsr((uint32_t)before);
#elif defined(__aarch64__)
    __asm__ volatile("msr fpcr, %0" : : "r"(before));
#else
    (void)before;
#endif
}
