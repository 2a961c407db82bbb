#include "Tile.h"

#if defined(__x86_64__)

/// Pixels `first..<last` of all, one group of blocks.
static void computePanel(
    const AssayPointwise *run, Tile *tile, int64_t first, int64_t last, int64_t block, int64_t blocks
) {
    const int64_t column = 16 * block, height = tileHeights[blocks];
    tile->weights = run->weights + column * run->inputs;
    tile->bias = run->bias ? run->bias + column : NULL;
    tile->outputs = lesser(run->outputs - column, 16 * blocks);
    for (int64_t pixel = first; pixel < last;) {
        const int64_t line = pixel / run->pixels, offset = pixel % run->pixels;
        const int64_t count = lesser(last - pixel, run->pixels - offset);
        const float *source =
            run->source + line / run->lines * run->imageStep + line % run->lines * run->lineStep
            + offset * run->pixelStep;
        const int64_t tiles = (count + height - 1) / height;
        for (int64_t index = 0; index < tiles; index++) {
            const int64_t from = count * index / tiles, to = count * (index + 1) / tiles;
            tile->source = source + from * run->pixelStep;
            tile->residual = run->residual ? run->residual + (pixel + from) * run->residualStep + column : NULL;
            tile->result = run->result + (pixel + from) * run->resultStep + column;
            assay_tile(blocks, to - from)(tile);
        }
        pixel += count;
    }
}

AVX512 void assay_convolution_pointwise(const AssayPointwise *run, int64_t part, int64_t parts) {
    Tile tile = {
        .pixelStep = run->pixelStep, .planes = 1, .rows = 1, .taps = run->inputs, .blockStep = 16 * run->inputs,
        .residualStep = run->residualStep, .resultStep = run->resultStep, .finish = finishOf(run->activation),
    };
    const int64_t pixels = run->images * run->lines * run->pixels, blocks = (run->outputs + 15) / 16;
    const int64_t panels = (blocks + 3) / 4;
    // Each part reads either its own pixels and all weights or its own weights and all pixels: the larger is divided.
    const int dividesWeights = run->outputs > pixels && panels >= parts;
    const int64_t firstPanel = dividesWeights ? panels * part / parts : 0;
    const int64_t lastPanel = dividesWeights ? panels * (part + 1) / parts : panels;
    const int64_t firstPixel = dividesWeights ? 0 : pixels * part / parts;
    const int64_t count = (dividesWeights ? pixels : pixels * (part + 1) / parts) - firstPixel;
    // As many pixels as stay in the second cache while every panel of weights passes over them.
    const int64_t together = greater(48, 49152 / run->inputs), groups = (count + together - 1) / together;
    for (int64_t group = 0; group < groups; group++) {
        const int64_t first = firstPixel + count * group / groups, last = firstPixel + count * (group + 1) / groups;
        for (int64_t panel = firstPanel; panel < lastPanel; panel++) {
            const int64_t block = blocks * panel / panels;
            computePanel(run, &tile, first, last, block, blocks * (panel + 1) / panels - block);
        }
    }
}

#else

void assay_convolution_pointwise(const AssayPointwise *run, int64_t part, int64_t parts) {}

#endif
