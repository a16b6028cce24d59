/* SPDX-License-Identifier: MIT */
/* The names of states, their exit codes, and which have bytes. */
#include "source/frame.h"

const char *state_name(enum source_state state)
{
    static const char *const names[STATE_COUNT] = {
        "WAITING", "LIVE",     "STALE",  "SHORT", "TRUNCATED",
        "GONE",    "REPLACED", "DENIED", "ERROR"};
    CHECK((unsigned)state < STATE_COUNT);
    return names[state];
}

bool state_is_read(enum source_state state)
{
    return state == STATE_LIVE || state == STATE_STALE ||
           state == STATE_SHORT || state == STATE_TRUNCATED ||
           state == STATE_REPLACED;
}

int state_severity(enum source_state state)
{
    static const enum source_state by_severity[STATE_COUNT] = {
        STATE_LIVE,  STATE_REPLACED,  STATE_STALE,
        STATE_SHORT, STATE_TRUNCATED, STATE_WAITING,
        STATE_GONE,  STATE_DENIED,    STATE_ERROR,
    };
    int rank = 0;
    CHECK((unsigned)state < STATE_COUNT);
    while (rank < STATE_COUNT - 1 && by_severity[rank] != state)
        rank++;
    return rank;
}

enum status state_status(enum source_state state)
{
    switch (state) {
    case STATE_WAITING:
    case STATE_GONE:
        return STATUS_NO_MAPPING;
    case STATE_DENIED:
        return STATUS_DENIED;
    case STATE_ERROR:
        return STATUS_IO;
    default:
        return STATUS_OK;
    }
}
