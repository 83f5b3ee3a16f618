import Neural
import Tensors

extension Checkpoint {
    /// This model for further symbols: it reads what it has read before as it did, and starts with random weights
    /// for the symbols of `alphabet` that it lacks; they come after its own.
    public func extended(
        by alphabet: Alphabet, using generator: inout some RandomNumberGenerator
    ) throws(AlphabetError) -> Checkpoint {
        let known = Set(self.alphabet.symbols)
        let added = alphabet.symbols.filter { !known.contains($0) }
        guard !added.isEmpty else { return self }
        var extended = self
        extended.alphabet = try Alphabet(self.alphabet.symbols + added)
        extended.model.classifier = model.classifier.extended(
            to: extended.alphabet.classes, using: &generator)
        return extended
    }
}

extension Linear {
    /// This map with further outputs of random weights.
    fileprivate func extended(to outputs: Int, using generator: inout some RandomNumberGenerator) -> Linear {
        let device = kernel.value.device
        let shape = kernel.value.shape
        var result = Linear(inputs: shape[0], outputs: outputs, on: device, using: &generator)
        result.kernel.value = device.concatenated(
            kernel.value, device.split(result.kernel.value, firstCount: shape[1]).second)
        result.bias.value = device.concatenated(
            bias.value, device.split(result.bias.value, firstCount: shape[1]).second)
        return result
    }
}
