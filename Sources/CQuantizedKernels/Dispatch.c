#include "CQuantizedKernels.h"

#include <string.h>

#include "Kernels/Tables.h"

static int assay_has(AssayQuantizedSet set) {
    switch (set) {
    case ASSAY_QUANTIZED_PORTABLE: return 1;
#if defined(__x86_64__)
    case ASSAY_QUANTIZED_AVX2: return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    case ASSAY_QUANTIZED_AVX512_VNNI:
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
            && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")
            && __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("fma");
#endif
    default: return 0;
    }
}

AssayQuantizedSet assay_quantized_best_set(void) {
    for (int set = ASSAY_QUANTIZED_AVX512_VNNI; set > ASSAY_QUANTIZED_PORTABLE; set--)
        if (assay_has((AssayQuantizedSet)set)) return (AssayQuantizedSet)set;
    return ASSAY_QUANTIZED_PORTABLE;
}

const AssayQuantizedKernels *assay_quantized_kernels(AssayQuantizedSet set) {
    if (!assay_has(set)) return 0;
    switch (set) {
#if defined(__x86_64__)
    case ASSAY_QUANTIZED_AVX2: return &assayQuantizedAVX2;
    case ASSAY_QUANTIZED_AVX512_VNNI: return &assayQuantizedAVX512VNNI;
#endif
    default: return &assayQuantizedPortable;
    }
}

const AssayQuantizedKernels *assay_quantized_best_kernels(void) {
    return assay_quantized_kernels(assay_quantized_best_set());
}

static int64_t assay_groups(int64_t depth) { return (depth + ASSAY_QUANTIZED_GROUP - 1) / ASSAY_QUANTIZED_GROUP; }

int64_t assay_quantized_packed_size(int64_t depth, int64_t columns) {
    int64_t blocks = (columns + ASSAY_QUANTIZED_BLOCK - 1) / ASSAY_QUANTIZED_BLOCK;
    return blocks * assay_groups(depth) * ASSAY_QUANTIZED_BLOCK * ASSAY_QUANTIZED_GROUP;
}

void assay_quantized_pack(
    const void *elements, int64_t depth, int64_t columns, int64_t depthStep, int64_t columnStep, int32_t isSigned,
    int8_t *packed, int32_t *columnSums) {
    memset(packed, 0, (size_t)assay_quantized_packed_size(depth, columns));
    memset(columnSums, 0, (size_t)columns * sizeof *columnSums);
    const int8_t *source = elements;
    // Without their highest bit turned, unsigned elements would read as other numbers.
    const int8_t turn = isSigned ? 0 : -128;
    int64_t blockSize = assay_groups(depth) * ASSAY_QUANTIZED_BLOCK * ASSAY_QUANTIZED_GROUP;
    for (int64_t start = 0; start < columns; start += ASSAY_QUANTIZED_BLOCK) {
        int8_t *block = packed + start / ASSAY_QUANTIZED_BLOCK * blockSize;
        int64_t count = columns - start < ASSAY_QUANTIZED_BLOCK ? columns - start : ASSAY_QUANTIZED_BLOCK;
        for (int64_t index = 0; index < depth; index++) {
            const int8_t *row = source + index * depthStep + start * columnStep;
            int8_t *target = block + index / ASSAY_QUANTIZED_GROUP * ASSAY_QUANTIZED_BLOCK * ASSAY_QUANTIZED_GROUP
                + index % ASSAY_QUANTIZED_GROUP;
            for (int64_t column = 0; column < count; column++) {
                int8_t element = (int8_t)(row[column * columnStep] ^ turn);
                target[column * ASSAY_QUANTIZED_GROUP] = element;
                columnSums[start + column] += element;
            }
        }
    }
}
