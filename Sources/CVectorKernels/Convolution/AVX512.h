// What the AVX-512 kernels of convolutions share.

#pragma once

#include "../include/VectorConvolution.h"

#if defined(__x86_64__)

#include <immintrin.h>
#include <stddef.h>

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,fma")))
#define INLINE static inline __attribute__((always_inline, target("avx512f,avx512bw,avx512dq,avx512vl,fma")))
/// Loops over registers: unrolled, so that their counters are constants.
#define UNROLL _Pragma("clang loop unroll(full)")

/// An activation as vectors.
typedef struct Finish {
    __m512 lowest, highest;
    int32_t isHardSwish;
} Finish;

INLINE Finish finishOf(AssayActivation activation) {
    return (Finish){_mm512_set1_ps(activation.lowest), _mm512_set1_ps(activation.highest), activation.isHardSwish};
}

/// NaN stays NaN: both instructions return their second operand then.
INLINE __m512 finished(__m512 value, const Finish *finish) {
    if (finish->isHardSwish) {
        __m512 gate = _mm512_fmadd_ps(value, _mm512_set1_ps(1.0f / 6.0f), _mm512_set1_ps(0.5f));
        gate = _mm512_min_ps(_mm512_set1_ps(1.0f), _mm512_max_ps(_mm512_setzero_ps(), gate));
        value = _mm512_mul_ps(value, gate);
    }
    return _mm512_min_ps(finish->highest, _mm512_max_ps(finish->lowest, value));
}

/// The lanes of a vector that hold the first `count` of 16 elements.
INLINE __mmask16 lanes(int64_t count) {
    return count >= 16 ? 0xffff : (count <= 0 ? 0 : (__mmask16)((1u << count) - 1));
}

static inline int64_t lesser(int64_t a, int64_t b) { return a < b ? a : b; }
static inline int64_t greater(int64_t a, int64_t b) { return a > b ? a : b; }

#endif
