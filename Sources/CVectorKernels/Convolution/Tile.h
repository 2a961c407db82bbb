// A few pixels times a few blocks of 16 results, held in registers: the core of dense convolutions.

#pragma once

#include "AVX512.h"

#if defined(__x86_64__)

/// The pixels read as runs: `planes` times `rows` times `taps` elements that follow each other.
typedef struct Tile {
    const float *source;
    /// Floats between neighbouring pixels, rows of the window and planes.
    int64_t pixelStep, rowStep, planeStep;
    int64_t planes, rows, taps;
    const float *weights;
    /// Floats between neighbouring blocks of results.
    int64_t blockStep;
    const float *bias;
    const float *residual;
    int64_t residualStep;
    float *result;
    int64_t resultStep;
    /// How many results the blocks hold, fewer than their lanes in the last tile.
    int64_t outputs;
    Finish finish;
} Tile;

typedef void (*TileFunction)(const Tile *);

/// How many pixels a tile of so many blocks holds at most: 24 accumulators.
static const int64_t tileHeights[5] = {0, 24, 12, 8, 6};

/// The kernel for so many blocks and pixels.
TileFunction assay_tile(int64_t blocks, int64_t pixels);

#endif
