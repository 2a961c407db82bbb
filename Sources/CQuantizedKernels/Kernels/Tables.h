#pragma once

#include "CQuantizedKernels.h"

extern const AssayQuantizedKernels assayQuantizedPortable;
#if defined(__x86_64__)
extern const AssayQuantizedKernels assayQuantizedAVX2;
extern const AssayQuantizedKernels assayQuantizedAVX512VNNI;
#endif
