#pragma once

// The part of ONNX Runtime's C API that Assay calls, declared by position: the table of function pointers only ever
// grows at its end, so an index holds for every later release. The library is opened at run time; nothing is linked.

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

typedef struct OrtStatus OrtStatus;
typedef struct OrtEnv OrtEnv;
typedef struct OrtSession OrtSession;
typedef struct OrtSessionOptions OrtSessionOptions;
typedef struct OrtRunOptions OrtRunOptions;
typedef struct OrtValue OrtValue;
typedef struct OrtTypeInfo OrtTypeInfo;
typedef struct OrtTensorInfo OrtTensorInfo;
typedef struct OrtMapTypeInfo OrtMapTypeInfo;
typedef struct OrtSequenceTypeInfo OrtSequenceTypeInfo;
typedef struct OrtOptionalTypeInfo OrtOptionalTypeInfo;
typedef struct OrtMemoryInfo OrtMemoryInfo;
typedef struct OrtAllocator OrtAllocator;
typedef struct OrtIoBinding OrtIoBinding;
typedef struct OrtCUDAProviderOptionsV2 OrtCUDAProviderOptionsV2;
typedef struct OrtEpAssignedSubgraph OrtEpAssignedSubgraph;
typedef struct OrtEpAssignedNode OrtEpAssignedNode;

/// A status is null when the call succeeded.
typedef OrtStatus *_Nullable OrtResult;

