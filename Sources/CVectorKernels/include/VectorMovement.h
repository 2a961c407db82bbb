#pragma once

// Movement of elements of 1, 2, 4 or 8 bytes, whatever they mean.

#include <stdint.h>

#pragma clang assume_nonnull begin

#define ASSAY_MOVEMENT_RANK 12

/// A box of elements that is read under some steps and written under others; the last axis is the innermost.
typedef struct AssayMovement {
    int64_t rank;
    int64_t extents[ASSAY_MOVEMENT_RANK];
    /// Elements between neighbours; negative, or zero where one element is read again and again.
    int64_t from[ASSAY_MOVEMENT_RANK];
    int64_t to[ASSAY_MOVEMENT_RANK];
    /// Bytes of an element.
    int64_t width;
} AssayMovement;

/// Copies the part `first..<last` of the outermost axis.
void assay_move(void *to, const void *from, const AssayMovement *movement, int64_t first, int64_t last);

/// Writes one element everywhere; zeros where it is null.
void assay_fill(void *to, const void *_Nullable element, int64_t width, int64_t count);

/// Slices picked by indices, in each of `outer` blocks of `extent` slices of `length` bytes; negative indices count from
/// the end.
typedef struct AssayGather {
    int64_t outer, extent, length, count;
    /// 8 for indices of 64 bits, 4 for 32.
    int64_t indexWidth;
} AssayGather;

/// Copies the slices; the place of the first index out of bounds, or -1.
int64_t assay_gather(void *to, const void *from, const void *indices, const AssayGather *gather);

/// Elements picked by an index each, which takes the place of the element's own along one axis.
typedef struct AssayElementGather {
    int64_t rank;
    /// Of the indices and the result.
    int64_t extents[ASSAY_MOVEMENT_RANK];
    /// Of the data, in elements; zero along the axis.
    int64_t from[ASSAY_MOVEMENT_RANK];
    /// Elements of the data between neighbours along the axis, and how many there are.
    int64_t step, extent;
    int64_t width, indexWidth;
} AssayElementGather;

/// Picks the elements; the place of the first index out of bounds, or -1.
int64_t assay_gather_elements(void *to, const void *from, const void *indices, const AssayElementGather *gather);

#pragma clang assume_nonnull end
