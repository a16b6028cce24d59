/* SPDX-License-Identifier: MIT */
/*
 * What the commands that read have in common: the layout, the selection of
 * fields, the sampler, and waiting for the mapping.
 */
#ifndef SHMTOP_CLI_SESSION_H
#define SHMTOP_CLI_SESSION_H

#include "cli/locate.h"
#include "cli/options.h"
#include "sampler/sampler.h"

/* Loads the layout, under `abi` where that is known, with its errors on
 * stderr.  On failure `err` has the status, and a text unless all was said. */
bool session_load_layout(struct layout **out, const char *path, enum abi abi,
                         struct err *err);

struct session {
    const struct options *options; /* borrowed */
    struct target_choice choice;
    struct layout *layout;
    struct sampler *sampler;
    uint32_t *fields; /* selected by --include, --exclude and level */
    size_t field_count;
    enum detail_level level;
    size_t history_max;
    int64_t period_ns;
    int64_t deadline_ns; /* monotonic, of --timeout; INT64_MAX: none */
};

/* Opens everything but the mapping.  `level` is the highest level of fields
 * that is selected, `history_max` the samples kept of each field.  The caller
 * session_close()s it in any case. */
bool session_open(struct session *session, const struct options *options,
                  enum detail_level level, size_t history_max, struct err *err);
void session_close(struct session *session);

/* Makes fields and sampler of `layout`, which the session owns from now on in
 * any case.  The ones before are forgotten, not closed. */
bool session_adopt(struct session *session, struct layout *layout,
                   struct err *err);
/* Closes layout, sampler and fields only. */
void session_close_part(struct session *session);

/* --verbose as a level. */
enum detail_level session_level(const struct options *options);

/* The period that counts: of the command line, the layout, the configuration,
 * or 1 s, in nanoseconds. */
int64_t session_period(const struct options *options,
                       const struct layout *layout);

/* How waiting ended. */
enum waited { WAITED_DUE, WAITED_TIMEOUT, WAITED_STOPPED };

/* Waits until the monotonic instant `due_ns`, a stop signal, or the instant
 * `deadline_ns` (INT64_MAX: none). */
enum waited session_pause(int64_t due_ns, int64_t deadline_ns);

/* Takes samples until the mapping is there: one, or with --wait as many as it
 * takes.  WAITED_DUE: sampler_last is a sample of it.  False with
 * STATUS_NO_MAPPING, STATUS_DENIED, STATUS_IO or STATUS_TIMEOUT when it is
 * not. */
bool session_attach(const struct session *session, enum waited *waited,
                    struct err *err);

#endif
