import Graphs
import Tensors

/// A cache with an update written along its sequence axis, for each sample from an index of its own on.
struct TensorScatter: Operator {
    let name = "TensorScatter"
    let family = OperatorFamily.indexing
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [
            .init("past_cache", TypeSets.all), .init("update", TypeSets.all),
            .init("write_indices", TypeSets.int64, .optional),
        ],
        outputs: [.init("present_cache", TypeSets.all)],
        attributes: [.init("axis", default: .int(-2)), .init("mode", default: .string("linear"))], versions: [24])

    /// The sequence axis, and whether writing starts over at the end of the cache.
    private func form(_ site: CallSite, rank: Int) throws(OperatorError) -> (axis: Int, isCircular: Bool) {
        let mode = try attributes(site).string("mode")
        let axis = try Axes.normalize(try attributes(site).int("axis"), rank: rank, site.path)
        guard mode == "linear" || mode == "circular", axis > 0 else {
            throw OperatorError(
                .attribute, subject: site.path, reason: "attribute 'mode' is '\(mode)' and 'axis' \(axis)",
                remedy: "use linear or circular, and an axis after the batch")
        }
        return (axis, mode == "circular")
    }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = try commonElementType(site, [0, 1]) else { return [nil] }
        guard let cache = site.shape(0)?.dimensions else { return [.tensor(type, nil)] }
        let axis = try form(site, rank: cache.count).axis
        if let update = site.shape(1)?.dimensions {
            let fits =
                update.count == cache.count
                && cache.indices.allSatisfy { index in
                    if index != axis { return cache[index].mayEqual(update[index]) }
                    return update[index].value ?? 0 <= cache[index].value ?? .max
                }
            guard fits else {
                throw OperatorError(
                    .shape, subject: site.path,
                    reason: "an update of shape \(SymbolicShape(update).text) does not fit a cache of shape "
                        + SymbolicShape(cache).text)
            }
        }
        return [.tensor(type, SymbolicShape(cache))]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        _ = try inferTypes(call.typedSite)
        let (cache, update) = (try call.tensor(0), try call.tensor(1))
        let (axis, isCircular) = try form(call.site, rank: cache.shape.rank)
        let starts = try call.optionalIntegers(2) ?? [Int](repeating: 0, count: cache.shape[0])
        let (extent, length) = (cache.shape[axis], update.shape[axis])
        guard starts.count == cache.shape[0] else {
            throw OperatorError(
                .shape, subject: call.path, reason: "\(starts.count) write indices do not fit \(cache.shape[0]) samples"
            )
        }
        if let start = starts.first(where: { !isCircular && ($0 < 0 || $0 > extent - length) }) {
            throw OperatorError(
                .index, subject: call.path, reason: "\(length) elements from \(start) on pass the end of \(extent)",
                remedy: "use mode circular, or a longer cache")
        }
        // Elements of the update stand after those of the cache.
        var sources = Array(0..<cache.elementCount)
        let strides = cache.shape.strides
        for (number, index) in Odometer(update.shape).enumerated() {
            var place = 0
            for other in index.indices where other != axis { place += index[other] * strides[other] }
            let position = starts[index[0]] % extent + index[axis]
            sources[place + (position + extent) % extent * strides[axis]] = cache.elementCount + number
        }
        let joined = try cache.joined(update, call.path)
        return [.tensor(try joined.gathered(sources, shape: cache.shape, path: call.path))]
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        guard let type = site.elementType(0), type.isFloatingPoint else { return nil }
        let rank = try site.requireRank(0)
        let (axis, isCircular) = try form(site, rank: rank)
        var builder = PullbackBuilder(site)
        let (cache, update) = (builder.input(0), builder.input(1))
        var places = builder.body.unsqueeze(
            builder.body.positions(along: axis, of: update), axes: Array(1..<rank - axis))
        if site.hasInput(2) {
            places = builder.body.add(places, builder.body.unsqueeze(builder.input(2), axes: Array(1..<rank)))
        }
        if isCircular { places = builder.body.call("Mod", [places, builder.body.extents(cache, axis..<axis + 1)]) }
        places = builder.body.call("Expand", [places, builder.body.shape(update)])
        let along = [Attribute("axis", .int(axis))]
        let zeros = try builder.body.zeros(builder.body.shape(update), type)
        builder.result(0, builder.body.call("ScatterElements", [builder.gradient(), places, zeros], along))
        builder.result(1, builder.body.call("GatherElements", [builder.gradient(), places], along))
        return builder.pullback()
    }

    var examples: [Example] {
        let cache = Value.floats([1, 2, 3, 4, 5, 6, 7, 8], [2, 4, 1])
        let update = Value.floats([10, 20, 30, 40], [2, 2, 1])
        return [
            Example(
                "from the start", opset: 24, inputs: [cache, update],
                expected: [.floats([10, 20, 3, 4, 30, 40, 7, 8], [2, 4, 1])]),
            Example(
                "from an index a sample", opset: 24, inputs: [cache, update, .ints([1, 2])],
                expected: [.floats([1, 10, 20, 4, 5, 6, 30, 40], [2, 4, 1])]),
            Example(
                "over the end", opset: 24, attributes: [Attribute("mode", .string("circular"))],
                inputs: [cache, update, .ints([3, 5])],
                expected: [.floats([20, 2, 3, 10, 5, 30, 40, 8], [2, 4, 1])]),
            Example(
                "last axis", opset: 24, attributes: [Attribute("axis", .int(-1))],
                inputs: [.noise([2, 3, 4]), .noise([2, 3, 2], seed: 2), .ints([2, 0])], constantInputs: [2]),
        ]
    }
}
