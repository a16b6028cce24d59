/* SPDX-License-Identifier: MIT */
/*
 * Stamps of the layout's files tell that it was saved.  Invariant: the session
 * is exchanged as a whole or not at all.  When to look is the dashboard's
 * business.
 */
#include "cli/layout_watch.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/os.h"
#include "loader/loader.h"

/* The stamp by which `layout`'s file of that name was known; NULL: not. */
static const struct os_stamp *known_stamp(const struct layout *layout,
                                          const struct os_stamp *stamps,
                                          const char *path)
{
    for (size_t i = 0; layout && i < layout->file_count; i++)
        if (strcmp(layout->files[i], path) == 0)
            return &stamps[i];
    return NULL;
}

/* Files that were known keep their stamps from before they were read: a save
 * in between is then seen by the next look. */
static void take_stamps(struct reload *reload, const struct layout *before)
{
    const struct layout *layout = reload->session->layout;
    struct os_stamp *stamps = mem_zalloc(layout->file_count, sizeof *stamps);

    for (size_t i = 0; i < layout->file_count; i++) {
        const struct os_stamp *known =
            known_stamp(before, reload->stamps, layout->files[i]);

        if (known)
            stamps[i] = *known;
        else
            os_file_stamp(layout->files[i], &stamps[i]);
    }
    free(reload->stamps);
    reload->stamps = stamps;
    reload->count = layout->file_count;
}

/* Whether a file is another one than before.  One that is not there is just
 * being replaced. */
static bool was_saved(struct reload *reload)
{
    const struct layout *layout = reload->session->layout;
    bool saved = false;

    for (size_t i = 0; i < reload->count; i++) {
        struct os_stamp *known = &reload->stamps[i];
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

/* What the first of the errors says. */
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
    bool ok = layout_load(layout, session->choice.layout,
                          (enum abi)session->options->abi, &problems, err);

    if (!ok && problems.errors > 0)
        put_first(&problems, err);
    problems_free(&problems);
    return ok;
}

static void drop_old(struct reload *reload)
{
    session_close_part(&reload->old);
    reload->old = (struct session){0};
}

void reload_begin(struct reload *reload, struct session *session)
{
    *reload = (struct reload){.session = session};
    take_stamps(reload, NULL);
}

enum layout_news reload_look(void *user, struct dashboard_content *shown,
                             struct err *err)
{
    struct reload *reload = user;
    struct session *session = reload->session;
    struct session next = *session;
    struct layout *layout;

    drop_old(reload);
    /* What is broken may depend on a file that is not known yet. */
    if (!was_saved(reload) && !reload->broken)
        return LAYOUT_SAME;
    next.layout = NULL;
    next.sampler = NULL;
    next.fields = NULL;
    reload->broken = !load(session, &layout, err);
    if (reload->broken)
        return LAYOUT_BROKEN;
    if (!session_adopt(&next, layout, err)) {
        session_close_part(&next);
        reload->broken = true;
        return LAYOUT_BROKEN;
    }
    reload->old = *session;
    *session = next;
    take_stamps(reload, reload->old.layout);
    *shown = (struct dashboard_content){
        .layout = session->layout,
        .sampler = session->sampler,
        .fields = session->fields,
        .field_count = session->field_count,
        .period_ns = session->period_ns != reload->old.period_ns
                         ? session->period_ns
                         : 0,
    };
    return LAYOUT_NEW;
}

void reload_end(struct reload *reload)
{
    drop_old(reload);
    free(reload->stamps);
    *reload = (struct reload){0};
}
