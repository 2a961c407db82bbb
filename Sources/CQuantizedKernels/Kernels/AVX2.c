#include "Tables.h"

#if defined(__x86_64__)

#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#define ASSAY_TILE_ROWS 2
#define ASSAY_TILE_BLOCKS 1
#define ASSAY_TILE assay_tile

static void assay_tile(
    const uint8_t *left, int64_t step, int64_t depth, const int8_t *packed, int64_t blockSize, int rows, int blocks,
    int32_t *sums);

#include "Body.h"

/// Bytes are widened to 16 bits first: the sum of two products of bytes saturates in 16 bits.
static inline __attribute__((always_inline)) void assay_add_group(
    __m256i sums[4], int32_t group, const __m256i weights[4]) {
    __m256i factors = _mm256_cvtepu8_epi16(_mm_set1_epi32(group));
    for (int part = 0; part < 4; part++)
        sums[part] = _mm256_add_epi32(sums[part], _mm256_madd_epi16(factors, weights[part]));
}

static inline __attribute__((always_inline)) void assay_rows(
    const uint8_t *left, int64_t step, int64_t depth, const int8_t *packed, int rows, int32_t *sums) {
    // A part holds four columns, each as the sums of two pairs of the depth.
    __m256i parts[ASSAY_TILE_ROWS][4];
    for (int row = 0; row < rows; row++)
        for (int part = 0; part < 4; part++) parts[row][part] = _mm256_setzero_si256();
    int64_t groups = (depth + ASSAY_QUANTIZED_GROUP - 1) / ASSAY_QUANTIZED_GROUP;
    for (int64_t group = 0; group < groups; group++) {
        __m256i weights[4];
        const __m128i *source = (const __m128i *)(packed + group * ASSAY_QUANTIZED_BLOCK * ASSAY_QUANTIZED_GROUP);
        for (int part = 0; part < 4; part++) weights[part] = _mm256_cvtepi8_epi16(_mm_loadu_si128(source + part));
        int isWhole = (group + 1) * ASSAY_QUANTIZED_GROUP <= depth;
        for (int row = 0; row < rows; row++) {
            const uint8_t *elements = left + row * step;
            assay_add_group(
                parts[row], isWhole ? assay_group(elements, group) : assay_last_group(elements, depth), weights);
        }
    }
    for (int row = 0; row < rows; row++) {
        __m256i *target = (__m256i *)(sums + row * ASSAY_QUANTIZED_BLOCK);
        for (int half = 0; half < 2; half++) {
            __m256i pairs = _mm256_hadd_epi32(parts[row][2 * half], parts[row][2 * half + 1]);
            _mm256_storeu_si256(target + half, _mm256_permute4x64_epi64(pairs, 0xD8));
        }
    }
}

static void assay_tile(
    const uint8_t *left, int64_t step, int64_t depth, const int8_t *packed, int64_t blockSize, int rows, int blocks,
    int32_t *sums) {
    (void)blockSize;
    (void)blocks;
    if (rows == 2) {
        assay_rows(left, step, depth, packed, 2, sums);
    } else {
        assay_rows(left, step, depth, packed, 1, sums);
    }
}

#pragma clang attribute pop

const AssayQuantizedKernels assayQuantizedAVX2 = ASSAY_QUANTIZED_TABLE;

#endif
