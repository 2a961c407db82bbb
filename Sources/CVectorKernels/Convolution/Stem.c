#include "Tile.h"

#include <string.h>

#if defined(__x86_64__)

/// Lines of the source with their padding, a few at a time.
enum { stemFloats = 24576 };

/// The lines of the source that a number of lines of the result reads.
static int64_t linesRead(const AssayStem *run, int64_t lines) {
    return (lines - 1) * run->strideHeight + run->windowHeight;
}

/// The floats of a line with its padding.
static int64_t lineFloats(int64_t resultWidth, int64_t strideWidth, int64_t windowWidth) {
    return (resultWidth - 1) * strideWidth + windowWidth;
}

int32_t assay_convolution_takes_stem(
    int64_t channels, int64_t windowHeight, int64_t windowWidth, int64_t strideWidth, int64_t resultWidth
) {
    return channels * windowHeight * lineFloats(resultWidth, strideWidth, windowWidth) <= stemFloats;
}

/// Copies the lines from `first` on, zeros around them.
static void pad(
    const AssayStem *run, float *target, int64_t length, int64_t image, int64_t first, int64_t lines
) {
    const int64_t from = greater(0, run->left), to = greater(from, lesser(length, run->left + run->width));
    for (int64_t channel = 0; channel < run->channels; channel++) {
        const float *plane = run->source + (image * run->channels + channel) * run->height * run->width;
        for (int64_t line = first; line < first + lines; line++, target += length) {
            if (line < 0 || line >= run->height) {
                memset(target, 0, (size_t)length * sizeof(float));
                continue;
            }
            memset(target, 0, (size_t)from * sizeof(float));
            memcpy(target + from, plane + line * run->width + from - run->left, (size_t)(to - from) * sizeof(float));
            memset(target + to, 0, (size_t)(length - to) * sizeof(float));
        }
    }
}

AVX512 void assay_convolution_stem(const AssayStem *run, int64_t part, int64_t parts) {
    float lines[stemFloats];
    const int64_t length = lineFloats(run->resultWidth, run->strideWidth, run->windowWidth);
    const int64_t blocks = (run->outputs + 15) / 16, panels = (blocks + 3) / 4;
    int64_t together = run->resultHeight;
    while (together > 1 && linesRead(run, together) * length * run->channels > stemFloats) together--;
    const int64_t first = run->images * run->resultHeight * part / parts;
    const int64_t last = run->images * run->resultHeight * (part + 1) / parts;
    const int64_t taps = run->channels * run->windowHeight * run->windowWidth;
    Tile tile = {
        .pixelStep = run->strideWidth, .rowStep = length, .planes = run->channels, .rows = run->windowHeight,
        .taps = run->windowWidth, .blockStep = 16 * taps, .resultStep = run->resultStep,
        .finish = finishOf(run->activation),
    };
    for (int64_t line = first; line < last;) {
        const int64_t image = line / run->resultHeight, row = line % run->resultHeight;
        const int64_t count = lesser(lesser(together, last - line), run->resultHeight - row);
        const int64_t read = linesRead(run, count);
        pad(run, lines, length, image, row * run->strideHeight - run->top, read);
        tile.planeStep = read * length;
        for (int64_t panel = 0; panel < panels; panel++) {
            const int64_t block = blocks * panel / panels, width = blocks * (panel + 1) / panels - block;
            const int64_t tiles = (run->resultWidth + tileHeights[width] - 1) / tileHeights[width];
            tile.weights = run->weights + 16 * block * taps;
            tile.bias = run->bias ? run->bias + 16 * block : NULL;
            tile.outputs = lesser(run->outputs - 16 * block, 16 * width);
            for (int64_t index = 0; index < count * tiles; index++) {
                const int64_t y = index / tiles, x = index % tiles;
                const int64_t from = run->resultWidth * x / tiles, to = run->resultWidth * (x + 1) / tiles;
                tile.source = lines + y * run->strideHeight * length + from * run->strideWidth;
                tile.result = run->result + ((line + y) * run->resultWidth + from) * run->resultStep + 16 * block;
                assay_tile(width, to - from)(&tile);
            }
        }
        line += count;
    }
}

#else

int32_t assay_convolution_takes_stem(
    int64_t channels, int64_t windowHeight, int64_t windowWidth, int64_t strideWidth, int64_t resultWidth
) {
    return 0;
}

void assay_convolution_stem(const AssayStem *run, int64_t part, int64_t parts) {}

#endif
