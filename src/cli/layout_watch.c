/* SPDX-License-Identifier: MIT */
/* Finds out by file stamps that a layout was saved, and loads it again.  The
 * session is exchanged as a whole or not at all. */
#include "cli/layout_watch.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/os_files.h"
#include "loader/loader.h"

/* The stamp of the layout's file `path`, or NULL. */
static const struct os_stamp *known_stamp(const struct layout *layout,
                                          const struct os_stamp *stamps,
                                          const char *path)
{
    for (size_t i = 0; layout && i < layout->file_count; i++)
        if (strcmp(layout->files[i], path) == 0)
            return &stamps[i];
    return NULL;
}

/* Known files keep the stamps from before they were read, so a save in between
 * is noticed later. */
static void take_stamps(struct layout_watch *watch, const struct layout *before)
{
    const struct layout *layout = watch->session->layout;
    struct os_stamp *stamps = mem_zalloc(layout->file_count, sizeof *stamps);
    for (size_t i = 0; i < layout->file_count; i++) {
        const struct os_stamp *known =
            known_stamp(before, watch->stamps, layout->files[i]);
        if (known)
            stamps[i] = *known;
        else
            os_file_stamp(layout->files[i], &stamps[i]);
    }
    free(watch->stamps);
    watch->stamps = stamps;
    watch->count = layout->file_count;
}

/* Whether a file changed.  A missing file is about to be replaced. */
static bool was_saved(struct layout_watch *watch)
{
    const struct layout *layout = watch->session->layout;
    bool saved = false;
    for (size_t i = 0; i < watch->count; i++) {
        struct os_stamp *known = &watch->stamps[i];
        struct os_stamp now;
        if (!os_file_stamp(layout->files[i], &now))
            continue;
        if (now.wall_ns == known->wall_ns && now.size == known->size &&
            now.file == known->file)
            continue;
        *known = now;
        saved = true;
    }
    return saved;
}

/* Copies the first error. */
static void put_first(const struct problems *problems, struct err *err)
{
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->items[i];
        if (problem->level != PROBLEM_ERROR)
            continue;
        err_set(err, STATUS_DATA, "%s:%d: %s", problem->file, problem->line,
                problem->text);
        return;
    }
}

static bool load(const struct session *session, struct layout **layout,
                 struct err *err)
{
    struct problems problems = {0};
    bool ok = layout_load(layout, session->located.layout,
                          (enum abi)session->options->abi, &problems, err);
    if (!ok && problems.errors > 0)
        put_first(&problems, err);
    problems_free(&problems);
    return ok;
}

static void drop_old(struct layout_watch *watch)
{
    session_close_part(&watch->old);
    watch->old = (struct session){0};
}

void layout_watch_begin(struct layout_watch *watch, struct session *session)
{
    *watch = (struct layout_watch){.session = session};
    take_stamps(watch, NULL);
}

enum layout_news layout_watch_look(struct layout_watch *watch,
                                   struct view_target *shown, struct err *err)
{
    struct session *session = watch->session;
    struct session next = *session;
    struct layout *layout;
    CHECK(session->layout && watch->stamps);
    drop_old(watch);
    /* A layout with errors may depend on a file that has no stamp yet. */
    if (!was_saved(watch) && !watch->broken)
        return LAYOUT_SAME;
    next.layout = NULL;
    next.sampler = NULL;
    next.history = NULL;
    next.fields = NULL;
    watch->broken = !load(session, &layout, err);
    if (watch->broken)
        return LAYOUT_BROKEN;
    if (!session_adopt(&next, layout, err)) {
        session_close_part(&next);
        watch->broken = true;
        return LAYOUT_BROKEN;
    }
    watch->old = *session;
    *session = next;
    take_stamps(watch, watch->old.layout);
    *shown = (struct view_target){
        .layout = session->layout,
        .sampler = session->sampler,
        .history = session->history,
        .fields = session->fields,
        .field_count = session->field_count,
        .period_ns =
            session->period_ns != watch->old.period_ns ? session->period_ns : 0,
    };
    return LAYOUT_NEW;
}

void layout_watch_end(struct layout_watch *watch)
{
    drop_old(watch);
    free(watch->stamps);
    *watch = (struct layout_watch){0};
}
