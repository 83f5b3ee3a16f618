#ifndef CFILES_H
#define CFILES_H

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/syscall.h>
#endif

// The C library declares these calls only for _GNU_SOURCE, which must not be defined here: it changes types that Swift
// reads from other modules, too.

/// Exchanges the names of two existing files or folders in one step; returns −1 and sets errno if the file system cannot.
static inline int CFilesExchange(const char *one, const char *other) {
#ifdef SYS_renameat2
    const unsigned exchange = 2;  // RENAME_EXCHANGE
    return (int)syscall(SYS_renameat2, AT_FDCWD, one, AT_FDCWD, other, exchange);
#else
    errno = ENOSYS;
    return -1;
#endif
}

/// Writes everything that the file system of an open file holds in memory to the disk; returns −1 and sets errno if that fails.
static inline int CFilesSync(int descriptor) {
#ifdef SYS_syncfs
    return (int)syscall(SYS_syncfs, descriptor);
#else
    sync();
    return 0;
#endif
}

#endif
