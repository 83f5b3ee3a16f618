import Files
import Neural
import Recognition
import Tensors
import TestSupport
import Testing

private let device = ReferenceDevice()

private func checkpoint() throws -> Checkpoint {
    Checkpoint(
        model: try network(tinyConfiguration(), classCount: 3), alphabet: try Alphabet(characters: "ab"),
        preprocessor: Preprocessor(height: 16))
}

@Test func anExtendedModelScoresItsOldSymbolsAsBefore() throws {
    var generator = SeededGenerator(seed: 2)
    let old = try checkpoint()
    let new = try old.extended(by: Alphabet(characters: "xbc"), using: &generator)
    #expect(new.alphabet.symbols == ["a", "b", "x", "c"])
    let image = Tensor.wave([1, 16, 24, 1], on: device)
    let before = old.model(image), after = new.model(image)
    #expect(after.shape == before.shape.replacingLast(with: 5))
    let (kept, added) = device.split(after, firstCount: 3)
    #expect(kept.scalars == before.scalars)
    #expect(Set(added.scalars).count > 2)
}

@Test func aModelThatKnowsAllSymbolsStaysAsItIs() throws {
    var generator = SeededGenerator(seed: 2)
    let old = try checkpoint()
    let same = try old.extended(by: Alphabet(characters: "ba"), using: &generator)
    #expect(same.alphabet == old.alphabet)
    #expect(same.model.classifier.kernel.value.scalars == old.model.classifier.kernel.value.scalars)
}
