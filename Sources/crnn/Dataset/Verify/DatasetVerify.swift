public import ArgumentParser
import CommandSupport
public import Datasets
import Foundation
import Imaging
import Recognition
import Tensors

/// `crnn dataset verify`: finds the problems of a data set and writes a repaired copy.
struct DatasetVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check every sample of a data set, and optionally write a repaired copy.",
        discussion: """
            Every image is decoded and every label read. The exit code is 1 if there are problems. Kinds of problems:

                unfinished                    the command that writes the set was interrupted
                count, strayKey, checksum     keys that contradict each other or the data
                numbering                     samples numbered from 0, or not with nine digits
                missingImage, missingLabel    only one half of a sample
                undecodableImage, blankImage  not an image, or nothing visible in it
                labelNotUTF8, lexiconNotUTF8  invalid UTF-8
                emptyLabel                    empty or only white space
                notComposed                   not in Unicode's composed form (NFC)
                leadingSpace, trailingSpace, doubleSpace
                controlCharacter, invisibleCharacter, replacementCharacter
                outsideAlphabet               a character not in --alphabet or --model
                doesNotFit, tooWide           label too long or image too wide for --model
                duplicate                     same image and label as an earlier sample
                conflictingLabels             same image as an earlier sample, other label
                suspiciousShape               (width / height) per symbol below 1/8 of
                                              the median, or above 8 times it

            --fix writes a repaired copy. Labels are normalized to NFC; leading, trailing and repeated white space, \
            control characters and invisible characters are removed. The first of several duplicates is kept. Samples \
            with other problems are left out, and the others are renumbered. The copy is built as FIX.unfinished and \
            renamed at the end; the same command resumes an interrupted run, and --force starts over. Problems of ignored \
            kinds are neither reported nor repaired.

            Examples:

                crnn dataset verify data/train
                crnn dataset verify data/train --model best.safetensors --format json
                crnn dataset verify data/train --ignore suspiciousShape --fix data/clean
            """)

    @Argument(help: "The data set.")
    var path: String

    @Option(help: ArgumentHelp("The characters that labels may contain, as one text.", valueName: "text"))
    var alphabet: String?

    @Option(
        help: ArgumentHelp(
            "A model whose alphabet and number of frames the labels must fit.", valueName: "file"))
    var model: String?

    @Option(parsing: .upToNextOption, help: "Kinds of problems to ignore.")
    var ignore: [DatasetProblem.Kind] = []

    @Option(help: "The output format: text, or json (path, samples, checksum, problems).")
    var format: DatasetInspect.Format = .text

    @Option(
        help: ArgumentHelp(
            "The maximum number of problems of each kind in the text output.", valueName: "count"))
    var list = 10

    @Option(help: ArgumentHelp("Write a repaired copy to this folder.", valueName: "folder"))
    var fix: String?

    @Flag(help: "Replace an existing data set with the copy.")
    var force = false

    func validate() throws {
        if alphabet != nil, model != nil { throw ValidationError("give --alphabet or --model, not both") }
        if list < 0 { throw ValidationError("--list must not be negative") }
        if force, fix == nil { throw ValidationError("--force requires --fix") }
    }

    func run() async throws {
        if let fix { try requireApart(fix, from: [path]) }
        let options = VerificationOptions(ignoring: Set(ignore), requirement: try requirement())
        let verifier = try DatasetVerifier(path, options)
        var report = VerificationReport(format, path: path, listed: list)
        try report.begin(verifier)
        var progress = ProgressLine(total: verifier.samples, label: "verifying \(path)")
        let verification = try await verifier.run(progress: { progress.update(completed: $0) }) {
            try report.append($0)
        }
        progress.finish()
        try report.end(verification)
        if let fix { try write(fix, verifier, verification) }
        if verification.problems > 0 { throw ExitCode.failure }
    }

    private func write(_ output: String, _ verifier: DatasetVerifier, _ verification: DatasetVerification)
        throws
    {
        var writer = try DatasetWriter.copying(to: output, replacing: force)
        var position = try CopyPosition(in: writer, of: try source(verifier, verification))
        var progress = ProgressLine(total: verifier.samples, label: "writing \(output)", from: position.taken)
        let cleaning: DatasetVerifier.Cleaning
        do {
            cleaning = try verifier.writeCleaned(verification, to: &writer, from: &position) {
                progress.update(completed: $0)
            }
        } catch {
            writer.discard()
            throw error
        }
        progress.finish()
        try writer.finish(at: position)
        StandardError.printLine(
            "\(output): \(cleaning.kept) samples, \(cleaning.repaired) of them with a repaired label; "
                + "\(cleaning.leftOut) left out")
    }

    /// A text that differs for copies of other data sets, or with other samples.
    private func source(_ verifier: DatasetVerifier, _ verification: DatasetVerification) throws -> String {
        let kinds = ignore.map(\.rawValue).sorted().joined(separator: ",")
        return "fix \(verification.unusable.count) of \(verifier.samples), ignoring \(kinds): "
            + (try verifier.dataset.fingerprint())
    }

    /// The requirement of the given alphabet or model for each sample.
    private func requirement() throws -> VerificationOptions.Requirement? {
        if let alphabet {
            do {
                let alphabet = try Alphabet(characters: alphabet)
                return { label, _, _ in ModelRequirement.outside(alphabet, label) }
            } catch { throw CommandError("--alphabet: \(error)") }
        }
        guard let model else { return nil }
        let requirement = ModelRequirement(try checkpoint(model, on: ReferenceDevice()))
        return { requirement.finding($0, width: $1, height: $2) }
    }
}

extension DatasetProblem.Kind: ExpressibleByArgument {}
