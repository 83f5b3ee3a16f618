import Neural
import Tensors

extension Checkpoint {
    /// The model, extended by the symbols of `alphabet` that it lacks. The new symbols follow its own and get random
    /// weights; the weights of its own symbols stay.
    public func extended(
        by alphabet: Alphabet, using generator: inout some RandomNumberGenerator
    ) throws(AlphabetError) -> Checkpoint {
        let known = Set(self.alphabet.symbols)
        let added = alphabet.symbols.filter { !known.contains($0) }
        guard !added.isEmpty else { return self }
        var extended = self
        extended.alphabet = try Alphabet(self.alphabet.symbols + added)
        extended.model.classifier = model.classifier.extended(
            to: extended.alphabet.classCount, using: &generator)
        return extended
    }
}

extension Dense {
    /// The layer, extended by units with random weights.
    fileprivate func extended(to units: Int, using generator: inout some RandomNumberGenerator) -> Dense {
        let device = kernel.value.device
        let shape = kernel.value.shape
        var result = Dense(features: shape[0], units: units, on: device, using: &generator)
        result.kernel.value = .concatenated([kernel.value, result.kernel.value.split(at: shape[1]).second])
        result.bias.value = .concatenated([bias.value, result.bias.value.split(at: shape[1]).second])
        return result
    }
}
