import Files
import Foundation
import TestSupport
import Testing

private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

/// Another process that holds the lock until it is killed.
private func startHolder(of path: String) throws -> Process {
    let holder = Process()
    holder.executableURL = URL(filePath: "/usr/bin/env")
    holder.arguments = [
        "flock", "--no-fork", path, "sh", "-c", "echo 'another program' > \(path); exec sleep 600",
    ]
    try holder.run()
    while (try? String(contentsOfFile: path, encoding: .utf8)) != "another program\n" { usleep(1000) }
    return holder
}

@Test func aSecondHolderLearnsWhoTheFirstIs() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("lock")
    let lock = try FileLock(path)
    let error = #expect(throws: FileLockError.self) { _ = try FileLock(path) }
    #expect(error?.description.contains("lock: locked by process \(getpid()) on ") == true)
    withExtendedLifetime(lock) {}
}

@Test func aReleasedLockLeavesNoFileAndCanBeTakenAgain() throws {
    let folder = try TemporaryFolder()
    for _ in 0..<3 {
        let lock = try FileLock(folder.path("lock"))
        #expect(exists(folder.path("lock")))
        withExtendedLifetime(lock) {}
    }
    #expect(!exists(folder.path("lock")))
    let lock = try FileLock(folder.path("lock"))
    lock.release()
    #expect(!lock.isHeld && !exists(folder.path("lock")))
    let next = try FileLock(folder.path("lock"))
    lock.release()
    #expect(next.isHeld && exists(folder.path("lock")))
}

@Test func aKilledProcessHoldsNoLock() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("lock")
    let holder = try startHolder(of: path)
    #expect(throws: FileLockError.held(path, by: "another program")) { _ = try FileLock(path) }
    kill(holder.processIdentifier, SIGKILL)
    holder.waitUntilExit()
    #expect(exists(path))
    _ = try FileLock(path)
    #expect(!exists(path))
}

@Test func aLockThatCannotBeWrittenNamesItsPath() throws {
    let error = #expect(throws: FileLockError.self) { _ = try FileLock("/proc/none/lock") }
    #expect(
        error?.description == "/proc/none/lock: cannot be written (No such file or directory); check the path"
    )
}
