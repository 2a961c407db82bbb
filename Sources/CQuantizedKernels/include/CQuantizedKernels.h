#pragma once

// Computations on 8-bit integers, each compiled for several instruction sets; which one runs is chosen at run time. All
// read and write row-major memory that the caller owns and allocate nothing. Sums of products are exact in 32 bits on
// every instruction set: none goes through saturating 16-bit sums. They wrap around beyond, as the standard's do.

#include <stdint.h>

#pragma clang assume_nonnull begin

/// What a processor must have.
typedef enum AssayQuantizedSet {
    /// What every processor of the architecture has.
    ASSAY_QUANTIZED_PORTABLE = 0,
    /// AVX2 and FMA.
    ASSAY_QUANTIZED_AVX2 = 1,
    /// AVX-512 F, BW, DQ, VL and VNNI.
    ASSAY_QUANTIZED_AVX512_VNNI = 2,
} AssayQuantizedSet;

/// What a product stores.
typedef enum AssayQuantizedResult {
    /// The sums.
    ASSAY_QUANTIZED_INT32 = 0,
    /// The sums times their scales, plus the bias.
    ASSAY_QUANTIZED_FLOAT32 = 1,
    /// These over the result's scale, rounded to even, plus its zero point, clamped.
    ASSAY_QUANTIZED_UINT8 = 2,
    ASSAY_QUANTIZED_INT8 = 3,
} AssayQuantizedResult;

/// What is done to each real result before it is stored.
typedef enum AssayQuantizedActivation {
    ASSAY_QUANTIZED_IDENTITY = 0,
    ASSAY_QUANTIZED_RELU = 1,
    /// x / 2 (1 + erf(x / √2)).
    ASSAY_QUANTIZED_GELU = 2,
} AssayQuantizedActivation;

enum {
    /// Columns of a block of packed weights.
    ASSAY_QUANTIZED_BLOCK = 16,
    /// Elements of the depth that lie side by side in it.
    ASSAY_QUANTIZED_GROUP = 4,
    /// Bytes into which `split` takes a number apart.
    ASSAY_QUANTIZED_PARTS = 3,
};

/// The product of a matrix of unsigned bytes and a packed matrix of signed bytes, each less its zero points.
typedef struct AssayQuantizedProduct {
    int64_t rows, columns, depth;
    /// How many rows of `left` make one of the result: 1, or 3 as `split` writes them, the sums of each counting 256
    /// times those of the next.
    int64_t parts;
    const uint8_t *_Nullable left;
    /// Bytes between rows, those of parts too.
    int64_t leftStep;
    /// As `pack` wrote it.
    const int8_t *_Nullable packed;
    /// The sum of each column of the packed matrix.
    const int32_t *_Nullable columnSums;
    /// One for each row of `left`, or one for all where the step is 0.
    const int32_t *_Nullable leftZero;
    int64_t leftZeroStep;
    /// One for each column; null for zeros. With it the sums of the rows of `left` are needed.
    const int32_t *_Nullable rightZero;
    const int32_t *_Nullable rowSums;
    /// One for each row of the result, or one for all where the step is 0.
    const float *_Nullable leftScale;
    int64_t leftScaleStep;
    /// One for each column.
    const float *_Nullable rightScale;
    /// One for each column.
    const float *_Nullable bias;
    /// Added before the activation; elements between its rows.
    const float *_Nullable addend;
    int64_t addendStep;
    AssayQuantizedActivation activation;
    AssayQuantizedResult resultType;
    float resultScale;
    int32_t resultZero;
    void *_Nullable result;
} AssayQuantizedProduct;

/// The kernels compiled for one instruction set.
typedef struct AssayQuantizedKernels {
    /// The least and the greatest of some numbers and zero; NaN is passed over.
    void (*range)(const float *values, int64_t count, float *low, float *high);
    /// Each number over `scale`, rounded to even, plus the zero point, clamped; NaN gives the least element.
    void (*quantize)(const float *values, int64_t count, float scale, int32_t zeroPoint, int32_t isSigned, void *result);
    /// The same by the reciprocal of the scale, which rounds a few numbers close to a tie to the other side.
    void (*quantizeByReciprocal)(
        const float *values, int64_t count, float reciprocal, int32_t zeroPoint, uint8_t *result);
    /// Each element less the zero point, times the scale.
    void (*dequantize)(
        const void *values, int64_t count, float scale, int32_t zeroPoint, int32_t isSigned, float *result);
    /// Each element less the zero point of its column, times the scale of its column.
    void (*dequantizeColumns)(
        const void *values, int64_t count, const float *scales, const int32_t *zeroPoints, int32_t isSigned,
        float *result);
    /// Takes numbers apart into three bytes each, 128 too much: the first counts 65,536, the second 256, the third 1. The
    /// scale returned is the greatest magnitude, at least 2^-60, over 8,355,584; NaN where a number is not finite. What
    /// the bytes say times the scale is the number but for half the scale and the rounding of three operations.
    float (*split)(const float *values, int64_t count, uint8_t *parts, int64_t partStep);
    /// Signed bytes as unsigned ones, 128 more.
    void (*bias)(const int8_t *values, int64_t count, uint8_t *result);
    /// The sum of each row.
    void (*sumRows)(const uint8_t *values, int64_t rows, int64_t columns, int64_t step, int32_t *sums);
    /// Rows `rows.0 ..< rows.1` and blocks of columns `blocks.0 ..< blocks.1` of a product.
    void (*product)(
        const AssayQuantizedProduct *, int64_t firstRow, int64_t endRow, int64_t firstBlock, int64_t endBlock);
} AssayQuantizedKernels;

/// The widest instruction set that this processor has.
AssayQuantizedSet assay_quantized_best_set(void);

/// The kernels of an instruction set; null where this processor or this build lacks it.
const AssayQuantizedKernels *_Nullable assay_quantized_kernels(AssayQuantizedSet set);

/// The kernels of the widest instruction set that this processor has.
const AssayQuantizedKernels *assay_quantized_best_kernels(void);

/// The bytes of a packed matrix.
int64_t assay_quantized_packed_size(int64_t depth, int64_t columns);

/// Packs a matrix in blocks of columns: within a block, for each group of the depth, the group of every column. Beyond
/// the matrix there are zeros. Unsigned elements are stored less 128.
void assay_quantized_pack(
    const void *elements, int64_t depth, int64_t columns, int64_t depthStep, int64_t columnStep, int32_t isSigned,
    int8_t *packed, int32_t *columnSums);

#pragma clang assume_nonnull end
