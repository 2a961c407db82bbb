#include "Tables.h"

#if defined(__x86_64__)

#include <immintrin.h>

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,fma"))), apply_to = function)

#define ASSAY_TILE_ROWS 8
#define ASSAY_TILE_BLOCKS 3
#define ASSAY_TILE assay_tile

static void assay_tile(
    const uint8_t *left, int64_t step, int64_t depth, const int8_t *packed, int64_t blockSize, int rows, int blocks,
    int32_t *sums);

#include "Body.h"

/// The sums of a tile stay in registers: at most 24 of 32.
static inline __attribute__((always_inline)) void assay_registers(
    const uint8_t *left, int64_t step, int64_t depth, const int8_t *packed, int64_t blockSize, const int rows,
    const int blocks, int32_t *sums) {
    __m512i parts[ASSAY_TILE_ROWS][ASSAY_TILE_BLOCKS];
#pragma clang loop unroll(full)
    for (int row = 0; row < rows; row++)
#pragma clang loop unroll(full)
        for (int block = 0; block < blocks; block++) parts[row][block] = _mm512_setzero_si512();
    int64_t whole = depth / ASSAY_QUANTIZED_GROUP;
    for (int64_t group = 0; group < whole; group++) {
        __m512i weights[ASSAY_TILE_BLOCKS];
#pragma clang loop unroll(full)
        for (int block = 0; block < blocks; block++)
            weights[block] = _mm512_loadu_si512(packed + block * blockSize + group * 64);
#pragma clang loop unroll(full)
        for (int row = 0; row < rows; row++) {
            __m512i factors = _mm512_set1_epi32(assay_group(left + row * step, group));
#pragma clang loop unroll(full)
            for (int block = 0; block < blocks; block++)
                parts[row][block] = _mm512_dpbusd_epi32(parts[row][block], factors, weights[block]);
        }
    }
    if (whole * ASSAY_QUANTIZED_GROUP < depth) {
#pragma clang loop unroll(full)
        for (int row = 0; row < rows; row++) {
            __m512i factors = _mm512_set1_epi32(assay_last_group(left + row * step, depth));
#pragma clang loop unroll(full)
            for (int block = 0; block < blocks; block++)
                parts[row][block] = _mm512_dpbusd_epi32(
                    parts[row][block], factors, _mm512_loadu_si512(packed + block * blockSize + whole * 64));
        }
    }
#pragma clang loop unroll(full)
    for (int row = 0; row < rows; row++)
#pragma clang loop unroll(full)
        for (int block = 0; block < blocks; block++)
            _mm512_storeu_si512(sums + (row * ASSAY_TILE_BLOCKS + block) * ASSAY_QUANTIZED_BLOCK, parts[row][block]);
}

static inline __attribute__((always_inline)) void assay_blocks(
    const uint8_t *left, int64_t step, int64_t depth, const int8_t *packed, int64_t blockSize, int rows,
    const int blocks, int32_t *sums) {
    switch (rows) {
    case 1: assay_registers(left, step, depth, packed, blockSize, 1, blocks, sums); break;
    case 2: assay_registers(left, step, depth, packed, blockSize, 2, blocks, sums); break;
    case 3: assay_registers(left, step, depth, packed, blockSize, 3, blocks, sums); break;
    case 4: assay_registers(left, step, depth, packed, blockSize, 4, blocks, sums); break;
    case 5: assay_registers(left, step, depth, packed, blockSize, 5, blocks, sums); break;
    case 6: assay_registers(left, step, depth, packed, blockSize, 6, blocks, sums); break;
    case 7: assay_registers(left, step, depth, packed, blockSize, 7, blocks, sums); break;
    default: assay_registers(left, step, depth, packed, blockSize, 8, blocks, sums); break;
    }
}

static void assay_tile(
    const uint8_t *left, int64_t step, int64_t depth, const int8_t *packed, int64_t blockSize, int rows, int blocks,
    int32_t *sums) {
    switch (blocks) {
    case 1: assay_blocks(left, step, depth, packed, blockSize, rows, 1, sums); break;
    case 2: assay_blocks(left, step, depth, packed, blockSize, rows, 2, sums); break;
    default: assay_blocks(left, step, depth, packed, blockSize, rows, 3, sums); break;
    }
}

#pragma clang attribute pop

const AssayQuantizedKernels assayQuantizedAVX512VNNI = ASSAY_QUANTIZED_TABLE;

#endif
