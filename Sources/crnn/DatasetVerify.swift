public import ArgumentParser
public import Datasets
import Foundation
import Imaging
import Recognition
import Tensors

/// `crnn dataset verify`: everything that is wrong with a data set.
struct DatasetVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Look for everything that is wrong with a data set; write a cleaned copy.",
        discussion: """
            Every image is decoded and every label read. The exit code is 1 where anything is wrong. Kinds of problems:

                count, strayKey, checksum           keys that do not fit each other, or not the content
                missingImage, missingLabel          half a sample
                undecodableImage, blankImage        no picture, or nothing to see in it
                labelNotUTF8, lexiconNotUTF8        bytes that are no text
                emptyLabel                          nothing, or nothing but white space
                notComposed                         not in Unicode's composed form (NFC)
                leadingSpace, trailingSpace, doubleSpace
                controlCharacter, invisibleCharacter, replacementCharacter
                outsideAlphabet                     a character that --alphabet or --model lacks
                doesNotFit, tooWide                 more symbols than --model has frames; too wide an image
                duplicate, conflictingLabels        one image in several samples, with one label or with several
                suspiciousShape                     eight times narrower or wider for its label than the median

            --fix writes a copy. Labels lose white space at their ends, doubled white space, control and invisible \
            characters, and become NFC; of duplicates the first stays; samples with any other problem are left out. \
            Kinds that are ignored are neither reported nor left out.

            Examples:

                crnn dataset verify data/train
                crnn dataset verify data/train --model run/best.safetensors --format json
                crnn dataset verify data/train --ignore suspiciousShape --fix data/clean
            """)

    @Argument(help: "The data set.")
    var path: String

    @Option(help: ArgumentHelp("The characters that labels may hold, as one text.", valueName: "text"))
    var alphabet: String?

    @Option(help: ArgumentHelp("A model whose alphabet and frames labels must fit.", valueName: "file"))
    var model: String?

    @Option(parsing: .upToNextOption, help: "Kinds of problems that are not looked for.")
    var ignore: [DatasetProblem.Kind] = []

    @Option(help: "How to print: text for people, json for programs (path, samples, checksum, problems).")
    var format: DatasetInspect.Format = .text

    @Option(help: ArgumentHelp("How many problems of a kind the text names.", valueName: "count"))
    var list = 10

    @Option(help: ArgumentHelp("Write a cleaned copy to this folder.", valueName: "folder"))
    var fix: String?

    @Flag(help: "Replace a data set that is where the copy should be.")
    var force = false

    func validate() throws {
        if alphabet != nil, model != nil { throw ValidationError("give --alphabet or --model, not both") }
        if list < 0 { throw ValidationError("--list must not be negative") }
        if force, fix == nil { throw ValidationError("--force concerns --fix, which is not given") }
    }

    func run() async throws {
        let options = VerificationOptions(ignoring: Set(ignore), requirement: try requirement())
        let verifier = try DatasetVerifier(path, options)
        var report = VerificationReport(format, path: path, listed: list)
        try report.begin(verifier)
        var progress = ProgressLine(total: verifier.samples, label: "verifying \(path)")
        let verification = try await verifier.run(progress: { progress.update(completed: $0) }) {
            try report.tell($0)
        }
        progress.finish()
        try report.end(verification)
        if let fix { try write(fix, verifier, verification) }
        if verification.problems > 0 { throw ExitCode.failure }
    }

    private func write(_ output: String, _ verifier: DatasetVerifier, _ verification: DatasetVerification)
        throws
    {
        var writer = try DatasetWriter(output, replacing: force)
        var progress = ProgressLine(total: verifier.samples, label: "writing \(output)")
        let cleaning: DatasetVerifier.Cleaning
        do {
            cleaning = try verifier.writeCleaned(verification, to: &writer) { progress.update(completed: $0) }
        } catch {
            writer.discard()
            throw error
        }
        progress.finish()
        try writer.finish()
        StandardError.printLine(
            "\(output): \(cleaning.kept) samples, \(cleaning.repaired) of them with their label put right; "
                + "\(cleaning.leftOut) left out")
    }

    /// What the given alphabet or model asks of each sample.
    private func requirement() throws -> VerificationOptions.Requirement? {
        if let alphabet {
            do {
                let alphabet = try Alphabet(characters: alphabet)
                return { label, _, _ in ModelRequirement.outside(alphabet, label) }
            } catch { throw ValidationError("--alphabet: \(error)") }
        }
        guard let model else { return nil }
        let requirement = ModelRequirement(try checkpoint(model, on: ReferenceDevice()))
        return { requirement.finding($0, width: $1, height: $2) }
    }
}

extension DatasetProblem.Kind: ExpressibleByArgument {}

/// What a model asks of a sample: symbols that it knows, and no more of them than it has frames.
private struct ModelRequirement: Sendable {
    private let alphabet: Alphabet
    private let preprocessor: Preprocessor
    private let network: CRNNConfiguration

    init(_ checkpoint: Checkpoint) {
        (alphabet, preprocessor) = (checkpoint.alphabet, checkpoint.preprocessor)
        network = checkpoint.model.configuration
    }

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
