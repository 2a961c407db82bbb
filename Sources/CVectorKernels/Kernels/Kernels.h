// All kernels for one instruction set, and the table of them.

#include "Vector.h"

#include "Functions.h"

#include "Affine.h"
#include "Binary.h"
#include "Cast.h"
#include "Recurrent.h"
#include "RecurrentSteps.h"
#include "Reduction.h"
#include "Unary.h"

const AssayVectorKernels ASSAY_NAME(assay_vector_kernels) = {
    .lanes = ASSAY_LANES,
    .affine = affinePixels,
    .elementwise = {unaryFunction, binaryFunction, castFunction, isFalse, isNotANumber, selectFunction},
    .recurrent = {packRecurrent, packRecurrentBias, projectInputs, walkSteps},
    .reduce = reduceElements,
};
