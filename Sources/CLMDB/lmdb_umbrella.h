#ifndef CLMDB_H
#define CLMDB_H

#include <fcntl.h>
#include <lmdb.h>
#include <unistd.h>

/// Opens LMDB's lock file and locks it as shared until the returned descriptor is closed, against other descriptors of
/// this process, too. Returns −1 if the file cannot be opened. If it cannot be locked, the descriptor stays open all the
/// same, since closing it would drop the locks that this process holds on the file.
///
/// LMDB's own locks belong to the process: they do not keep one environment of a file from another in the same process.
static inline int CLMDBShareLockFile(const char *path) {
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
#ifdef __linux__
    // F_OFD_SETLK, which the C library names only for _GNU_SOURCE. That macro must not be defined here: it changes
    // types that Swift reads from other modules, too.
    const int setLockOfDescriptor = 37;
    // The byte that LMDB locks while an environment is open.
    struct flock lock = {.l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 1};
    if (descriptor >= 0) fcntl(descriptor, setLockOfDescriptor, &lock);
#endif
    return descriptor;
}

#endif
