// The kernels in C that every instruction set compiles; the file that includes this names its functions and gives
// `ASSAY_TILE`, which sums the products of a tile: at most ASSAY_TILE_ROWS rows and ASSAY_TILE_BLOCKS blocks.

#include <math.h>
#include <stddef.h>
#include <string.h>

// Each operation is rounded alone, so that all instruction sets give the same bits.
#pragma clang fp contract(off)

#include "Result.h"

static void assay_range(const float *values, int64_t count, float *low, float *high) {
    enum { LANES = 64 };
    float lows[LANES] = {0}, highs[LANES] = {0};
    int64_t index = 0;
    for (; index + LANES <= count; index += LANES) {
        for (int lane = 0; lane < LANES; lane++) {
            float value = values[index + lane];
            lows[lane] = value < lows[lane] ? value : lows[lane];
            highs[lane] = value > highs[lane] ? value : highs[lane];
        }
    }
    for (; index < count; index++) {
        lows[0] = values[index] < lows[0] ? values[index] : lows[0];
        highs[0] = values[index] > highs[0] ? values[index] : highs[0];
    }
    float least = 0, greatest = 0;
    for (int lane = 0; lane < LANES; lane++) {
        least = lows[lane] < least ? lows[lane] : least;
        greatest = highs[lane] > greatest ? highs[lane] : greatest;
    }
    *low = least;
    *high = greatest;
}

/// The nearest integer, ties to even, for numbers below 2^22: adding 1.5 · 2^23 leaves it in the last bits.
static inline int32_t assay_nearest(float value) {
    float shifted = value + 12582912.0f;
    int32_t bits;
    memcpy(&bits, &shifted, sizeof bits);
    return bits - 0x4B400000;
}

/// The quantised form of a quotient; a comparison with NaN is false, so that it gives the least.
static inline int32_t assay_quantized(float quotient, float least, float greatest, int32_t zeroPoint) {
    float clamped = quotient > least ? quotient : least;
    clamped = clamped < greatest ? clamped : greatest;
    return assay_nearest(clamped) + zeroPoint;
}

static void assay_quantize(
    const float *values, int64_t count, float scale, int32_t zeroPoint, int32_t isSigned, void *result) {
    int32_t lowest = isSigned ? -128 : 0;
    float least = (float)(lowest - zeroPoint), greatest = (float)(lowest + 255 - zeroPoint);
    uint8_t *bytes = result;
    // The low byte is the same for both signs.
    for (int64_t index = 0; index < count; index++)
        bytes[index] = (uint8_t)assay_quantized(values[index] / scale, least, greatest, zeroPoint);
}

static void assay_quantize_by_reciprocal(
    const float *values, int64_t count, float reciprocal, int32_t zeroPoint, uint8_t *result) {
    float least = (float)-zeroPoint, greatest = (float)(255 - zeroPoint);
    for (int64_t index = 0; index < count; index++)
        result[index] = (uint8_t)assay_quantized(values[index] * reciprocal, least, greatest, zeroPoint);
}

static void assay_dequantize(
    const void *values, int64_t count, float scale, int32_t zeroPoint, int32_t isSigned, float *result) {
    if (isSigned) {
        const int8_t *elements = values;
        for (int64_t index = 0; index < count; index++) result[index] = (float)(elements[index] - zeroPoint) * scale;
    } else {
        const uint8_t *elements = values;
        for (int64_t index = 0; index < count; index++) result[index] = (float)(elements[index] - zeroPoint) * scale;
    }
}

static void assay_dequantize_columns(
    const void *values, int64_t count, const float *scales, const int32_t *zeroPoints, int32_t isSigned,
    float *result) {
    if (isSigned) {
        const int8_t *elements = values;
        for (int64_t index = 0; index < count; index++)
            result[index] = (float)(elements[index] - zeroPoints[index]) * scales[index];
    } else {
        const uint8_t *elements = values;
        for (int64_t index = 0; index < count; index++)
            result[index] = (float)(elements[index] - zeroPoints[index]) * scales[index];
    }
}

/// The greatest bits of a number without its sign: those of NaN are above infinity's, and these above all others.
static inline uint32_t assay_greatest_bits(const float *values, int64_t count) {
    uint32_t greatest = 0;
    for (int64_t index = 0; index < count; index++) {
        uint32_t bits;
        memcpy(&bits, values + index, sizeof bits);
        bits &= 0x7FFFFFFF;
        greatest = bits > greatest ? bits : greatest;
    }
    return greatest;
}

