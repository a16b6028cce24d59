/* SPDX-License-Identifier: MIT */
/* Computes locations from numbers that are not trusted: no sum wraps, and a
 * known location has its whole extent within the mapping. */
#include "layout/location.h"

#include <inttypes.h>
#include <string.h>

/* A base while it is located. */
struct search {
    const struct location_view *view;
    const struct location *locations; /* of the bases before it */
    const struct base *base;
    struct location found;
    bool counted; /* it, or a base around it, has a count */
    struct buf *why;
};

static bool add(uint64_t *sum, uint64_t more)
{
    if (more > UINT64_MAX - *sum)
        return false;
    *sum += more;
    return true;
}

static bool add_times(uint64_t *sum, uint64_t times, uint64_t each)
{
    return (each == 0 || times <= UINT64_MAX / each) && add(sum, times * each);
}

static const struct field *field_at(const struct search *search, uint32_t index)
{
    CHECK(index < search->view->layout->field_count);
    return &search->view->layout->fields[index];
}

/* --- what is wrong ------------------------------------------------------ */

static const char *name_of(const struct search *search)
{
    const struct layout *layout = search->view->layout;
    uint32_t group = search->base->group;
    return group < layout->group_count ? layout->groups[group].name : "it";
}

/* Sets the state; true if a line is wanted. */
static bool set_bad(struct search *search)
{
    search->found.state = LOCATION_BAD;
    return search->why && search->why->len == 0;
}

static void put_number(const struct search *search, const char *word,
                       uint32_t field, uint64_t number)
{
    if (field != FIELD_NONE)
        buf_printf(search->why, "%s%s is %" PRIu64, word,
                   field_at(search, field)->path, number);
}

static bool bad_place(struct search *search, uint64_t offset, uint64_t more,
                      uint64_t stride, uint32_t offset_field)
{
    if (!set_bad(search))
        return false;
    buf_puts(search->why, name_of(search));
    if (search->base->most > 1)
        buf_printf(search->why, "[%" PRIu32 "]", search->base->element);
    buf_printf(search->why, " is not within the mapping's %" PRIu64 " bytes",
               search->view->size);
    put_number(search, ": ", offset_field, offset);
    put_number(search, ", ", search->base->plus_field, more);
    put_number(search, offset_field == FIELD_NONE ? ": " : ", ",
               search->base->stride_field, stride);
    return false;
}

static bool bad_stride(struct search *search, uint64_t stride)
{
    if (!set_bad(search))
        return false;
    if (search->base->stride_field != FIELD_NONE)
        buf_puts(search->why,
                 field_at(search, search->base->stride_field)->path);
    else
        buf_printf(search->why, "the stride of %s", name_of(search));
    buf_printf(search->why,
               " is %" PRIu64 ", but an element of %s has %" PRIu64 " bytes",
               stride, name_of(search), search->base->extent);
    return false;
}

static bool bad_count(struct search *search, uint64_t count)
{
    if (!set_bad(search))
        return false;
    put_number(search, "", search->base->count_field, count);
    buf_printf(search->why, ", but the layout has %s[%" PRIu32 "]",
               name_of(search), search->base->most);
    return false;
}

static bool bad_number(struct search *search, const struct field *field,
                       const struct value *value)
{
    if (!set_bad(search))
        return false;
    if (value->type == VALUE_INT)
        buf_printf(search->why,
                   "%s is %" PRId64 ", which is not a place for %s",
                   field->path, value->i, name_of(search));
    else
        buf_printf(search->why, "%s is not an integer", field->path);
    return false;
}

/* --- the numbers in fields ---------------------------------------------- */

static bool not_read(struct search *search)
{
    search->found.state = search->counted ? LOCATION_ABSENT : LOCATION_UNREAD;
    return false;
}

/* Fails with the state of `from` if that has no location.  `from` is the outer
 * base, or the base of a field that this base depends on. */
static bool inherit(struct search *search, uint32_t from)
{
    CHECK(from < search->view->layout->base_count);
    const struct location *location = &search->locations[from];
    if (location->state == LOCATION_UNREAD)
        return not_read(search);
    search->found.state = location->state;
    return location->state == LOCATION_KNOWN;
}

