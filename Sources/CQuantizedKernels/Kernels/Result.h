// What happens to the sums of a block of columns before they are stored, in vectors as long as the block: every
// instruction set computes the same, in as many registers as it takes.

typedef float AssayReals __attribute__((ext_vector_type(ASSAY_QUANTIZED_BLOCK)));
typedef int32_t AssaySums __attribute__((ext_vector_type(ASSAY_QUANTIZED_BLOCK)));
/// Unsigned, as they wrap around.
typedef uint32_t AssayWrapping __attribute__((ext_vector_type(ASSAY_QUANTIZED_BLOCK)));
typedef uint8_t AssayBytes __attribute__((ext_vector_type(ASSAY_QUANTIZED_BLOCK)));

#define ASSAY_INLINE static inline __attribute__((always_inline))

/// The first `count` elements, the rest zero; a count that is known to be a whole block takes one instruction.
#define ASSAY_LOAD(vector, from, count) \
    do { \
        (vector) = 0; \
        memcpy(&(vector), (from), (size_t)(count) * sizeof *(from)); \
    } while (0)

/// Where `mask` is all ones the first, where it is zero the second.
#define ASSAY_SELECT(mask, yes, no) (AssayReals)(((mask) & (AssaySums)(yes)) | (~(mask) & (AssaySums)(no)))

/// The error function: a rational approximation in x², from its use in Eigen and XLA; within 4 units in the last place.
ASSAY_INLINE void assay_erf(AssayReals *value) {
    const AssayReals bound = 4;
    AssayReals x = ASSAY_SELECT(*value > bound, bound, *value);
    x = ASSAY_SELECT(x < -bound, -bound, x);
    AssayReals y = x * x;
    AssayReals p = -2.72614225801306e-10f;
    p = p * y + 2.77068142495902e-08f;
    p = p * y + -2.10102402082508e-06f;
    p = p * y + -5.69250639462346e-05f;
    p = p * y + -7.34990630326855e-04f;
    p = p * y + -2.95459980854025e-03f;
    p = p * y + -1.60960333262415e-02f;
    AssayReals q = -1.45660718464996e-05f;
    q = q * y + -2.13374055278905e-04f;
    q = q * y + -1.68282697438203e-03f;
    q = q * y + -7.37332916720468e-03f;
    q = q * y + -1.42647390514189e-02f;
    *value = x * p / q;
}

/// NaN stays.
ASSAY_INLINE void assay_activate(AssayReals *values, AssayQuantizedActivation activation) {
    switch (activation) {
    case ASSAY_QUANTIZED_IDENTITY: break;
    case ASSAY_QUANTIZED_RELU: *values = ASSAY_SELECT(*values < (AssayReals)0, (AssayReals)0, *values); break;
    case ASSAY_QUANTIZED_GELU: {
        AssayReals half = 0.5f * *values, erf = *values * 0.70710678118654752f;
        assay_erf(&erf);
        *values = half + half * erf;
        break;
    }
    }
}

/// The sums of products of a row of bytes with columns, both less their zero points.
ASSAY_INLINE void assay_centre(
    const AssayQuantizedProduct *product, int64_t row, int64_t column, int64_t count, const int32_t *from,
    AssaySums *result) {
    AssayWrapping sums, columnSums, rightZero;
    uint32_t leftZero = (uint32_t)product->leftZero[row * product->leftZeroStep];
    ASSAY_LOAD(columnSums, product->columnSums + column, count);
    memcpy(&sums, from, sizeof sums);
    sums -= leftZero * columnSums;
    if (product->rightZero) {
        ASSAY_LOAD(rightZero, product->rightZero + column, count);
        sums -= rightZero * ((uint32_t)product->rowSums[row] - (uint32_t)product->depth * leftZero);
    }
    *result = (AssaySums)sums;
}

/// The quantised form of a quotient; NaN gives the least.
ASSAY_INLINE void assay_store_bytes(
    const AssayQuantizedProduct *product, const AssayReals *reals, int64_t first, int64_t count) {
    int32_t lowest = product->resultType == ASSAY_QUANTIZED_INT8 ? -128 : 0;
    AssayReals least = (float)(lowest - product->resultZero), greatest = (float)(lowest + 255 - product->resultZero);
    AssayReals quotients = *reals / product->resultScale;
    quotients = ASSAY_SELECT(quotients > least, quotients, least);
    quotients = ASSAY_SELECT(quotients < greatest, quotients, greatest);
    // As `assay_nearest` does; the low byte is the same for both signs.
    AssaySums bits = (AssaySums)(quotients + 12582912.0f) - 0x4B400000 + product->resultZero;
    AssayBytes bytes = __builtin_convertvector(bits, AssayBytes);
    memcpy((uint8_t *)product->result + first, &bytes, (size_t)count);
}

/// Stores `count` columns of a block in a row of the result. The sums of the parts of the row lie `step` apart.
ASSAY_INLINE void assay_store_block(
    const AssayQuantizedProduct *product, int64_t row, int64_t column, int64_t count, int64_t parts,
    const int32_t *from, int64_t step) {
    AssaySums sums;
    int64_t first = row * product->columns + column;
    assay_centre(product, row * parts, column, count, from, &sums);
    if (product->resultType == ASSAY_QUANTIZED_INT32) {
        memcpy((int32_t *)product->result + first, &sums, (size_t)count * sizeof(int32_t));
        return;
    }
    AssayReals reals = __builtin_convertvector(sums, AssayReals), operand;
    for (int64_t part = 1; part < parts; part++) {
        assay_centre(product, row * parts + part, column, count, from + part * step, &sums);
        reals = reals * 256 + __builtin_convertvector(sums, AssayReals);
    }
    ASSAY_LOAD(operand, product->rightScale + column, count);
    reals *= operand * product->leftScale[row * product->leftScaleStep];
    if (product->bias) {
        ASSAY_LOAD(operand, product->bias + column, count);
        reals += operand;
    }
    if (product->addend) {
        ASSAY_LOAD(operand, product->addend + row * product->addendStep + column, count);
        reals += operand;
    }
    assay_activate(&reals, product->activation);
    if (product->resultType == ASSAY_QUANTIZED_FLOAT32) {
        memcpy((float *)product->result + first, &reals, (size_t)count * sizeof(float));
    } else {
        assay_store_bytes(product, &reals, first, count);
    }
}

/// Stores the columns of a tile in one row of the result; parts and step are constants where it is called.
ASSAY_INLINE void assay_store_row(
    const AssayQuantizedProduct *product, int64_t row, int64_t column, int64_t count, const int64_t parts,
    const int32_t *sums, const int64_t step) {
    for (; count >= ASSAY_QUANTIZED_BLOCK; count -= ASSAY_QUANTIZED_BLOCK) {
        assay_store_block(product, row, column, ASSAY_QUANTIZED_BLOCK, parts, sums, step);
        column += ASSAY_QUANTIZED_BLOCK;
        sums += ASSAY_QUANTIZED_BLOCK;
    }
    if (count > 0) assay_store_block(product, row, column, count, parts, sums, step);
}
