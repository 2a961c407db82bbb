// Movement of elements: see VectorMovement.h. Memory is the bound, so that one instruction set serves all.

#include "include/VectorMovement.h"

#include <string.h>

typedef struct Eight { uint64_t value; } __attribute__((packed, may_alias)) Eight;
typedef struct Four { uint32_t value; } __attribute__((packed, may_alias)) Four;
typedef struct Two { uint16_t value; } __attribute__((packed, may_alias)) Two;
typedef struct One { uint8_t value; } __attribute__((may_alias)) One;

#define ASSAY_INLINE static inline __attribute__((always_inline))

/// Calls `BODY(Type)` for the type of a width.
#define ASSAY_FOR_WIDTH(width, BODY) \
    switch (width) {                 \
    case 1: BODY(One); break;        \
    case 2: BODY(Two); break;        \
    case 4: BODY(Four); break;       \
    default: BODY(Eight); break;     \
    }

// MARK: Runs

/// Copies neighbours; short runs are cheaper without a call.
ASSAY_INLINE void copyRun(char *to, const char *from, int64_t bytes) {
    if (bytes <= 16) {
        if (bytes >= 8) {
            const Eight head = *(const Eight *)from, tail = *(const Eight *)(from + bytes - 8);
            *(Eight *)to = head;
            *(Eight *)(to + bytes - 8) = tail;
        } else if (bytes >= 4) {
            const Four head = *(const Four *)from, tail = *(const Four *)(from + bytes - 4);
            *(Four *)to = head;
            *(Four *)(to + bytes - 4) = tail;
        } else {
            for (int64_t index = 0; index < bytes; index++) to[index] = from[index];
        }
        return;
    }
    memcpy(to, from, (size_t)bytes);
}

#define ASSAY_STEPS(Type)                                                                                \
    do {                                                                                                 \
        Type *target = (Type *)to;                                                                       \
        const Type *source = (const Type *)from;                                                         \
        if (toStep == 1 && fromStep == 0) {                                                              \
            const Type element = *source;                                                                \
            for (int64_t index = 0; index < count; index++) target[index] = element;                     \
        } else if (toStep == 1 && fromStep == -1) {                                                      \
            for (int64_t index = 0; index < count; index++) target[index] = source[-index];              \
        } else if (toStep == 1 && fromStep == 2) {                                                       \
            for (int64_t index = 0; index < count; index++) target[index] = source[2 * index];           \
        } else {                                                                                         \
            for (int64_t index = 0; index < count; index++) target[index * toStep] = source[index * fromStep]; \
        }                                                                                                \
    } while (0)

static void copySteps(char *to, const char *from, int64_t count, int64_t toStep, int64_t fromStep, int64_t width) {
    if (toStep == 1 && fromStep == 1) return copyRun(to, from, count * width);
    ASSAY_FOR_WIDTH(width, ASSAY_STEPS)
}

void assay_fill(void *to, const void *from, int64_t width, int64_t count) {
    if (!from) {
        memset(to, 0, (size_t)(count * width));
        return;
    }
    const int64_t toStep = 1, fromStep = 0;
    ASSAY_FOR_WIDTH(width, ASSAY_STEPS)
}

// MARK: Transposition

/// The side of the squares that are read and written together.
enum { side = 32 };

typedef uint32_t FourWords __attribute__((vector_size(16), aligned(4)));

/// A square of four by four elements of four bytes.
ASSAY_INLINE void transposeSquare(uint32_t *to, int64_t toStep, const uint32_t *from, int64_t fromStep) {
    FourWords a, b, c, d;
    memcpy(&a, from, 16);
    memcpy(&b, from + fromStep, 16);
    memcpy(&c, from + 2 * fromStep, 16);
    memcpy(&d, from + 3 * fromStep, 16);
    const FourWords ab = __builtin_shufflevector(a, b, 0, 4, 1, 5), cd = __builtin_shufflevector(c, d, 0, 4, 1, 5);
    const FourWords AB = __builtin_shufflevector(a, b, 2, 6, 3, 7), CD = __builtin_shufflevector(c, d, 2, 6, 3, 7);
    a = __builtin_shufflevector(ab, cd, 0, 1, 4, 5);
    b = __builtin_shufflevector(ab, cd, 2, 3, 6, 7);
    c = __builtin_shufflevector(AB, CD, 0, 1, 4, 5);
    d = __builtin_shufflevector(AB, CD, 2, 3, 6, 7);
    memcpy(to, &a, 16);
    memcpy(to + toStep, &b, 16);
    memcpy(to + 2 * toStep, &c, 16);
    memcpy(to + 3 * toStep, &d, 16);
}

/// Fewer rows than a square has: what is written lies together, so that all of a column is moved before the next.
ASSAY_INLINE void transposeFew(
    uint32_t *to, int64_t toStep, const uint32_t *from, int64_t fromStep, const int64_t rows, int64_t columns) {
    for (int64_t column = 0; column < columns; column++) {
        for (int64_t row = 0; row < rows; row++) memcpy(to + column * toStep + row, from + row * fromStep + column, 4);
    }
}

