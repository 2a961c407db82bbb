// The kernels for what every processor of the architecture has.

#define ASSAY_BYTES 16
#define ASSAY_NAME(name) name##Portable
#if defined(__aarch64__)
#define ASSAY_ROWS 4
#else
#define ASSAY_ROWS 2
#endif

#if defined(__aarch64__)
#define ASSAY_HAS_HALF 1
#else
#define ASSAY_HAS_HALF 0
#endif

#include "Kernels.h"
