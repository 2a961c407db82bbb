// The kernels for AVX2 with FMA.

#if defined(__x86_64__)

#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)

#define ASSAY_BYTES 32
#define ASSAY_NAME(name) name##AVX2
#define ASSAY_ROWS 2

#define ASSAY_HAS_HALF 1

#include "Kernels.h"

#pragma clang attribute pop

#endif
