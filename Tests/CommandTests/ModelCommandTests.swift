import Foundation
import TestSupport
import Testing

@Suite struct ModelCommandTests {
    @Test func aConvertedModelIsSmallerAndReadsAlike() throws {
        let gallery = try Gallery(pictures: 3)
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
}
