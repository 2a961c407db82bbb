/// How samples are computed when a picture changes size; filters of one name in two libraries are different functions.
///
/// Accuracy of a model depends on it: Pillow's filters grow with the reduction (antialiasing), OpenCV's `linear` and
/// `cubic` look at 2 and 4 neighbours whatever the reduction.
public enum ResizeFilter: String, Sendable, Hashable, Codable, CaseIterable {
    /// Pillow's nearest neighbour.
    case pillowNearest = "pillow.nearest"
    /// Pillow's box filter: the mean of the covered pixels.
    case pillowBox = "pillow.box"
    /// Pillow's triangle filter, antialiased.
    case pillowBilinear = "pillow.bilinear"
    /// Pillow's Hamming-windowed sinc of radius 1, antialiased.
    case pillowHamming = "pillow.hamming"
    /// Pillow's cubic convolution (a = −0.5), antialiased.
    case pillowBicubic = "pillow.bicubic"
    /// Pillow's Lanczos filter of radius 3, antialiased.
    case pillowLanczos = "pillow.lanczos"
    /// OpenCV's `INTER_NEAREST`.
    case openCVNearest = "opencv.nearest"
    /// OpenCV's `INTER_LINEAR`, without antialiasing.
    case openCVLinear = "opencv.linear"
    /// OpenCV's `INTER_AREA`: the mean of the covered area when it shrinks, linear when it grows.
    case openCVArea = "opencv.area"
    /// OpenCV's `INTER_CUBIC` (a = −0.75), without antialiasing.
    case openCVCubic = "opencv.cubic"

    /// The filter's kernel among Pillow's convolutions; `nil` for the others.
    var kernel: ResampleKernel? {
        switch self {
        case .pillowBox: .box
        case .pillowBilinear: .triangle
        case .pillowHamming: .hamming
        case .pillowBicubic: .cubic
        case .pillowLanczos: .lanczos
        default: nil
        }
    }
}
