// Recurrent networks over packed weights: see VectorRecurrent.h.

/// How many blocks of hidden units there are.
ASSAY_INLINE int64_t blocksOf(int64_t hidden) { return (hidden + ASSAY_LANES - 1) / ASSAY_LANES; }

ASSAY_INLINE int64_t gatesOf(AssayRecurrentCell cell) {
    switch (cell) {
    case ASSAY_RECURRENT_LSTM: return 4;
    case ASSAY_RECURRENT_GRU:
    case ASSAY_RECURRENT_GRU_RESET_AFTER: return 3;
    default: return 1;
    }
}

static void packRecurrent(float *packed, const float *weights, int64_t gates, int64_t hidden, int64_t inputs) {
    for (int64_t block = 0; block < blocksOf(hidden); block++) {
        for (int64_t gate = 0; gate < gates; gate++) {
            for (int64_t lane = 0; lane < ASSAY_LANES; lane++) {
                const int64_t unit = block * ASSAY_LANES + lane;
                float *to = packed + (block * inputs * gates + gate) * ASSAY_LANES + lane;
                const float *from = weights + (gate * hidden + unit) * inputs;
                for (int64_t input = 0; input < inputs; input++) {
                    to[input * gates * ASSAY_LANES] = unit < hidden ? from[input] : 0;
                }
            }
        }
    }
}

static void packRecurrentBias(
    float *packed, const float *first, const float *second, int64_t gatesOfSecond, int64_t gates, int64_t hidden) {
    for (int64_t gate = 0; gate < gates; gate++) {
        for (int64_t unit = 0; unit < blocksOf(hidden) * ASSAY_LANES; unit++) {
            float sum = 0;
            if (unit < hidden && first) sum += first[gate * hidden + unit];
            if (unit < hidden && second && gate < gatesOfSecond) sum += second[gate * hidden + unit];
            packed[(unit / ASSAY_LANES * gates + gate) * ASSAY_LANES + unit % ASSAY_LANES] = sum;
        }
    }
}

/// Weights of one block: `depth` groups of `all` vectors, of which `gates` from `first` on are meant.
typedef struct Panel {
    const float *weights;
    int64_t depth;
    int first, gates, all;
} Panel;

/// Adds the products of some rows with the panels of some blocks, one after the other, to sums of rows, blocks, gates.
ASSAY_INLINE void accumulate(
    Floats *sums, const float *const *rows, const int rowCount, const Panel panel, const int blockCount) {
    const int64_t size = panel.depth * panel.all * ASSAY_LANES;
    const int width = blockCount * panel.gates;
    for (int64_t place = 0; place < panel.depth; place++) {
        const float *from = panel.weights + (place * panel.all + panel.first) * ASSAY_LANES;
        Floats weights[8];
#pragma clang loop unroll(full)
        for (int block = 0; block < blockCount; block++) {
#pragma clang loop unroll(full)
            for (int gate = 0; gate < panel.gates; gate++) {
                weights[block * panel.gates + gate] = load(from + block * size + gate * ASSAY_LANES);
            }
        }
#pragma clang loop unroll(full)
        for (int row = 0; row < rowCount; row++) {
            const Floats element = rows[row][place];
#pragma clang loop unroll(full)
            for (int index = 0; index < width; index++) sums[row * width + index] += element * weights[index];
        }
    }
}

/// Calls `BODY(rows, blocks)` with constants for each group of rows and blocks: single rows take two blocks at a time, so
/// that enough sums are on their way.
#define ASSAY_FOR_GROUPS(rowCount, blockCount, BODY)                                                 \
    for (int64_t row = 0; row < (rowCount);) {                                                       \
        const int64_t left = (rowCount) - row;                                                       \
        if (left >= ASSAY_ROWS) {                                                                    \
            for (int64_t block = 0; block < (blockCount); block++) BODY(ASSAY_ROWS, 1);              \
            row += ASSAY_ROWS;                                                                       \
        } else if (left >= 2) {                                                                      \
            for (int64_t block = 0; block < (blockCount); block++) BODY(2, 1);                       \
            row += 2;                                                                                \
        } else {                                                                                     \
            int64_t block = 0;                                                                       \
            for (; block + 2 <= (blockCount); block += 2) BODY(1, 2);                                \
            for (; block < (blockCount); block++) BODY(1, 1);                                        \
            row += 1;                                                                                \
        }                                                                                            \
    }

// MARK: Input products

ASSAY_INLINE void projectGroup(
    const AssayRecurrentRun *run, int64_t row, int64_t block, const int rowCount, const int blockCount,
    const int gates) {
    const int64_t width = blocksOf(run->hidden) * gates * ASSAY_LANES, offset = block * gates * ASSAY_LANES;
    const float *rows[ASSAY_ROWS];
    Floats sums[ASSAY_ROWS * 8];
#pragma clang loop unroll(full)
    for (int index = 0; index < rowCount; index++) {
        const int64_t step = (row + index) / run->batch, sequence = (row + index) % run->batch;
        rows[index] = run->input + step * run->inputStep + sequence * run->inputSequence;
#pragma clang loop unroll(full)
        for (int place = 0; place < blockCount * gates; place++) {
            sums[index * blockCount * gates + place] = load(run->packedBias + offset + place * ASSAY_LANES);
        }
    }
    const Panel panel = {run->packedInputWeights + offset * run->inputs, run->inputs, 0, gates, gates};
    accumulate(sums, rows, rowCount, panel, blockCount);
#pragma clang loop unroll(full)
    for (int index = 0; index < rowCount; index++) {
#pragma clang loop unroll(full)
        for (int place = 0; place < blockCount * gates; place++) {
            store(
                run->products + (row + index) * width + offset + place * ASSAY_LANES,
                sums[index * blockCount * gates + place]);
        }
    }
}

ASSAY_INLINE void projectRows(const AssayRecurrentRun *run, int64_t first, int64_t last, const int gates) {
    const int64_t blocks = blocksOf(run->hidden);
#define ASSAY_PROJECT(rows, blocks) projectGroup(run, first + row, block, rows, blocks, gates)
    ASSAY_FOR_GROUPS(last - first, blocks, ASSAY_PROJECT)
#undef ASSAY_PROJECT
}

static void projectInputs(const AssayRecurrentRun *run, int64_t first, int64_t last) {
    switch (gatesOf(run->cell)) {
    case 4: return projectRows(run, first, last, 4);
    case 3: return projectRows(run, first, last, 3);
    default: return projectRows(run, first, last, 1);
    }
}
