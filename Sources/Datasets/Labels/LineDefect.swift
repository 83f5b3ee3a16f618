/// The reason why a line of a list cannot be used.
struct LineDefect: Error {
    let reason: String
    var hint: ListedSample.Hint? = nil
}
