#define _GNU_SOURCE
#include "wait.h"

#include <limits.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/resource.h>
#include <time.h>

#if defined(__linux__)
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

// How long a thread spins before it sleeps, in nanoseconds. Waking a sleeper takes 5 to 50 µs, so spinning pays between
// two kernels. But a thread that spins takes the processor from a thread that computes, if there is no other: as soon
// as the system has taken the processor from this thread, somebody else needs it, and the thread spins shortly for a
// while.
enum { long_spin = 1000000, short_spin = 20000, modest_time = 100000000 };

/// Until when the calling thread spins shortly.
static _Thread_local int64_t modest_until;
/// How often the system had taken the processor from the calling thread when it was last looked up.
static _Thread_local long preemptions;

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void pause_briefly(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("isb");
#endif
}

/// Notes whether the thread had to share its processor since the last call.
static void observe_preemption(int64_t time) {
#if defined(RUSAGE_THREAD)
    struct rusage usage;
    if (getrusage(RUSAGE_THREAD, &usage) || usage.ru_nivcsw == preemptions) return;
    preemptions = usage.ru_nivcsw;
    modest_until = time + modest_time;
#endif
}

/// Whether the value has changed within the time for spinning.
static bool spin(event *event, unsigned old) {
    int64_t start = now(), time = start, limit = start < modest_until ? short_spin : long_spin;
    while (time - start < limit) {
        for (int round = 0; round < 16; round++) {
            if (atomic_load_explicit(&event->value, memory_order_acquire) != old) return true;
            pause_briefly();
        }
        time = now();
        if (limit == long_spin && time - start > short_spin) {
            observe_preemption(time);
            if (time < modest_until) return false;
        }
    }
    return false;
}

static void sleep_while(event *event, unsigned old) {
#if defined(__linux__)
    syscall(SYS_futex, &event->value, FUTEX_WAIT_PRIVATE, old, NULL, NULL, 0);
#else
    sched_yield();
#endif
}

void event_wait(event *event, unsigned old) {
    if (atomic_load_explicit(&event->value, memory_order_acquire) != old || spin(event, old)) return;
    atomic_fetch_add(&event->sleepers, 1);
    while (atomic_load(&event->value) == old) sleep_while(event, old);
    atomic_fetch_sub(&event->sleepers, 1);
}

void event_set(event *event, unsigned value) {
    atomic_store(&event->value, value);
#if defined(__linux__)
    if (atomic_load(&event->sleepers) > 0)
        syscall(SYS_futex, &event->value, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0);
#endif
}
