/// Why a sample cannot be written in the requested format.
struct Unwritable: Error {
    let reason: String
}