/// The functions of API version 16 (release 1.16) that Assay calls; `gapN` covers the positions from N on.
typedef struct OrtApi {
    void *_Nullable gap0[1];
    int32_t (*_Nonnull GetErrorCode)(const OrtStatus *);
    const char *_Nonnull (*_Nonnull GetErrorMessage)(const OrtStatus *);
    OrtResult (*_Nonnull CreateEnv)(int32_t severity, const char *identifier, OrtEnv *_Nullable *_Nonnull out);
    void *_Nullable gap4[3];
    OrtResult (*_Nonnull CreateSession)(
        const OrtEnv *, const char *path, const OrtSessionOptions *, OrtSession *_Nullable *_Nonnull out);
    OrtResult (*_Nonnull CreateSessionFromArray)(
        const OrtEnv *, const void *bytes, size_t count, const OrtSessionOptions *, OrtSession *_Nullable *_Nonnull out);
    OrtResult (*_Nonnull Run)(
        OrtSession *, const OrtRunOptions *_Nullable, const char *_Nullable const *_Nullable inputNames,
        const OrtValue *_Nullable const *_Nullable inputs, size_t inputCount,
        const char *_Nullable const *_Nonnull outputNames, size_t outputCount,
        OrtValue *_Nullable *_Nonnull outputs);
    OrtResult (*_Nonnull CreateSessionOptions)(OrtSessionOptions *_Nullable *_Nonnull out);
    OrtResult (*_Nonnull SetOptimizedModelFilePath)(OrtSessionOptions *, const char *path);
    void *_Nullable gap12[2];
    OrtResult (*_Nonnull EnableProfiling)(OrtSessionOptions *, const char *filePrefix);
    void *_Nullable gap15[7];
    OrtResult (*_Nonnull SetSessionLogSeverityLevel)(OrtSessionOptions *, int severity);
    OrtResult (*_Nonnull SetSessionGraphOptimizationLevel)(OrtSessionOptions *, int32_t level);
    OrtResult (*_Nonnull SetIntraOpNumThreads)(OrtSessionOptions *, int count);
    OrtResult (*_Nonnull SetInterOpNumThreads)(OrtSessionOptions *, int count);
    void *_Nullable gap26[4];
    OrtResult (*_Nonnull SessionGetInputCount)(const OrtSession *, size_t *out);
    OrtResult (*_Nonnull SessionGetOutputCount)(const OrtSession *, size_t *out);
    void *_Nullable gap32[1];
    OrtResult (*_Nonnull SessionGetInputTypeInfo)(const OrtSession *, size_t index, OrtTypeInfo *_Nullable *_Nonnull out);
    OrtResult (*_Nonnull SessionGetOutputTypeInfo)(const OrtSession *, size_t index, OrtTypeInfo *_Nullable *_Nonnull out);
    void *_Nullable gap35[1];
    OrtResult (*_Nonnull SessionGetInputName)(
        const OrtSession *, size_t index, OrtAllocator *, char *_Nullable *_Nonnull out);
    OrtResult (*_Nonnull SessionGetOutputName)(
        const OrtSession *, size_t index, OrtAllocator *, char *_Nullable *_Nonnull out);
    void *_Nullable gap38[10];
    OrtResult (*_Nonnull CreateTensorAsOrtValue)(
        OrtAllocator *, const int64_t *_Nullable shape, size_t rank, int32_t elementType,
        OrtValue *_Nullable *_Nonnull out);
    OrtResult (*_Nonnull CreateTensorWithDataAsOrtValue)(
        const OrtMemoryInfo *, void *data, size_t byteCount, const int64_t *_Nullable shape, size_t rank,
        int32_t elementType, OrtValue *_Nullable *_Nonnull out);
    OrtResult (*_Nonnull IsTensor)(const OrtValue *, int *out);
    OrtResult (*_Nonnull GetTensorMutableData)(OrtValue *, void *_Nullable *_Nonnull out);
    OrtResult (*_Nonnull FillStringTensor)(OrtValue *, const char *_Nullable const *_Nonnull strings, size_t count);
    OrtResult (*_Nonnull GetStringTensorDataLength)(const OrtValue *, size_t *out);
    OrtResult (*_Nonnull GetStringTensorContent)(
        const OrtValue *, void *characters, size_t byteCount, size_t *offsets, size_t offsetCount);
    OrtResult (*_Nonnull CastTypeInfoToTensorInfo)(const OrtTypeInfo *, const OrtTensorInfo *_Nullable *_Nonnull out);
    OrtResult (*_Nonnull GetOnnxTypeFromTypeInfo)(const OrtTypeInfo *, int32_t *out);
    void *_Nullable gap57[3];
    OrtResult (*_Nonnull GetTensorElementType)(const OrtTensorInfo *, int32_t *out);
    OrtResult (*_Nonnull GetDimensionsCount)(const OrtTensorInfo *, size_t *out);
    OrtResult (*_Nonnull GetDimensions)(const OrtTensorInfo *, int64_t *dimensions, size_t count);
    OrtResult (*_Nonnull GetSymbolicDimensions)(const OrtTensorInfo *, const char *_Nullable *_Nonnull names, size_t count);
    void *_Nullable gap64[1];
    OrtResult (*_Nonnull GetTensorTypeAndShape)(const OrtValue *, OrtTensorInfo *_Nullable *_Nonnull out);
    void *_Nullable gap66[1];
    OrtResult (*_Nonnull GetValueType)(const OrtValue *, int32_t *out);
    OrtResult (*_Nonnull CreateMemoryInfo)(
        const char *name, int32_t allocatorType, int device, int32_t memoryType, OrtMemoryInfo *_Nullable *_Nonnull out);
    OrtResult (*_Nonnull CreateCpuMemoryInfo)(int32_t allocatorType, int32_t memoryType, OrtMemoryInfo *_Nullable *_Nonnull out);
    void *_Nullable gap70[6];
    OrtResult (*_Nonnull AllocatorFree)(OrtAllocator *, void *_Nullable);
    void *_Nullable gap77[1];
    OrtResult (*_Nonnull GetAllocatorWithDefaultOptions)(OrtAllocator *_Nullable *_Nonnull out);
    void *_Nullable gap79[1];
    OrtResult (*_Nonnull GetValue)(const OrtValue *, int index, OrtAllocator *, OrtValue *_Nullable *_Nonnull out);
    OrtResult (*_Nonnull GetValueCount)(const OrtValue *, size_t *out);
    OrtResult (*_Nonnull CreateValue)(
        const OrtValue *_Nullable const *_Nullable elements, size_t count, int32_t type,
        OrtValue *_Nullable *_Nonnull out);
    void *_Nullable gap83[9];
    void (*_Nonnull ReleaseEnv)(OrtEnv *_Nullable);
    void (*_Nonnull ReleaseStatus)(OrtStatus *_Nullable);
    void (*_Nonnull ReleaseMemoryInfo)(OrtMemoryInfo *_Nullable);
    void (*_Nonnull ReleaseSession)(OrtSession *_Nullable);
    void (*_Nonnull ReleaseValue)(OrtValue *_Nullable);
    void (*_Nonnull ReleaseRunOptions)(OrtRunOptions *_Nullable);
    void (*_Nonnull ReleaseTypeInfo)(OrtTypeInfo *_Nullable);
    void (*_Nonnull ReleaseTensorTypeAndShapeInfo)(OrtTensorInfo *_Nullable);
    void (*_Nonnull ReleaseSessionOptions)(OrtSessionOptions *_Nullable);
    void *_Nullable gap101[2];
    OrtResult (*_Nonnull CastTypeInfoToMapTypeInfo)(const OrtTypeInfo *, const OrtMapTypeInfo *_Nullable *_Nonnull out);
    OrtResult (*_Nonnull CastTypeInfoToSequenceTypeInfo)(
        const OrtTypeInfo *, const OrtSequenceTypeInfo *_Nullable *_Nonnull out);
    OrtResult (*_Nonnull GetMapKeyType)(const OrtMapTypeInfo *, int32_t *out);
    OrtResult (*_Nonnull GetMapValueType)(const OrtMapTypeInfo *, OrtTypeInfo *_Nullable *_Nonnull out);
    OrtResult (*_Nonnull GetSequenceElementType)(const OrtSequenceTypeInfo *, OrtTypeInfo *_Nullable *_Nonnull out);
    void *_Nullable gap108[2];
    OrtResult (*_Nonnull SessionEndProfiling)(OrtSession *, OrtAllocator *, char *_Nullable *_Nonnull file);
    void *_Nullable gap111[19];
    OrtResult (*_Nonnull AddSessionConfigEntry)(OrtSessionOptions *, const char *key, const char *value);
    void *_Nullable gap131[2];
    OrtResult (*_Nonnull RunWithBinding)(OrtSession *, const OrtRunOptions *_Nullable, const OrtIoBinding *);
    OrtResult (*_Nonnull CreateIoBinding)(OrtSession *, OrtIoBinding *_Nullable *_Nonnull out);
    void (*_Nonnull ReleaseIoBinding)(OrtIoBinding *_Nullable);
    OrtResult (*_Nonnull BindInput)(OrtIoBinding *, const char *name, const OrtValue *);
    void *_Nullable gap137[1];
    OrtResult (*_Nonnull BindOutputToDevice)(OrtIoBinding *, const char *name, const OrtMemoryInfo *);
    void *_Nullable gap139[1];
    OrtResult (*_Nonnull GetBoundOutputValues)(
        const OrtIoBinding *, OrtAllocator *, OrtValue *_Nullable *_Nullable *_Nonnull out, size_t *count);
    void *_Nullable gap141[51];
    OrtResult (*_Nonnull HasValue)(const OrtValue *, int *out);
    void *_Nullable gap193[1];
    OrtResult (*_Nonnull GetTensorMemoryInfo)(const OrtValue *, const OrtMemoryInfo *_Nullable *_Nonnull out);
    void *_Nullable gap195[7];
    OrtResult (*_Nonnull SynchronizeBoundInputs)(OrtIoBinding *);
    OrtResult (*_Nonnull SynchronizeBoundOutputs)(OrtIoBinding *);
    OrtResult (*_Nonnull SessionOptionsAppendExecutionProvider_CUDA_V2)(
        OrtSessionOptions *, const OrtCUDAProviderOptionsV2 *);
    OrtResult (*_Nonnull CreateCUDAProviderOptions)(OrtCUDAProviderOptionsV2 *_Nullable *_Nonnull out);
    OrtResult (*_Nonnull UpdateCUDAProviderOptions)(
        OrtCUDAProviderOptionsV2 *, const char *_Nullable const *_Nonnull keys,
        const char *_Nullable const *_Nonnull values, size_t count);
    void *_Nullable gap207[1];
    void (*_Nonnull ReleaseCUDAProviderOptions)(OrtCUDAProviderOptionsV2 *_Nullable);
    void *_Nullable gap209[16];
    void (*_Nonnull MemoryInfoGetDeviceType)(const OrtMemoryInfo *, int32_t *out);
    void *_Nullable gap226[24];
    OrtResult (*_Nonnull CastTypeInfoToOptionalTypeInfo)(
        const OrtTypeInfo *, const OrtOptionalTypeInfo *_Nullable *_Nonnull out);
    OrtResult (*_Nonnull GetOptionalContainedTypeInfo)(const OrtOptionalTypeInfo *, OrtTypeInfo *_Nullable *_Nonnull out);
    void *_Nullable gap252[2];
    const char *_Nonnull (*_Nonnull GetBuildInfoString)(void);
} OrtApi;

