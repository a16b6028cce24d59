/* SPDX-License-Identifier: MIT */
/* Single changes of fields that a layout declares writable, in a mapping that
 * exists; writing all patterns again and again is writer.h. */
#ifndef SHMTOP_WRITER_SET_H
#define SHMTOP_WRITER_SET_H

#include "layout/layout.h"

/* The mapping is open for writing only during the call.  Its producer may be
 * running.  A change is stored between two frames if the producer says when it
 * writes one, and in the newest of several buffers.  The producer's counters
 * are only read: a reader takes a frame with the change or without it, but of
 * several changes, and of text, it may see a part. */

/* One FIELD=VALUE. */
struct change {
    const char *path;
    const char *text;
};

/* What became of a change: the field's stored bytes, `size` of each. */
struct edit {
    uint32_t size;
    uint8_t *before; /* the change; owned, with the other three */
    uint8_t *stored; /* with the bits of `before` that are not in `mask` */
    uint8_t *after;  /* what the memory holds after it */
    uint8_t *mask;   /* the bits that were stored */
};

void edit_free(struct edit *edit); /* accepts a zeroed one */
/* Whether the memory holds what was stored, and whether that is another value
 * than before. */
bool edit_is_held(const struct edit *edit);
bool edit_is_change(const struct edit *edit);

/* Checks all changes, then opens the existing mapping and stores them; none if
 * one is wrong.  STATUS_DATA for an unknown path or a value that does not fit,
 * STATUS_DENIED for a field that is not writable, STATUS_TIMEOUT while a write
 * of the producer does not end.  `edits` (NULL: not wanted) are one for each
 * change, zeroed; the caller frees them in both cases. */
bool writer_set(const struct layout *layout, const char *target,
                const struct change *changes, size_t count, struct edit *edits,
                struct err *err);

/* How one field is changed from what the memory holds. */
enum change_how {
    CHANGE_SET, /* to `text` */
    CHANGE_UP,  /* see value_change.h, as the next two */
    CHANGE_DOWN,
    CHANGE_FLIP, /* toggles what `text` names */
    CHANGE_BACK, /* to edit->before, if it still holds edit->stored */
};

/* Changes field `field` as writer_set does; `edit` is zeroed, but for
 * CHANGE_BACK.  That becomes the edit of going back.  If the memory holds
 * something else then, STATUS_CHECK_FAILED, and edit->after is what it
 * holds. */
bool writer_change(const struct layout *layout, const char *target,
                   uint32_t field, enum change_how how, const char *text,
                   struct edit *edit, struct err *err);

#endif
