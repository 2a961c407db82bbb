#pragma once

// The part of oneDNN 3.2's C API that Assay calls, as types of functions that are looked up by name at run time; nothing
// is linked. Enumerations differ between releases: the values are those of 3.2, and other releases are refused.

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

typedef struct OneDNNEngine OneDNNEngine;
typedef struct OneDNNStream OneDNNStream;
typedef struct OneDNNMemoryDescriptor OneDNNMemoryDescriptor;
typedef struct OneDNNMemory OneDNNMemory;
typedef struct OneDNNPrimitiveDescriptor OneDNNPrimitiveDescriptor;
typedef struct OneDNNPrimitive OneDNNPrimitive;
typedef struct OneDNNAttributes OneDNNAttributes;
typedef struct OneDNNPostOperations OneDNNPostOperations;

/// 0 for success.
typedef int32_t OneDNNStatus;

typedef struct OneDNNVersion {
    int32_t major;
    int32_t minor;
    int32_t patch;
    const char *_Nullable hash;
    uint32_t cpuRuntime;
    uint32_t gpuRuntime;
} OneDNNVersion;

/// One argument of a primitive.
typedef struct OneDNNArgument {
    int32_t index;
    OneDNNMemory *_Nullable memory;
} OneDNNArgument;

enum {
    ONEDNN_STATUS_INVALID_ARGUMENTS = 2,
    ONEDNN_STATUS_UNIMPLEMENTED = 3,
    ONEDNN_STATUS_LAST_IMPLEMENTATION = 4,
    ONEDNN_ENGINE_CPU = 1,
    ONEDNN_STREAM_IN_ORDER = 1,
    ONEDNN_TYPE_F16 = 1,
    ONEDNN_TYPE_BF16 = 2,
    ONEDNN_TYPE_F32 = 3,
    ONEDNN_TYPE_S32 = 4,
    ONEDNN_TYPE_S8 = 5,
    ONEDNN_TYPE_U8 = 6,
    ONEDNN_TYPE_F64 = 7,
    ONEDNN_TAG_ANY = 1,
    ONEDNN_TAG_ABCD16A = 73,
    ONEDNN_TAG_ABCDE16A = 114,
    ONEDNN_FORWARD_INFERENCE = 96,
    ONEDNN_SCRATCHPAD_USER = 1,
    ONEDNN_MAXIMUM_RANK = 12,
    ONEDNN_QUERY_IMPLEMENTATION = 8,
    ONEDNN_QUERY_SOURCE = 129,
    ONEDNN_QUERY_WEIGHTS = 131,
    ONEDNN_QUERY_DESTINATION = 133,
    ONEDNN_QUERY_SCRATCHPAD = 136,
    ONEDNN_QUERY_STRIDES = 14,
    ONEDNN_QUERY_ARGUMENT = 255,
    ONEDNN_QUERY_RANK = 256,
    ONEDNN_QUERY_DATA_TYPE = 258,
    ONEDNN_QUERY_BLOCK_COUNT = 263,
    ONEDNN_QUERY_BLOCK_AXES = 265,
    ONEDNN_ARGUMENT_SOURCE = 1,
    ONEDNN_ARGUMENT_SOURCE_1 = 2,
    ONEDNN_ARGUMENT_DESTINATION = 17,
    ONEDNN_ARGUMENT_WEIGHTS = 33,
    ONEDNN_ARGUMENT_BIAS = 41,
    ONEDNN_ARGUMENT_MEAN = 49,
    ONEDNN_ARGUMENT_VARIANCE = 50,
    ONEDNN_ARGUMENT_SCALE = 51,
    ONEDNN_ARGUMENT_SHIFT = 52,
    ONEDNN_ARGUMENT_SCRATCHPAD = 80,
    ONEDNN_ARGUMENT_MULTIPLE_SOURCE = 1024,
    ONEDNN_ARGUMENT_SCALES = 4096,
    ONEDNN_ARGUMENT_ZERO_POINTS = 8192,
    ONEDNN_ARGUMENT_POST_OPERATION = 32768,
    ONEDNN_CONVOLUTION_DIRECT = 1,
    ONEDNN_DECONVOLUTION_DIRECT = 10,
    ONEDNN_ELTWISE_RELU = 32,
    ONEDNN_ELTWISE_TANH = 33,
    ONEDNN_ELTWISE_ELU = 34,
    ONEDNN_ELTWISE_ABS = 36,
    ONEDNN_ELTWISE_SQRT = 37,
    ONEDNN_ELTWISE_LINEAR = 38,
    ONEDNN_ELTWISE_SOFT_RELU = 39,
    ONEDNN_ELTWISE_HARD_SIGMOID = 40,
    ONEDNN_ELTWISE_LOGISTIC = 41,
    ONEDNN_ELTWISE_EXP = 42,
    ONEDNN_ELTWISE_LOG = 45,
    ONEDNN_ELTWISE_CLIP = 46,
    ONEDNN_ELTWISE_HARD_SWISH = 52,
    ONEDNN_POOLING_MAXIMUM = 511,
    ONEDNN_POOLING_AVERAGE_WITH_PADDING = 767,
    ONEDNN_POOLING_AVERAGE_WITHOUT_PADDING = 1023,
    ONEDNN_LRN_ACROSS_CHANNELS = 2815,
    ONEDNN_BINARY_ADD = 131056,
    ONEDNN_BINARY_MULTIPLY = 131057,
    ONEDNN_BINARY_DIVIDE = 131060,
    ONEDNN_BINARY_SUBTRACT = 131061,
    ONEDNN_RESAMPLING_NEAREST = 196592,
    ONEDNN_RESAMPLING_LINEAR = 196593,
    ONEDNN_SOFTMAX = 196608,
    ONEDNN_SOFTMAX_LOGARITHM = 196609,
    ONEDNN_NORMALIZATION_GLOBAL_STATISTICS = 1,
    ONEDNN_NORMALIZATION_SCALE = 2,
    ONEDNN_NORMALIZATION_SHIFT = 4,
};

