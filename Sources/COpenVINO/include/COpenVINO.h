#pragma once

// The part of OpenVINO's C API that Assay calls, as types of functions that are looked up by name at run time; nothing
// is linked. The codes of element types are not declared: they differ between releases and are measured.

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

typedef struct OVCore OVCore;
typedef struct OVModel OVModel;
typedef struct OVCompiledModel OVCompiledModel;
typedef struct OVInferRequest OVInferRequest;
typedef struct OVPort OVPort;
typedef struct OVTensor OVTensor;

/// 0 for success, negative for an error.
typedef int32_t OVStatus;

typedef struct OVVersion {
    const char *_Nullable buildNumber;
    const char *_Nullable description;
} OVVersion;

typedef struct OVShape {
    int64_t rank;
    int64_t *_Nullable extents;
} OVShape;

/// An extent between two bounds; `most` is -1 where there is none.
typedef struct OVDimension {
    int64_t least;
    int64_t most;
} OVDimension;

/// A shape of which the rank or some extents may be free.
typedef struct OVPartialShape {
    OVDimension rank;
    OVDimension *_Nullable dimensions;
} OVPartialShape;

typedef OVStatus (*_Nonnull OVGetVersion)(OVVersion *out);
typedef void (*_Nonnull OVFreeVersion)(OVVersion *version);
typedef const char *_Nullable (*_Nonnull OVGetLastErrorMessage)(void);
typedef void (*_Nonnull OVFree)(const char *_Nullable content);

typedef OVStatus (*_Nonnull OVCreateCore)(OVCore *_Nullable *_Nonnull out);
typedef OVStatus (*_Nonnull OVCoreGetProperty)(
    const OVCore *core, const char *device, const char *key, char *_Nullable *_Nonnull value);
typedef OVStatus (*_Nonnull OVReadModel)(
    const OVCore *core, const char *path, const char *_Nullable weights, OVModel *_Nullable *_Nonnull out);
typedef OVStatus (*_Nonnull OVReadModelFromMemory)(
    const OVCore *core, const char *bytes, size_t count, const OVTensor *_Nullable weights,
    OVModel *_Nullable *_Nonnull out);
/// Variadic: pairs of key and value, two arguments each, counted in `argumentCount`.
typedef OVStatus (*_Nonnull OVCompileModel)(
    const OVCore *core, const OVModel *model, const char *device, size_t argumentCount,
    OVCompiledModel *_Nullable *_Nonnull out, ...);

typedef OVStatus (*_Nonnull OVCountModelPorts)(const OVModel *model, size_t *out);
typedef OVStatus (*_Nonnull OVGetModelPort)(const OVModel *model, size_t index, OVPort *_Nullable *_Nonnull out);
typedef OVStatus (*_Nonnull OVCountPorts)(const OVCompiledModel *model, size_t *out);
typedef OVStatus (*_Nonnull OVGetPort)(const OVCompiledModel *model, size_t index, OVPort *_Nullable *_Nonnull out);
typedef OVStatus (*_Nonnull OVCompiledModelGetProperty)(
    const OVCompiledModel *model, const char *key, char *_Nullable *_Nonnull value);
typedef OVStatus (*_Nonnull OVCreateInferRequest)(const OVCompiledModel *model, OVInferRequest *_Nullable *_Nonnull out);

typedef OVStatus (*_Nonnull OVPortGetName)(const OVPort *port, char *_Nullable *_Nonnull out);
typedef OVStatus (*_Nonnull OVPortGetElementType)(const OVPort *port, int32_t *out);
typedef OVStatus (*_Nonnull OVPortGetPartialShape)(const OVPort *port, OVPartialShape *out);
typedef void (*_Nonnull OVFreePartialShape)(OVPartialShape *shape);

typedef OVStatus (*_Nonnull OVSetTensor)(OVInferRequest *request, size_t index, const OVTensor *tensor);
typedef OVStatus (*_Nonnull OVGetTensor)(const OVInferRequest *request, size_t index, OVTensor *_Nullable *_Nonnull out);
typedef OVStatus (*_Nonnull OVInfer)(OVInferRequest *request);

typedef OVStatus (*_Nonnull OVCreateTensorOverMemory)(
    int32_t elementType, OVShape shape, void *memory, OVTensor *_Nullable *_Nonnull out);
typedef OVStatus (*_Nonnull OVTensorGetShape)(const OVTensor *tensor, OVShape *out);
typedef OVStatus (*_Nonnull OVFreeShape)(OVShape *shape);
typedef OVStatus (*_Nonnull OVTensorGetElementType)(const OVTensor *tensor, int32_t *out);
typedef OVStatus (*_Nonnull OVTensorGetByteCount)(const OVTensor *tensor, size_t *out);
typedef OVStatus (*_Nonnull OVTensorGetData)(const OVTensor *tensor, void *_Nullable *_Nonnull out);

typedef void (*_Nonnull OVReleaseCore)(OVCore *_Nullable core);
typedef void (*_Nonnull OVReleaseModel)(OVModel *_Nullable model);
typedef void (*_Nonnull OVReleaseCompiledModel)(OVCompiledModel *_Nullable model);
typedef void (*_Nonnull OVReleaseInferRequest)(OVInferRequest *_Nullable request);
typedef void (*_Nonnull OVReleasePort)(OVPort *_Nullable port);
typedef void (*_Nonnull OVReleaseTensor)(OVTensor *_Nullable tensor);

/// The greatest number of properties that `assay_ov_compile` passes.
enum { ASSAY_OV_MAXIMUM_PROPERTIES = 24 };

/// Calls the variadic function, which Swift cannot, with up to `ASSAY_OV_MAXIMUM_PROPERTIES` pairs of key and value.
///
/// `pairs` holds key, value, key, value, …; returns an error when there are too many.
static inline OVStatus assay_ov_compile(
    OVCompileModel compile, const OVCore *core, const OVModel *model, const char *device,
    const char *_Nullable const *_Nonnull pairs, size_t pairCount, OVCompiledModel *_Nullable *_Nonnull out) {
    if (pairCount > ASSAY_OV_MAXIMUM_PROPERTIES) return -1;
    const char *_Nullable a[2 * ASSAY_OV_MAXIMUM_PROPERTIES] = {0};
    for (size_t i = 0; i < 2 * pairCount; ++i) a[i] = pairs[i];
    // The callee reads as many as the count says; the rest are never looked at.
    return compile(
        core, model, device, 2 * pairCount, out, a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], a[10],
        a[11], a[12], a[13], a[14], a[15], a[16], a[17], a[18], a[19], a[20], a[21], a[22], a[23], a[24], a[25], a[26],
        a[27], a[28], a[29], a[30], a[31], a[32], a[33], a[34], a[35], a[36], a[37], a[38], a[39], a[40], a[41], a[42],
        a[43], a[44], a[45], a[46], a[47]);
}

#pragma clang assume_nonnull end
