/// An output that would overwrite, contain or lie inside what is read.
public struct OutputOverlap: Error, Sendable, Equatable, CustomStringConvertible {
    /// The path of the output.
    public let output: String
    /// The path of the input.
    public let input: String

    /// Says that the output at `output` overlaps with the input at `input`.
    public init(output: String, input: String) { (self.output, self.input) = (output, input) }

    /// Which paths overlap, and what to do about it.
    public var description: String {
        output == input
            ? "\(output) is read and cannot be the output, too; choose another output"
            : "the output \(output) overlaps with \(input), which is read; choose another output"
    }

    /// Throws if the file at `output` is one of the files at `inputs`, by whatever path or link.
    public static func check(file output: String, against inputs: [String]) throws(OutputOverlap) {
        let place = FileLocation(output)
        for input in inputs where place.isSame(as: FileLocation(input)) {
            throw OutputOverlap(output: output, input: input)
        }
    }

    /// Throws if the folder at `output`, or the staging folder in which it is built, is, contains or lies inside one of
    /// `inputs`, by whatever path or link.
    public static func check(folder output: String, against inputs: [String]) throws(OutputOverlap) {
        let target = FileLocation.target(of: output) ?? output
        let places = ["", StagingDirectory.suffix].map { FileLocation(target + $0) }
        for input in inputs {
            let source = FileLocation(input)
            let isApart = places.allSatisfy {
                !$0.isSame(as: source) && !$0.isInside(source) && !source.isInside($0)
            }
            if !isApart { throw OutputOverlap(output: output, input: input) }
        }
    }
}