/* The number in field `index`. */
static bool read_number(struct search *search, uint32_t index, uint64_t *number)
{
    const struct location_view *view = search->view;
    const struct field *field = field_at(search, index);
    struct value value;
    uint64_t at;
    if (field->base != FIELD_NO_BASE && !inherit(search, field->base))
        return false;
    if (!field_location(field, search->locations, &at) || at > view->size ||
        field->size > view->size - at ||
        !view->read(view->user, index, at, &value))
        return not_read(search);
    if (value.type == VALUE_UINT || (value.type == VALUE_INT && value.i >= 0)) {
        *number = value.u;
        return true;
    }
    return bad_number(search, field, &value);
}

/* Whether the base's element is below the count. */
static bool is_counted_in(struct search *search)
{
    const struct base *base = search->base;
    uint64_t count;
    if (base->count_field == FIELD_NONE)
        return true;
    if (!read_number(search, base->count_field, &count))
        return false;
    if (count > base->most)
        return bad_count(search, count);
    if (base->element < count)
        return true;
    search->found.state = LOCATION_ABSENT;
    return false;
}

static bool find_stride(struct search *search, uint64_t *stride)
{
    const struct base *base = search->base;
    *stride = base->stride;
    if (base->most <= 1)
        return true;
    if (base->stride_field != FIELD_NONE &&
        !read_number(search, base->stride_field, stride))
        return false;
    return *stride >= base->extent || bad_stride(search, *stride);
}

/* The field with the offset, in the newest buffer. */
static uint32_t offset_field_of(const struct search *search)
{
    const struct base *base = search->base;
    if (base->offset_field == FIELD_NONE)
        return FIELD_NONE;
    uint64_t index = base->offset_field;
    CHECK(add_times(&index, search->view->newest, base->buffer_step) &&
          index < search->view->layout->field_count);
    return (uint32_t)index;
}

/* Computes found.at and found.same.  `same` leaves out what depends on which
 * buffer is newest. */
static bool sum_up(struct search *search, uint64_t offset, uint64_t more,
                   uint64_t stride)
{
    const struct base *base = search->base;
    uint64_t *at = &search->found.at;
    uint64_t *same = &search->found.same;
    *at = *same = 0;
    if (base->offset_field != FIELD_NONE) {
        *at = offset;
        *same = base->buffer_step != 0 ? 0 : offset;
    } else if (base->parent != FIELD_NO_BASE) {
        *at = search->locations[base->parent].at;
        *same = search->locations[base->parent].same;
    }
    return add(at, more) && add(at, base->offset) &&
           add_times(at, base->element, stride) && add(same, more) &&
           add(same, base->offset) && add_times(same, base->element, stride) &&
           (!base->newest ||
            add_times(at, search->view->newest, base->buffer_stride)) &&
           *at <= search->view->size &&
           base->extent <= search->view->size - *at;
}

static bool locate(struct search *search)
{
    const struct base *base = search->base;
    uint64_t stride, offset = 0, more = 0;
    uint32_t offset_field = offset_field_of(search);
    if (base->parent != FIELD_NO_BASE && !inherit(search, base->parent))
        return false;
    if (!is_counted_in(search) || !find_stride(search, &stride))
        return false;
    if (offset_field != FIELD_NONE &&
        !read_number(search, offset_field, &offset))
        return false;
    if (base->plus_field != FIELD_NONE &&
        !read_number(search, base->plus_field, &more))
        return false;
    if (!sum_up(search, offset, more, stride))
        return bad_place(search, offset, more, stride, offset_field);
    search->found.state = LOCATION_KNOWN;
    return true;
}

static bool has_count(const struct layout *layout, const struct base *base)
{
    for (;;) {
        if (base->count_field != FIELD_NONE)
            return true;
        if (base->parent == FIELD_NO_BASE)
            return false;
        base = &layout->bases[base->parent];
    }
}

void locations_begin(const struct layout *layout, struct location *locations)
{
    for (size_t i = 0; i < layout->base_count; i++)
        locations[i] = (struct location){
            .state = has_count(layout, &layout->bases[i]) ? LOCATION_ABSENT
                                                          : LOCATION_UNREAD,
        };
}

