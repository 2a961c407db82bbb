#include "Tile.h"

#if defined(__x86_64__)

/// One element of the window: a column of pixels times a row of weights. Three pixels share an address, which keeps
/// enough registers free for all of them.
INLINE void multiply(
    __m512 *sums, const char *const *pixels, const char *const *weights, const int64_t step, const int height,
    const int blocks, const int element
) {
    __m512 row[4];
    UNROLL for (int j = 0; j < blocks; j++) row[j] = _mm512_loadu_ps(weights[j] + 64 * element);
    UNROLL for (int i = 0; i < height; i++) {
        __m512 pixel = _mm512_set1_ps(*(const float *)(pixels[i / 3] + (i % 3) * step + 4 * element));
        UNROLL for (int j = 0; j < blocks; j++) sums[i * blocks + j] = _mm512_fmadd_ps(pixel, row[j], sums[i * blocks + j]);
    }
}

/// Goes on by so many elements; the compiler must not fold the addresses into one.
INLINE void advance(const char **pixels, const char **weights, const int height, const int blocks, const int elements) {
    UNROLL for (int g = 0; g < (height + 2) / 3; g++) {
        pixels[g] += 4 * elements;
        __asm__("" : "+r"(pixels[g]));
    }
    UNROLL for (int j = 0; j < blocks; j++) {
        weights[j] += 64 * elements;
        __asm__("" : "+r"(weights[j]));
    }
}

INLINE void compute(const Tile *tile, const int height, const int blocks) {
    __m512 sums[24];
    __mmask16 masks[4];
    UNROLL for (int j = 0; j < blocks; j++) {
        masks[j] = lanes(tile->outputs - 16 * j);
        __m512 bias = tile->bias ? _mm512_maskz_loadu_ps(masks[j], tile->bias + 16 * j) : _mm512_setzero_ps();
        UNROLL for (int i = 0; i < height; i++) sums[i * blocks + j] = bias;
    }
    UNROLL for (int i = 0; i < height; i++) {
        UNROLL for (int j = 0; j < blocks; j++) {
            if (tile->residual) _mm_prefetch((const char *)(tile->residual + i * tile->residualStep + 16 * j), _MM_HINT_T0);
            _mm_prefetch((const char *)(tile->result + i * tile->resultStep + 16 * j), _MM_HINT_T0);
        }
    }
    const int64_t step = tile->pixelStep * 4;
    const char *weights[4];
    UNROLL for (int j = 0; j < blocks; j++) weights[j] = (const char *)(tile->weights + j * tile->blockStep);
    for (int64_t plane = 0; plane < tile->planes; plane++) {
        for (int64_t row = 0; row < tile->rows; row++) {
            const char *pixels[8];
            const char *first = (const char *)(tile->source + plane * tile->planeStep + row * tile->rowStep);
            UNROLL for (int g = 0; g < (height + 2) / 3; g++) pixels[g] = first + 3 * g * step;
            int64_t tap = 0;
            for (; tap + 4 <= tile->taps; tap += 4) {
                UNROLL for (int u = 0; u < 4; u++) multiply(sums, pixels, weights, step, height, blocks, u);
                advance(pixels, weights, height, blocks, 4);
            }
            for (; tap < tile->taps; tap++) {
                multiply(sums, pixels, weights, step, height, blocks, 0);
                advance(pixels, weights, height, blocks, 1);
            }
        }
    }
    UNROLL for (int i = 0; i < height; i++) {
        UNROLL for (int j = 0; j < blocks; j++) {
            __m512 value = sums[i * blocks + j];
            if (tile->residual) {
                value = _mm512_add_ps(
                    value, _mm512_maskz_loadu_ps(masks[j], tile->residual + i * tile->residualStep + 16 * j));
            }
            _mm512_mask_storeu_ps(
                tile->result + i * tile->resultStep + 16 * j, masks[j], finished(value, &tile->finish));
        }
    }
}

#define TILE(height, blocks) \
    AVX512 static void tile_##blocks##_##height(const Tile *tile) { compute(tile, height, blocks); }
#define TILES6(b) TILE(1, b) TILE(2, b) TILE(3, b) TILE(4, b) TILE(5, b) TILE(6, b)
#define TILES8(b) TILES6(b) TILE(7, b) TILE(8, b)
#define TILES12(b) TILES8(b) TILE(9, b) TILE(10, b) TILE(11, b) TILE(12, b)
#define TILES24(b) \
    TILES12(b) TILE(13, b) TILE(14, b) TILE(15, b) TILE(16, b) TILE(17, b) TILE(18, b) TILE(19, b) TILE(20, b) \
    TILE(21, b) TILE(22, b) TILE(23, b) TILE(24, b)
TILES24(1)
TILES12(2)
TILES8(3)
TILES6(4)

#define NAMES6(b) tile_##b##_1, tile_##b##_2, tile_##b##_3, tile_##b##_4, tile_##b##_5, tile_##b##_6
#define NAMES8(b) NAMES6(b), tile_##b##_7, tile_##b##_8
#define NAMES12(b) NAMES8(b), tile_##b##_9, tile_##b##_10, tile_##b##_11, tile_##b##_12
#define NAMES24(b) \
    NAMES12(b), tile_##b##_13, tile_##b##_14, tile_##b##_15, tile_##b##_16, tile_##b##_17, tile_##b##_18, \
    tile_##b##_19, tile_##b##_20, tile_##b##_21, tile_##b##_22, tile_##b##_23, tile_##b##_24

TileFunction assay_tile(int64_t blocks, int64_t pixels) {
    static const TileFunction table[4][24] = {{NAMES24(1)}, {NAMES12(2)}, {NAMES8(3)}, {NAMES6(4)}};
    return table[blocks - 1][pixels - 1];
}

#endif
