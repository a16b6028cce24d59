/* SPDX-License-Identifier: MIT */
/* Changes values and says what the memory holds then. What is stored, and how,
 * is writer/set.c. */
#include "cli/edits.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "layout/path.h"
#include "layout/value_text.h"

#define VALUE_COLUMNS 40 /* of a value in a message */

static void done_free(struct done_edit *done)
{
    free(done->path);
    free(done->label);
    edit_free(&done->edit);
    *done = (struct done_edit){0};
}

void edits_free(struct edits *edits)
{
    for (size_t i = 0; i < edits->count; i++)
        done_free(&edits->items[i]);
    free(edits->items);
    done_free(&edits->last);
    *edits = (struct edits){0};
}

static void edit_copy(struct edit *out, const struct edit *edit)
{
    *out = (struct edit){.size = edit->size};
    out->before = mem_zalloc(4, edit->size);
    memcpy(out->before, edit->before, (size_t)edit->size * 4);
    out->stored = out->before + edit->size;
    out->after = out->stored + edit->size;
    out->mask = out->after + edit->size;
}

static struct done_edit done_copy(const struct done_edit *done)
{
    struct done_edit copy = *done;
    copy.path = mem_strdup(done->path);
    copy.label = mem_strdup(done->label);
    edit_copy(&copy.edit, &done->edit);
    return copy;
}

/* The newest change becomes the last of the list. */
static void add(struct edits *edits, const struct done_edit *done)
{
    if (edits->count == EDITS_MOST) {
        done_free(&edits->items[0]);
        edits->count--;
        memmove(edits->items, edits->items + 1,
                edits->count * sizeof *edits->items);
    }
    *MEM_ADD(edits->items, edits->count) = done_copy(done);
}

static void drop(struct edits *edits)
{
    CHECK(edits->count > 0);
    done_free(&edits->items[--edits->count]);
    if (edits->count == 0) {
        free(edits->items);
        edits->items = NULL;
    }
}

/* --- answers ------------------------------------------------------------ */

/* Appends a value; text in quotes, since it may be empty. */
static void put_value(struct buf *out, const struct field *field,
                      const uint8_t *bytes)
{
    struct buf text = {0};
    struct value value;
    bool quoted = kind_is_text(field->kind);
    value_decode(field, bytes, &value);
    buf_puts(&text, "");
    value_put_text(&text, field, &value, SHOW_DEFAULT, false);
    size_t fit = text_fit(text.data, text.len, VALUE_COLUMNS);
    buf_puts(out, quoted ? "'" : "");
    buf_add(out, text.data, fit);
    buf_puts(out, fit < text.len ? "..." : "");
    buf_puts(out, quoted ? "'" : "");
    buf_free(&text);
}

static void put_unit(struct buf *out, const struct field *field)
{
    if (field->attr->unit)
        buf_printf(out, " %s", field->attr->unit);
}

/* "Set point: 4.20 -> 4.50 bar, read back 4.50" */
static void put_done(struct buf *out, const struct field *field,
                     const char *label, const struct edit *edit)
{
    buf_printf(out, "%s: ", label);
    put_value(out, field, edit->before);
    buf_puts(out, " -> ");
    put_value(out, field, edit->stored);
    put_unit(out, field);
    buf_puts(out,
             edit_is_held(edit) ? ", read back " : ", but the producer wrote ");
    put_value(out, field, edit->after);
    buf_puts(out, edit_is_held(edit) ? "" : " over it");
}

/* --- changes ------------------------------------------------------------ */

static enum change_how how_of(enum request_kind kind)
{
    switch (kind) {
    case REQUEST_STEP_UP:
        return CHANGE_UP;
    case REQUEST_STEP_DOWN:
        return CHANGE_DOWN;
    case REQUEST_TOGGLE:
        return CHANGE_FLIP;
    default:
        CHECK(kind == REQUEST_SET);
        return CHANGE_SET;
    }
}

