// All kernels for one instruction set, and the table of them.

#include "Vector.h"

#include "Functions.h"

#include "Affine.h"
#include "Recurrent.h"
#include "RecurrentSteps.h"

const AssayVectorKernels ASSAY_NAME(assay_vector_kernels) = {
    .lanes = ASSAY_LANES,
    .affine = affinePixels,
    .recurrent = {packRecurrent, packRecurrentBias, projectInputs, walkSteps},
};
