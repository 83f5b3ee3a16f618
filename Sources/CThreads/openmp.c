#define _GNU_SOURCE
#include "CThreads.h"

// oneDNN asks GCC's OpenMP runtime (libgomp) for threads. That runtime spins for about 15 ms before a thread sleeps,
// which makes a busy machine five times slower, and only environment variables that are set before the program starts
// change it. So these functions, which take precedence over the runtime's, run the teams of oneDNN as those of this
// module. Teams of other libraries are left to the runtime.
#if defined(__linux__)

#include <dlfcn.h>
#include <link.h>
#include <pthread.h>
#include <stdint.h>

/// The runtime's own functions.
static struct {
    void (*parallel)(void (*)(void *), void *, unsigned, unsigned);
    void (*barrier)(void);
    int (*thread)(void), (*threads)(void), (*inside)(void), (*maximum)(void);
    void (*limit)(int);
} runtime;

/// The addresses of oneDNN's code.
static struct {
    uintptr_t start, end;
} library;

static int find_library(struct dl_phdr_info *object, size_t size, void *address) {
    (void)size;
    for (int index = 0; index < object->dlpi_phnum; index++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[index];
        uintptr_t start = object->dlpi_addr + part->p_vaddr;
        if (part->p_type != PT_LOAD || (uintptr_t)address - start >= part->p_memsz) continue;
        library.start = start;
        library.end = start + part->p_memsz;
        return 1;
    }
    return 0;
}

static void find(void) {
    runtime.parallel = dlsym(RTLD_NEXT, "GOMP_parallel");
    runtime.barrier = dlsym(RTLD_NEXT, "GOMP_barrier");
    runtime.thread = dlsym(RTLD_NEXT, "omp_get_thread_num");
    runtime.threads = dlsym(RTLD_NEXT, "omp_get_num_threads");
    runtime.inside = dlsym(RTLD_NEXT, "omp_in_parallel");
    runtime.maximum = dlsym(RTLD_DEFAULT, "omp_get_max_threads");
    runtime.limit = dlsym(RTLD_DEFAULT, "omp_set_num_threads");
    void *address = dlsym(RTLD_DEFAULT, "dnnl_engine_create");
    if (address) dl_iterate_phdr(find_library, address);
}

static void find_once(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, find);
}

void GOMP_parallel(void (*body)(void *), void *context, unsigned members, unsigned flags) {
    find_once();
    uintptr_t address = (uintptr_t)body;
    bool is_ours = address >= library.start && address < library.end;
    if (!is_ours && runtime.parallel) return runtime.parallel(body, context, members, flags);
    if (members == 0) members = runtime.maximum ? (unsigned)runtime.maximum() : 1;
    crnn_team_run(body, context, members);
}

void GOMP_barrier(void) {
    find_once();
    if (crnn_team_is_inside() || !runtime.barrier) crnn_team_barrier();
    else runtime.barrier();
}

int omp_get_thread_num(void) {
    find_once();
    return crnn_team_is_inside() || !runtime.thread ? (int)crnn_team_member() : runtime.thread();
}

int omp_get_num_threads(void) {
    find_once();
    return crnn_team_is_inside() || !runtime.threads ? (int)crnn_team_size() : runtime.threads();
}

int omp_in_parallel(void) {
    find_once();
    return crnn_team_is_inside() || !runtime.inside ? crnn_team_is_inside() : runtime.inside();
}

void crnn_openmp_limit(int threads) {
    find_once();
    if (runtime.maximum && runtime.limit && runtime.maximum() != threads) runtime.limit(threads);
}

#else

void crnn_openmp_limit(int threads) { (void)threads; }

#endif
