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
