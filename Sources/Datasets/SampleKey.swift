/// The keys that all CRNN tools share: `num-samples`, and `image-%09d` with `label-%09d` counted from 1.
enum SampleKey {
    static let count = "num-samples"

    /// The key of the encoded image of the sample at `index`, counted from 0.
    static func image(_ index: Int) -> String { "image-" + numbered(index) }

    /// The key of the text of the sample at `index`, counted from 0.
    static func label(_ index: Int) -> String { "label-" + numbered(index) }

    private static func numbered(_ index: Int) -> String {
        let digits = String(index + 1)
        return String(repeating: "0", count: max(0, 9 - digits.utf8.count)) + digits
    }
}
