#include "AVX512.h"

#if defined(__x86_64__)

/// Neighbouring columns of one block of 16 channels, over several lines.
typedef struct Strip {
    /// The first element that the first window reads, which may lie before the image.
    const float *source;
    int64_t pixelStep, lineStep, resultStep;
    const float *weights;
    /// The line of the image at the top of the first window, lines of the image, and how far windows lie apart.
    int64_t top, height, stride;
    int64_t lines;
    __m512 bias;
    Finish finish;
    __mmask16 mask;
    float *result;
    int64_t resultLineStep;
    /// The columns read, of which those from `begin` to before `end` are inside the image.
    int64_t begin, end;
} Strip;

/// One line of the strip. Only columns within half a window of its ends can lie outside the image.
INLINE void computeLine(
    const Strip *strip, const float *source, float *result, const __m512 *held, const __mmask16 *masks, int64_t top,
    const int count, const int window, const int stride
) {
    __m512 sums[10], weights[5];
    const int columns = (count - 1) * stride + window;
    UNROLL for (int i = 0; i < count; i++) sums[i] = strip->bias;
    UNROLL for (int row = 0; row < window; row++) {
        if (top + row < 0 || top + row >= strip->height) continue;
        const float *line = source + row * strip->lineStep;
        UNROLL for (int k = 0; k < window; k++) {
            weights[k] = window == 3 ? held[row * window + k] : _mm512_loadu_ps(strip->weights + 16 * (row * window + k));
        }
        UNROLL for (int j = 0; j < columns; j++) {
            const int end = j - (columns - window / 2);
            __mmask16 mask = j < window / 2 ? masks[j] : (end >= 0 ? masks[window / 2 + end] : strip->mask);
            __m512 pixel = _mm512_maskz_loadu_ps(mask, line + j * strip->pixelStep);
            UNROLL for (int i = 0; i < count; i++) {
                const int k = j - i * stride;
                if (k >= 0 && k < window) sums[i] = _mm512_fmadd_ps(pixel, weights[k], sums[i]);
            }
        }
    }
    UNROLL for (int i = 0; i < count; i++) {
        _mm512_mask_storeu_ps(result + i * strip->resultStep, strip->mask, finished(sums[i], &strip->finish));
    }
}

INLINE void computeStrip(const Strip *strip, const int count, const int window, const int stride) {
    __m512 held[9];
    __mmask16 masks[4];
    const int columns = (count - 1) * stride + window;
    UNROLL for (int j = 0; j < window / 2; j++) {
        const int end = columns - window / 2 + j;
        masks[j] = j >= strip->begin && j < strip->end ? strip->mask : 0;
        masks[window / 2 + j] = end >= strip->begin && end < strip->end ? strip->mask : 0;
    }
    if (window == 3) {
        UNROLL for (int k = 0; k < 9; k++) held[k] = _mm512_loadu_ps(strip->weights + 16 * k);
    }
    const float *source = strip->source;
    float *result = strip->result;
    for (int64_t line = 0; line < strip->lines; line++) {
        computeLine(strip, source, result, held, masks, strip->top + line * strip->stride, count, window, stride);
        source += strip->stride * strip->lineStep;
        result += strip->resultLineStep;
    }
}

typedef void (*StripFunction)(const Strip *);

#define STRIP(count, window, stride) \
    AVX512 static void strip_##window##_##stride##_##count(const Strip *strip) { \
        computeStrip(strip, count, window, stride); \
    }
#define STRIPS(w, s) \
    STRIP(1, w, s) STRIP(2, w, s) STRIP(3, w, s) STRIP(4, w, s) STRIP(5, w, s) STRIP(6, w, s) STRIP(7, w, s) \
    STRIP(8, w, s) STRIP(9, w, s) STRIP(10, w, s)
#define NAME(w, s, count) strip_##w##_##s##_##count
#define NAMES(w, s) \
    { \
        NAME(w, s, 1), NAME(w, s, 2), NAME(w, s, 3), NAME(w, s, 4), NAME(w, s, 5), NAME(w, s, 6), NAME(w, s, 7), \
            NAME(w, s, 8), NAME(w, s, 9), NAME(w, s, 10) \
    }
STRIPS(3, 1)
STRIPS(3, 2)
STRIPS(5, 1)
STRIPS(5, 2)

/// By window, stride and number of columns.
static const StripFunction strips[2][2][10] = {{NAMES(3, 1), NAMES(3, 2)}, {NAMES(5, 1), NAMES(5, 2)}};
enum { widestStrip = 10 };

/// The lines `first..<last` of a block of channels of an image.
AVX512 static void computeBlock(
    const AssayDepthwise *run, const StripFunction *functions, int64_t image, int64_t first, int64_t last, int64_t block
) {
    const int64_t channel = 16 * block;
    Strip strip = {
        .pixelStep = run->sourceStep, .lineStep = run->width * run->sourceStep, .resultStep = run->resultStep,
        .weights = run->weights + channel * run->window * run->window, .height = run->height,
        .top = first * run->strideHeight - run->top, .stride = run->strideHeight, .lines = last - first,
        .mask = lanes(run->channels - channel), .finish = finishOf(run->activation),
        .resultLineStep = run->resultWidth * run->resultStep,
    };
    strip.bias = run->bias ? _mm512_maskz_loadu_ps(strip.mask, run->bias + channel) : _mm512_setzero_ps();
    const float *source = run->source + (image * run->height + strip.top) * strip.lineStep + channel;
    float *result = run->result + (image * run->resultHeight + first) * strip.resultLineStep + channel;
    const int64_t count = (run->resultWidth + widestStrip - 1) / widestStrip;
    for (int64_t index = 0; index < count; index++) {
        const int64_t from = run->resultWidth * index / count, to = run->resultWidth * (index + 1) / count;
        const int64_t column = from * run->strideWidth - run->left;
        strip.source = source + column * run->sourceStep;
        strip.result = result + from * run->resultStep;
        strip.begin = -column;
        strip.end = run->width - column;
        functions[to - from - 1](&strip);
    }
}

void assay_convolution_depthwise(const AssayDepthwise *run, int64_t part, int64_t parts) {
    const int64_t blocks = (run->channels + 15) / 16;
    // As many lines as stay in the second cache while every block of channels passes over them.
    const int64_t lineFloats = run->width * run->channels * run->strideHeight;
    const int64_t lines = lesser(run->resultHeight, greater(4, 100000 / lineFloats));
    const int64_t groups = (run->resultHeight + lines - 1) / lines;
    const int64_t total = run->images * groups * blocks;
    for (int64_t index = total * part / parts; index < total * (part + 1) / parts; index++) {
        const int64_t group = index / blocks % groups;
        computeBlock(
            run, strips[run->window == 5][run->strideWidth == 2], index / blocks / groups,
            run->resultHeight * group / groups, run->resultHeight * (group + 1) / groups, index % blocks);
    }
}

#else

void assay_convolution_depthwise(const AssayDepthwise *run, int64_t part, int64_t parts) {}

#endif
