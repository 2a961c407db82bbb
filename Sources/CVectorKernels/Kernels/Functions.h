// Elementary functions of vectors, within a few units in the last place; NaN stays NaN.

/// The polynomial of e^r for |r| <= ln 2 / 2: that of S. Moshier's Cephes library, `expf`.
ASSAY_INLINE Floats exponentialNearZero(Floats r) {
    Floats y = 1.9875691500e-4f;
    y = y * r + 1.3981999507e-3f;
    y = y * r + 8.3334519073e-3f;
    y = y * r + 4.1665795894e-2f;
    y = y * r + 1.6666665459e-1f;
    y = y * r + 5.0000001201e-1f;
    return y * (r * r) + r + 1.0f;
}

/// What is added to a float below 2^22 so that its nearest integer stands in its lowest bits.
#define ASSAY_SHIFT 12582912.0f

/// What is left of x when `n` times the logarithm of 2 is taken away, in two exact steps.
ASSAY_INLINE Floats reduced(Floats x, Floats n) { return (x - n * 0.693359375f) - n * -2.12194440e-4f; }

/// 2^n for the integer in the lowest bits of n + ASSAY_SHIFT.
ASSAY_INLINE Floats powerOfTwo(Ints shifted) { return fromBits((shifted + 127) << 23); }

/// e^x; overflow gives infinity, and results below the smallest normal number are denormal.
ASSAY_INLINE Floats exponential(Floats x) {
    const Floats bounded = atLeast(atMost(x, 89.0f), -104.0f);
    const Floats shifted = bounded * 1.44269504088896341f + ASSAY_SHIFT;
    const Floats n = shifted - ASSAY_SHIFT;
    // Two factors, so that neither of them overflows.
    const Ints whole = bits(shifted) - 0x4b400000, half = whole >> 1;
    return exponentialNearZero(reduced(bounded, n)) * powerOfTwo(half) * powerOfTwo(whole - half);
}

/// e^x between e^-87 and e^88: what lies outside is bounded by them.
ASSAY_INLINE Floats boundedExponential(Floats x) {
    const Floats bounded = atLeast(atMost(x, 88.0f), -87.0f);
    const Floats shifted = bounded * 1.44269504088896341f + ASSAY_SHIFT;
    const Floats n = shifted - ASSAY_SHIFT;
    return exponentialNearZero(reduced(bounded, n)) * powerOfTwo(bits(shifted));
}

/// 1 / (1 + e^-x).
ASSAY_INLINE Floats sigmoid(Floats x) { return 1.0f / (1.0f + boundedExponential(-x)); }

/// The hyperbolic tangent: below 0.625 the polynomial of Cephes, `tanhf`; above it 1 - 2 / (e^2x + 1).
ASSAY_INLINE Floats hyperbolicTangent(Floats x) {
    const Floats z = magnitude(x), s = x * x;
    Floats p = -5.70498872745e-3f;
    p = p * s + 2.06390887954e-2f;
    p = p * s + -5.37397155531e-2f;
    p = p * s + 1.33314422036e-1f;
    p = p * s + -3.33332819422e-1f;
    const Floats small = p * s * x + x;
    const Floats large = withSign(1.0f - 2.0f / (boundedExponential(z + z) + 1.0f), x);
    return select(z < 0.625f, small, large);
}

/// The natural logarithm: the polynomial of Cephes, `logf`.
ASSAY_INLINE Floats logarithm(Floats x) {
    // Denormal numbers are scaled into the normal range first.
    const Ints isSmall = x < 1.17549435e-38f;
    const Floats scaled = select(isSmall, x * 33554432.0f, x);
    const Ints code = bits(scaled);
    Floats exponent = __builtin_convertvector((code >> 23) - 126, Floats) - select(isSmall, (Floats)25.0f, (Floats)0.0f);
    Floats m = fromBits((code & 0x007fffff) | 0x3f000000);
    const Ints isLow = m < 0.707106781186547524f;
    exponent = exponent - select(isLow, (Floats)1.0f, (Floats)0.0f);
    m = select(isLow, m + m, m) - 1.0f;
    const Floats z = m * m;
    Floats y = 7.0376836292e-2f;
    y = y * m + -1.1514610310e-1f;
    y = y * m + 1.1676998740e-1f;
    y = y * m + -1.2420140846e-1f;
    y = y * m + 1.4249322787e-1f;
    y = y * m + -1.6668057665e-1f;
    y = y * m + 2.0000714765e-1f;
    y = y * m + -2.4999993993e-1f;
    y = y * m + 3.3333331174e-1f;
    y = y * m * z;
    y = y + exponent * -2.12194440e-4f;
    y = y - 0.5f * z;
    Floats result = m + y + exponent * 0.693359375f;
    result = select(x == __builtin_inff(), x, result);
    result = select(x == 0.0f, (Floats)-__builtin_inff(), result);
    return select((x < 0.0f) | (x != x), x * 0.0f / 0.0f, result);
}

/// ln(1 + u) for u within 0...1: the rounding of the sum is made good to first order.
ASSAY_INLINE Floats logarithmOfOneAnd(Floats u) {
    const Floats sum = 1.0f + u;
    return logarithm(sum) + (u - (sum - 1.0f)) / sum;
}

/// The error function. Both polynomials are least-squares fits of the project's own, made by
/// Scripts/fit_error_function.py: erf(x) / x - 1 in x^2 below 0.93, and -ln(1 - erf(x)) / x - 1 in x above it.
ASSAY_INLINE Floats errorFunction(Floats x) {
    const Floats s = x * x, t = atMost(magnitude(x), 4.0f);
    Floats p = -0.0005953724030405283f;
    p = p * s + 0.004985933657735586f;
    p = p * s + -0.02676171250641346f;
    p = p * s + 0.11281681805849075f;
    p = p * s + -0.3761247992515564f;
    p = p * s + 0.12837915122509003f;
    Floats q = 1.1230495147174224e-05f;
    q = q * t + -0.00032279573497362435f;
    q = q * t + 0.003642425872385502f;
    q = q * t + -0.023761993274092674f;
    q = q * t + 0.10623679310083389f;
    q = q * t + 0.6351513862609863f;
    q = q * t + 0.12864847481250763f;
    const Floats large = withSign(1.0f - boundedExponential(-(q * t) - t), x);
    return select(t < 0.93f, p * x + x, large);
}

/// Sine (`quarter` 0) or cosine (`quarter` 1) of arguments below 8192 in magnitude: reduction to the nearest quarter turn
/// in three exact steps and the polynomials of Cephes, `sinf`.
ASSAY_INLINE Floats sineNearOrigin(Floats x, const int32_t quarter) {
    const Floats shifted = x * 0.636619772367581343f + ASSAY_SHIFT;
    const Floats n = shifted - ASSAY_SHIFT;
    const Ints turn = bits(shifted) + quarter;
    const Floats r = ((x - n * 1.5703125f) - n * 4.837512969970703125e-4f) - n * 7.54978995489188216e-8f;
    const Floats s = r * r;
    const Floats sine = ((-1.9515295891e-4f * s + 8.3321608736e-3f) * s + -1.6666654611e-1f) * s * r + r;
    const Floats cosine =
        ((2.443315711809948e-5f * s + -1.388731625493765e-3f) * s + 4.166664568298827e-2f) * s * s - 0.5f * s + 1.0f;
    const Floats value = select((turn & 1) != 0, cosine, sine);
    return fromBits(bits(value) ^ ((turn & 2) << 30));
}
