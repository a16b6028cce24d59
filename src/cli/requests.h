/* SPDX-License-Identifier: MIT */
/* Carries out what the dashboard wants done with files, and with values. */
#ifndef SHMTOP_CLI_REQUESTS_H
#define SHMTOP_CLI_REQUESTS_H

#include "cli/edits.h"
#include "view/request.h"

struct requests {
    const struct options *options; /* of what is saved */
    const char *kept_path;         /* of dashboard.ini; NULL: there is none */
    const char *const *layouts;    /* of each TARGET, as kept_file.h names it */
    size_t count;
    struct edits edits;
};

/* A request_fn; `user` is a struct requests. */
bool requests_carry_out(void *user, const struct request *request,
                        struct buf *answer);

#endif