/// Rows of `columns` elements that are dense in the source become columns that are dense in the target.
static void transposeWords(
    uint32_t *to, int64_t toStep, const uint32_t *from, int64_t fromStep, int64_t rows, int64_t columns) {
    if (rows == 3) return transposeFew(to, toStep, from, fromStep, 3, columns);
    if (rows == 2) return transposeFew(to, toStep, from, fromStep, 2, columns);
    for (int64_t top = 0; top < rows; top += side) {
        const int64_t bottom = top + side < rows ? top + side : rows;
        for (int64_t column = 0; column < columns; column += 4) {
            int64_t row = top;
            if (column + 4 <= columns) {
                for (; row + 4 <= bottom; row += 4) {
                    transposeSquare(to + column * toStep + row, toStep, from + row * fromStep + column, fromStep);
                }
            }
            for (; row < bottom; row++) {
                for (int64_t rest = column; rest < columns && rest < column + 4; rest++) {
                    memcpy(to + rest * toStep + row, from + row * fromStep + rest, 4);
                }
            }
        }
    }
}

#define ASSAY_TRANSPOSE(Type)                                                                            \
    for (int64_t top = 0; top < rows; top += side) {                                                     \
        const int64_t bottom = top + side < rows ? top + side : rows;                                    \
        for (int64_t left = 0; left < columns; left += side) {                                           \
            const int64_t right = left + side < columns ? left + side : columns;                         \
            for (int64_t column = left; column < right; column++) {                                      \
                for (int64_t row = top; row < bottom; row++) {                                           \
                    ((Type *)to)[column * toStep + row] = ((const Type *)from)[row * fromStep + column]; \
                }                                                                                        \
            }                                                                                            \
        }                                                                                                \
    }

static void transpose(
    char *to, int64_t toStep, const char *from, int64_t fromStep, int64_t rows, int64_t columns, int64_t width) {
    if (width == 4) return transposeWords((uint32_t *)to, toStep, (const uint32_t *)from, fromStep, rows, columns);
    ASSAY_FOR_WIDTH(width, ASSAY_TRANSPOSE)
}

// MARK: Boxes

static void moveBox(char *to, const char *from, const AssayMovement *box, int64_t axis, int64_t first, int64_t last) {
    const int64_t left = box->rank - axis, width = box->width;
    to += first * box->to[axis] * width;
    from += first * box->from[axis] * width;
    if (left == 1) return copySteps(to, from, last - first, box->to[axis], box->from[axis], width);
    // The innermost axis is dense in the target; where the one before it is dense in the source, squares are moved.
    if (left == 2 && box->from[axis] == 1 && box->to[axis + 1] == 1 && box->from[axis + 1] != 1) {
        return transpose(
            to, box->to[axis], from, box->from[axis + 1], box->extents[axis + 1], last - first, width);
    }
    for (int64_t index = first; index < last; index++) {
        if (left == 2) {
            copySteps(to, from, box->extents[axis + 1], box->to[axis + 1], box->from[axis + 1], width);
        } else {
            moveBox(to, from, box, axis + 1, 0, box->extents[axis + 1]);
        }
        to += box->to[axis] * width;
        from += box->from[axis] * width;
    }
}

void assay_move(void *to, const void *from, const AssayMovement *movement, int64_t first, int64_t last) {
    moveBox(to, from, movement, 0, first, last);
}

// MARK: Picking

ASSAY_INLINE int64_t indexAt(const void *indices, int64_t width, int64_t place, int64_t extent) {
    int64_t index;
    if (width == 8) {
        memcpy(&index, (const char *)indices + 8 * place, 8);
    } else {
        int32_t narrow;
        memcpy(&narrow, (const char *)indices + 4 * place, 4);
        index = narrow;
    }
    return index < 0 ? (int64_t)((uint64_t)index + (uint64_t)extent) : index;
}

int64_t assay_gather(void *to, const void *from, const void *indices, const AssayGather *gather) {
    const int64_t length = gather->length, extent = gather->extent;
    char *target = to;
    for (int64_t block = 0; block < gather->outer; block++) {
        const char *source = (const char *)from + block * extent * length;
        for (int64_t place = 0; place < gather->count; place++) {
            const int64_t index = indexAt(indices, gather->indexWidth, place, extent);
            if (index < 0 || index >= extent) return place;
            copyRun(target, source + index * length, length);
            target += length;
        }
    }
    return -1;
}

int64_t assay_gather_elements(void *to, const void *from, const void *indices, const AssayElementGather *gather) {
    int64_t position[ASSAY_MOVEMENT_RANK] = {0};
    const int64_t rank = gather->rank, width = gather->width;
    const int64_t inner = gather->extents[rank - 1], innerStep = gather->from[rank - 1];
    int64_t place = 0;
    for (;;) {
        int64_t base = 0;
        for (int64_t axis = 0; axis < rank - 1; axis++) base += position[axis] * gather->from[axis];
        for (int64_t column = 0; column < inner; column++, place++) {
            const int64_t index = indexAt(indices, gather->indexWidth, place, gather->extent);
            if (index < 0 || index >= gather->extent) return place;
            const char *source = (const char *)from + (base + column * innerStep + index * gather->step) * width;
            copyRun((char *)to + place * width, source, width);
        }
        int64_t axis = rank - 2;
        while (axis >= 0 && ++position[axis] == gather->extents[axis]) position[axis--] = 0;
        if (axis < 0) return -1;
    }
}
