#!/usr/bin/env python3
"""Fits the polynomials of the error function in Sources/CVectorKernels/Kernels/Functions.h.

Needs numpy and mpmath. Least squares on a dense grid, re-weighted until the largest relative error of the function
stops falling; coefficients are rounded to single precision and printed from the constant up.
"""

import mpmath
import numpy as np


def fit(x, y, weights, degree, rounds):
    """Coefficients that bring the largest weighted error down, and that error."""
    powers = np.vander(x, degree + 1, increasing=True)
    current = weights.copy()
    for _ in range(rounds):
        coefficients, *_ = np.linalg.lstsq(powers * current[:, None], y * current, rcond=None)
        error = np.abs((powers @ coefficients - y) * weights)
        current = current * np.sqrt(error / error.max() + 1e-3)
        current = np.maximum(current / current.max(), 1e-6 * weights / weights.max())
    return coefficients, error.max()


def values(function, x):
    return np.array([float(function(mpmath.mpf(value))) for value in x])


def show(name, coefficients, error):
    print(name, f"relative error {error:.2e}")
    print("   ", ", ".join(repr(float(np.float32(value))) for value in coefficients))


def main():
    squares = np.linspace(1e-9, 0.93**2, 4001)
    x = np.sqrt(squares)
    ratio = values(mpmath.erf, x) / x
    show("erf(x) / x - 1 in x^2 below 0.93:", *fit(squares, ratio - 1, 1 / ratio, 5, 60))

    t = np.linspace(0.92, 4.0, 8001)
    rest = values(mpmath.erfc, t)
    logarithm = -values(lambda value: mpmath.log(mpmath.erfc(value)), t)
    weights = np.maximum(rest * t / values(mpmath.erf, t), 1e-9)
    show("-ln(1 - erf(x)) / x - 1 in x above 0.93:", *fit(t, logarithm / t - 1, weights, 6, 200))


if __name__ == "__main__":
    main()