/// What API version 24 (release 1.24) adds and Assay calls.
typedef struct OrtApi24 {
    OrtApi base;
    void *_Nullable gap255[135];
    int (*_Nonnull TensorTypeAndShape_HasShape)(const OrtTensorInfo *);
    void *_Nullable gap391[16];
    OrtResult (*_Nonnull Session_GetEpGraphAssignmentInfo)(
        const OrtSession *, const OrtEpAssignedSubgraph *_Nonnull const *_Nullable *_Nonnull out, size_t *count);
    OrtResult (*_Nonnull EpAssignedSubgraph_GetEpName)(
        const OrtEpAssignedSubgraph *, const char *_Nullable *_Nonnull out);
    OrtResult (*_Nonnull EpAssignedSubgraph_GetNodes)(
        const OrtEpAssignedSubgraph *, const OrtEpAssignedNode *_Nonnull const *_Nullable *_Nonnull out, size_t *count);
} OrtApi24;

/// What the library's only entry point, `OrtGetApiBase`, returns.
typedef struct OrtApiBase {
    const OrtApi *_Nullable (*_Nonnull GetApi)(uint32_t version);
    const char *_Nonnull (*_Nonnull GetVersionString)(void);
} OrtApiBase;

typedef const OrtApiBase *_Nullable (*OrtGetApiBaseFunction)(void);

