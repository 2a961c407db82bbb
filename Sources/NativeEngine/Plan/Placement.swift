/// One way in which the elements of a value of a plan lie.
struct Placement {
    let layout: Layout
    let buffer: Int
}
