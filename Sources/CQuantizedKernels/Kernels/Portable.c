#include "Tables.h"

#define ASSAY_TILE_ROWS 4
#define ASSAY_TILE_BLOCKS 1
#define ASSAY_TILE assay_tile

static void assay_tile(
    const uint8_t *left, int64_t step, int64_t depth, const int8_t *packed, int64_t blockSize, int rows, int blocks,
    int32_t *sums) {
    (void)blockSize;
    (void)blocks;
    for (int row = 0; row < rows; row++) {
        int32_t *target = sums + row * ASSAY_QUANTIZED_BLOCK;
        for (int column = 0; column < ASSAY_QUANTIZED_BLOCK; column++) target[column] = 0;
        for (int64_t index = 0; index < depth; index++) {
            int32_t factor = left[row * step + index];
            const int8_t *group = packed
                + index / ASSAY_QUANTIZED_GROUP * ASSAY_QUANTIZED_BLOCK * ASSAY_QUANTIZED_GROUP
                + index % ASSAY_QUANTIZED_GROUP;
            for (int column = 0; column < ASSAY_QUANTIZED_BLOCK; column++)
                target[column] += factor * group[column * ASSAY_QUANTIZED_GROUP];
        }
    }
}

#include "Body.h"

const AssayQuantizedKernels assayQuantizedPortable = ASSAY_QUANTIZED_TABLE;
