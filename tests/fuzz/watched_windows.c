/* SPDX-License-Identifier: MIT */
/* Faults reach a filter of the process, CHECKs the end of it. */
#include "watched.h"

#include <stdlib.h>
#include <windows.h>

static struct {
    const struct watched *watched; /* NULL: nothing runs */
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
    return EXCEPTION_EXECUTE_HANDLER; /* which ends the process */
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
