#define _GNU_SOURCE
#include "CThreads.h"

// oneDNN asks GCC's OpenMP runtime (libgomp) for its threads. There, a thread spins for about 15 ms before it sleeps,
// which makes a busy machine five times slower, and only environment variables that are set before the program starts
// change that. So oneDNN's table of imported functions is changed to run its teams as those of this module. Other
// libraries keep their runtime. Without libgomp, nothing is changed.
#if defined(__linux__)

#include <dlfcn.h>
#include <link.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void parallel(void (*body)(void *), void *context, unsigned members, unsigned flags);
static int member(void) { return (int)crnn_team_member(); }
static int size(void) { return (int)crnn_team_size(); }
static int is_inside(void) { return crnn_team_is_inside(); }

static const struct {
    const char *name;
    void *function;
} imports[] = {
    {"GOMP_parallel", (void *)parallel}, {"GOMP_barrier", (void *)crnn_team_barrier},
    {"omp_get_thread_num", (void *)member}, {"omp_get_num_threads", (void *)size},
    {"omp_in_parallel", (void *)is_inside},
};

/// The runtime's functions for the number of threads of the teams that the calling thread starts.
static int (*maximum)(void);
static void (*set_maximum)(int);

static void parallel(void (*body)(void *), void *context, unsigned members, unsigned flags) {
    (void)flags;
    crnn_team_run(body, context, members ? members : maximum ? (unsigned)maximum() : 1);
}

/// Writes an address into a table that may be read-only.
static void replace(void **entry, void *function) {
    if (*entry == function) return;
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), start = (uintptr_t)entry & ~(page - 1);
    if (!mprotect((void *)start, page, PROT_READ | PROT_WRITE)) *entry = function;
}

/// The parts of a library's description of itself that name its imports.
typedef struct {
    uintptr_t base;
    const ElfW(Sym) *symbols;
    const char *names;
    const ElfW(Rela) *tables[2];
    size_t sizes[2];
} library;

static library describe(const struct dl_phdr_info *object, const ElfW(Dyn) *entry) {
    library described = {.base = object->dlpi_addr};
    for (; entry->d_tag != DT_NULL; entry++) {
        // glibc has already added the base.
        uintptr_t value = entry->d_un.d_ptr;
        void *address = (void *)(value < described.base ? described.base + value : value);
        switch (entry->d_tag) {
        case DT_SYMTAB: described.symbols = address; break;
        case DT_STRTAB: described.names = address; break;
        case DT_JMPREL: described.tables[0] = address; break;
        case DT_PLTRELSZ: described.sizes[0] = entry->d_un.d_val; break;
        case DT_RELA: described.tables[1] = address; break;
        case DT_RELASZ: described.sizes[1] = entry->d_un.d_val; break;
        }
    }
    return described;
}

static void adopt(library library) {
    if (!library.symbols || !library.names) return;
    for (int table = 0; table < 2; table++) {
        size_t count = library.tables[table] ? library.sizes[table] / sizeof(ElfW(Rela)) : 0;
        for (size_t index = 0; index < count; index++) {
            const ElfW(Rela) *relocation = &library.tables[table][index];
            // Type and symbol are packed as in ELF64_R_SYM; 32-bit processors use other tables.
            const char *name = library.names + library.symbols[relocation->r_info >> 32].st_name;
            for (size_t known = 0; known < sizeof imports / sizeof *imports; known++)
                if (!strcmp(name, imports[known].name))
                    replace((void **)(library.base + relocation->r_offset), imports[known].function);
        }
    }
}

/// Changes the imports of the library whose code contains an address.
static int visit(struct dl_phdr_info *object, size_t size, void *address) {
    (void)size;
    bool is_found = false;
    const ElfW(Dyn) *dynamic = NULL;
    for (int index = 0; index < object->dlpi_phnum; index++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[index];
        uintptr_t start = object->dlpi_addr + part->p_vaddr;
        if (part->p_type == PT_DYNAMIC) dynamic = (const ElfW(Dyn) *)start;
        is_found |= part->p_type == PT_LOAD && (uintptr_t)address - start < part->p_memsz;
    }
    if (is_found && dynamic) adopt(describe(object, dynamic));
    return is_found;
}

static void adopt_library(void) {
    void *library = dlsym(RTLD_DEFAULT, "dnnl_engine_create");
    maximum = dlsym(RTLD_DEFAULT, "omp_get_max_threads");
    set_maximum = dlsym(RTLD_DEFAULT, "omp_set_num_threads");
    if (library && dlsym(RTLD_DEFAULT, "GOMP_parallel")) dl_iterate_phdr(visit, library);
}

void crnn_openmp_limit(int threads) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, adopt_library);
    if (maximum && set_maximum && maximum() != threads) set_maximum(threads);
}

#else

void crnn_openmp_limit(int threads) { (void)threads; }

#endif