typedef OneDNNEngine *_Nullable *_Nonnull OneDNNEngineResult;
typedef OneDNNStream *_Nullable *_Nonnull OneDNNStreamResult;
typedef OneDNNMemoryDescriptor *_Nullable *_Nonnull OneDNNMemoryDescriptorResult;
typedef OneDNNMemory *_Nullable *_Nonnull OneDNNMemoryResult;
typedef OneDNNPrimitiveDescriptor *_Nullable *_Nonnull OneDNNPrimitiveDescriptorResult;
typedef OneDNNPrimitive *_Nullable *_Nonnull OneDNNPrimitiveResult;
typedef OneDNNAttributes *_Nullable *_Nonnull OneDNNAttributesResult;
typedef OneDNNPostOperations *_Nullable *_Nonnull OneDNNPostOperationsResult;

typedef const OneDNNVersion *_Nullable (*OneDNNGetVersion)(void);
typedef int32_t (*OneDNNGetInstructionSet)(void);
typedef OneDNNStatus (*OneDNNCreateEngine)(OneDNNEngineResult, int32_t kind, size_t index);
typedef OneDNNStatus (*OneDNNCreateStream)(OneDNNStreamResult, OneDNNEngine *, uint32_t flags);
typedef OneDNNStatus (*OneDNNWaitStream)(OneDNNStream *);
typedef OneDNNStatus (*OneDNNDestroyEngine)(OneDNNEngine *);
typedef OneDNNStatus (*OneDNNDestroyStream)(OneDNNStream *);

typedef OneDNNStatus (*OneDNNDescribeWithStrides)(
    OneDNNMemoryDescriptorResult, int32_t rank, const int64_t *extents, int32_t type, const int64_t *strides);
typedef OneDNNStatus (*OneDNNDescribeWithTag)(
    OneDNNMemoryDescriptorResult, int32_t rank, const int64_t *extents, int32_t type, int32_t tag);
typedef OneDNNStatus (*OneDNNCloneDescriptor)(OneDNNMemoryDescriptorResult, const OneDNNMemoryDescriptor *);
typedef OneDNNStatus (*OneDNNPermuteDescriptor)(
    OneDNNMemoryDescriptorResult, const OneDNNMemoryDescriptor *, const int32_t *permutation);
