/* SPDX-License-Identifier: MIT */
/* Opens several TARGETs by the same options.  What each one is, is found out by
 * locate.c and session.c. */
#include "cli/targets.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/os_files.h"
#include "cli/kept_file.h"
#include "view/columns.h"

/* The layout of a TARGET that is a mapping; --layout does not concern the
 * others, if there is one that it concerns. */
static const char *layout_for(const struct options *options, size_t index)
{
    const struct text_list *operands = &options->operands;
    bool is_used = false;
    for (size_t i = 0; options->layout && i < operands->count; i++)
        is_used = is_used || locate_is_mapping(operands->items[i], true);
    if (operands->count > 1 && is_used &&
        !locate_is_mapping(operands->items[index], true))
        return NULL;
    return options->layout;
}

/* The word that names the layout of a TARGET. */
static const char *layout_word(const struct options *options, size_t index)
{
    const struct text_list *operands = &options->operands;
    if (index >= operands->count ||
        locate_is_mapping(operands->items[index], options->layout))
        return options->layout;
    return operands->items[index];
}

/* The name of its heading: the layout's, a file without its folder unless
 * another one has that name, too. */
static const char *name_for(const struct options *options, size_t index)
{
    const struct text_list *operands = &options->operands;
    const char *word = layout_word(options, index);
    const char *name = word + os_folder_len(word);
    for (size_t i = 0; i < operands->count; i++) {
        const char *other = layout_word(options, i);
        /* A mapping without a layout is refused when it is opened. */
        if (other && strcmp(other, word) != 0 &&
            strcmp(other + os_folder_len(other), name) == 0)
            return word;
    }
    return name;
}

static bool open_one(struct targets *targets, size_t index,
                     struct problems *problems, struct err *err)
{
    const struct options *options = targets->options;
    struct session *session = &targets->sessions[index];
    const struct session_wish wish = {
        .operand = index < options->operands.count
                       ? options->operands.items[index]
                       : NULL,
        .layout = layout_for(options, index),
        .among = targets->count > 1,
        /* The view hides fields above its level, which a key changes. */
        .level = LEVEL_DEBUG,
        .trend_max = SAMPLER_TREND_MOST,
    };
    if (!session_open(session, options, &wish, err))
        return false;
    targets->layout_ids[index] = located_layout_id(&session->located);
    if (targets->kept_path)
        kept_file_read(&targets->kept[index], targets->kept_path,
                       targets->layout_ids[index], problems);
    targets->shown[index] = (struct view_target){
        .name = name_for(options, index),
        .layout = session->layout,
        .sampler = session->sampler,
        .history = session->history,
        .fields = session->fields,
        .field_count = session->field_count,
        .period_ns = session->period_ns,
        .kept = &targets->kept[index],
    };
    return true;
}

static bool check_fields(const struct targets *targets, struct err *err)
{
    size_t count = 0;
    for (size_t i = 0; i < targets->count; i++)
        count += targets->sessions[i].field_count;
    if (!session_check_includes(targets->sessions, targets->count, err))
        return false;
    return count > 0 ||
           err_set(err, STATUS_USAGE,
                   "no field is left to show; see --include, --exclude and "
                   "--verbose");
}

bool targets_open(struct targets *targets, const struct options *options,
                  struct problems *problems, struct err *err)
{
    size_t count = options->operands.count > 0 ? options->operands.count : 1;
    *targets = (struct targets){
        .options = options,
        .count = count,
        .sessions = mem_zalloc(count, sizeof *targets->sessions),
        .watches = mem_zalloc(count, sizeof *targets->watches),
        .kept = mem_zalloc(count, sizeof *targets->kept),
        .layout_ids = mem_zalloc(count, sizeof *targets->layout_ids),
        .shown = mem_zalloc(count, sizeof *targets->shown),
        .kept_path = kept_file_path(),
    };
    targets->requests = (struct requests){
        .options = options,
        .kept_path = targets->kept_path,
        .layouts = (const char *const *)targets->layout_ids,
        .count = count,
        .edits = {.sessions = targets->sessions},
    };
    for (size_t i = 0; i < count; i++)
        if (!open_one(targets, i, problems, err))
            return false;
    if (count > 1 && !check_fields(targets, err))
        return false;
    for (size_t i = 0; i < count; i++)
        layout_watch_begin(&targets->watches[i], &targets->sessions[i]);
    return true;
}

void targets_close(struct targets *targets)
{
    edits_free(&targets->requests.edits);
    for (size_t i = 0; i < targets->count; i++) {
        layout_watch_end(&targets->watches[i]);
        session_close(&targets->sessions[i]);
        kept_free(&targets->kept[i]);
        free(targets->layout_ids[i]);
    }
    free(targets->sessions);
    free(targets->watches);
    free(targets->kept);
    free(targets->layout_ids);
    free(targets->shown);
    free(targets->kept_path);
    *targets = (struct targets){0};
}

bool targets_attach(const struct targets *targets, enum waited *waited,
                    struct err *err)
{
    *waited = WAITED_DUE;
    for (size_t i = 0; i < targets->count && *waited == WAITED_DUE; i++)
        if (!session_attach(&targets->sessions[i], waited, err))
            return false;
    return true;
}

enum layout_news targets_look(void *user, size_t index,
                              struct view_target *shown, struct err *err)
{
    struct targets *targets = user;
    CHECK(index < targets->count);
    enum layout_news news =
        layout_watch_look(&targets->watches[index], shown, err);
    if (news == LAYOUT_NEW)
        shown->name = targets->shown[index].name;
    return news;
}
