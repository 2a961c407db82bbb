#include "Tables.h"

#if defined(__x86_64__)

#include <immintrin.h>

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,fma"))), apply_to = function)

#define ASSAY_TILE_ROWS 6
#define ASSAY_TILE_BLOCKS 4
#define ASSAY_TILE assay_tile

static void assay_tile(
    const uint8_t *left, int64_t step, int64_t depth, const int8_t *packed, int64_t blockSize, int rows, int blocks,
    int32_t *sums);

#include "Body.h"

/// Loops over registers: unrolled, so that their counters are constants.
#define ASSAY_UNROLL _Pragma("clang loop unroll(full)")

/// The sums of a tile, which stay in registers: at most 24 of 32.
typedef struct AssayTileRegisters {
    __m512i sums[ASSAY_TILE_ROWS * ASSAY_TILE_BLOCKS];
    /// Three rows share an address, which keeps enough registers free for all of them.
    const uint8_t *rows[(ASSAY_TILE_ROWS + 2) / 3];
    const int8_t *blocks[ASSAY_TILE_BLOCKS];
} AssayTileRegisters;

/// One group of the depth: a column of groups of the rows times a row of those of the weights.
ASSAY_INLINE void assay_multiply(
    AssayTileRegisters *tile, const int64_t step, const int rows, const int blocks, const int group) {
    __m512i weights[ASSAY_TILE_BLOCKS];
    ASSAY_UNROLL for (int block = 0; block < blocks; block++)
        weights[block] = _mm512_loadu_si512(tile->blocks[block] + 64 * group);
    ASSAY_UNROLL for (int row = 0; row < rows; row++) {
        __m512i factors = _mm512_set1_epi32(assay_group(tile->rows[row / 3] + row % 3 * step, group));
        ASSAY_UNROLL for (int block = 0; block < blocks; block++)
            tile->sums[row * blocks + block] =
                _mm512_dpbusd_epi32(tile->sums[row * blocks + block], factors, weights[block]);
    }
}

/// Goes on by so many groups; the compiler must not fold the addresses into one.
ASSAY_INLINE void assay_advance(AssayTileRegisters *tile, const int rows, const int blocks, const int groups) {
    ASSAY_UNROLL for (int part = 0; part < (rows + 2) / 3; part++) {
        tile->rows[part] += ASSAY_QUANTIZED_GROUP * groups;
        __asm__("" : "+r"(tile->rows[part]));
    }
    ASSAY_UNROLL for (int block = 0; block < blocks; block++) {
        tile->blocks[block] += 64 * groups;
        __asm__("" : "+r"(tile->blocks[block]));
    }
}

ASSAY_INLINE void assay_registers(
    const uint8_t *left, int64_t step, int64_t depth, const int8_t *packed, int64_t blockSize, const int rows,
    const int blocks, int32_t *sums) {
    AssayTileRegisters tile;
    ASSAY_UNROLL for (int index = 0; index < rows * blocks; index++) tile.sums[index] = _mm512_setzero_si512();
    ASSAY_UNROLL for (int part = 0; part < (rows + 2) / 3; part++) tile.rows[part] = left + 3 * part * step;
    ASSAY_UNROLL for (int block = 0; block < blocks; block++) tile.blocks[block] = packed + block * blockSize;
    int64_t whole = depth / ASSAY_QUANTIZED_GROUP, group = 0;
    for (; group + 4 <= whole; group += 4) {
        ASSAY_UNROLL for (int next = 0; next < 4; next++) assay_multiply(&tile, step, rows, blocks, next);
        assay_advance(&tile, rows, blocks, 4);
    }
    for (; group < whole; group++) {
        assay_multiply(&tile, step, rows, blocks, 0);
        assay_advance(&tile, rows, blocks, 1);
    }
    if (whole * ASSAY_QUANTIZED_GROUP < depth) {
        ASSAY_UNROLL for (int row = 0; row < rows; row++) {
            __m512i factors = _mm512_set1_epi32(assay_last_group(left + row * step, depth));
            ASSAY_UNROLL for (int block = 0; block < blocks; block++)
                tile.sums[row * blocks + block] = _mm512_dpbusd_epi32(
                    tile.sums[row * blocks + block], factors, _mm512_loadu_si512(tile.blocks[block]));
        }
    }
    ASSAY_UNROLL for (int row = 0; row < rows; row++)
        ASSAY_UNROLL for (int block = 0; block < blocks; block++)
            _mm512_storeu_si512(
                sums + (row * ASSAY_TILE_BLOCKS + block) * ASSAY_QUANTIZED_BLOCK, tile.sums[row * blocks + block]);
}

ASSAY_INLINE void assay_blocks(
    const uint8_t *left, int64_t step, int64_t depth, const int8_t *packed, int64_t blockSize, int rows,
    const int blocks, int32_t *sums) {
    switch (rows) {
    case 1: assay_registers(left, step, depth, packed, blockSize, 1, blocks, sums); break;
    case 2: assay_registers(left, step, depth, packed, blockSize, 2, blocks, sums); break;
    case 3: assay_registers(left, step, depth, packed, blockSize, 3, blocks, sums); break;
    case 4: assay_registers(left, step, depth, packed, blockSize, 4, blocks, sums); break;
    case 5: assay_registers(left, step, depth, packed, blockSize, 5, blocks, sums); break;
    default: assay_registers(left, step, depth, packed, blockSize, 6, blocks, sums); break;
    }
}

static void assay_tile(
    const uint8_t *left, int64_t step, int64_t depth, const int8_t *packed, int64_t blockSize, int rows, int blocks,
    int32_t *sums) {
    switch (blocks) {
    case 1: assay_blocks(left, step, depth, packed, blockSize, rows, 1, sums); break;
    case 2: assay_blocks(left, step, depth, packed, blockSize, rows, 2, sums); break;
    case 3: assay_blocks(left, step, depth, packed, blockSize, rows, 3, sums); break;
    default: assay_blocks(left, step, depth, packed, blockSize, rows, 4, sums); break;
    }
}

#pragma clang attribute pop

const AssayQuantizedKernels assayQuantizedAVX512VNNI = ASSAY_QUANTIZED_TABLE;

#endif
