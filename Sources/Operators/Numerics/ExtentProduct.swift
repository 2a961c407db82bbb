extension Sequence<Int> {
    /// The product of some extents of a tensor's shape.
    ///
    /// 0 where it is no `Int`: then another extent of the shape is 0, and the tensor has no element.
    var extentProduct: Int {
        var product = 1
        for extent in self {
            let (next, overflows) = product.multipliedReportingOverflow(by: extent)
            if overflows { return 0 }
            product = next
        }
        return product
    }
}
