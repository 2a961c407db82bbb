// Vectors of one instruction set. Included by each of the sets' own files, which define ASSAY_BYTES (the width of a
// vector), ASSAY_NAME (the suffix of what they define) and ASSAY_ROWS (rows of a product computed together).

#include "../include/CVectorKernels.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#define ASSAY_LANES (ASSAY_BYTES / 4)
#define ASSAY_INLINE static inline __attribute__((always_inline))

typedef float Floats __attribute__((ext_vector_type(ASSAY_LANES)));
typedef int32_t Ints __attribute__((ext_vector_type(ASSAY_LANES)));

ASSAY_INLINE Floats load(const float *from) {
    Floats vector;
    memcpy(&vector, from, sizeof vector);
    return vector;
}

ASSAY_INLINE void store(float *to, Floats vector) { memcpy(to, &vector, sizeof vector); }

/// The first `count` elements, the rest zero.
ASSAY_INLINE Floats loadPart(const float *from, int64_t count) {
    Floats vector = 0;
    memcpy(&vector, from, (size_t)count * sizeof(float));
    return vector;
}

ASSAY_INLINE void storePart(float *to, Floats vector, int64_t count) {
    memcpy(to, &vector, (size_t)count * sizeof(float));
}

ASSAY_INLINE Ints bits(Floats vector) { return (Ints)vector; }
ASSAY_INLINE Floats fromBits(Ints vector) { return (Floats)vector; }

/// Where `mask` is all ones the first, where it is zero the second.
ASSAY_INLINE Floats select(Ints mask, Floats yes, Floats no) {
    return fromBits((mask & bits(yes)) | (~mask & bits(no)));
}

/// The smaller and larger of two; NaN where the first is NaN.
ASSAY_INLINE Floats atMost(Floats x, Floats bound) { return select(x > bound, bound, x); }
ASSAY_INLINE Floats atLeast(Floats x, Floats bound) { return select(x < bound, bound, x); }

ASSAY_INLINE Floats magnitude(Floats x) { return fromBits(bits(x) & 0x7fffffff); }
ASSAY_INLINE Floats withSign(Floats x, Floats sign) {
    return fromBits((bits(x) & 0x7fffffff) | (bits(sign) & (int32_t)0x80000000));
}

/// The nearest integer of numbers below 2^22, ties to even.
ASSAY_INLINE Floats nearest(Floats x) {
    const float shift = 12582912.0f;
    return (x + shift) - shift;
}
