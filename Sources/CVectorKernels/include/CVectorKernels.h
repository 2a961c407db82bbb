#pragma once

// Computations on vectors that the engine's library lacks, each compiled for several instruction sets; which one runs is
// chosen at run time. All read and write row-major memory that the caller owns, allocate nothing, and call no
// mathematical library on vectors.

#include <stddef.h>
#include <stdint.h>

#include "VectorAffine.h"
#include "VectorConvolution.h"
#include "VectorElementwise.h"
#include "VectorMovement.h"
#include "VectorRecurrent.h"
#include "VectorReduction.h"

#pragma clang assume_nonnull begin

/// What a processor must have.
typedef enum AssayVectorSet {
    /// What every processor of the architecture has: SSE2 or NEON.
    ASSAY_VECTOR_PORTABLE = 0,
    /// AVX2 with FMA and F16C.
    ASSAY_VECTOR_AVX2 = 1,
    /// AVX-512 F, BW, DQ and VL.
    ASSAY_VECTOR_AVX512 = 2,
} AssayVectorSet;

/// The kernels compiled for one instruction set.
typedef struct AssayVectorKernels {
    /// How many floats a vector holds.
    int64_t lanes;
    AssayAffinePixels affine;
    AssayElementwiseKernels elementwise;
    AssayRecurrentKernels recurrent;
    AssayReduce reduce;
} AssayVectorKernels;

/// The widest instruction set that this processor has.
AssayVectorSet assay_vector_best_set(void);

/// The kernels of an instruction set; null where this processor or this build lacks it.
const AssayVectorKernels *_Nullable assay_vector_kernels(AssayVectorSet set);

#pragma clang assume_nonnull end
