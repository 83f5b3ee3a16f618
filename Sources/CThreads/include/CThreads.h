#ifndef CTHREADS_H
#define CTHREADS_H

#include <stdbool.h>

/// Starts threads, so that a team of `wanted` members can run. Returns how many members a team can have: fewer if the
/// system refuses to start a thread (limits of processes or of memory), and at least 1, the caller.
unsigned crnn_team_prepare(unsigned wanted);

/// Calls `body(context)` on `members` threads at once, the caller's among them, and returns when all calls have. A call
/// from inside a team runs on the calling thread alone. Ends the process with a message and exit code 1 if a thread
/// cannot be started; see crnn_team_prepare.
void crnn_team_run(void (*body)(void *), void *context, unsigned members);

/// The number of the calling thread in its team, from 0.
unsigned crnn_team_member(void);

/// The number of threads of the calling thread's team; 1 outside a team.
unsigned crnn_team_size(void);

/// Whether the caller is a member of a team of several threads.
bool crnn_team_is_inside(void);

/// Waits until all members of the team have called this function.
void crnn_team_barrier(void);

/// Sets the number of threads for which the operations of oneDNN that the calling thread describes are planned.
void crnn_openmp_limit(int threads);

#endif
