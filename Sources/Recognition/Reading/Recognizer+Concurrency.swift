import Files
public import Imaging

extension Recognizer {
    /// One transcript per image, in order, computed on a thread of its own: actors and tasks do not wait on a thread of
    /// Swift concurrency.
    ///
    /// - Throws: ``PreprocessingError`` if an image is too wide; `ThreadError` if the system starts no thread.
    public func transcripts(of images: [Image]) async throws -> [Transcript] {
        try await BackgroundThread.run { try read(images) }
    }
}
