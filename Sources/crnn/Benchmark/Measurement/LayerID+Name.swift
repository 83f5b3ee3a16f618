import Recognition

extension CRNN.LayerID {
    /// The name of the layer in reports, numbered from 1 if there can be several.
    var name: String {
        switch self {
        case .convolution(let index): "convolution \(index + 1)"
        case .recurrence(let index): "LSTM \(index + 1)"
        case .classifier: "classifier"
        }
    }
}