typedef int32_t (*OneDNNEqualDescriptors)(const OneDNNMemoryDescriptor *, const OneDNNMemoryDescriptor *);
typedef size_t (*OneDNNDescriptorSize)(const OneDNNMemoryDescriptor *);
typedef OneDNNStatus (*OneDNNQueryLayout)(const OneDNNMemoryDescriptor *, int32_t what, void *result);
typedef OneDNNStatus (*OneDNNDestroyDescriptor)(OneDNNMemoryDescriptor *);

typedef OneDNNStatus (*OneDNNCreateMemory)(
    OneDNNMemoryResult, const OneDNNMemoryDescriptor *, OneDNNEngine *, void *_Nullable address);
typedef OneDNNStatus (*OneDNNSetAddress)(OneDNNMemory *, void *_Nullable address);
typedef OneDNNStatus (*OneDNNDestroyMemory)(OneDNNMemory *);

typedef OneDNNStatus (*OneDNNCreateAttributes)(OneDNNAttributesResult);
typedef OneDNNStatus (*OneDNNDestroyAttributes)(OneDNNAttributes *);
typedef OneDNNStatus (*OneDNNSetScratchpadMode)(OneDNNAttributes *, int32_t mode);
typedef OneDNNStatus (*OneDNNSetPostOperations)(OneDNNAttributes *, const OneDNNPostOperations *);
/// Which axes of an argument have scales or zero points of their own, as bits.
typedef OneDNNStatus (*OneDNNSetMask)(OneDNNAttributes *, int32_t argument, int32_t mask);
typedef OneDNNStatus (*OneDNNCreatePostOperations)(OneDNNPostOperationsResult);
typedef OneDNNStatus (*OneDNNDestroyPostOperations)(OneDNNPostOperations *);
typedef OneDNNStatus (*OneDNNAppendEltwise)(OneDNNPostOperations *, int32_t algorithm, float alpha, float beta);
typedef OneDNNStatus (*OneDNNAppendBinary)(
    OneDNNPostOperations *, int32_t algorithm, const OneDNNMemoryDescriptor *);

typedef const OneDNNMemoryDescriptor *_Nullable (*OneDNNQueryDescriptor)(
    const OneDNNPrimitiveDescriptor *, int32_t what, int32_t index);
typedef OneDNNStatus (*OneDNNQueryPrimitive)(
    const OneDNNPrimitiveDescriptor *, int32_t what, int32_t index, void *result);
typedef OneDNNStatus (*OneDNNDestroyPrimitiveDescriptor)(OneDNNPrimitiveDescriptor *);
typedef OneDNNStatus (*OneDNNCreatePrimitive)(OneDNNPrimitiveResult, const OneDNNPrimitiveDescriptor *);
typedef OneDNNStatus (*OneDNNExecute)(
    const OneDNNPrimitive *, OneDNNStream *, int32_t count, const OneDNNArgument *arguments);
typedef OneDNNStatus (*OneDNNDestroyPrimitive)(OneDNNPrimitive *);

/// Convolutions and their transposes.
typedef OneDNNStatus (*OneDNNDescribeConvolution)(
    OneDNNPrimitiveDescriptorResult, OneDNNEngine *, int32_t propagation, int32_t algorithm,
    const OneDNNMemoryDescriptor *source, const OneDNNMemoryDescriptor *weights,
    const OneDNNMemoryDescriptor *_Nullable bias, const OneDNNMemoryDescriptor *destination, const int64_t *strides,
    const int64_t *gaps, const int64_t *paddingBefore, const int64_t *paddingAfter, const OneDNNAttributes *_Nullable);
typedef OneDNNStatus (*OneDNNDescribeProduct)(
    OneDNNPrimitiveDescriptorResult, OneDNNEngine *, const OneDNNMemoryDescriptor *source,
    const OneDNNMemoryDescriptor *weights, const OneDNNMemoryDescriptor *_Nullable bias,
    const OneDNNMemoryDescriptor *destination, const OneDNNAttributes *_Nullable);
typedef OneDNNStatus (*OneDNNDescribePooling)(
    OneDNNPrimitiveDescriptorResult, OneDNNEngine *, int32_t propagation, int32_t algorithm,
    const OneDNNMemoryDescriptor *source, const OneDNNMemoryDescriptor *destination, const int64_t *strides,
    const int64_t *size, const int64_t *gaps, const int64_t *paddingBefore, const int64_t *paddingAfter,
    const OneDNNAttributes *_Nullable);
