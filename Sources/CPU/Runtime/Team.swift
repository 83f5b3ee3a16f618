internal import CThreads

/// Threads that compute together. They are the same for this module's kernels and for oneDNN's.
enum Team {
    /// Whether the caller is a member of a running team.
    static var isInside: Bool { crnn_team_is_inside() }

    /// Starts threads for a team of `members`. Returns how many members a team can have: fewer if the system starts no
    /// more threads.
    static func prepared(_ members: Int) -> Int { Int(crnn_team_prepare(UInt32(clamping: members))) }

    /// Sets the number of threads of the oneDNN operations that the calling thread describes.
    static func limitLibrary(to threads: Int) { crnn_openmp_limit(Int32(clamping: threads)) }

    /// Calls `body` once per share, on as many threads. A member of a running team calls it on its own.
    static func run(shares: Int, _ body: (_ share: Int) -> Void) {
        guard shares > 1, !isInside else { return (0..<shares).forEach(body) }
        withoutActuallyEscaping(body) { body in
            var body = body
            withUnsafeMutablePointer(to: &body) { pointer in
                crnn_team_run({ Team.serve($0) }, UnsafeMutableRawPointer(pointer), UInt32(shares))
            }
        }
    }

    private static func serve(_ context: UnsafeMutableRawPointer?) {
        context?.assumingMemoryBound(to: ((Int) -> Void).self).pointee(Int(crnn_team_member()))
    }
}
