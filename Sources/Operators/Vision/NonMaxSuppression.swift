import Graphs
import Tensors

/// The boxes of each class that no better box of the class overlaps too much.
///
/// Boxes are taken from the best score down (the earlier box first where scores are equal); one whose intersection over
/// union with a box taken before exceeds `iou_threshold` is left out.
struct NonMaxSuppression: Operator {
    let name = "NonMaxSuppression"
    let family = OperatorFamily.vision
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [
            .init("boxes", [.float32]), .init("scores", [.float32]),
            .init("max_output_boxes_per_class", TypeSets.int64, .optional),
            .init("iou_threshold", [.float32], .optional),
            .init("score_threshold", [.float32], .optional),
        ], outputs: [.init("selected_indices", TypeSets.int64)],
        attributes: [.init("center_point_box", default: .int(0))], versions: [10, 11])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        [.tensor(.int64, [.unknown, .fixed(3)])]
    }

    /// Each box against each other box of its class, at most.
    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        let pairs = Work.elementCount(site.operand(1)?.type) * Double(site.shape(1)?.dimensions.last?.value ?? 0)
        return .traffic(site, outputs: outputs, operations: 8 * pairs)
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let (boxes, scores) = (try call.tensor(0), try call.tensor(1))
        guard boxes.shape.rank == 3, scores.shape.rank == 3, boxes.shape[2] == 4, boxes.shape[0] == scores.shape[0],
            boxes.shape[1] == scores.shape[2]
        else {
            throw OperatorError(
                .shape, subject: call.path,
                reason: "boxes of shape \(boxes.shape) and scores of shape \(scores.shape) do not belong together",
                remedy: "boxes are [batch, box, 4] and scores [batch, class, box]")
        }
        let selection = BoxSelection(
            corners: try corners(boxes, try attributes(call).flag("center_point_box"), call.path),
            scores: try scores.elements(call.path), boxes: boxes.shape[1], classes: scores.shape[1],
            limit: try call.optionalIntegers(2)?.first ?? 0, overlap: try scalar(call, 3) ?? 0,
            lowestScore: try scalar(call, 4))
        var indices: [Int64] = []
        for image in 0..<boxes.shape[0] {
            for number in 0..<scores.shape[1] {
                for box in selection.boxes(image: image, ofClass: number) {
                    indices += [Int64(image), Int64(number), Int64(box)]
                }
            }
        }
        return [try .make(indices, [indices.count / 3, 3], call.path)]
    }

    private func scalar(_ call: Call, _ index: Int) throws(OperatorError) -> Float? {
        guard let tensor = try call.optionalTensor(index) else { return nil }
        let values: [Float] = try tensor.elements(call.path)
        return values.first
    }

    /// The smaller and larger coordinates of each box along both axes.
    private func corners(
        _ boxes: Tensor, _ areCentered: Bool, _ path: String
    ) throws(OperatorError) -> [BoxSelection.Box] {
        let values: [Float] = try boxes.elements(path)
        return stride(from: 0, to: values.count, by: 4).map { start in
            let (a, b, c, d) = (values[start], values[start + 1], values[start + 2], values[start + 3])
            return areCentered
                ? .init(low: (a - c / 2, b - d / 2), high: (a + c / 2, b + d / 2))
                : .init(low: (min(a, c), min(b, d)), high: (max(a, c), max(b, d)))
        }
    }

    var examples: [Example] {
        let boxes = Value.floats([0, 0, 1, 1, 0, 0.1, 1, 1.1, 0, 2, 1, 3], [1, 3, 4])
        let scores = Value.floats([0.6, 0.9, 0.3], [1, 1, 3])
        let half = Value.floats([0.5], [])
        return [
            Example(
                "overlapping boxes", opset: 11, inputs: [boxes, scores, .ints([3], []), half, nil],
                expected: [.ints([0, 0, 1, 0, 0, 2], [2, 3])], isDifferentiable: false),
            Example(
                "a least score", opset: 10, inputs: [boxes, scores, .ints([3], []), half, .floats([0.4], [])],
                expected: [.ints([0, 0, 1], [1, 3])], isDifferentiable: false),
            Example(
                "one box of each class", opset: 11,
                inputs: [boxes, .floats([0.6, 0.9, 0.3, 0.1, 0.2, 0.8], [1, 2, 3]), .ints([1], []), half],
                expected: [.ints([0, 0, 1, 0, 1, 2], [2, 3])], isDifferentiable: false),
            Example(
                "centres and extents", opset: 11, attributes: [.init("center_point_box", .int(1))],
                inputs: [
                    .floats([0.5, 0.5, 1, 1, 0.6, 0.5, 1, 1, 2.5, 0.5, 1, 1], [1, 3, 4]), scores, .ints([3], []), half,
                ], expected: [.ints([0, 0, 1, 0, 0, 2], [2, 3])], isDifferentiable: false),
        ]
    }
}
