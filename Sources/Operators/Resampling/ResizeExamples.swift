import Graphs
import Tensors

/// The examples of `Resize`, one for each mode.
enum ResizeExamples {
    private static func text(_ name: String, _ value: String) -> Attribute { Attribute(name, .string(value)) }

    private static func scaled(
        _ name: String, _ scales: [Float], _ attributes: [Attribute], data: Value = .noise([1, 1, 4, 4]),
        expected: [Value]? = nil
    ) -> Example {
        Example(
            name, opset: 19, attributes: attributes, inputs: [data, nil, .floats(scales)], constantInputs: [2],
            expected: expected)
    }

    static var all: [Example] {
        let square = Value.floats([1, 2, 3, 4], [1, 1, 2, 2])
        let linear = text("mode", "linear")
        let cubic = text("mode", "cubic")
        let place = { text("coordinate_transformation_mode", $0) }
        return [
            scaled(
                "nearest", [1, 1, 1, 2], [], data: square,
                expected: [.floats([1, 1, 2, 2, 3, 3, 4, 4], [1, 1, 2, 4])]),
            Example(
                "version 10", opset: 10, attributes: [], inputs: [square, .floats([1, 1, 2, 1])], constantInputs: [1],
                expected: [.floats([1, 2, 1, 2, 3, 4, 3, 4], [1, 1, 4, 2])]),
            Example(
                "nearest, floor, asymmetric, by sizes", opset: 13,
                attributes: [place("asymmetric"), text("nearest_mode", "floor")],
                inputs: [.noise([1, 2, 3, 3]), nil, nil, .ints([1, 2, 5, 2])], constantInputs: [3]),
            scaled("nearest, ceiling", [1, 1, 0.75, 1.5], [text("nearest_mode", "ceil")]),
            scaled("nearest, ties up", [1, 1, 0.5, 0.5], [text("nearest_mode", "round_prefer_ceil")]),
            scaled(
                "linear", [1, 1, 1, 2], [linear], data: square,
                expected: [.floats([1, 1.25, 1.75, 2, 3, 3.25, 3.75, 4], [1, 1, 2, 4])]),
            scaled("linear, corners aligned", [1, 1, 2, 0.5], [linear, place("align_corners")]),
            scaled("linear, asymmetric", [1, 1, 2, 1.5], [linear, place("asymmetric")]),
            scaled("linear, one element stays at the border", [1, 1, 0.25, 2], [linear, place("pytorch_half_pixel")]),
            scaled("linear, centred", [1, 1, 2.3, 0.6], [linear, place("half_pixel_symmetric")]),
            scaled("linear, smoothed", [1, 1, 0.5, 0.6], [linear, Attribute("antialias", .int(1))]),
            scaled("cubic", [1, 1, 2, 0.75], [cubic]),
            scaled(
                "cubic, inside only", [1, 1, 2, 2],
                [cubic, Attribute("cubic_coeff_a", .float(-0.5)), Attribute("exclude_outside", .int(1))]),
            scaled("cubic, smoothed", [1, 1, 0.5, 0.5], [cubic, Attribute("antialias", .int(1))]),
            Example(
                "cropped", opset: 13,
                attributes: [linear, place("tf_crop_and_resize"), Attribute("extrapolation_value", .float(10))],
                inputs: [
                    .noise([1, 1, 4, 4]), .floats([0, 0, 0.4, 0.6, 1, 1, 1.2, 1.7]), nil, .ints([1, 1, 3, 3]),
                ], constantInputs: [1, 3]),
            Example(
                "named axes, not larger", opset: 18,
                attributes: [Attribute("axes", .ints([2, 3])), text("keep_aspect_ratio_policy", "not_larger")],
                inputs: [.noise([1, 1, 2, 4]), nil, nil, .ints([4, 6])], constantInputs: [3]),
            Example(
                "named axes, not smaller", opset: 18,
                attributes: [Attribute("axes", .ints([3, 2])), text("keep_aspect_ratio_policy", "not_smaller")],
                inputs: [.noise([1, 1, 2, 4]), nil, nil, .ints([4, 6])], constantInputs: [3]),
        ]
    }
}
