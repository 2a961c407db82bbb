#include "AVX512.h"

#if defined(__x86_64__)

/// Results of a tile along each axis are 2, elements read are 4: F(2 x 2, 3 x 3) has 16 products for 36.
enum { positions = 16 };

/// The windows of 16 outputs beside each other, so that what is done to one is done to all at once.
AVX512 static void transformWindows(const float windows[9][16], float *target, int64_t positionStep) {
    float columns[4][3][16];
    for (int x = 0; x < 3; x++) {
        for (int lane = 0; lane < 16; lane++) {
            const float a = windows[x][lane], b = windows[3 + x][lane], c = windows[6 + x][lane];
            columns[0][x][lane] = a;
            columns[1][x][lane] = 0.5f * (a + b + c);
            columns[2][x][lane] = 0.5f * (a - b + c);
            columns[3][x][lane] = c;
        }
    }
    for (int y = 0; y < 4; y++) {
        float *place = target + 4 * y * positionStep;
        for (int lane = 0; lane < 16; lane++) {
            const float a = columns[y][0][lane], b = columns[y][1][lane], c = columns[y][2][lane];
            place[lane] = a;
            place[positionStep + lane] = 0.5f * (a + b + c);
            place[2 * positionStep + lane] = 0.5f * (a - b + c);
            place[3 * positionStep + lane] = c;
        }
    }
}

void assay_convolution_winograd_weights(
    float *target, const float *weights, int64_t outputs, int64_t channels
) {
    const int64_t blocks = (outputs + 15) / 16;
    for (int64_t block = 0; block < blocks; block++) {
        const int64_t lanes = outputs - 16 * block < 16 ? outputs - 16 * block : 16;
        for (int64_t channel = 0; channel < channels; channel++) {
            float windows[9][16] = {{0}};
            for (int64_t lane = 0; lane < lanes; lane++) {
                const float *window = weights + ((16 * block + lane) * channels + channel) * 9;
                for (int element = 0; element < 9; element++) windows[element][lane] = window[element];
            }
            transformWindows(windows, target + (block * channels + channel) * 16, blocks * channels * 16);
        }
    }
}

/// Which tile it is, and where its results begin.
typedef struct Place {
    int64_t image, y, x;
} Place;

static Place placeOf(const AssayWinograd *run, int64_t tile) {
    const int64_t across = (run->resultWidth + 1) / 2, down = (run->resultHeight + 1) / 2;
    return (Place){tile / (across * down), tile / across % down * 2, tile % across * 2};
}

/// The elements that a tile reads, as the factors of the 16 products.
AVX512 static void transformSource(const AssayWinograd *run, int64_t tile, float *target, int64_t positionStep) {
    const Place place = placeOf(run, tile);
    const int64_t top = place.y - run->top, left = place.x - run->left, channels = run->channels;
    const float *source = run->source + ((place.image * run->height + top) * run->width + left) * run->sourceStep;
    for (int64_t channel = 0; channel < channels; channel += 16) {
        const __mmask16 mask = lanes(channels - channel);
        __m512 rows[4][4];
        UNROLL for (int x = 0; x < 4; x++) {
            __m512 d[4];
            const int insideX = left + x >= 0 && left + x < run->width;
            UNROLL for (int y = 0; y < 4; y++) {
                const int inside = insideX && top + y >= 0 && top + y < run->height;
                d[y] = _mm512_maskz_loadu_ps(inside ? mask : 0, source + (y * run->width + x) * run->sourceStep + channel);
            }
            rows[0][x] = _mm512_sub_ps(d[0], d[2]);
            rows[1][x] = _mm512_add_ps(d[1], d[2]);
            rows[2][x] = _mm512_sub_ps(d[2], d[1]);
            rows[3][x] = _mm512_sub_ps(d[1], d[3]);
        }
        UNROLL for (int y = 0; y < 4; y++) {
            const __m512 *d = rows[y];
            float *place = target + 4 * y * positionStep + channel;
            _mm512_mask_storeu_ps(place, mask, _mm512_sub_ps(d[0], d[2]));
            _mm512_mask_storeu_ps(place + positionStep, mask, _mm512_add_ps(d[1], d[2]));
            _mm512_mask_storeu_ps(place + 2 * positionStep, mask, _mm512_sub_ps(d[2], d[1]));
            _mm512_mask_storeu_ps(place + 3 * positionStep, mask, _mm512_sub_ps(d[1], d[3]));
        }
    }
}