size_t locations_find(const struct location_view *view,
                      struct location *locations, struct buf *why)
{
    const struct layout *layout = view->layout;
    CHECK(view->mapping < layout->mapping_count);
    size_t bad = 0;
    for (size_t i = 0; i < layout->base_count; i++) {
        const struct base *base = &layout->bases[i];
        if (base->mapping != view->mapping)
            continue;
        CHECK(base->parent == FIELD_NO_BASE || base->parent < i);
        struct search search = {
            .view = view,
            .locations = locations,
            .base = base,
            .counted = has_count(layout, base),
            .why = why,
        };
        if (!locate(&search))
            search.found.at = search.found.same = 0;
        bad += search.found.state == LOCATION_BAD;
        locations[i] = search.found;
    }
    return bad;
}

bool field_location(const struct field *field, const struct location *locations,
                    uint64_t *at)
{
    *at = field->offset;
    if (field->base == FIELD_NO_BASE)
        return true;
    CHECK(locations);
    const struct location *location = &locations[field->base];
    return location->state == LOCATION_KNOWN && add(at, location->at);
}

/* --- anchors ------------------------------------------------------------- */

/* Whether the place depends on fields, not only the number of elements. */
static bool is_in_fields(const struct base *base)
{
    return base->offset_field != FIELD_NONE || base->newest ||
           (base->stride_field != FIELD_NONE && base->element > 0);
}

/* Whether both are elements of one array. */
static bool same_array(const struct base *a, const struct base *b)
{
    return a->group == b->group && a->parent == b->parent &&
           a->offset_field == b->offset_field &&
           a->plus_field == b->plus_field && a->count_field == b->count_field &&
           a->newest == b->newest && a->offset == b->offset &&
           a->stride == b->stride && a->extent == b->extent &&
           a->most == b->most;
}

/* Elements at constant distances count from the first. */
static uint32_t first_of(const struct layout *layout, uint32_t index)
{
    const struct base *base = &layout->bases[index];
    if (base->stride_field != FIELD_NONE || base->element > index)
        return index;
    const struct base *first = &layout->bases[index - base->element];
    return first->element == 0 && same_array(first, base)
               ? index - base->element
               : index;
}

uint32_t location_anchor(const struct layout *layout, const struct field *field)
{
    uint32_t base = field->base;
    while (base != FIELD_NO_BASE && !is_in_fields(&layout->bases[base]))
        base = layout->bases[base].parent;
    return base == FIELD_NO_BASE ? base : first_of(layout, base);
}

uint64_t location_offset(const struct layout *layout, const struct field *field)
{
    uint64_t at = field->offset;
    for (uint32_t i = field->base; i != FIELD_NO_BASE;
         i = layout->bases[i].parent) {
        const struct base *base = &layout->bases[i];
        at += base->offset;
        if (base->stride_field == FIELD_NONE)
            at += base->element * base->stride;
    }
    return at;
}

/* "buffers[newest].offset" for the path of buffer 0. */
static void put_newest_path(struct buf *out, const char *path)
{
    const char *index = strchr(path, '[');
    const char *rest = index ? strchr(index, ']') : NULL;
    if (!rest) {
        buf_puts(out, path);
        return;
    }
    buf_add(out, path, (size_t)(index - path));
    buf_puts(out, "[newest]");
    buf_puts(out, rest + 1);
}

static void put_plus(struct buf *out, size_t start)
{
    if (out->len > start)
        buf_putc(out, '+');
}

static void put_terms(struct buf *out, const struct layout *layout,
                      uint32_t index, size_t start)
{
    if (index == FIELD_NO_BASE)
        return;
    CHECK(index < layout->base_count);
    const struct base *base = &layout->bases[index];
    put_terms(out, layout, base->parent, start);
    if (base->newest) {
        put_plus(out, start);
        buf_puts(out, "newest");
    } else if (base->offset_field != FIELD_NONE) {
        const char *path = layout->fields[base->offset_field].path;
        put_plus(out, start);
        if (base->buffer_step)
            put_newest_path(out, path);
        else
            buf_puts(out, path);
    }
    if (base->plus_field != FIELD_NONE) {
        put_plus(out, start);
        buf_puts(out, layout->fields[base->plus_field].path);
    }
    if (base->stride_field != FIELD_NONE && base->element > 0) {
        put_plus(out, start);
        if (base->element > 1)
            buf_printf(out, "%" PRIu32 "*", base->element);
        buf_puts(out, layout->fields[base->stride_field].path);
    }
}

void location_put_anchor(struct buf *out, const struct layout *layout,
                         uint32_t base)
{
    put_terms(out, layout, base, out->len);
}
