public import ArgumentParser
import Foundation

/// `--threads`, for every command that computes.
public struct ThreadOption: ParsableArguments {
    /// The given number of threads; nil if there is none.
    @Option(help: ArgumentHelp("Number of threads; by default one per processor.", valueName: "count"))
    public var threads: Int?

    /// The option without a value.
    public init() {}

    /// Throws if the number is not from 1 to 1024.
    public func validate() throws {
        if let threads, !(1...1024).contains(threads) {
            throw ValidationError("--threads is \(threads); give a number from 1 to 1024.")
        }
    }

    /// The given number of threads, or the number of active processors.
    public var count: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }
}
