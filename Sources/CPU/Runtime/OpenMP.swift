internal import Foundation

/// The OpenMP runtime that oneDNN has loaded. This module and oneDNN share its threads.
///
/// Its functions are found by name at run time. Without such a runtime, everything runs on the calling thread.
enum OpenMP {
    private typealias Body = @convention(c) (UnsafeMutableRawPointer?) -> Void
    private typealias Fork = @convention(c) (Body, UnsafeMutableRawPointer?, UInt32, UInt32) -> Void
    private typealias Getter = @convention(c) () -> Int32
    private typealias Setter = @convention(c) (Int32) -> Void

    private static let fork = function("GOMP_parallel", as: Fork.self)
    private static let threadNumber = function("omp_get_thread_num", as: Getter.self)
    private static let teamSize = function("omp_get_num_threads", as: Getter.self)
    private static let insideTeam = function("omp_in_parallel", as: Getter.self)
    private static let maximum = function("omp_get_max_threads", as: Getter.self)
    private static let setMaximum = function("omp_set_num_threads", as: Setter.self)

    /// Whether the caller is a member of a running team.
    static var isInsideTeam: Bool { (insideTeam?() ?? 0) != 0 }

    /// Sets the number of threads of oneDNN kernels that the calling thread starts.
    static func limit(to threads: Int) {
        guard let maximum, let setMaximum, Int(maximum()) != threads else { return }
        setMaximum(Int32(threads))
    }

    /// Calls `body` once per share, on up to `shares` threads.
    static func run(shares: Int, _ body: (_ share: Int) -> Void) {
        guard let fork, shares > 1, !isInsideTeam else { return (0..<shares).forEach(body) }
        withoutActuallyEscaping(body) { body in
            var shared = Shares(count: shares, body: body)
            withUnsafeMutablePointer(to: &shared) { pointer in
                fork({ OpenMP.serve($0) }, UnsafeMutableRawPointer(pointer), UInt32(shares), 0)
            }
        }
    }

    private struct Shares {
        let count: Int
        let body: (Int) -> Void
    }

    /// The shares of one member. The team may be smaller than requested.
    private static func serve(_ context: UnsafeMutableRawPointer?) {
        guard let shares = context?.assumingMemoryBound(to: Shares.self).pointee else { return }
        let member = Int(threadNumber?() ?? 0), members = Int(teamSize?() ?? 1)
        for share in stride(from: member, to: shares.count, by: members) { shares.body(share) }
    }

    private static func function<Function>(_ name: String, as type: Function.Type) -> Function? {
        // `RTLD_DEFAULT`, the handle of the whole process, is a macro that Swift does not import: null on Linux, −2 on
        // Darwin.
        #if canImport(Darwin)
            let process = UnsafeMutableRawPointer(bitPattern: -2)
        #else
            let process: UnsafeMutableRawPointer? = nil
        #endif
        return dlsym(process, name).map { unsafeBitCast($0, to: type) }
    }
}