/// The results of a tile from its 16 products.
AVX512 static void transformResult(
    const AssayWinograd *run, int64_t tile, const float *products, int64_t positionStep, const Finish *finish
) {
    const Place place = placeOf(run, tile);
    const int64_t outputs = run->outputs;
    const int64_t first = (place.image * run->resultHeight + place.y) * run->resultWidth + place.x;
    for (int64_t output = 0; output < outputs; output += 16) {
        const __mmask16 mask = lanes(outputs - output);
        __m512 rows[2][4];
        UNROLL for (int x = 0; x < 4; x++) {
            __m512 m[4];
            UNROLL for (int y = 0; y < 4; y++) {
                m[y] = _mm512_maskz_loadu_ps(mask, products + (4 * y + x) * positionStep + output);
            }
            rows[0][x] = _mm512_add_ps(_mm512_add_ps(m[0], m[1]), m[2]);
            rows[1][x] = _mm512_sub_ps(_mm512_sub_ps(m[1], m[2]), m[3]);
        }
        const __m512 bias = run->bias ? _mm512_maskz_loadu_ps(mask, run->bias + output) : _mm512_setzero_ps();
        UNROLL for (int y = 0; y < 2; y++) {
            const __m512 *m = rows[y];
            const __m512 values[2] = {
                _mm512_add_ps(_mm512_add_ps(m[0], m[1]), m[2]), _mm512_sub_ps(_mm512_sub_ps(m[1], m[2]), m[3])};
            UNROLL for (int x = 0; x < 2; x++) {
                if (place.y + y >= run->resultHeight || place.x + x >= run->resultWidth) continue;
                const int64_t pixel = first + y * run->resultWidth + x;
                __m512 value = _mm512_add_ps(values[x], bias);
                if (run->residual) {
                    const float *residual = run->residual + pixel * run->residualStep + output;
                    value = _mm512_add_ps(value, _mm512_maskz_loadu_ps(mask, residual));
                }
                _mm512_mask_storeu_ps(run->result + pixel * run->resultStep + output, mask, finished(value, finish));
            }
        }
    }
}

static int64_t tileCount(const AssayWinograd *run) {
    return run->images * ((run->resultHeight + 1) / 2) * ((run->resultWidth + 1) / 2);
}

int64_t assay_convolution_winograd_scratch(
    int64_t images, int64_t lines, int64_t columns, int64_t channels, int64_t outputs
) {
    const int64_t perTile = positions * (channels + outputs), all = images * ((lines + 1) / 2) * ((columns + 1) / 2);
    // Small weights stay in the second cache beside a few tiles; large ones are read again for each group of tiles.
    const int64_t tiles = greater(channels * outputs > 8192 ? 192 : 16, 131072 / perTile);
    return perTile * greater(32, lesser(all, 2 * tiles));
}

AVX512 void assay_convolution_winograd(const AssayWinograd *run, int64_t part, int64_t parts) {
    const int64_t perTile = positions * (run->channels + run->outputs);
    const int64_t whole = assay_convolution_winograd_scratch(
        run->images, run->resultHeight, run->resultWidth, run->channels, run->outputs);
    const int64_t floats = whole / parts, room = floats / perTile;
    if (room == 0) return;
    float *factors = run->scratch + part * floats;
    const int64_t begin = tileCount(run) * part / parts, count = tileCount(run) * (part + 1) / parts - begin;
    const int64_t most = parts == 1 ? greater(1, room / 2) : room;
    const int64_t groups = (count + most - 1) / most, weightStep = (run->outputs + 15) / 16 * 16 * run->channels;
    const Finish finish = finishOf(run->activation);
    for (int64_t group = 0; group < groups; group++) {
        const int64_t first = begin + count * group / groups;
        const int64_t tiles = begin + count * (group + 1) / groups - first;
        float *products = factors + positions * tiles * run->channels;
        for (int64_t tile = 0; tile < tiles; tile++) {
            transformSource(run, first + tile, factors + tile * run->channels, tiles * run->channels);
        }
        for (int64_t position = 0; position < positions; position++) {
            AssayPointwise product = {
                .images = 1, .lines = 1, .pixels = tiles, .inputs = run->channels, .outputs = run->outputs,
                .pixelStep = run->channels, .resultStep = run->outputs,
                .source = factors + position * tiles * run->channels, .weights = run->weights + position * weightStep,
                .result = products + position * tiles * run->outputs,
                .activation = {-__builtin_inff(), __builtin_inff(), 0},
            };
            assay_convolution_pointwise(&product, 0, 1);
        }
        for (int64_t tile = 0; tile < tiles; tile++) {
            transformResult(run, first + tile, products + tile * run->outputs, tiles * run->outputs, &finish);
        }
    }
}

#else

void assay_convolution_winograd_weights(
    float *target, const float *weights, int64_t outputs, int64_t channels
) {}

int64_t assay_convolution_winograd_scratch(
    int64_t images, int64_t lines, int64_t columns, int64_t channels, int64_t outputs
) {
    return 0;
}

void assay_convolution_winograd(const AssayWinograd *run, int64_t part, int64_t parts) {}

#endif
