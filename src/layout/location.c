/* SPDX-License-Identifier: MIT */
/*
 * Places out of numbers that nobody has checked.  Invariant: a base in state
 * BASE_AT has its whole extent within the mapping, and no sum or product here
 * wraps.  Where the numbers come from is the caller's.
 */
#include "layout/location.h"

#include <inttypes.h>

/* One base on its way to a place. */
struct finding {
    const struct bases_view *view;
    const struct base_place *places; /* of the bases before */
    const struct base *base;
    struct base_place place;
    bool counted; /* it, or one that it stands in, has a count */
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

static const struct field *field_at(const struct finding *finding,
                                    uint32_t index)
{
    CHECK(index < finding->view->layout->field_count);
    return &finding->view->layout->fields[index];
}

/* --- what is wrong ------------------------------------------------------ */

static const char *name_of(const struct finding *finding)
{
    const struct layout *layout = finding->view->layout;
    uint32_t group = finding->base->group;
    return group < layout->group_count ? layout->groups[group].name : "it";
}

static void put_element(const struct finding *finding)
{
    buf_puts(finding->why, name_of(finding));
    if (finding->base->most > 1)
        buf_printf(finding->why, "[%" PRIu32 "]", finding->base->element);
}

/* Sets the state, and begins the line unless it was said already. */
static bool is_bad(struct finding *finding)
{
    finding->place.state = BASE_BAD;
    return finding->why && finding->why->len == 0;
}

static void put_source(const struct finding *finding, const char *word,
                       uint32_t field, uint64_t number)
{
    if (field == FIELD_NONE)
        return;
    buf_printf(finding->why, "%s%s is %" PRIu64, word,
               field_at(finding, field)->path, number);
}

static bool bad_place(struct finding *finding, uint64_t offset, uint64_t more,
                      uint64_t stride, uint32_t offset_field)
{
    if (!is_bad(finding))
        return false;
    put_element(finding);
    buf_printf(finding->why, " is not within the mapping's %" PRIu64 " bytes",
               finding->view->size);
    put_source(finding, ": ", offset_field, offset);
    put_source(finding, ", ", finding->base->plus_field, more);
    put_source(finding, offset_field == FIELD_NONE ? ": " : ", ",
               finding->base->stride_field, stride);
    return false;
}

static bool bad_stride(struct finding *finding, uint64_t stride)
{
    if (!is_bad(finding))
        return false;
    if (finding->base->stride_field != FIELD_NONE)
        buf_puts(finding->why,
                 field_at(finding, finding->base->stride_field)->path);
    else
        buf_printf(finding->why, "the stride of %s", name_of(finding));
    buf_printf(finding->why,
               " is %" PRIu64 ", but an element of %s has %" PRIu64 " bytes",
               stride, name_of(finding), finding->base->extent);
    return false;
}

static bool bad_count(struct finding *finding, uint64_t count)
{
    if (!is_bad(finding))
        return false;
    put_source(finding, "", finding->base->count_field, count);
    buf_printf(finding->why, ", but the layout has %s[%" PRIu32 "]",
               name_of(finding), finding->base->most);
    return false;
}

static bool bad_number(struct finding *finding, const struct field *field,
                       const struct value *value)
{
    if (!is_bad(finding))
        return false;
    if (value->type == VALUE_INT)
        buf_printf(finding->why, "%s is %" PRId64 ": no place for %s",
                   field->path, value->i, name_of(finding));
    else
        buf_printf(finding->why, "%s is no integer", field->path);
    return false;
}

/* --- what the fields say ------------------------------------------------ */

static bool not_read(struct finding *finding)
{
    finding->place.state = finding->counted ? BASE_ABSENT : BASE_UNREAD;
    return false;
}

/* Stands in, or is said by, what has no place itself. */
static bool inherit(struct finding *finding, uint32_t from)
{
    CHECK(from < finding->view->layout->base_count);
    const struct base_place *place = &finding->places[from];
    if (place->state == BASE_UNREAD)
        return not_read(finding);
    finding->place.state = place->state;
    return place->state == BASE_AT;
}

/* The number in field `index`. */
static bool read_number(struct finding *finding, uint32_t index,
                        uint64_t *number)
{
    const struct bases_view *view = finding->view;
    const struct field *field = field_at(finding, index);
    struct value value;
    uint64_t at;
    if (field->base != FIELD_NO_BASE && !inherit(finding, field->base))
        return false;
    if (!field_place(field, finding->places, &at) || at > view->size ||
        field->size > view->size - at ||
        !view->read(view->user, index, at, &value))
        return not_read(finding);
    if (value.type == VALUE_UINT || (value.type == VALUE_INT && value.i >= 0)) {
        *number = value.type == VALUE_UINT ? value.u : (uint64_t)value.i;
        return true;
    }
    return bad_number(finding, field, &value);
}

static bool is_there(struct finding *finding)
{
    const struct base *base = finding->base;
    uint64_t count;
    if (base->count_field == FIELD_NONE)
        return true;
    if (!read_number(finding, base->count_field, &count))
        return false;
    if (count > base->most)
        return bad_count(finding, count);
    if (base->element < count)
        return true;
    finding->place.state = BASE_ABSENT;
    return false;
}

static bool find_stride(struct finding *finding, uint64_t *stride)
{
    const struct base *base = finding->base;
    *stride = base->stride;
    if (base->most <= 1)
        return true;
    if (base->stride_field != FIELD_NONE &&
        !read_number(finding, base->stride_field, stride))
        return false;
    return *stride >= base->extent || bad_stride(finding, *stride);
}

/* The index of the field that says the offset, of the newest buffer. */
static uint32_t offset_field_of(const struct finding *finding)
{
    const struct base *base = finding->base;
    if (base->offset_field == FIELD_NONE)
        return FIELD_NONE;
    uint64_t index = base->offset_field;
    CHECK(add_times(&index, finding->view->newest, base->buffer_step) &&
          index < finding->view->layout->field_count);
    return (uint32_t)index;
}

/* Sums up; all parts that do not depend on which buffer is newest are in both
 * sums. */
static bool sum_up(struct finding *finding, uint64_t said, uint64_t more,
                   uint64_t stride)
{
    const struct base *base = finding->base;
    uint64_t *at = &finding->place.at;
    uint64_t *same = &finding->place.same;
    *at = *same = 0;
    if (base->offset_field != FIELD_NONE) {
        *at = said;
        *same = base->buffer_step != 0 ? 0 : said;
    } else if (base->parent != FIELD_NO_BASE) {
        *at = finding->places[base->parent].at;
        *same = finding->places[base->parent].same;
    }
    return add(at, more) && add(at, base->offset) &&
           add_times(at, base->element, stride) && add(same, more) &&
           add(same, base->offset) && add_times(same, base->element, stride) &&
           (!base->newest ||
            add_times(at, finding->view->newest, base->buffer_stride)) &&
           *at <= finding->view->size &&
           base->extent <= finding->view->size - *at;
}

static bool find_place(struct finding *finding)
{
    const struct base *base = finding->base;
    uint64_t stride, said = 0, more = 0;
    uint32_t offset_field = offset_field_of(finding);
    if (base->parent != FIELD_NO_BASE && !inherit(finding, base->parent))
        return false;
    if (!is_there(finding) || !find_stride(finding, &stride))
        return false;
    if (offset_field != FIELD_NONE &&
        !read_number(finding, offset_field, &said))
        return false;
    if (base->plus_field != FIELD_NONE &&
        !read_number(finding, base->plus_field, &more))
        return false;
    if (!sum_up(finding, said, more, stride))
        return bad_place(finding, said, more, stride, offset_field);
    finding->place.state = BASE_AT;
    return true;
}

static bool is_counted(const struct layout *layout, const struct base *base)
{
    for (;;) {
        if (base->count_field != FIELD_NONE)
            return true;
        if (base->parent == FIELD_NO_BASE)
            return false;
        base = &layout->bases[base->parent];
    }
}

/* --- for others --------------------------------------------------------- */

void bases_begin(const struct layout *layout, struct base_place *places)
{
    for (size_t i = 0; i < layout->base_count; i++)
        places[i] = (struct base_place){
            .state = is_counted(layout, &layout->bases[i]) ? BASE_ABSENT
                                                           : BASE_UNREAD,
        };
}

size_t bases_find(const struct bases_view *view, struct base_place *places,
                  struct buf *why)
{
    const struct layout *layout = view->layout;
    size_t bad = 0;
    for (size_t i = 0; i < layout->base_count; i++) {
        const struct base *base = &layout->bases[i];
        if (base->mapping != view->mapping)
            continue;
        CHECK(base->parent == FIELD_NO_BASE || base->parent < i);
        struct finding finding = {
            .view = view,
            .places = places,
            .base = base,
            .counted = is_counted(layout, base),
            .why = why,
        };
        if (!find_place(&finding))
            finding.place.at = finding.place.same = 0;
        bad += finding.place.state == BASE_BAD;
        places[i] = finding.place;
    }
    return bad;
}

bool field_place(const struct field *field, const struct base_place *places,
                 uint64_t *at)
{
    *at = field->offset;
    if (field->base == FIELD_NO_BASE)
        return true;
    const struct base_place *place = &places[field->base];
    return place->state == BASE_AT && add(at, place->at);
}
