#pragma once

// Reductions of row-major tensors along one or two blocks of axes, in f32.

#include <stdint.h>

#pragma clang assume_nonnull begin

/// What is made of the elements of each result. The extreme of no number is the infinity beyond all others, and NaN where
/// one element is NaN.
typedef enum AssayReductionKind {
    ASSAY_REDUCE_SUM, ASSAY_REDUCE_MEAN, ASSAY_REDUCE_MAXIMUM, ASSAY_REDUCE_MINIMUM, ASSAY_REDUCE_PRODUCT,
    ASSAY_REDUCE_MAGNITUDES, ASSAY_REDUCE_NORM, ASSAY_REDUCE_SQUARES,
} AssayReductionKind;

/// A tensor `[outer, steps, inner, run]` of which `steps` and `run` are reduced; any of them may be 1.
typedef struct AssayReduction {
    AssayReductionKind kind;
    int64_t outer, steps, inner, run;
    const float *source;
    /// The tensor `[outer, inner]`; lies apart from the source.
    float *result;
} AssayReduction;

/// Computes the results from `first` up to `last`; how they are shared out changes no bit.
typedef void (*AssayReduce)(const AssayReduction *, int64_t first, int64_t last);

#pragma clang assume_nonnull end
