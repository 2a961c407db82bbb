#pragma once

// Recurrent networks. Weights are packed in blocks of as many hidden units as a vector holds: within a block, for each
// element of the input, one vector for each gate.

#include <stdint.h>

#pragma clang assume_nonnull begin

/// Which network.
typedef enum AssayRecurrentCell {
    /// h = tanh(x W + h R + b).
    ASSAY_RECURRENT_PLAIN = 0,
    /// Rectified instead of tanh.
    ASSAY_RECURRENT_RECTIFIED = 1,
    /// Update, reset and hidden gates; the reset gate acts before the recurrent product.
    ASSAY_RECURRENT_GRU = 2,
    /// As before; the reset gate acts after the recurrent product.
    ASSAY_RECURRENT_GRU_RESET_AFTER = 3,
    /// Input, output, forget and cell gates.
    ASSAY_RECURRENT_LSTM = 4,
} AssayRecurrentCell;

/// One direction of a recurrent network over all its steps.
typedef struct AssayRecurrentRun {
    AssayRecurrentCell cell;
    int64_t steps, batch, inputs, hidden;
    /// Nonzero where the last step is taken first.
    int64_t reversed;
    /// The element (step, sequence) of the input lies `step * inputStep + sequence * inputSequence` floats from `input`.
    const float *input;
    int64_t inputStep, inputSequence;
    /// The same for all states; null where nobody asks for them.
    float *_Nullable output;
    int64_t outputStep, outputSequence;
    const float *packedInputWeights, *packedRecurrentWeights;
    /// Biases, packed as the gates of one row of products; those of the recurrence are read by the second GRU only.
    const float *packedBias, *packedRecurrentBias;
    /// Memory for the products of all steps: `steps * batch` packed rows.
    float *products;
    /// States of whole vectors for each sequence, zero beyond `hidden`; updated. `cellState` is read by the LSTM only.
    float *state, *cellState;
    /// Memory, each as `state`.
    float *nextState, *updateGate;
} AssayRecurrentRun;

/// The kernels of recurrent networks.
typedef struct AssayRecurrentKernels {
    /// Packs `gates` matrices `[hidden, inputs]`, one after the other, into blocks.
    void (*pack)(float *packed, const float *weights, int64_t gates, int64_t hidden, int64_t inputs);
    /// Adds two vectors `[gates, hidden]` into a packed row, the second for its first gates only; null counts as zeros.
    void (*packBias)(
        float *packed, const float *_Nullable first, const float *_Nullable second, int64_t gatesOfSecond,
        int64_t gates, int64_t hidden);
    /// The products of the rows `first..<last` of all steps with the input weights, biases added.
    void (*project)(const AssayRecurrentRun *run, int64_t first, int64_t last);
    /// Walks over all steps.
    void (*walk)(const AssayRecurrentRun *run);
} AssayRecurrentKernels;

#pragma clang assume_nonnull end
