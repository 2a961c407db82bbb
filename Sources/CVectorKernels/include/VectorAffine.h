#pragma once

// A scale and a shift for each channel of channels-last images, in f32.

#include <stdint.h>

#pragma clang assume_nonnull begin

/// `clip(source · scale + shift)` over pixels whose channels lie side by side.
typedef struct AssayAffine {
    int64_t channels;
    /// How many elements apart neighbouring pixels are.
    int64_t sourceStep, resultStep;
    const float *source;
    float *result;
    const float *scale;
    const float *shift;
    /// Bounds of the result; infinities where there are none. NaN stays NaN.
    float lowest, highest;
} AssayAffine;

/// Computes the pixels from `first` up to `end`.
typedef void (*AssayAffinePixels)(const AssayAffine *, int64_t first, int64_t end);

#pragma clang assume_nonnull end