static float assay_split(const float *values, int64_t count, uint8_t *parts, int64_t partStep) {
    // A little below 0x7F7F7F, the greatest number of three such bytes, which rounding must not pass.
    const float levels = 0x7F7F00;
    // Below it the reciprocal would overflow and products with scales be denormal.
    const float least = 0x1p-60f;
    uint32_t bits = assay_greatest_bits(values, count);
    if (bits >= 0x7F800000) {
        for (int part = 0; part < ASSAY_QUANTIZED_PARTS; part++) memset(parts + part * partStep, 128, (size_t)count);
        return __builtin_nanf("");
    }
    float greatest;
    memcpy(&greatest, &bits, sizeof greatest);
    greatest = greatest > least ? greatest : least;
    float reciprocal = levels / greatest;
    uint8_t *high = parts, *middle = parts + partStep, *low = parts + 2 * partStep;
    for (int64_t index = 0; index < count; index++) {
        uint32_t number = (uint32_t)(int32_t)__builtin_rintf(values[index] * reciprocal) + 0x808080;
        high[index] = (uint8_t)(number >> 16);
        middle[index] = (uint8_t)(number >> 8);
        low[index] = (uint8_t)number;
    }
    return greatest / levels;
}

static void assay_bias(const int8_t *values, int64_t count, uint8_t *result) {
    for (int64_t index = 0; index < count; index++) result[index] = (uint8_t)values[index] ^ 0x80;
}

static void assay_sum_rows(const uint8_t *values, int64_t rows, int64_t columns, int64_t step, int32_t *sums) {
    for (int64_t row = 0; row < rows; row++) {
        uint32_t sum = 0;
        for (int64_t column = 0; column < columns; column++) sum += values[row * step + column];
        sums[row] = (int32_t)sum;
    }
}

static void assay_product(
    const AssayQuantizedProduct *product, int64_t firstRow, int64_t endRow, int64_t firstBlock, int64_t endBlock) {
    enum {
        WIDTH = ASSAY_TILE_BLOCKS * ASSAY_QUANTIZED_BLOCK,
        MOST = ASSAY_TILE_ROWS > ASSAY_QUANTIZED_PARTS ? ASSAY_TILE_ROWS : ASSAY_QUANTIZED_PARTS,
    };
    _Alignas(64) int32_t sums[MOST * WIDTH];
    int64_t groups = (product->depth + ASSAY_QUANTIZED_GROUP - 1) / ASSAY_QUANTIZED_GROUP;
    int64_t blockSize = groups * ASSAY_QUANTIZED_BLOCK * ASSAY_QUANTIZED_GROUP;
    // A row whose parts are more than a tile takes several.
    int64_t parts = product->parts, together = parts > ASSAY_TILE_ROWS ? 1 : ASSAY_TILE_ROWS / parts;
    for (int64_t block = firstBlock; block < endBlock; block += ASSAY_TILE_BLOCKS) {
        int blocks = (int)(endBlock - block < ASSAY_TILE_BLOCKS ? endBlock - block : ASSAY_TILE_BLOCKS);
        int64_t column = block * ASSAY_QUANTIZED_BLOCK;
        int64_t count = product->columns - column;
        if (count > blocks * ASSAY_QUANTIZED_BLOCK) count = blocks * ASSAY_QUANTIZED_BLOCK;
        for (int64_t row = firstRow; row < endRow; row += together) {
            int64_t rows = endRow - row < together ? endRow - row : together;
            for (int64_t part = 0; part < rows * parts; part += ASSAY_TILE_ROWS) {
                int64_t rest = rows * parts - part;
                ASSAY_TILE(
                    product->left + (row * parts + part) * product->leftStep, product->leftStep, product->depth,
                    product->packed + block * blockSize, blockSize,
                    (int)(rest < ASSAY_TILE_ROWS ? rest : ASSAY_TILE_ROWS), blocks, sums + part * WIDTH);
            }
            for (int64_t index = 0; index < rows; index++) {
                if (parts == 1) {
                    assay_store_row(product, row + index, column, count, 1, sums + index * WIDTH, WIDTH);
                } else {
                    assay_store_row(
                        product, row + index, column, count, ASSAY_QUANTIZED_PARTS,
                        sums + index * ASSAY_QUANTIZED_PARTS * WIDTH, WIDTH);
                }
            }
        }
    }
}

/// The last elements of a row, zeros beyond.
static inline int32_t assay_last_group(const uint8_t *row, int64_t depth) {
    uint8_t group[ASSAY_QUANTIZED_GROUP] = {0};
    int64_t start = depth / ASSAY_QUANTIZED_GROUP * ASSAY_QUANTIZED_GROUP;
    for (int64_t index = start; index < depth; index++) group[index - start] = row[index];
    int32_t result;
    memcpy(&result, group, sizeof result);
    return result;
}

static inline int32_t assay_group(const uint8_t *row, int64_t group) {
    int32_t result;
    memcpy(&result, row + group * ASSAY_QUANTIZED_GROUP, sizeof result);
    return result;
}

#define ASSAY_QUANTIZED_TABLE \
    {assay_range,      assay_quantize, assay_quantize_by_reciprocal, assay_dequantize, assay_dequantize_columns, \
     assay_split,      assay_bias,     assay_sum_rows,               assay_product}