#define ASSAY_ORT_POSITION(table, function, index)                                                                     \
    _Static_assert(offsetof(table, function) == (index) * sizeof(void *), "the position of " #function)

ASSAY_ORT_POSITION(OrtApi, GetErrorCode, 1);
ASSAY_ORT_POSITION(OrtApi, CreateEnv, 3);
ASSAY_ORT_POSITION(OrtApi, CreateSession, 7);
ASSAY_ORT_POSITION(OrtApi, CreateSessionOptions, 10);
ASSAY_ORT_POSITION(OrtApi, SetOptimizedModelFilePath, 11);
ASSAY_ORT_POSITION(OrtApi, EnableProfiling, 14);
ASSAY_ORT_POSITION(OrtApi, SetSessionLogSeverityLevel, 22);
ASSAY_ORT_POSITION(OrtApi, SetInterOpNumThreads, 25);
ASSAY_ORT_POSITION(OrtApi, SessionGetInputCount, 30);
ASSAY_ORT_POSITION(OrtApi, SessionGetInputTypeInfo, 33);
ASSAY_ORT_POSITION(OrtApi, SessionGetInputName, 36);
ASSAY_ORT_POSITION(OrtApi, CreateTensorAsOrtValue, 48);
ASSAY_ORT_POSITION(OrtApi, GetOnnxTypeFromTypeInfo, 56);
ASSAY_ORT_POSITION(OrtApi, GetTensorElementType, 60);
ASSAY_ORT_POSITION(OrtApi, GetTensorTypeAndShape, 65);
ASSAY_ORT_POSITION(OrtApi, GetValueType, 67);
ASSAY_ORT_POSITION(OrtApi, CreateMemoryInfo, 68);
ASSAY_ORT_POSITION(OrtApi, CreateCpuMemoryInfo, 69);
ASSAY_ORT_POSITION(OrtApi, AllocatorFree, 76);
ASSAY_ORT_POSITION(OrtApi, GetAllocatorWithDefaultOptions, 78);
ASSAY_ORT_POSITION(OrtApi, GetValue, 80);
ASSAY_ORT_POSITION(OrtApi, CreateValue, 82);
ASSAY_ORT_POSITION(OrtApi, ReleaseEnv, 92);
ASSAY_ORT_POSITION(OrtApi, ReleaseSessionOptions, 100);
ASSAY_ORT_POSITION(OrtApi, CastTypeInfoToMapTypeInfo, 103);
ASSAY_ORT_POSITION(OrtApi, GetSequenceElementType, 107);
ASSAY_ORT_POSITION(OrtApi, SessionEndProfiling, 110);
ASSAY_ORT_POSITION(OrtApi, AddSessionConfigEntry, 130);
ASSAY_ORT_POSITION(OrtApi, RunWithBinding, 133);
ASSAY_ORT_POSITION(OrtApi, BindOutputToDevice, 138);
ASSAY_ORT_POSITION(OrtApi, GetBoundOutputValues, 140);
ASSAY_ORT_POSITION(OrtApi, HasValue, 192);
ASSAY_ORT_POSITION(OrtApi, GetTensorMemoryInfo, 194);
ASSAY_ORT_POSITION(OrtApi, SynchronizeBoundInputs, 202);
ASSAY_ORT_POSITION(OrtApi, SessionOptionsAppendExecutionProvider_CUDA_V2, 204);
ASSAY_ORT_POSITION(OrtApi, ReleaseCUDAProviderOptions, 208);
ASSAY_ORT_POSITION(OrtApi, MemoryInfoGetDeviceType, 225);
ASSAY_ORT_POSITION(OrtApi, CastTypeInfoToOptionalTypeInfo, 250);
ASSAY_ORT_POSITION(OrtApi, GetBuildInfoString, 254);
ASSAY_ORT_POSITION(OrtApi24, TensorTypeAndShape_HasShape, 390);
ASSAY_ORT_POSITION(OrtApi24, Session_GetEpGraphAssignmentInfo, 407);

#pragma clang assume_nonnull end
