import Foundation

/// A convolution kernel of the antialiased resampling that Pillow uses.
enum ResampleKernel {
    case box, triangle, hamming, cubic, lanczos

    /// Half the kernel's width, in source pixels at scale 1.
    var support: Double {
        switch self {
        case .box: 0.5
        case .triangle, .hamming: 1
        case .cubic: 2
        case .lanczos: 3
        }
    }

    /// The kernel at a distance from its centre.
    func callAsFunction(_ distance: Double) -> Double {
        let x = abs(distance)
        switch self {
        case .box: return distance > -0.5 && distance <= 0.5 ? 1 : 0
        case .triangle: return x < 1 ? 1 - x : 0
        case .hamming:
            if x == 0 { return 1 }
            if x >= 1 { return 0 }
            let angle = x * Double.pi
            return sin(angle) / angle * (Double(Float(0.54)) + Double(Float(0.46)) * cos(angle))
        case .cubic:
            let a = -0.5
            if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
            if x < 2 { return (((x - 5) * x + 8) * x - 4) * a }
            return 0
        case .lanczos:
            guard distance >= -3, distance < 3 else { return 0 }
            return Self.sinc(distance) * Self.sinc(distance / 3)
        }
    }

    private static func sinc(_ x: Double) -> Double {
        if x == 0 { return 1 }
        let angle = x * Double.pi
        return sin(angle) / angle
    }
}
