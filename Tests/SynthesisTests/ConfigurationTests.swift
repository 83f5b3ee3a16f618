import Foundation
import TestSupport
import Testing

@testable import Synthesis

/// Reads the configuration `json` from a file.
private func read(_ json: String) throws -> SynthesisConfiguration {
    let folder = try TemporaryFolder()
    try Data(json.utf8).write(to: URL(filePath: folder.path("look.json")))
    return try SynthesisConfiguration(reading: folder.path("look.json"))
}

@Test(arguments: SynthesisConfiguration.presetNames)
func aPrintedConfigurationIsReadBackUnchanged(preset: String) throws {
    let configuration = try SynthesisConfiguration.preset(preset)
    #expect(try read(configuration.json()) == configuration)
}

@Test func aConfigurationStatesOnlyTheDifferencesFromItsPreset() throws {
    let configuration = try read(
        #"{"preset": "scene", "effects": {"blur": {"probability": 0.125}}, "text": {"alphabet": "ab"}}"#)
    var expected = SynthesisConfiguration.scene
    expected.effects.blur.probability = 0.125
    expected.text.alphabet = "ab"
    #expect(configuration == expected)
}

@Test(arguments: [
    (#"{"effects": {"blurr": {}}}"#, "there is no setting “effects.blurr”"),
    (#"{"preset": "foto"}"#, "there is no such preset"),
    (#"{"effects": {"blur": {"probability": 1.5}}}"#, "effects.blur.probability: 1.5"),
    (#"{"effects": {"jpeg": {"strength": [0, 50]}}}"#, "effects.jpeg.strength: 1.0 … 100.0"),
    (#"{"effects": {"blur": {"strength": [2, 1]}}}"#, "expected [least, greatest]"),
    (#"{"image": {"height": [2, 20]}}"#, "image.height"),
    (#"{"image": {"legibility": 1}}"#, "image.legibility"),
    (#"{"text": {"lengths": []}}"#, "text.lengths"),
    (#"{"text": {"letterCase": {"asWritten": -1}}}"#, "weights are 0 or more"),
    (#"{"text": {"longS": 0.1}}"#, "text.longS: add ſ to text.alphabet"),
    (#"{"effects": {"arc": {"strength": [0, 300]}}}"#, "effects.arc.strength: -270.0 … 270.0"),
    (#"{"text": {"balanced": 7}}"#, "text: probabilities"),
    (#"{"fonts": {"slanted": 2}}"#, "fonts.slanted"),
    ("[1]", "it is not a JSON object"),
])
func invalidSettingsAreNamed(json: String, message: String) {
    #expect { try read(json) } throws: { "\($0)".contains(message) }
}

@Test func aMissingConfigurationIsNamed() {
    #expect { try SynthesisConfiguration(reading: "nowhere.json") } throws: {
        "\($0)".contains("nowhere.json: cannot be read (No such file or directory)")
    }
}

@Test func everyEffectHasItsName() throws {
    let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(EffectOptions())) as? [String: Any]
    #expect(Set(EffectOptions.named.map(\.name)) == Set(try #require(json).keys))
}
