// One step of a recurrent network, and the walk over all of them.

/// What one step reads and writes.
typedef struct Step {
    const AssayRecurrentRun *run;
    /// Which step of the sequences.
    int64_t index;
    /// The states before and after it.
    const float *before;
    float *after;
} Step;

/// The products of the step's inputs for a row and a block.
ASSAY_INLINE const float *productsAt(const Step *step, int64_t row, int64_t block, const int gates) {
    const AssayRecurrentRun *run = step->run;
    return run->products + ((step->index * run->batch + row) * blocksOf(run->hidden) + block) * gates * ASSAY_LANES;
}

/// Writes the new state of one row and block, to the output too where that is wanted.
ASSAY_INLINE void finish(const Step *step, float *states, int64_t row, int64_t block, Floats state) {
    const AssayRecurrentRun *run = step->run;
    const int64_t start = block * ASSAY_LANES, left = run->hidden - start;
    store(states + row * blocksOf(run->hidden) * ASSAY_LANES + start, state);
    if (!run->output) return;
    float *output = run->output + step->index * run->outputStep + row * run->outputSequence + start;
    if (left >= ASSAY_LANES) {
        store(output, state);
    } else {
        storePart(output, state, left);
    }
}

/// The products of rows of `states` with `gates` of all the gates of a cell, from `first` on, added to those of the inputs;
/// the candidate of a unit that resets after the product has its recurrent bias in their place.
ASSAY_INLINE void sumGates(
    Floats *sums, const Step *step, const float *states, int64_t row, int64_t block, const int rowCount,
    const int blockCount, const int first, const int gates, const int all, const AssayRecurrentCell cell) {
    const AssayRecurrentRun *run = step->run;
    const float *rows[ASSAY_ROWS];
#pragma clang loop unroll(full)
    for (int index = 0; index < rowCount; index++) {
        rows[index] = states + (row + index) * blocksOf(run->hidden) * ASSAY_LANES;
#pragma clang loop unroll(full)
        for (int place = 0; place < blockCount * gates; place++) {
            const int64_t own = block + place / gates, gate = first + place % gates;
            const float *from = cell == ASSAY_RECURRENT_GRU_RESET_AFTER && gate == 2
                ? run->packedRecurrentBias + own * all * ASSAY_LANES
                : productsAt(step, row + index, own, all);
            sums[index * blockCount * gates + place] = load(from + gate * ASSAY_LANES);
        }
    }
    const Panel panel = {
        run->packedRecurrentWeights + block * all * ASSAY_LANES * run->hidden, run->hidden, first, gates, all};
    accumulate(sums, rows, rowCount, panel, blockCount);
}

/// The sums of a cell whose gates are all known after one product, from start to new state.
ASSAY_INLINE void stepGroup(
    const Step *step, int64_t row, int64_t block, const int rowCount, const int blockCount, const int gates,
    const AssayRecurrentCell cell) {
    const AssayRecurrentRun *run = step->run;
    const int64_t width = blocksOf(run->hidden) * ASSAY_LANES;
    Floats sums[ASSAY_ROWS * 8];
    sumGates(sums, step, step->before, row, block, rowCount, blockCount, 0, gates, gates, cell);
#pragma clang loop unroll(full)
    for (int index = 0; index < rowCount; index++) {
#pragma clang loop unroll(full)
        for (int place = 0; place < blockCount; place++) {
            const Floats *gate = sums + (index * blockCount + place) * gates;
            Floats state;
            if (cell == ASSAY_RECURRENT_LSTM) {
                float *kept = run->cellState + (row + index) * width + (block + place) * ASSAY_LANES;
                const Floats memory = sigmoid(gate[2]) * load(kept) + sigmoid(gate[0]) * hyperbolicTangent(gate[3]);
                store(kept, memory);
                state = sigmoid(gate[1]) * hyperbolicTangent(memory);
            } else if (cell == ASSAY_RECURRENT_GRU_RESET_AFTER) {
                const float *candidate = productsAt(step, row + index, block + place, gates) + 2 * ASSAY_LANES;
                const Floats old = load(step->before + (row + index) * width + (block + place) * ASSAY_LANES);
                const Floats update = sigmoid(gate[0]);
                const Floats fresh = hyperbolicTangent(load(candidate) + sigmoid(gate[1]) * gate[2]);
                state = (1.0f - update) * fresh + update * old;
            } else {
                state = cell == ASSAY_RECURRENT_PLAIN ? hyperbolicTangent(gate[0]) : atLeast(gate[0], 0.0f);
            }
            finish(step, step->after, row + index, block + place, state);
        }
    }
}

