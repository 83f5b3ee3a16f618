/// Why a sample was not added.
struct Refusal: Error {
    let reason: String
}
