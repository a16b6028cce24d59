/* SPDX-License-Identifier: MIT */
/* What the reading commands share: layout, selected fields, sampler, and
 * waiting for the mapping. */
#ifndef SHMTOP_CLI_SESSION_H
#define SHMTOP_CLI_SESSION_H

#include "cli/locate.h"
#include "cli/options.h"
#include "history/history.h"
#include "output/output.h"

/* Loads the layout, under `abi` if that is known, and reports its errors.  On
 * failure `err` has the status, and a text unless everything was reported. */
bool session_load_layout(struct layout **out, const char *path, enum abi abi,
                         struct err *err);

struct session {
    const struct options *options; /* borrowed */
    struct located located;
    struct layout *layout;
    struct sampler *sampler;
    struct history *history; /* NULL: none is wished */
    uint32_t *fields;        /* selected by --include, --exclude and level */
    size_t field_count;
    enum detail_level level;
    size_t trend_max;
    bool among; /* one of several: --include may match nothing in it */
    int64_t period_ns;
    int64_t deadline_ns; /* monotonic, of --timeout; INT64_MAX: none */
};

/* What a session is opened with besides the options. */
struct session_wish {
    const char *operand; /* its TARGET; NULL: --layout says it */
    const char *layout;  /* of a TARGET that is a mapping, or NULL */
    bool among;
    enum detail_level level; /* the highest of the selected fields */
    size_t trend_max;        /* samples kept for each field */
};

/* Opens everything but the mapping.  The caller calls session_close() in both
 * cases. */
bool session_open(struct session *session, const struct options *options,
                  const struct session_wish *wish, struct err *err);
void session_close(struct session *session);

/* Makes fields and sampler for `layout`, which the session then owns in both
 * cases. The fields, sampler and layout before are not closed. */
bool session_adopt(struct session *session, struct layout *layout,
                   struct err *err);
/* Whether each glob of --include matches a field of one of the sessions, which
 * session_open checks unless there are several.  STATUS_USAGE. */
bool session_check_includes(const struct session *sessions, size_t count,
                            struct err *err);
/* Closes layout, sampler and fields only. */
void session_close_part(struct session *session);

/* --verbose as a level. */
enum detail_level session_level(const struct options *options);

/* The period in nanoseconds: of the command line, else the layout, else the
 * configuration, else 1 s. */
int64_t session_period(const struct options *options,
                       const struct layout *layout);

/* What is written of fields of a layout (both borrowed) in a format, by --raw,
 * --detail and --held. */
struct output_plan session_plan(const struct options *options,
                                const struct output_ops *ops,
                                const struct layout *layout,
                                const uint32_t *fields, size_t field_count);

/* How waiting ended. */
enum waited { WAITED_DUE, WAITED_TIMEOUT, WAITED_STOPPED };

/* Waits until the monotonic instant `due_ns`, a stop signal, or the instant
 * `deadline_ns` (INT64_MAX: none). */
enum waited session_pause(int64_t due_ns, int64_t deadline_ns);

/* Takes samples until the mapping exists: one, or with --wait as many as
 * needed. After WAITED_DUE sampler_last is a sample of it.  False with
 * STATUS_NO_MAPPING, STATUS_DENIED, STATUS_IO or STATUS_TIMEOUT. */
bool session_attach(const struct session *session, enum waited *waited,
                    struct err *err);

#endif
