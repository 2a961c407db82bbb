#pragma once

// What a machine's cores and memory can do at most: loops that touch nothing but registers, and a stream through memory.

#include <stdint.h>

/// Which instructions a loop uses; the best that the processor has, found at run time.
enum AssayInstructions {
    ASSAY_NONE = 0,
    ASSAY_SSE2 = 1,
    ASSAY_AVX2 = 2,
    ASSAY_AVX512 = 3,
    ASSAY_AVX_VNNI = 4,
    ASSAY_AVX512_VNNI = 5,
    ASSAY_NEON = 6,
    ASSAY_NEON_DOT = 7,
};

/// Work done and the time it took.
typedef struct {
    /// Operations, a multiply-add counting as two; or bytes moved.
    double work;
    /// Seconds: of the processor with one thread, of the clock with several.
    double seconds;
} AssayRate;

/// The instructions of the f32 loop on this processor.
int32_t assay_float_instructions(void);

/// The instructions of the 8-bit loop on this processor; `ASSAY_NONE` where it has no dot product of bytes.
int32_t assay_integer_instructions(void);

/// Multiply-adds on f32 registers, `iterations` times in each thread.
AssayRate assay_float_peak(int32_t threads, int64_t iterations);

/// Dot products of unsigned and signed bytes with sums in 32 bits, `iterations` times in each thread.
AssayRate assay_integer_peak(int32_t threads, int64_t iterations);

/// Steps in one turn of the chain.
enum { ASSAY_CHAIN_STEPS = 64 };

/// A chain of additions of registers, each of which waits for the one before: a cycle a step on every processor that is
/// known, so that the time it takes tells the frequency at which the core runs. Takes `steps` steps, rounded up to a whole
/// turn of 64, and returns how many it took.
int64_t assay_dependent_chain(int64_t steps);

/// The triad a[i] = b[i] + s·c[i] (McCalpin 1995, STREAM) over three arrays of `bytes` bytes each, split over the threads;
/// counts the three arrays once each. The work is 0 where there is not so much memory.
AssayRate assay_triad(int32_t threads, int64_t bytes);
