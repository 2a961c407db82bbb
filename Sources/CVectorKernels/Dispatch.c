// Which instruction sets there are.

#include "include/CVectorKernels.h"

extern const AssayVectorKernels assay_vector_kernelsPortable;

#if defined(__x86_64__)

extern const AssayVectorKernels assay_vector_kernelsAVX2, assay_vector_kernelsAVX512;

static int hasAVX2(void) {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c");
}

static int hasAVX512(void) {
    return hasAVX2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}

AssayVectorSet assay_vector_best_set(void) {
    __builtin_cpu_init();
    if (hasAVX512()) return ASSAY_VECTOR_AVX512;
    return hasAVX2() ? ASSAY_VECTOR_AVX2 : ASSAY_VECTOR_PORTABLE;
}

const AssayVectorKernels *assay_vector_kernels(AssayVectorSet set) {
    if (set > assay_vector_best_set()) return 0;
    switch (set) {
    case ASSAY_VECTOR_AVX512: return &assay_vector_kernelsAVX512;
    case ASSAY_VECTOR_AVX2: return &assay_vector_kernelsAVX2;
    case ASSAY_VECTOR_PORTABLE: return &assay_vector_kernelsPortable;
    }
    return 0;
}

#else

AssayVectorSet assay_vector_best_set(void) { return ASSAY_VECTOR_PORTABLE; }

const AssayVectorKernels *assay_vector_kernels(AssayVectorSet set) {
    return set == ASSAY_VECTOR_PORTABLE ? &assay_vector_kernelsPortable : 0;
}

#endif

int32_t assay_convolution_is_available(void) { return assay_vector_best_set() == ASSAY_VECTOR_AVX512; }