static bool change(struct edits *edits, const struct request *request,
                   struct buf *answer)
{
    const struct session *session = &edits->sessions[request->watched];
    const struct layout *layout = session->layout;
    struct err err = {0};
    CHECK(request->field < layout->field_count && request->label);
    const struct field *field = &layout->fields[request->field];
    struct done_edit done = {
        .session = request->watched,
        .path = mem_strdup(field->path),
        .label = mem_strdup(request->label),
        .field = *field,
    };
    bool ok =
        writer_change(layout, session->located.target, request->field,
                      how_of(request->kind), request->text, &done.edit, &err);
    if (!ok) {
        buf_printf(answer, "not set: %s", err.text);
        done_free(&done);
        return false;
    }
    put_done(answer, field, done.label, &done.edit);
    if (edit_is_held(&done.edit) && edit_is_change(&done.edit))
        add(edits, &done);
    done_free(&edits->last);
    edits->last = done;
    return true;
}

/* The field of a change in the layout as it is now; NULL if it has another form
 * there. */
static const struct field *find_field(const struct layout *layout,
                                      const struct done_edit *done,
                                      uint32_t *index)
{
    size_t at = path_find(layout, done->path);
    const struct field *then = &done->field;
    if (at == SIZE_MAX)
        return NULL;
    const struct field *now = &layout->fields[at];
    *index = (uint32_t)at;
    bool same = now->kind == then->kind && now->size == then->size &&
                now->width == then->width && now->shift == then->shift &&
                now->order == then->order;
    return same ? now : NULL;
}

/* A change that cannot be taken back leaves the list if that will not get
 * better, so that the one before can be reached. */
static bool undo(struct edits *edits, struct buf *answer)
{
    if (edits->count == 0) {
        buf_puts(answer, "nothing to undo");
        return false;
    }
    struct done_edit *done = &edits->items[edits->count - 1];
    const struct session *session = &edits->sessions[done->session];
    struct err err = {0};
    uint32_t index;
    const struct field *field = find_field(session->layout, done, &index);
    if (!field) {
        buf_printf(answer, "not undone: the layout has no such field '%s' now",
                   done->path);
        drop(edits);
        return false;
    }
    if (!writer_change(session->layout, session->located.target, index,
                       CHANGE_BACK, NULL, &done->edit, &err)) {
        buf_printf(answer, "not undone: %s", err.text);
        if (err.status == STATUS_CHECK_FAILED)
            drop(edits);
        return false;
    }
    buf_puts(answer, "undone: ");
    put_done(answer, field, done->label, &done->edit);
    done_free(&edits->last);
    edits->last = done_copy(done);
    drop(edits);
    return true;
}

/* --- afterwards --------------------------------------------------------- */

/* A producer that writes the field itself does so with its next frame, after
 * the value was read back. */
static bool look(struct edits *edits, const struct request *request,
                 struct buf *answer)
{
    const struct done_edit *last = &edits->last;
    uint32_t index;
    if (!last->path || last->session != request->watched)
        return true;
    const struct session *session = &edits->sessions[last->session];
    const struct field *field = find_field(session->layout, last, &index);
    const struct sample *sample = sampler_last(session->sampler);
    if (!field || (sample->trends[index].flags & TREND_FRESH) == 0)
        return true;
    struct edit *edit = &edits->last.edit;
    const uint8_t *bytes = sampler_field_bytes(session->sampler, index);
    if (!bytes)
        return true;
    memcpy(edit->after, bytes, edit->size);
    if (edit_is_held(edit))
        return true;
    buf_printf(answer, "%s: set to ", last->label);
    put_value(answer, field, edit->stored);
    buf_puts(answer, ", but the producer wrote ");
    put_value(answer, field, edit->after);
    put_unit(answer, field);
    buf_puts(answer, " over it");
    done_free(&edits->last);
    return false;
}

bool edits_carry_out(struct edits *edits, const struct request *request,
                     struct buf *answer)
{
    if (request->kind == REQUEST_UNDO)
        return undo(edits, answer);
    if (request->kind == REQUEST_LOOK)
        return look(edits, request, answer);
    return change(edits, request, answer);
}
