// Functions of several operands under broadcasting: the walk over all axes but the last.

#include "include/VectorElementwise.h"

/// The operands and the result of one walk.
typedef struct Pointers {
    char *to;
    const char *from[3];
} Pointers;

typedef struct Walk {
    const AssayStretch *stretch;
    int operands;
    AssayBinaryFunction binary;
    AssaySelectFunction select;
} Walk;

static void applyRow(const Walk *walk, Pointers at, int64_t axis, int64_t count) {
    const AssayStretch *s = walk->stretch;
    if (walk->operands == 2) {
        walk->binary(at.to, at.from[0], at.from[1], count, s->steps[0][axis], s->steps[1][axis]);
    } else {
        walk->select(
            at.to, (const uint8_t *)at.from[0], at.from[1], at.from[2], count, s->steps[0][axis], s->steps[1][axis],
            s->steps[2][axis]);
    }
}

static void walkAxis(const Walk *walk, Pointers at, int64_t axis, int64_t first, int64_t last, int64_t inner) {
    const AssayStretch *s = walk->stretch;
    at.to += first * inner * s->width;
    for (int operand = 0; operand < walk->operands; operand++) {
        at.from[operand] += first * s->steps[operand][axis] * s->widths[operand];
    }
    if (axis == s->rank - 1) return applyRow(walk, at, axis, last - first);
    const int64_t next = s->extents[axis + 1];
    for (int64_t index = first; index < last; index++) {
        walkAxis(walk, at, axis + 1, 0, next, inner / next);
        at.to += inner * s->width;
        for (int operand = 0; operand < walk->operands; operand++) {
            at.from[operand] += s->steps[operand][axis] * s->widths[operand];
        }
    }
}

static int64_t innerCount(const AssayStretch *stretch) {
    int64_t count = 1;
    for (int64_t axis = 1; axis < stretch->rank; axis++) count *= stretch->extents[axis];
    return count;
}

void assay_stretch_binary(
    AssayBinaryFunction function, void *to, const void *left, const void *right, const AssayStretch *stretch,
    int64_t first, int64_t last) {
    const Walk walk = {.stretch = stretch, .operands = 2, .binary = function};
    walkAxis(&walk, (Pointers){to, {left, right, left}}, 0, first, last, innerCount(stretch));
}

void assay_stretch_select(
    AssaySelectFunction function, void *to, const void *condition, const void *yes, const void *no,
    const AssayStretch *stretch, int64_t first, int64_t last) {
    const Walk walk = {.stretch = stretch, .operands = 3, .select = function};
    walkAxis(&walk, (Pointers){to, {condition, yes, no}}, 0, first, last, innerCount(stretch));
}

int assay_has_zero(const void *elements, int64_t width, int64_t count) {
    int found = 0;
    if (width == 8) {
        for (int64_t index = 0; index < count; index++) found |= ((const int64_t *)elements)[index] == 0;
    } else {
        for (int64_t index = 0; index < count; index++) found |= ((const int32_t *)elements)[index] == 0;
    }
    return found;
}
