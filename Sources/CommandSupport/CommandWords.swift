public import ArgumentParser
import Files
import Foundation

/// The words of the command line.
public enum CommandWords {
    /// The words that the process was given, with the bytes of file names kept; see ``Files/FileName``.
    ///
    /// A word such as `-hx.png` is a file if there is one, never a row of options: the commands have only one short
    /// option, `-h`.
    public static func given() throws(ValidationError) -> [String] {
        var words: [String] = []
        for index in 1..<max(1, Int(CommandLine.argc)) {
            guard let word = unsafe CommandLine.unsafeArgv[index] else { break }
            words.append(
                FileName.text(
                    of: unsafe UnsafeBufferPointer(start: word, count: strlen(word)).map(UInt8.init)))
        }
        return words.first == "---completion" ? words : try checked(words) { FileStatus(at: $0) != nil }
    }

    /// The words, with files named after their beginning written as paths; throws if a word is empty, or an unknown short
    /// option.
    static func checked(
        _ words: [String], isFile: (String) -> Bool
    ) throws(ValidationError) -> [String] {
        var result: [String] = []
        for (index, word) in words.enumerated() {
            if word == "--" { return result + words[index...] }
            let previous = index > 0 ? words[index - 1] : ""
            let isValue = previous.hasPrefix("--") && !previous.contains("=")
            guard !word.isEmpty, !(word.hasPrefix("--") && word.hasSuffix("=")) else {
                throw ValidationError(
                    "\(isValue ? previous : word.isEmpty ? "argument \(index + 1)" : String(word.dropLast())) is empty; "
                        + "give a value, or leave it out")
            }
            guard word.utf8.first == UInt8(ascii: "-"), !word.hasPrefix("--"), !["-", "-h"].contains(word),
                !isValue
            else {
                result.append(word)
                continue
            }
            guard isFile(word) else {
                throw ValidationError(
                    "there is no option \(word), and no such file; to name a file that begins with -, write ./\(word)"
                )
            }
            result.append("./" + word)
        }
        return result
    }
}
