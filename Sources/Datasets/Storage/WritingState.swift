/// What a data set says about the run that writes it: the value of `crnn-progress`, which a finished set does not have.
enum WritingState: Equatable {
    /// Samples are missing. The note is the position in the source; without one, the run cannot be resumed.
    case unfinished(note: String?)
    /// All samples are there, but the set may not have its name yet.
    case complete(note: String)
    /// All samples are there, and the set has its name.
    case finished

    private static let completeMark = "complete "

    /// The state of the stored value; nil stands for a missing key.
    init(_ value: [UInt8]?) {
        guard let text = value.map({ String(decoding: $0, as: UTF8.self) }) else {
            self = .finished
            return
        }
        let isComplete = text.hasPrefix(Self.completeMark)
        self =
            isComplete
            ? .complete(note: String(text.dropFirst(Self.completeMark.count)))
            : .unfinished(note: text.isEmpty ? nil : text)
    }

    /// The value to store; empty if there is nothing to say.
    var bytes: [UInt8] {
        switch self {
        case .unfinished(let note): Array((note ?? "").utf8)
        case .complete(let note): Array((Self.completeMark + note).utf8)
        case .finished: []
        }
    }

    /// The position in the source; nil if there is none.
    var note: String? {
        switch self {
        case .unfinished(let note): note
        case .complete(let note): note
        case .finished: nil
        }
    }
}
