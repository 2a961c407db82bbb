// Reductions: see VectorReduction.h.

ASSAY_INLINE float identityOf(const AssayReductionKind kind) {
    switch (kind) {
    case ASSAY_REDUCE_MAXIMUM: return -__builtin_inff();
    case ASSAY_REDUCE_MINIMUM: return __builtin_inff();
    case ASSAY_REDUCE_PRODUCT: return 1;
    default: return 0;
    }
}

/// Two partial results as one.
ASSAY_INLINE Floats merged(const AssayReductionKind kind, Floats sum, Floats x) {
    switch (kind) {
    case ASSAY_REDUCE_MAXIMUM: return select((x > sum) | (x != x), x, sum);
    case ASSAY_REDUCE_MINIMUM: return select((x < sum) | (x != x), x, sum);
    case ASSAY_REDUCE_PRODUCT: return sum * x;
    default: return sum + x;
    }
}

/// A partial result with further elements.
ASSAY_INLINE Floats combined(const AssayReductionKind kind, Floats sum, Floats x) {
    switch (kind) {
    case ASSAY_REDUCE_MAGNITUDES: return sum + magnitude(x);
    case ASSAY_REDUCE_SQUARES: return sum + x * x;
    default: return merged(kind, sum, x);
    }
}

ASSAY_INLINE Floats finished(const AssayReduction *run, Floats sum) {
    switch (run->kind) {
    case ASSAY_REDUCE_MEAN: return sum / (float)(run->steps * run->run);
    case ASSAY_REDUCE_NORM: return __builtin_elementwise_sqrt(sum);
    default: return sum;
    }
}

