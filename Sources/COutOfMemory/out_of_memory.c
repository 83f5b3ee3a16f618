#define _GNU_SOURCE
#include "COutOfMemory.h"

// Few libraries survive an allocation that fails: oneDNN's code generator writes to address 0, the C++ library calls
// `terminate`, Swift traps. AddressSanitizer brings allocation functions of its own.
#if defined(__GLIBC__) || defined(__linux__)
#if !defined(__SANITIZE_ADDRESS__) && !(defined(__has_feature) && __has_feature(address_sanitizer))

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

/// Allocates nothing itself.
_Noreturn static void end(size_t size) {
    char message[300];
    struct rlimit limit = {RLIM_INFINITY, RLIM_INFINITY};
    getrlimit(RLIMIT_AS, &limit);
    int length = snprintf(message, sizeof message,
                          "Error: out of memory: the system refused %zu bytes; use fewer threads (--threads), smaller "
                          "batches or smaller images",
                          size);
    if (limit.rlim_cur != RLIM_INFINITY)
        length += snprintf(message + length, sizeof message - (size_t)length,
                           ", or raise the limit of this shell (ulimit -v %llu)",
                           (unsigned long long)limit.rlim_cur / 1024);
    message[length++] = '\n';
    ssize_t ignored = write(STDERR_FILENO, message, (size_t)length);
    (void)ignored;
    _exit(1);
}

static void *required(void *memory, size_t size) {
    if (!memory && size > 0) end(size);
    return memory;
}

void *malloc(size_t size) { return required(__libc_malloc(size), size); }

void *calloc(size_t count, size_t size) {
    void *memory = __libc_calloc(count, size);
    return count == 0 ? memory : required(memory, size);
}

void *realloc(void *memory, size_t size) { return required(__libc_realloc(memory, size), size); }

void *aligned_alloc(size_t alignment, size_t size) { return required(__libc_memalign(alignment, size), size); }

void *memalign(size_t alignment, size_t size) { return required(__libc_memalign(alignment, size), size); }

int posix_memalign(void **memory, size_t alignment, size_t size) {
    if (alignment < sizeof(void *) || (alignment & (alignment - 1))) return EINVAL;
    *memory = required(__libc_memalign(alignment, size), size);
    return 0;
}

/// Code generators map memory. Files, and reservations that may fail (`MAP_NORESERVE`), are left to the caller.
void *mmap(void *address, size_t size, int protection, int flags, int file, off_t offset) {
    void *memory = (void *)syscall(SYS_mmap, address, size, protection, flags, file, offset);
    if (memory == MAP_FAILED && errno == ENOMEM && (flags & MAP_ANONYMOUS) && !(flags & MAP_NORESERVE)) end(size);
    return memory;
}

#endif
#endif
