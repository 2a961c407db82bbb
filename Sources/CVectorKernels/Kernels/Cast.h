// Conversions, as Tensors defines them: integers keep their low bits; reals are cut toward zero and kept within the range,
// and what is no number becomes zero.

#define ASSAY_CAST(name, From, To, expression)                                      \
    static void name(void *to, const void *from, int64_t count) {                   \
        To *results = to;                                                           \
        const From *elements = from;                                                \
        for (int64_t index = 0; index < count; index++) {                           \
            const From x = elements[index];                                         \
            results[index] = (To)(expression);                                      \
        }                                                                           \
    }

#define ASSAY_CAST_REAL(From, suffix)                                                                          \
    ASSAY_CAST(cast##suffix##I64, From, int64_t,                                                               \
        x != x ? 0 : x >= 0x1p63f ? INT64_MAX : x <= -0x1p63f ? INT64_MIN : (int64_t)x)                        \
    ASSAY_CAST(cast##suffix##I32, From, int32_t,                                                               \
        x != x ? 0 : x >= 0x1p31f ? INT32_MAX : x <= -0x1p31f ? INT32_MIN : (int32_t)x)                        \
    ASSAY_CAST(cast##suffix##I8, From, int8_t, x != x ? 0 : x >= 127 ? 127 : x <= -128 ? -128 : (int32_t)x)    \
    ASSAY_CAST(cast##suffix##U8, From, uint8_t, x != x ? 0 : x >= 255 ? 255 : x <= 0 ? 0 : (int32_t)x)         \
    ASSAY_CAST(cast##suffix##Bool, From, uint8_t, x != 0)

#define ASSAY_CAST_INTEGER(From, suffix)                          \
    ASSAY_CAST(cast##suffix##F32, From, float, x)                 \
    ASSAY_CAST(cast##suffix##F64, From, double, x)                \
    ASSAY_CAST(cast##suffix##I64, From, int64_t, x)               \
    ASSAY_CAST(cast##suffix##I32, From, int32_t, x)               \
    ASSAY_CAST(cast##suffix##I8, From, int8_t, x)                 \
    ASSAY_CAST(cast##suffix##U8, From, uint8_t, x)                \
    ASSAY_CAST(cast##suffix##Bool, From, uint8_t, x != 0)

ASSAY_CAST_REAL(float, F32)
ASSAY_CAST_REAL(double, F64)
ASSAY_CAST(castF32F64, float, double, x)
ASSAY_CAST(castF64F32, double, float, x)
ASSAY_CAST_INTEGER(int64_t, I64)
ASSAY_CAST_INTEGER(int32_t, I32)
ASSAY_CAST_INTEGER(int8_t, I8)
ASSAY_CAST_INTEGER(uint8_t, U8)

#define ASSAY_CAST_ROW(suffix)                                                                   \
    {                                                                                                  \
        [ASSAY_F32] = cast##suffix##F32, [ASSAY_F64] = cast##suffix##F64, [ASSAY_I64] = cast##suffix##I64, \
        [ASSAY_I32] = cast##suffix##I32, [ASSAY_I8] = cast##suffix##I8, [ASSAY_U8] = cast##suffix##U8,  \
        [ASSAY_BOOL] = cast##suffix##Bool,                                                             \
    }
#define castF32F32 0
#define castF64F64 0

ASSAY_CAST(isFalse, uint8_t, uint8_t, x == 0)
ASSAY_CAST(isNotANumber, float, uint8_t, x != x)

// Half precision where the processor converts it.
#if ASSAY_HAS_HALF
ASSAY_CAST(castHalfFloat, _Float16, float, x)
ASSAY_CAST(castFloatHalf, float, _Float16, x)
#endif

static const AssayCastFunction castFunctions[ASSAY_TYPE_COUNT][ASSAY_TYPE_COUNT] = {
    [ASSAY_F32] = ASSAY_CAST_ROW(F32), [ASSAY_F64] = ASSAY_CAST_ROW(F64), [ASSAY_I64] = ASSAY_CAST_ROW(I64),
    [ASSAY_I32] = ASSAY_CAST_ROW(I32), [ASSAY_I8] = ASSAY_CAST_ROW(I8), [ASSAY_U8] = ASSAY_CAST_ROW(U8),
    // Truth values are bytes of 0 or 1.
    [ASSAY_BOOL] = ASSAY_CAST_ROW(U8),
};

static AssayCastFunction castFunction(AssayType from, AssayType to) {
#if ASSAY_HAS_HALF
    if (from == ASSAY_F16 && to == ASSAY_F32) return castHalfFloat;
    if (from == ASSAY_F32 && to == ASSAY_F16) return castFloatHalf;
#endif
    return from < ASSAY_TYPE_COUNT && to < ASSAY_TYPE_COUNT ? castFunctions[from][to] : 0;
}