/// The update gate, and the state as the reset gate lets it through, of a GRU that resets before its product.
ASSAY_INLINE void resetGroup(
    const Step *step, int64_t row, int64_t block, const int rowCount, const int blockCount) {
    const AssayRecurrentRun *run = step->run;
    const int64_t width = blocksOf(run->hidden) * ASSAY_LANES;
    Floats sums[ASSAY_ROWS * 4];
    sumGates(sums, step, step->before, row, block, rowCount, blockCount, 0, 2, 3, ASSAY_RECURRENT_GRU);
#pragma clang loop unroll(full)
    for (int index = 0; index < rowCount; index++) {
#pragma clang loop unroll(full)
        for (int place = 0; place < blockCount; place++) {
            const Floats *gate = sums + (index * blockCount + place) * 2;
            const int64_t offset = (row + index) * width + (block + place) * ASSAY_LANES;
            store(run->updateGate + offset, sigmoid(gate[0]));
            store(run->nextState + offset, sigmoid(gate[1]) * load(step->before + offset));
        }
    }
}

/// The candidate and the new state of a GRU that resets before its product.
ASSAY_INLINE void candidateGroup(
    const Step *step, int64_t row, int64_t block, const int rowCount, const int blockCount) {
    const AssayRecurrentRun *run = step->run;
    const int64_t width = blocksOf(run->hidden) * ASSAY_LANES;
    Floats sums[ASSAY_ROWS * 2];
    sumGates(sums, step, run->nextState, row, block, rowCount, blockCount, 2, 1, 3, ASSAY_RECURRENT_GRU);
#pragma clang loop unroll(full)
    for (int index = 0; index < rowCount; index++) {
#pragma clang loop unroll(full)
        for (int place = 0; place < blockCount; place++) {
            const int64_t offset = (row + index) * width + (block + place) * ASSAY_LANES;
            const Floats update = load(run->updateGate + offset), old = load(run->state + offset);
            const Floats fresh = hyperbolicTangent(sums[index * blockCount + place]);
            finish(step, run->state, row + index, block + place, (1.0f - update) * fresh + update * old);
        }
    }
}

ASSAY_INLINE void walkCell(const AssayRecurrentRun *run, const int gates, const AssayRecurrentCell cell) {
    const int64_t blocks = blocksOf(run->hidden);
    Step step = {run, 0, run->state, run->nextState};
    for (int64_t count = 0; count < run->steps; count++) {
        step.index = run->reversed ? run->steps - 1 - count : count;
#define ASSAY_STEP(rows, blocks) stepGroup(&step, row, block, rows, blocks, gates, cell)
        ASSAY_FOR_GROUPS(run->batch, blocks, ASSAY_STEP)
#undef ASSAY_STEP
        float *after = step.after;
        step.after = (float *)step.before;
        step.before = after;
    }
    if (step.before != run->state) {
        memcpy(run->state, step.before, (size_t)(run->batch * blocks) * sizeof(Floats));
    }
}

ASSAY_INLINE void walkGRU(const AssayRecurrentRun *run) {
    const int64_t blocks = blocksOf(run->hidden);
    Step step = {run, 0, run->state, run->nextState};
    for (int64_t count = 0; count < run->steps; count++) {
        step.index = run->reversed ? run->steps - 1 - count : count;
#define ASSAY_RESET(rows, blocks) resetGroup(&step, row, block, rows, blocks)
        ASSAY_FOR_GROUPS(run->batch, blocks, ASSAY_RESET)
#undef ASSAY_RESET
#define ASSAY_CANDIDATE(rows, blocks) candidateGroup(&step, row, block, rows, blocks)
        ASSAY_FOR_GROUPS(run->batch, blocks, ASSAY_CANDIDATE)
#undef ASSAY_CANDIDATE
    }
}

static void walkSteps(const AssayRecurrentRun *run) {
    switch (run->cell) {
    case ASSAY_RECURRENT_LSTM: return walkCell(run, 4, ASSAY_RECURRENT_LSTM);
    case ASSAY_RECURRENT_GRU: return walkGRU(run);
    case ASSAY_RECURRENT_GRU_RESET_AFTER: return walkCell(run, 3, ASSAY_RECURRENT_GRU_RESET_AFTER);
    case ASSAY_RECURRENT_RECTIFIED: return walkCell(run, 1, ASSAY_RECURRENT_RECTIFIED);
    case ASSAY_RECURRENT_PLAIN: return walkCell(run, 1, ASSAY_RECURRENT_PLAIN);
    }
}
