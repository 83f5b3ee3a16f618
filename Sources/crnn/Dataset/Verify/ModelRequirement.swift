import Datasets
import Recognition

/// The requirements of a model for a sample: symbols in its alphabet, and enough frames for them.
struct ModelRequirement: Sendable {
    private let alphabet: Alphabet
    private let preprocessor: Preprocessor
    private let network: CRNNConfiguration

    init(_ checkpoint: Checkpoint) {
        (alphabet, preprocessor) = (checkpoint.alphabet, checkpoint.preprocessor)
        network = checkpoint.model.configuration
    }

    /// The problem of a sample that violates the requirements; nil if there is none.
    func finding(_ label: String, width: Int, height: Int) -> (kind: DatasetProblem.Kind, detail: String)? {
        let padded: Int
        do { padded = try preprocessor.paddedWidth(width, height) } catch { return (.tooWide, "\(error)") }
        do {
            try network.checkFit(of: label, try alphabet.encode(label), inWidth: padded)
            return nil
        } catch let error as UnfitLabel {
            return (.doesNotFit, "\(error)")
        } catch {
            return (.outsideAlphabet, "“\(label)”: \(error)")
        }
    }

    /// The problem of a label with a symbol that is not in `alphabet`; nil if there is none.
    static func outside(_ alphabet: Alphabet, _ label: String) -> (kind: DatasetProblem.Kind, detail: String)?
    {
        do {
            _ = try alphabet.encode(label)
            return nil
        } catch {
            return (.outsideAlphabet, "“\(label)”: \(error)")
        }
    }
}
