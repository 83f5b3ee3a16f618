#ifndef CTHREADS_WAIT_H
#define CTHREADS_WAIT_H

#include <stdatomic.h>

/// A number that threads wait for, alone in its cache line.
typedef struct {
    _Alignas(64) atomic_uint value;
    /// The threads that sleep until the value changes.
    atomic_uint sleepers;
} event;

/// Waits as long as the value is `old`: first spinning, then asleep.
void event_wait(event *event, unsigned old);

/// Changes the value and wakes all sleepers.
void event_set(event *event, unsigned value);

#endif
