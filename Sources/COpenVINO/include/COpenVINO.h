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

/// What the profiler tells of one node of the executed graph; times in microseconds, means over all runs so far.
typedef struct OVProfilingInfo {
    int32_t status;
    int64_t realTime;
    int64_t processorTime;
    const char *_Nullable name;
    const char *_Nullable implementation;
    const char *_Nullable kind;
} OVProfilingInfo;

typedef struct OVProfilingList {
    OVProfilingInfo *_Nullable infos;
    size_t count;
} OVProfilingList;

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
typedef OVStatus (*_Nonnull OVGetProfilingInfo)(const OVInferRequest *request, OVProfilingList *out);
typedef void (*_Nonnull OVFreeProfilingInfo)(OVProfilingList *list);
typedef OVStatus (*_Nonnull OVExportModel)(const OVCompiledModel *model, const char *path);

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

/// Encrypts nothing: the text goes out as it came in. The first call asks for the size alone.
static inline void assay_ov_copy(const char *in, size_t count, char *_Nullable out, size_t *outCount) {
    if (out) for (size_t i = 0; i < count; ++i) out[i] = in[i];
    *outCount = count;
}

/// How exported models are encrypted and decrypted (`ov_encryption_callbacks`).
typedef struct OVEncryption {
    void (*_Nonnull encrypt)(const char *in, size_t count, char *_Nullable out, size_t *outCount);
    void (*_Nonnull decrypt)(const char *in, size_t count, char *_Nullable out, size_t *outCount);
} OVEncryption;

/// Calls the variadic function, which Swift cannot, with up to `ASSAY_OV_MAXIMUM_PROPERTIES` pairs of key and value.
///
/// `pairs` holds key, value, key, value, …; returns an error when there are too many. With `plainKey` the property of that
/// name has exported models written unencrypted.
static inline OVStatus assay_ov_compile(
    OVCompileModel compile, const OVCore *core, const OVModel *model, const char *device,
    const char *_Nullable const *_Nonnull pairs, size_t pairCount, const char *_Nullable plainKey,
    OVCompiledModel *_Nullable *_Nonnull out) {
    if (pairCount + (plainKey != 0) > ASSAY_OV_MAXIMUM_PROPERTIES) return -1;
    const char *_Nullable a[2 * ASSAY_OV_MAXIMUM_PROPERTIES] = {0};
    for (size_t i = 0; i < 2 * pairCount; ++i) a[i] = pairs[i];
    static const OVEncryption plain = {assay_ov_copy, assay_ov_copy};
    if (plainKey) {
        a[2 * pairCount] = plainKey;
        a[2 * pairCount + 1] = (const char *)&plain;
        ++pairCount;
    }
    // The callee reads as many as the count says; the rest are never looked at.
    return compile(
        core, model, device, 2 * pairCount, out, a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], a[10],
        a[11], a[12], a[13], a[14], a[15], a[16], a[17], a[18], a[19], a[20], a[21], a[22], a[23], a[24], a[25], a[26],
        a[27], a[28], a[29], a[30], a[31], a[32], a[33], a[34], a[35], a[36], a[37], a[38], a[39], a[40], a[41], a[42],
        a[43], a[44], a[45], a[46], a[47]);
}

#pragma clang assume_nonnull end
