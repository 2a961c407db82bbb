// The kernels in C that every instruction set compiles; the file that includes this names its functions and gives
// `ASSAY_TILE`, which sums the products of a tile: at most ASSAY_TILE_ROWS rows and ASSAY_TILE_BLOCKS blocks.

#include <math.h>
#include <stddef.h>
#include <string.h>

// Each operation is rounded alone, so that all instruction sets give the same bits.
#pragma clang fp contract(off)

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

/// The error function: a rational approximation in x², from its use in Eigen and XLA; within 4 units in the last place.
static inline float assay_erf(float value) {
    float x = value > 4.0f ? 4.0f : value;
    x = x < -4.0f ? -4.0f : x;
    float y = x * x;
    float p = -2.72614225801306e-10f;
    p = p * y + 2.77068142495902e-08f;
    p = p * y + -2.10102402082508e-06f;
    p = p * y + -5.69250639462346e-05f;
    p = p * y + -7.34990630326855e-04f;
    p = p * y + -2.95459980854025e-03f;
    p = p * y + -1.60960333262415e-02f;
    float q = -1.45660718464996e-05f;
    q = q * y + -2.13374055278905e-04f;
    q = q * y + -1.68282697438203e-03f;
    q = q * y + -7.37332916720468e-03f;
    q = q * y + -1.42647390514189e-02f;
    return x * p / q;
}

static inline void assay_activate(float *values, int64_t count, AssayQuantizedActivation activation) {
    switch (activation) {
    case ASSAY_QUANTIZED_IDENTITY: break;
    case ASSAY_QUANTIZED_RELU:
        // NaN stays.
        for (int64_t index = 0; index < count; index++) values[index] = values[index] < 0 ? 0 : values[index];
        break;
    case ASSAY_QUANTIZED_GELU:
        for (int64_t index = 0; index < count; index++) {
            float half = 0.5f * values[index];
            values[index] = half + half * assay_erf(values[index] * 0.70710678118654752f);
        }
        break;
    }
}

/// Stores one row of a tile.
static inline void assay_store_row(
    const AssayQuantizedProduct *product, int64_t row, int64_t column, int64_t count, const int32_t *sums) {
    enum { WIDTH = ASSAY_TILE_BLOCKS * ASSAY_QUANTIZED_BLOCK };
    uint32_t exact[WIDTH];
    uint32_t leftZero = (uint32_t)product->leftZero[row * product->leftZeroStep];
    for (int64_t index = 0; index < count; index++)
        exact[index] = (uint32_t)sums[index] - leftZero * (uint32_t)product->columnSums[column + index];
    if (product->rightZero) {
        uint32_t centred = (uint32_t)product->rowSums[row] - (uint32_t)product->depth * leftZero;
        for (int64_t index = 0; index < count; index++)
            exact[index] -= (uint32_t)product->rightZero[column + index] * centred;
    }
    int64_t first = row * product->columns + column;
    if (product->resultType == ASSAY_QUANTIZED_INT32) {
        memcpy((int32_t *)product->result + first, exact, (size_t)count * sizeof *exact);
        return;
    }
    float reals[WIDTH];
    float scale = product->leftScale[row * product->leftScaleStep];
    for (int64_t index = 0; index < count; index++)
        reals[index] = (float)(int32_t)exact[index] * (scale * product->rightScale[column + index]);
    if (product->bias)
        for (int64_t index = 0; index < count; index++) reals[index] += product->bias[column + index];
    if (product->addend) {
        const float *addend = product->addend + row * product->addendStep + column;
        for (int64_t index = 0; index < count; index++) reals[index] += addend[index];
    }
    assay_activate(reals, count, product->activation);
    if (product->resultType == ASSAY_QUANTIZED_FLOAT32) {
        memcpy((float *)product->result + first, reals, (size_t)count * sizeof *reals);
    } else {
        assay_quantize(
            reals, count, product->resultScale, product->resultZero, product->resultType == ASSAY_QUANTIZED_INT8,
            (uint8_t *)product->result + first);
    }
}

static void assay_product(
    const AssayQuantizedProduct *product, int64_t firstRow, int64_t endRow, int64_t firstBlock, int64_t endBlock) {
    enum { WIDTH = ASSAY_TILE_BLOCKS * ASSAY_QUANTIZED_BLOCK };
    _Alignas(64) int32_t sums[ASSAY_TILE_ROWS * WIDTH];
    int64_t groups = (product->depth + ASSAY_QUANTIZED_GROUP - 1) / ASSAY_QUANTIZED_GROUP;
    int64_t blockSize = groups * ASSAY_QUANTIZED_BLOCK * ASSAY_QUANTIZED_GROUP;
    for (int64_t block = firstBlock; block < endBlock; block += ASSAY_TILE_BLOCKS) {
        int blocks = (int)(endBlock - block < ASSAY_TILE_BLOCKS ? endBlock - block : ASSAY_TILE_BLOCKS);
        int64_t column = block * ASSAY_QUANTIZED_BLOCK;
        int64_t count = product->columns - column;
        if (count > blocks * ASSAY_QUANTIZED_BLOCK) count = blocks * ASSAY_QUANTIZED_BLOCK;
        for (int64_t row = firstRow; row < endRow; row += ASSAY_TILE_ROWS) {
            int rows = (int)(endRow - row < ASSAY_TILE_ROWS ? endRow - row : ASSAY_TILE_ROWS);
            ASSAY_TILE(
                product->left + row * product->leftStep, product->leftStep, product->depth,
                product->packed + block * blockSize, blockSize, rows, blocks, sums);
            for (int index = 0; index < rows; index++)
                assay_store_row(product, row + index, column, count, sums + index * WIDTH);
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
     assay_bias,       assay_sum_rows, assay_product}
