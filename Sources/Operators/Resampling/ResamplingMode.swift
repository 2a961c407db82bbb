/// How an element of a resampled axis is made from its neighbours.
struct ResamplingMode: Sendable, Hashable {
    /// The interpolation.
    enum Filter: Sendable, Hashable {
        case nearest(Rounding)
        case linear
        /// Cubic convolution with parameter a (Keys, "Cubic Convolution Interpolation for Digital Image Processing", 1981).
        case cubic(a: Double)
    }

    /// Which neighbour is nearest.
    enum Rounding: String, Sendable, Hashable {
        case preferFloor = "round_prefer_floor"
        case preferCeiling = "round_prefer_ceil"
        case floor = "floor"
        case ceiling = "ceil"
    }

    /// Where an output element lies in the input (`coordinate_transformation_mode`).
    enum Coordinates: String, Sendable, Hashable {
        case halfPixel = "half_pixel"
        case halfPixelSymmetric = "half_pixel_symmetric"
        case halfPixelOrZero = "pytorch_half_pixel"
        case alignCorners = "align_corners"
        case asymmetric = "asymmetric"
        case cropAndResize = "tf_crop_and_resize"
    }

    /// The interpolation.
    var filter: Filter
    /// Where output elements lie.
    var coordinates: Coordinates
    /// Whether a filter is widened where the axis shrinks.
    var smooths = false
    /// Whether neighbours outside the input are left out instead of repeating the edge.
    var excludesOutside = false

    /// The weight of a neighbour at a distance.
    func weight(_ distance: Double) -> Double {
        let x = distance.magnitude
        switch filter {
        case .nearest: return 1
        case .linear: return max(0, 1 - x)
        case .cubic(let a):
            if x <= 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
            return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0
        }
    }

    /// How far the filter reaches.
    var reach: Double {
        switch filter {
        case .nearest: 0
        case .linear: 1
        case .cubic: 2
        }
    }
}
