// The kernels for AVX-512.

#if defined(__x86_64__)

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma,f16c"))), apply_to = function)

#define ASSAY_BYTES 64
#define ASSAY_NAME(name) name##AVX512
#define ASSAY_ROWS 6

#define ASSAY_HAS_HALF 1

#include "Kernels.h"

#pragma clang attribute pop

#endif
