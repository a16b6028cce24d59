/* SPDX-License-Identifier: MIT */
/* Files that the dashboard asks for, and the answers for its status line. What
 * dashboard.ini looks like is kept_file.c, and samples save_history.c. */
#include "cli/requests.h"

#include <stdlib.h>

#include "base/os_files.h"
#include "cli/kept_file.h"
#include "cli/save_history.h"
#include "draw/numbers.h"

static bool save(const struct request *request, struct buf *answer)
{
    struct err err = {0};
    char *path = os_expand_home(request->name);
    bool ok = path[0] != '\0'
                  ? os_write_new(path, request->data, request->len, &err)
                  : err_set(&err, STATUS_USAGE, "no file name");
    if (ok) {
        buf_printf(answer, "saved %s (", path);
        draw_put_size(answer, request->len);
        buf_putc(answer, ')');
    } else {
        buf_printf(answer, "not saved: %s", err.text);
    }
    free(path);
    return ok;
}

static bool keep(const struct requests *requests, const struct request *request,
                 struct buf *answer)
{
    struct err err = {0};
    CHECK(request->watched < requests->count && request->kept);
    bool ok = requests->kept_path
                  ? kept_file_write(requests->kept_path,
                                    requests->layouts[request->watched],
                                    request->kept, &err)
                  : err_set(&err, STATUS_USAGE,
                            "no folder for it; set HOME or XDG_STATE_HOME");
    if (ok)
        buf_printf(answer, "settings kept in %s", requests->kept_path);
    else
        buf_printf(answer, "settings not kept: %s", err.text);
    return ok;
}

bool requests_carry_out(void *user, const struct request *request,
                        struct buf *answer)
{
    struct requests *requests = user;
    switch (request->kind) {
    case REQUEST_FILE:
        CHECK(request->name && (request->data || request->len == 0));
        return save(request, answer);
    case REQUEST_KEEP:
        return keep(requests, request, answer);
    case REQUEST_HISTORY:
        CHECK(request->name && request->past.history);
        return save_history(requests->options, request, answer);
    case REQUEST_SET:
    case REQUEST_STEP_UP:
    case REQUEST_STEP_DOWN:
    case REQUEST_TOGGLE:
    case REQUEST_UNDO:
    case REQUEST_LOOK:
        CHECK(requests->options->rw);
        return edits_carry_out(&requests->edits, request, answer);
    }
    return false;
}