typedef OneDNNStatus (*OneDNNDescribeBatchNormalization)(
    OneDNNPrimitiveDescriptorResult, OneDNNEngine *, int32_t propagation, const OneDNNMemoryDescriptor *source,
    const OneDNNMemoryDescriptor *destination, float epsilon, uint32_t flags, const OneDNNAttributes *_Nullable);
typedef OneDNNStatus (*OneDNNDescribeLayerNormalization)(
    OneDNNPrimitiveDescriptorResult, OneDNNEngine *, int32_t propagation, const OneDNNMemoryDescriptor *source,
    const OneDNNMemoryDescriptor *destination, const OneDNNMemoryDescriptor *_Nullable statistics, float epsilon,
    uint32_t flags, const OneDNNAttributes *_Nullable);
typedef OneDNNStatus (*OneDNNDescribeResponseNormalization)(
    OneDNNPrimitiveDescriptorResult, OneDNNEngine *, int32_t propagation, int32_t algorithm,
    const OneDNNMemoryDescriptor *source, const OneDNNMemoryDescriptor *destination, int64_t size, float alpha,
    float beta, float bias, const OneDNNAttributes *_Nullable);
typedef OneDNNStatus (*OneDNNDescribeSoftmax)(
    OneDNNPrimitiveDescriptorResult, OneDNNEngine *, int32_t propagation, int32_t algorithm,
    const OneDNNMemoryDescriptor *source, const OneDNNMemoryDescriptor *destination, int32_t axis,
    const OneDNNAttributes *_Nullable);
typedef OneDNNStatus (*OneDNNDescribeBinary)(
    OneDNNPrimitiveDescriptorResult, OneDNNEngine *, int32_t algorithm, const OneDNNMemoryDescriptor *left,
    const OneDNNMemoryDescriptor *right, const OneDNNMemoryDescriptor *destination,
    const OneDNNAttributes *_Nullable);
typedef OneDNNStatus (*OneDNNDescribeEltwise)(
    OneDNNPrimitiveDescriptorResult, OneDNNEngine *, int32_t propagation, int32_t algorithm,
    const OneDNNMemoryDescriptor *source, const OneDNNMemoryDescriptor *destination, float alpha, float beta,
    const OneDNNAttributes *_Nullable);
typedef OneDNNStatus (*OneDNNDescribeResampling)(
    OneDNNPrimitiveDescriptorResult, OneDNNEngine *, int32_t propagation, int32_t algorithm,
    const float *_Nullable factors, const OneDNNMemoryDescriptor *source, const OneDNNMemoryDescriptor *destination,
    const OneDNNAttributes *_Nullable);
typedef OneDNNStatus (*OneDNNDescribeReorder)(
    OneDNNPrimitiveDescriptorResult, const OneDNNMemoryDescriptor *source, OneDNNEngine *sourceEngine,
    const OneDNNMemoryDescriptor *destination, OneDNNEngine *destinationEngine, const OneDNNAttributes *_Nullable);
typedef OneDNNStatus (*OneDNNDescribeConcatenation)(
    OneDNNPrimitiveDescriptorResult, OneDNNEngine *, const OneDNNMemoryDescriptor *_Nullable destination,
    int32_t count, int32_t axis, const OneDNNMemoryDescriptor *_Nonnull const *_Nonnull sources,
    const OneDNNAttributes *_Nullable);

// The run time of OpenMP that the library computes on.

typedef void (*OpenMPSetThreads)(int32_t);
typedef int32_t (*OpenMPGetThreads)(void);
typedef int32_t (*OpenMPGetThreadNumber)(void);
typedef void (*OpenMPTask)(void *_Nullable);
/// The mode for denormal numbers that the calling thread last set in a team of so many threads.
typedef struct OpenMPTeamMode {
    int32_t threads;
    int32_t flushesDenormals;
} OpenMPTeamMode;

/// What the calling thread notes of its team; no threads at first.
static inline OpenMPTeamMode *openMPTeamMode(void) {
    static _Thread_local OpenMPTeamMode mode;
    return &mode;
}

typedef void (*OpenMPParallel)(OpenMPTask, void *_Nullable, uint32_t threads, uint32_t flags);

#pragma clang assume_nonnull end