/// All lanes as one, in the first of them.
ASSAY_INLINE Floats gathered(const AssayReductionKind kind, Floats x) {
#if ASSAY_LANES == 16
    x = merged(kind, x, __builtin_shufflevector(x, x, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
    x = merged(kind, x, __builtin_shufflevector(x, x, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11));
    x = merged(kind, x, __builtin_shufflevector(x, x, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13));
    return merged(kind, x, __builtin_shufflevector(x, x, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14));
#elif ASSAY_LANES == 8
    x = merged(kind, x, __builtin_shufflevector(x, x, 4, 5, 6, 7, 0, 1, 2, 3));
    x = merged(kind, x, __builtin_shufflevector(x, x, 2, 3, 0, 1, 6, 7, 4, 5));
    return merged(kind, x, __builtin_shufflevector(x, x, 1, 0, 3, 2, 5, 4, 7, 6));
#else
    x = merged(kind, x, __builtin_shufflevector(x, x, 2, 3, 0, 1));
    return merged(kind, x, __builtin_shufflevector(x, x, 1, 0, 3, 2));
#endif
}

// MARK: Elements side by side

/// The result whose first element is `from`.
ASSAY_INLINE float reduceRow(const AssayReduction *run, const float *from, const AssayReductionKind kind) {
    const Floats identity = (Floats)0 + identityOf(kind);
    Floats sums[4] = {identity, identity, identity, identity};
    for (int64_t step = 0; step < run->steps; step++, from += run->inner * run->run) {
        int64_t place = 0;
        for (; place + 4 * ASSAY_LANES <= run->run; place += 4 * ASSAY_LANES) {
#pragma clang loop unroll(full)
            for (int index = 0; index < 4; index++) {
                sums[index] = combined(kind, sums[index], load(from + place + index * ASSAY_LANES));
            }
        }
        for (; place + ASSAY_LANES <= run->run; place += ASSAY_LANES) {
            sums[0] = combined(kind, sums[0], load(from + place));
        }
        if (place < run->run) {
            Floats rest = identity;
            memcpy(&rest, from + place, (size_t)(run->run - place) * sizeof(float));
            sums[1] = combined(kind, sums[1], rest);
        }
    }
    const Floats sum = merged(kind, merged(kind, sums[0], sums[1]), merged(kind, sums[2], sums[3]));
    return finished(run, gathered(kind, sum))[0];
}

/// The same for rows too short to fill vectors.
ASSAY_INLINE float reduceShortRow(const AssayReduction *run, const float *from, const AssayReductionKind kind) {
    Floats sum = (Floats)0 + identityOf(kind);
    for (int64_t step = 0; step < run->steps; step++, from += run->inner * run->run) {
        for (int64_t place = 0; place < run->run; place++) sum = combined(kind, sum, (Floats)0 + from[place]);
    }
    return finished(run, sum)[0];
}

ASSAY_INLINE void reduceRows(
    const AssayReduction *run, int64_t first, int64_t last, const AssayReductionKind kind) {
    for (int64_t index = first; index < last; index++) {
        const int64_t outer = index / run->inner, inner = index % run->inner;
        const float *row = run->source + (outer * run->steps * run->inner + inner) * run->run;
        run->result[index] = run->run < 16 ? reduceShortRow(run, row, kind) : reduceRow(run, row, kind);
    }
}

// MARK: Elements apart

/// `count` vectors of neighbouring results.
ASSAY_INLINE void reduceVectors(
    const AssayReduction *run, float *to, const float *from, const int count, const AssayReductionKind kind) {
    Floats sums[8];
#pragma clang loop unroll(full)
    for (int index = 0; index < count; index++) sums[index] = (Floats)0 + identityOf(kind);
    for (int64_t step = 0; step < run->steps; step++, from += run->inner) {
#pragma clang loop unroll(full)
        for (int index = 0; index < count; index++) {
            sums[index] = combined(kind, sums[index], load(from + index * ASSAY_LANES));
        }
    }
#pragma clang loop unroll(full)
    for (int index = 0; index < count; index++) store(to + index * ASSAY_LANES, finished(run, sums[index]));
}

/// One result.
ASSAY_INLINE float reduceColumn(const AssayReduction *run, const float *from, const AssayReductionKind kind) {
    Floats sum = (Floats)0 + identityOf(kind);
    for (int64_t step = 0; step < run->steps; step++, from += run->inner) sum = combined(kind, sum, (Floats)0 + *from);
    return finished(run, sum)[0];
}

ASSAY_INLINE void reduceColumns(
    const AssayReduction *run, int64_t first, int64_t last, const AssayReductionKind kind) {
    while (first < last) {
        const int64_t outer = first / run->inner, left = last - outer * run->inner;
        const int64_t start = first % run->inner, end = left < run->inner ? left : run->inner;
        const float *source = run->source + outer * run->steps * run->inner;
        float *result = run->result + outer * run->inner;
        int64_t column = start;
        for (; column + 8 * ASSAY_LANES <= end; column += 8 * ASSAY_LANES) {
            reduceVectors(run, result + column, source + column, 8, kind);
        }
        for (; column + ASSAY_LANES <= end; column += ASSAY_LANES) {
            reduceVectors(run, result + column, source + column, 1, kind);
        }
        if (column < end && end - start >= ASSAY_LANES) {
            // The last vector once more, shifted: the same elements in the same order.
            column = end - ASSAY_LANES;
            reduceVectors(run, result + column, source + column, 1, kind);
            column = end;
        }
        for (; column < end; column++) result[column] = reduceColumn(run, source + column, kind);
        first = outer * run->inner + end;
    }
}

ASSAY_INLINE void reduceAs(
    const AssayReduction *run, int64_t first, int64_t last, const AssayReductionKind kind) {
    if (run->run > 1 || run->inner == 1) {
        reduceRows(run, first, last, kind);
    } else {
        reduceColumns(run, first, last, kind);
    }
}

static void reduceElements(const AssayReduction *run, int64_t first, int64_t last) {
    switch (run->kind) {
    case ASSAY_REDUCE_SUM:
    case ASSAY_REDUCE_MEAN: return reduceAs(run, first, last, ASSAY_REDUCE_SUM);
    case ASSAY_REDUCE_MAXIMUM: return reduceAs(run, first, last, ASSAY_REDUCE_MAXIMUM);
    case ASSAY_REDUCE_MINIMUM: return reduceAs(run, first, last, ASSAY_REDUCE_MINIMUM);
    case ASSAY_REDUCE_PRODUCT: return reduceAs(run, first, last, ASSAY_REDUCE_PRODUCT);
    case ASSAY_REDUCE_MAGNITUDES: return reduceAs(run, first, last, ASSAY_REDUCE_MAGNITUDES);
    case ASSAY_REDUCE_NORM:
    case ASSAY_REDUCE_SQUARES: return reduceAs(run, first, last, ASSAY_REDUCE_SQUARES);
    }
}
