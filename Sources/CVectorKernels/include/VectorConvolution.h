#pragma once

// Convolutions of channels-last images in f32, for processors with AVX-512. Each element of a result is one sum in the
// order of the window and then of the channels, however the work is divided: the same bits for any number of parts.
//
// Weights lie in blocks of 16 results, the last block filled with zeros.

#include <stdint.h>

#pragma clang assume_nonnull begin

/// What is done to an element of the result before it is stored, after the addition of the residual.
typedef struct AssayActivation {
    /// Bounds of the result; infinities where there are none.
    float lowest, highest;
    /// Nonzero for `x · clip(x / 6 + 1/2, 0, 1)`, before the bounds.
    int32_t isHardSwish;
} AssayActivation;

/// Products of pixels with one matrix: a convolution of window 1 x 1.
typedef struct AssayPointwise {
    /// Pixels of the result: `images` of `lines` lines.
    int64_t images, lines, pixels;
    /// Channels of the source and of the result.
    int64_t inputs, outputs;
    /// How many floats apart neighbouring images, lines and pixels that are read lie.
    int64_t imageStep, lineStep, pixelStep;
    /// How many floats apart neighbouring pixels of the result and of the residual lie; lines and images follow each other.
    int64_t resultStep, residualStep;
    const float *source;
    /// `[outputs / 16][inputs][16]`.
    const float *weights;
    const float *_Nullable bias;
    const float *_Nullable residual;
    float *result;
    AssayActivation activation;
} AssayPointwise;

/// A convolution of an image whose channels lie apart (few channels), stored channels-last.
typedef struct AssayStem {
    int64_t images, channels, height, width;
    int64_t outputs, resultHeight, resultWidth;
    int64_t windowHeight, windowWidth, strideHeight, strideWidth, top, left;
    /// How many floats apart neighbouring pixels of the result lie.
    int64_t resultStep;
    const float *source;
    /// `[outputs / 16][channels][windowHeight][windowWidth][16]`.
    const float *weights;
    const float *_Nullable bias;
    float *result;
    AssayActivation activation;
} AssayStem;

/// A convolution of each channel by itself, with a window of 3 x 3 or 5 x 5.
typedef struct AssayDepthwise {
    int64_t images, channels, height, width, resultHeight, resultWidth;
    /// 3 or 5.
    int64_t window;
    /// The stride along the width is 1 or 2; at most half a window of padding on either side.
    int64_t strideHeight, strideWidth, top, left;
    /// How many floats apart neighbouring pixels of the source and of the result lie.
    int64_t sourceStep, resultStep;
    const float *source;
    /// `[channels / 16][window][window][16]`.
    const float *weights;
    const float *_Nullable bias;
    float *result;
    AssayActivation activation;
} AssayDepthwise;

/// A convolution of window 3 x 3 and stride 1 by Winograd's minimal filtering (Lavin and Gray 2015, section 4.1: F(2 x 2,
/// 3 x 3)): 16 products for 36, of sums of elements.
typedef struct AssayWinograd {
    int64_t images, channels, height, width;
    int64_t outputs, resultHeight, resultWidth, top, left;
    /// How many floats apart neighbouring pixels of the source, of the result and of the residual lie.
    int64_t sourceStep, resultStep, residualStep;
    const float *source;
    /// As `assay_convolution_winograd_weights` leaves them.
    const float *weights;
    const float *_Nullable bias;
    const float *_Nullable residual;
    float *result;
    /// As many floats as `assay_convolution_winograd_scratch` says.
    float *scratch;
    AssayActivation activation;
} AssayWinograd;

/// Nonzero where this processor can run the functions below.
int32_t assay_convolution_is_available(void);

/// Computes one of `parts` parts, which may run at the same time.
void assay_convolution_pointwise(const AssayPointwise *run, int64_t part, int64_t parts);

/// Nonzero where the lines of the source that one line of the result reads fit the memory that the kernel has.
int32_t assay_convolution_takes_stem(
    int64_t channels, int64_t windowHeight, int64_t windowWidth, int64_t strideWidth, int64_t resultWidth);

/// Computes one of `parts` parts, which may run at the same time.
void assay_convolution_stem(const AssayStem *run, int64_t part, int64_t parts);

/// Computes one of `parts` parts, which may run at the same time.
void assay_convolution_depthwise(const AssayDepthwise *run, int64_t part, int64_t parts);

/// Transforms weights `[outputs, channels, 3, 3]` into `[16][outputs / 16][channels][16]`.
void assay_convolution_winograd_weights(
    float *target, const float *weights, int64_t outputs, int64_t channels);

/// The floats of memory that a run needs for a result of so many images, lines and columns; for up to 32 parts.
int64_t assay_convolution_winograd_scratch(
    int64_t images, int64_t lines, int64_t columns, int64_t channels, int64_t outputs);

/// Computes one of `parts` parts, which may run at the same time.
void assay_convolution_winograd(const AssayWinograd *run, int64_t part, int64_t parts);

#pragma clang assume_nonnull end
