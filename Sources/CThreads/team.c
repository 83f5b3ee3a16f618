#include "CThreads.h"
#include "wait.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct crew crew;

/// A thread that waits until it is called to join a team.
typedef struct {
    event calls;
    crew *crew;
    unsigned number;
} worker;

/// Threads that form teams, one after the other.
struct crew {
    /// The work of the present team, and the number of its members.
    void (*body)(void *);
    void *context;
    unsigned members;
    /// The workers of the team that still run.
    atomic_uint running;
    /// Counts the teams whose workers have ended.
    event ends;
    /// The members that have arrived at the barrier.
    atomic_uint arrived;
    /// Counts the barriers that all members have reached.
    event barriers;
    worker **workers;
    unsigned count;
    crew *next;
};

/// A thread's place in a team.
typedef struct {
    crew *crew;
    unsigned member, members;
    bool is_inside;
} place;

static _Thread_local place current = {.members = 1};

/// The crews without a team. There are as many crews as teams have ever run at once.
static crew *idle;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/// Zeroed memory, aligned for events. NULL if there is none.
static void *zeroed(size_t size) {
    void *memory = aligned_alloc(64, (size + 63) / 64 * 64);
    return memory ? memset(memory, 0, size) : NULL;
}

/// A crew without a team. NULL if there is no memory for one.
static crew *take_crew(void) {
    pthread_mutex_lock(&lock);
    crew *taken = idle;
    if (taken) idle = taken->next;
    pthread_mutex_unlock(&lock);
    return taken ? taken : zeroed(sizeof(crew));
}

static void return_crew(crew *crew) {
    pthread_mutex_lock(&lock);
    crew->next = idle;
    idle = crew;
    pthread_mutex_unlock(&lock);
}

static void *serve(void *argument) {
    worker *self = argument;
    crew *crew = self->crew;
    for (unsigned calls = 0;; calls++) {
        event_wait(&self->calls, calls);
        current = (place){crew, self->number, crew->members, true};
        crew->body(crew->context);
        if (atomic_fetch_sub(&crew->running, 1) == 1) event_set(&crew->ends, atomic_load(&crew->ends.value) + 1);
    }
    return NULL;
}

/// Starts a thread that never sees a signal. Returns whether the system has allowed it.
static bool start(worker *worker) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_t thread;
    bool is_started = !pthread_create(&thread, NULL, serve, worker);
    if (is_started) pthread_detach(thread);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return is_started;
}

/// Adds workers to a crew, up to `wanted`. Returns whether all could be started.
static bool grow(crew *crew, unsigned wanted) {
    if (crew->count >= wanted) return true;
    worker **workers = realloc(crew->workers, wanted * sizeof *workers);
    if (!workers) return false;
    crew->workers = workers;
    while (crew->count < wanted) {
        worker *added = zeroed(sizeof(worker));
        if (!added) return false;
        added->crew = crew;
        added->number = crew->count + 1;
        if (!start(added)) {
            free(added);
            return false;
        }
        workers[crew->count++] = added;
    }
    return true;
}

unsigned crnn_team_prepare(unsigned wanted) {
    crew *crew = wanted > 1 ? take_crew() : NULL;
    if (!crew) return 1;
    grow(crew, wanted - 1);
    unsigned members = 1 + crew->count;
    return_crew(crew);
    return members < wanted ? members : wanted;
}

static void fail(unsigned members) {
    fprintf(stderr,
            "a team of %u threads cannot be started: the system allows no more threads (ulimit -u) or memory "
            "(ulimit -v); use fewer threads\n",
            members);
    _Exit(1);
}

/// Calls the crew's body as its member 0.
static void join_team(crew *crew) {
    current = (place){crew, 0, crew->members, true};
    crew->body(crew->context);
}

static void run_team(crew *crew) {
    unsigned ended = atomic_load(&crew->ends.value);
    atomic_store(&crew->running, crew->members - 1);
    for (unsigned index = 0; index + 1 < crew->members; index++) {
        event *calls = &crew->workers[index]->calls;
        event_set(calls, atomic_load(&calls->value) + 1);
    }
    join_team(crew);
    event_wait(&crew->ends, ended);
}

void crnn_team_run(void (*body)(void *), void *context, unsigned members) {
    place before = current;
    if (members < 2 || before.is_inside) {
        current = (place){NULL, 0, 1, before.is_inside};
        body(context);
    } else {
        crew *crew = take_crew();
        if (!crew || !grow(crew, members - 1)) fail(members);
        crew->body = body;
        crew->context = context;
        crew->members = members;
        run_team(crew);
        return_crew(crew);
    }
    current = before;
}

unsigned crnn_team_member(void) { return current.member; }

unsigned crnn_team_size(void) { return current.members; }

bool crnn_team_is_inside(void) { return current.is_inside; }

void crnn_team_barrier(void) {
    crew *crew = current.crew;
    if (!crew) return;
    unsigned reached = atomic_load(&crew->barriers.value);
    if (atomic_fetch_add(&crew->arrived, 1) + 1 == crew->members) {
        atomic_store(&crew->arrived, 0);
        event_set(&crew->barriers, reached + 1);
    } else {
        event_wait(&crew->barriers, reached);
    }
}
