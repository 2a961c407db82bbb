// Functions of one element.

ASSAY_INLINE Floats expm1OfNegative(Floats x) {
    // Near zero the difference loses digits; a series does not.
    const Floats series = x * (1.0f + x * (0.5f + x * (0.166666667f + x * (0.0416666667f + x * 0.00833333333f))));
    return select(magnitude(x) < 0.125f, series, boundedExponential(x) - 1.0f);
}

ASSAY_INLINE Floats leakyOf(Floats x, Floats below) { return select(x < 0.0f, below, x); }

ASSAY_INLINE Floats softplus(Floats x) {
    return atLeast(x, 0.0f) + logarithmOfOneAnd(boundedExponential(-magnitude(x)));
}

/// tanh(ln(1 + e^x)) = n / (n + 2) with n = e^x (e^x + 2); it is 1 from 20 on.
ASSAY_INLINE Floats mish(Floats x) {
    const Floats e = exponential(atMost(x, 20.0f)), n = e * (e + 2.0f);
    return x * (n / (n + 2.0f));
}

ASSAY_INLINE Floats geluTanh(Floats x) {
    return 0.5f * x * (1.0f + hyperbolicTangent(0.797884560802865356f * (x + 0.044715f * x * x * x)));
}

#define ASSAY_UNARY(name, expression)                                                             \
    static void name##Elements(float *to, const float *from, int64_t count, float a, float b) {   \
        (void)a;                                                                                  \
        (void)b;                                                                                  \
        int64_t index = 0;                                                                        \
        for (; index + ASSAY_LANES <= count; index += ASSAY_LANES) {                              \
            const Floats x = load(from + index);                                                  \
            store(to + index, expression);                                                        \
        }                                                                                         \
        if (index < count) {                                                                      \
            const Floats x = loadPart(from + index, count - index);                               \
            storePart(to + index, expression, count - index);                                     \
        }                                                                                         \
    }

ASSAY_UNARY(relu, atLeast(x, 0.0f))
ASSAY_UNARY(leakyRelu, leakyOf(x, a * x))
ASSAY_UNARY(elu, leakyOf(x, a * expm1OfNegative(atMost(x, 0.0f))))
ASSAY_UNARY(celu, leakyOf(x, a * expm1OfNegative(atMost(x / a, 0.0f))))
ASSAY_UNARY(selu, b * leakyOf(x, a * expm1OfNegative(atMost(x, 0.0f))))
ASSAY_UNARY(sigmoid, sigmoid(x))
ASSAY_UNARY(tanh, hyperbolicTangent(x))
ASSAY_UNARY(exp, exponential(x))
ASSAY_UNARY(log, logarithm(x))
ASSAY_UNARY(sqrt, __builtin_elementwise_sqrt(x))
ASSAY_UNARY(abs, magnitude(x))
ASSAY_UNARY(negate, -x)
ASSAY_UNARY(softplus, softplus(x))
ASSAY_UNARY(softsign, x / (1.0f + magnitude(x)))
ASSAY_UNARY(erf, errorFunction(x))
ASSAY_UNARY(hardSwish, x * atMost(atLeast(x * (1.0f / 6.0f) + 0.5f, 0.0f), 1.0f))
ASSAY_UNARY(hardSigmoid, atMost(atLeast(x * a + b, 0.0f), 1.0f))
ASSAY_UNARY(clip, atMost(atLeast(x, a), b))
ASSAY_UNARY(linear, x * a + b)
ASSAY_UNARY(gelu, 0.5f * x * (1.0f + errorFunction(x * 0.707106781186547524f)))
ASSAY_UNARY(geluTanh, geluTanh(x))
ASSAY_UNARY(mish, mish(x))
ASSAY_UNARY(swish, x / (1.0f + exponential(-a * x)))
ASSAY_UNARY(sign, select(x > 0.0f, (Floats)1.0f, select(x < 0.0f, (Floats)-1.0f, x)))
ASSAY_UNARY(floor, __builtin_elementwise_floor(x))
ASSAY_UNARY(ceil, __builtin_elementwise_ceil(x))
ASSAY_UNARY(round, __builtin_elementwise_roundeven(x))
ASSAY_UNARY(reciprocal, 1.0f / x)
ASSAY_UNARY(square, x * x)
ASSAY_UNARY(cube, x * x * x)

/// A vector with an argument too large (or no number) is left to the library's function, one element after the other.
#define ASSAY_CIRCULAR(name, function, quarter)                                                       \
    static void name##Elements(float *to, const float *from, int64_t count, float a, float b) {       \
        (void)a;                                                                                      \
        (void)b;                                                                                      \
        for (int64_t index = 0; index < count; index += ASSAY_LANES) {                                \
            const int64_t left = count - index < ASSAY_LANES ? count - index : ASSAY_LANES;           \
            const Floats x = loadPart(from + index, left);                                            \
            int isFar = 0;                                                                            \
            for (int64_t lane = 0; lane < left; lane++) isFar |= !(__builtin_fabsf(x[lane]) < 8192.0f); \
            Floats y = sineNearOrigin(x, quarter);                                                    \
            if (isFar) {                                                                              \
                for (int64_t lane = 0; lane < left; lane++) y[lane] = function(x[lane]);              \
            }                                                                                         \
            storePart(to + index, y, left);                                                           \
        }                                                                                             \
    }

ASSAY_CIRCULAR(sin, sinf, 0)
ASSAY_CIRCULAR(cos, cosf, 1)

static const AssayUnaryFunction unaryFunctions[ASSAY_UNARY_COUNT] = {
    [ASSAY_RELU] = reluElements, [ASSAY_LEAKY_RELU] = leakyReluElements, [ASSAY_ELU] = eluElements,
    [ASSAY_CELU] = celuElements, [ASSAY_SELU] = seluElements, [ASSAY_SIGMOID] = sigmoidElements,
    [ASSAY_TANH] = tanhElements, [ASSAY_EXP] = expElements, [ASSAY_LOG] = logElements, [ASSAY_SQRT] = sqrtElements,
    [ASSAY_ABS] = absElements, [ASSAY_NEGATE] = negateElements, [ASSAY_SOFTPLUS] = softplusElements,
    [ASSAY_SOFTSIGN] = softsignElements, [ASSAY_ERF] = erfElements, [ASSAY_HARD_SWISH] = hardSwishElements,
    [ASSAY_HARD_SIGMOID] = hardSigmoidElements, [ASSAY_CLIP] = clipElements, [ASSAY_LINEAR] = linearElements,
    [ASSAY_GELU] = geluElements, [ASSAY_GELU_TANH] = geluTanhElements, [ASSAY_MISH] = mishElements,
    [ASSAY_SWISH] = swishElements, [ASSAY_SIGN] = signElements, [ASSAY_FLOOR] = floorElements,
    [ASSAY_CEIL] = ceilElements, [ASSAY_ROUND] = roundElements, [ASSAY_RECIPROCAL] = reciprocalElements,
    [ASSAY_SIN] = sinElements, [ASSAY_COS] = cosElements, [ASSAY_SQUARE] = squareElements,
    [ASSAY_CUBE] = cubeElements,
};

static AssayUnaryFunction unaryFunction(AssayUnary function) {
    return function < ASSAY_UNARY_COUNT ? unaryFunctions[function] : 0;
}
