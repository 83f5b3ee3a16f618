/// The text of one sample.
struct SampleText {
    /// The label.
    var text: String
    /// The number of UTF-8 bytes at the end that are set as superscript.
    var superscriptBytes = 0
}
