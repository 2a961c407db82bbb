// Functions of two or three elements, and conversions: loops that the compiler turns into vectors.

#define ASSAY_BINARY(name, Type, Result, expression)                                                        \
    static void name(                                                                                       \
        void *to, const void *left, const void *right, int64_t count, int64_t leftStep, int64_t rightStep) { \
        Result *results = to;                                                                               \
        const Type *lefts = left, *rights = right;                                                          \
        if (leftStep && rightStep) {                                                                        \
            for (int64_t index = 0; index < count; index++) {                                               \
                const Type x = lefts[index], y = rights[index];                                             \
                results[index] = (Result)(expression);                                                      \
            }                                                                                               \
        } else if (leftStep) {                                                                              \
            const Type y = *rights;                                                                         \
            for (int64_t index = 0; index < count; index++) {                                               \
                const Type x = lefts[index];                                                                \
                results[index] = (Result)(expression);                                                      \
            }                                                                                               \
        } else {                                                                                            \
            const Type x = *lefts;                                                                          \
            for (int64_t index = 0; index < count; index++) {                                               \
                const Type y = rights[rightStep ? index : 0];                                               \
                results[index] = (Result)(expression);                                                      \
            }                                                                                               \
        }                                                                                                   \
    }

#define ASSAY_COMPARISONS(Type, suffix)                       \
    ASSAY_BINARY(equal##suffix, Type, uint8_t, x == y)        \
    ASSAY_BINARY(less##suffix, Type, uint8_t, x < y)          \
    ASSAY_BINARY(lessOrEqual##suffix, Type, uint8_t, x <= y)  \
    ASSAY_BINARY(greater##suffix, Type, uint8_t, x > y)       \
    ASSAY_BINARY(greaterOrEqual##suffix, Type, uint8_t, x >= y)

ASSAY_COMPARISONS(float, F32)
ASSAY_COMPARISONS(double, F64)
ASSAY_COMPARISONS(int64_t, I64)
ASSAY_COMPARISONS(int32_t, I32)
ASSAY_COMPARISONS(int8_t, I8)
ASSAY_COMPARISONS(uint8_t, U8)

#define ASSAY_REALS(Type, suffix)                                                      \
    ASSAY_BINARY(add##suffix, Type, Type, x + y)                                       \
    ASSAY_BINARY(subtract##suffix, Type, Type, x - y)                                  \
    ASSAY_BINARY(multiply##suffix, Type, Type, x *y)                                   \
    ASSAY_BINARY(divide##suffix, Type, Type, x / y)                                    \
    ASSAY_BINARY(maximum##suffix, Type, Type, x != x ? x : y != y || x < y ? y : x)    \
    ASSAY_BINARY(minimum##suffix, Type, Type, x != x ? x : y != y || y < x ? y : x)    \
    ASSAY_BINARY(leaky##suffix, Type, Type, x < 0 ? x * y : x)

ASSAY_REALS(float, F32)
ASSAY_REALS(double, F64)

// Sums wrap around; the divisor is never zero, and the one quotient that has no place wraps as well.
#define ASSAY_INTEGERS(Type, Unsigned, suffix)                                              \
    ASSAY_BINARY(add##suffix, Type, Type, (Unsigned)x + (Unsigned)y)                        \
    ASSAY_BINARY(subtract##suffix, Type, Type, (Unsigned)x - (Unsigned)y)                   \
    ASSAY_BINARY(multiply##suffix, Type, Type, (Unsigned)x *(Unsigned)y)                    \
    ASSAY_BINARY(divide##suffix, Type, Type, y == -1 ? (Type)(0 - (Unsigned)x) : x / y)     \
    ASSAY_BINARY(maximum##suffix, Type, Type, x < y ? y : x)                                \
    ASSAY_BINARY(minimum##suffix, Type, Type, y < x ? y : x)

ASSAY_INTEGERS(int64_t, uint64_t, I64)
ASSAY_INTEGERS(int32_t, uint32_t, I32)

ASSAY_BINARY(andBool, uint8_t, uint8_t, (x != 0) & (y != 0))
ASSAY_BINARY(orBool, uint8_t, uint8_t, (x != 0) | (y != 0))
ASSAY_BINARY(xorBool, uint8_t, uint8_t, (x != 0) ^ (y != 0))
ASSAY_BINARY(equalBool, uint8_t, uint8_t, (x != 0) == (y != 0))

#define ASSAY_COMPARED(suffix)                                                                            \
    [ASSAY_EQUAL] = equal##suffix, [ASSAY_LESS] = less##suffix, [ASSAY_LESS_OR_EQUAL] = lessOrEqual##suffix, \
    [ASSAY_GREATER] = greater##suffix, [ASSAY_GREATER_OR_EQUAL] = greaterOrEqual##suffix
#define ASSAY_COMPUTED(suffix)                                                                               \
    [ASSAY_ADD] = add##suffix, [ASSAY_SUBTRACT] = subtract##suffix, [ASSAY_MULTIPLY] = multiply##suffix,     \
    [ASSAY_DIVIDE] = divide##suffix, [ASSAY_MAXIMUM] = maximum##suffix, [ASSAY_MINIMUM] = minimum##suffix

static const AssayBinaryFunction binaryFunctions[ASSAY_TYPE_COUNT][ASSAY_BINARY_COUNT] = {
    [ASSAY_F32] = {ASSAY_COMPUTED(F32), ASSAY_COMPARED(F32), [ASSAY_LEAKY] = leakyF32},
    [ASSAY_F64] = {ASSAY_COMPUTED(F64), ASSAY_COMPARED(F64), [ASSAY_LEAKY] = leakyF64},
    [ASSAY_I64] = {ASSAY_COMPUTED(I64), ASSAY_COMPARED(I64)},
    [ASSAY_I32] = {ASSAY_COMPUTED(I32), ASSAY_COMPARED(I32)},
    [ASSAY_I8] = {ASSAY_COMPARED(I8)},
    [ASSAY_U8] = {ASSAY_COMPARED(U8)},
    [ASSAY_BOOL] =
        {[ASSAY_AND] = andBool, [ASSAY_OR] = orBool, [ASSAY_XOR] = xorBool, [ASSAY_EQUAL] = equalBool},
};

static AssayBinaryFunction binaryFunction(AssayBinary function, AssayType type) {
    return type < ASSAY_TYPE_COUNT && function < ASSAY_BINARY_COUNT ? binaryFunctions[type][function] : 0;
}

// MARK: Choice

#define ASSAY_CHOICE(Type)                                                                                   \
    ASSAY_INLINE void choose##Type(                                                                          \
        Type *to, const uint8_t *condition, const Type *yes, const Type *no, int64_t count,                  \
        const int64_t conditionStep, const int64_t yesStep, const int64_t noStep) {                          \
        for (int64_t index = 0; index < count; index++) {                                                    \
            const Type first = yes[index * yesStep], second = no[index * noStep];                            \
            to[index] = condition[index * conditionStep] ? first : second;                                   \
        }                                                                                                    \
    }                                                                                                        \
    static void select##Type(                                                                                \
        void *to, const uint8_t *condition, const void *yes, const void *no, int64_t count,                  \
        int64_t conditionStep, int64_t yesStep, int64_t noStep) {                                            \
        if (!conditionStep) {                                                                                \
            const Type *from = *condition ? yes : no;                                                        \
            const int64_t step = *condition ? yesStep : noStep;                                              \
            for (int64_t index = 0; index < count; index++) ((Type *)to)[index] = from[index * step];        \
        } else if (yesStep && noStep) {                                                                      \
            choose##Type(to, condition, yes, no, count, 1, 1, 1);                                            \
        } else if (yesStep) {                                                                                \
            choose##Type(to, condition, yes, no, count, 1, 1, 0);                                            \
        } else if (noStep) {                                                                                 \
            choose##Type(to, condition, yes, no, count, 1, 0, 1);                                            \
        } else {                                                                                             \
            choose##Type(to, condition, yes, no, count, 1, 0, 0);                                            \
        }                                                                                                    \
    }

ASSAY_CHOICE(uint8_t)
ASSAY_CHOICE(uint16_t)
ASSAY_CHOICE(uint32_t)
ASSAY_CHOICE(uint64_t)

static AssaySelectFunction selectFunction(int64_t width) {
    switch (width) {
    case 1: return selectuint8_t;
    case 2: return selectuint16_t;
    case 4: return selectuint32_t;
    case 8: return selectuint64_t;
    default: return 0;
    }
}
