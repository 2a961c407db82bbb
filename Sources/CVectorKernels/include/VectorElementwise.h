#pragma once

// Element-wise functions. A result may be written where an operand lies, element for element.

#include <stdint.h>

#pragma clang assume_nonnull begin

/// Functions of one `f32`; `a` and `b` are their parameters.
typedef enum AssayUnary {
    ASSAY_RELU, ASSAY_LEAKY_RELU, ASSAY_ELU, ASSAY_CELU, ASSAY_SELU, ASSAY_SIGMOID, ASSAY_TANH, ASSAY_EXP, ASSAY_LOG,
    ASSAY_SQRT, ASSAY_ABS, ASSAY_NEGATE, ASSAY_SOFTPLUS, ASSAY_SOFTSIGN, ASSAY_ERF, ASSAY_HARD_SWISH,
    ASSAY_HARD_SIGMOID, ASSAY_CLIP, ASSAY_LINEAR, ASSAY_GELU, ASSAY_GELU_TANH, ASSAY_MISH, ASSAY_SWISH, ASSAY_SIGN,
    ASSAY_FLOOR, ASSAY_CEIL, ASSAY_ROUND, ASSAY_RECIPROCAL, ASSAY_SIN, ASSAY_COS, ASSAY_SQUARE, ASSAY_CUBE,
    /// How many there are.
    ASSAY_UNARY_COUNT,
} AssayUnary;

/// Functions of two elements of one type; comparisons and logic give bytes of 0 or 1.
typedef enum AssayBinary {
    ASSAY_ADD, ASSAY_SUBTRACT, ASSAY_MULTIPLY, ASSAY_DIVIDE, ASSAY_MAXIMUM, ASSAY_MINIMUM, ASSAY_EQUAL, ASSAY_LESS,
    ASSAY_LESS_OR_EQUAL, ASSAY_GREATER, ASSAY_GREATER_OR_EQUAL, ASSAY_AND, ASSAY_OR, ASSAY_XOR, ASSAY_LEAKY,
    /// How many there are.
    ASSAY_BINARY_COUNT,
} AssayBinary;

/// Types of elements.
typedef enum AssayType {
    ASSAY_F32, ASSAY_F64, ASSAY_I64, ASSAY_I32, ASSAY_I8, ASSAY_U8, ASSAY_BOOL, ASSAY_F16,
    /// How many there are.
    ASSAY_TYPE_COUNT,
} AssayType;

typedef void (*AssayUnaryFunction)(float *to, const float *from, int64_t count, float a, float b);
/// Steps are 1, or 0 for an operand of one element.
typedef void (*AssayBinaryFunction)(
    void *to, const void *left, const void *right, int64_t count, int64_t leftStep, int64_t rightStep);
typedef void (*AssayCastFunction)(void *to, const void *from, int64_t count);
typedef void (*AssaySelectFunction)(
    void *to, const uint8_t *condition, const void *yes, const void *no, int64_t count, int64_t conditionStep,
    int64_t yesStep, int64_t noStep);

/// The element-wise kernels; each look-up gives null for what there is none of.
typedef struct AssayElementwiseKernels {
    AssayUnaryFunction _Nullable (*_Nonnull unary)(AssayUnary function);
    AssayBinaryFunction _Nullable (*_Nonnull binary)(AssayBinary function, AssayType type);
    AssayCastFunction _Nullable (*_Nonnull cast)(AssayType from, AssayType to);
    /// Whether truth values are false, and numbers no number, as bytes of 0 or 1.
    AssayCastFunction isFalse, isNotANumber;
    /// For elements of so many bytes.
    AssaySelectFunction _Nullable (*_Nonnull select)(int64_t width);
} AssayElementwiseKernels;

#define ASSAY_STRETCH_RANK 12

/// A row-major result with the steps of its operands, in elements; along the last axis these are 0 or 1.
typedef struct AssayStretch {
    int64_t rank;
    int64_t extents[ASSAY_STRETCH_RANK];
    int64_t steps[3][ASSAY_STRETCH_RANK];
    /// Bytes of an element of the result, and of each operand.
    int64_t width, widths[3];
} AssayStretch;

/// Applies a function of two operands to the part `first..<last` of the outermost axis.
void assay_stretch_binary(
    AssayBinaryFunction function, void *to, const void *left, const void *right, const AssayStretch *stretch,
    int64_t first, int64_t last);

/// Picks from two operands by a third one's truth values, which come first.
void assay_stretch_select(
    AssaySelectFunction function, void *to, const void *condition, const void *yes, const void *no,
    const AssayStretch *stretch, int64_t first, int64_t last);

/// Whether an integer of 4 or 8 bytes is zero somewhere.
int assay_has_zero(const void *elements, int64_t width, int64_t count);

#pragma clang assume_nonnull end
