/* SPDX-License-Identifier: MIT */
/* A filter of the process reports faults, an exit handler failed CHECKs. */
#include "watched.h"

#include <stdlib.h>
#include <windows.h>

static struct {
    const struct watched *watched; /* NULL: not running */
    struct watched_now now;
} current;

static void report(void)
{
    const struct watched *watched = current.watched;

    current.watched = NULL;
    if (watched)
        watched->report(watched->user, &current.now);
}

static LONG WINAPI on_fault(EXCEPTION_POINTERS *fault)
{
    (void)fault;
    report();
    return EXCEPTION_EXECUTE_HANDLER; /* ends the process */
}

int watched_run(const struct watched *watched)
{
    current.watched = watched;
    SetUnhandledExceptionFilter(on_fault);
    atexit(report);
    watched->run(watched->user, &current.now);
    current.watched = NULL;
    return 0;
}
