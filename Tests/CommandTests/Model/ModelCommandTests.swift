import Foundation
import TestSupport
import Testing

@Suite struct ModelCommandTests {
    @Test func aConvertedModelIsSmallerAndReadsAlike() throws {
        let gallery = try Gallery(images: 3)
        let small = gallery.path("small.safetensors")
        let outcome = try run(["model", "convert", gallery.model, small])
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("small.safetensors: "))

        let sizes = try [small, gallery.model].map { try Data(contentsOf: URL(filePath: $0)).count }
        #expect(sizes[0] < sizes[1])
        let answers = try [gallery.model, small].map { model in
            try run([
                "predict", "--model", model, "--threads", "1", gallery.folder.url.path(percentEncoded: false),
            ]).output
        }
        #expect(answers[0] == answers[1] && !answers[0].isEmpty)
    }

    @Test func aMissingModelIsNamed() throws {
        let folder = try TemporaryFolder()
        let outcome = try run(["model", "convert", folder.path("none"), folder.path("out")])
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains(folder.path("none")))
        #expect(!FileManager.default.fileExists(atPath: folder.path("out")))
    }

    @Test func inspectShowsWhatAModelReads() throws {
        let gallery = try Gallery()
        let text = try run(["model", "inspect", gallery.model])
        #expect(text.status == 0 && text.errors.isEmpty)
        #expect(text.output.contains("alphabet") && text.output.contains("convolutions"))
        let json = try run(["model", "inspect", gallery.model, "--format", "json"])
        let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        #expect(object?["path"] as? String == gallery.model)
        #expect((object?["alphabet"] as? [String])?.isEmpty == false)
    }

    @Test func theDefaultModelIsPartOfTheProgram() throws {
        let outcome = try run(["model", "inspect"])
        #expect(outcome.status == 0 && outcome.output.contains("½"))
        let folder = try TemporaryFolder()
        #expect(try run(["model", "convert", "default", folder.path("copy.safetensors")]).status == 0)
        let symbols = try ["default", folder.path("copy.safetensors")].map {
            try run(["model", "inspect", $0]).output.split(separator: "\n").dropFirst()
        }
        #expect(symbols[0] == symbols[1])
    }
}
