/* SPDX-License-Identifier: MIT */
/* Reports fields that share bytes, fields that end after the mapping, and
 * misaligned fields.  A declaration is reported once, not for each element. */
#include <stdlib.h>

#include "layout/field.h"
#include "layout/sort.h"
#include "layout/words.h"
#include "loader/loader_private.h"

static uint64_t end_of(const struct field *field)
{
    return field->offset + field->size;
}

/* Whether both are bit fields of the same integer. */
static bool share_container(const struct field *a, const struct field *b)
{
    return a->width && b->width && a->offset == b->offset &&
           a->size == b->size && a->order == b->order;
}

/* Whether `field` shares bits with `top`, which begins before it.  Bit fields
 * of different byte order count their bits from different ends, so of these
 * whole bytes are compared. */
static bool reaches_into(const struct field *top, const struct field *field)
{
    uint64_t first = field_first_bit(field);
    uint64_t end = field_end_bit(top);
    if (top->width && field->width && top->order != field->order)
        return first / 8 < (end + 7) / 8;
    return first < end;
}

struct walk {
    const struct layout *layout;
    struct problems *problems;
    unsigned char *reported; /* by group: bits of enum finding */
    const struct field *top; /* the field that reaches furthest so far */
};

enum finding { FOUND_OVERLAP = 1, FOUND_END = 2, FOUND_ALIGNMENT = 4 };

/* True the first time for each group. */
static bool first_time(struct walk *walk, const struct field *field,
                       enum finding what)
{
    CHECK(field->group < walk->layout->group_count);
    unsigned char *bits = &walk->reported[field->group];
    bool first = (*bits & what) == 0;
    *bits = (unsigned char)(*bits | what);
    return first;
}

static void report_overlap(struct walk *walk, const struct field *field)
{
    const struct field *later = field;
    const struct field *other = walk->top;
    if (other->attr->line > later->attr->line) {
        later = walk->top;
        other = field;
    }
    if (!first_time(walk, later, FOUND_OVERLAP))
        return;
    if (share_container(later, other)) {
        problem_add(
            walk->problems, later->attr->file, later->attr->line, PROBLEM_ERROR,
            "the bits of '%s' overlap those of '%s' or another bit "
            "field at offset %llu; overlap = yes permits it",
            later->path, other->path, (unsigned long long)later->offset);
        return;
    }
    problem_add(walk->problems, later->attr->file, later->attr->line,
                PROBLEM_ERROR,
                "'%s' (bytes %llu..%llu) overlaps '%s' (bytes %llu..%llu, line "
                "%d%s); overlap = yes permits it",
                later->path, (unsigned long long)later->offset,
                (unsigned long long)end_of(later) - 1, other->path,
                (unsigned long long)other->offset,
                (unsigned long long)end_of(other) - 1, other->attr->line,
                file_hint(other->attr->file, later->attr->file).text);
}

static void check_overlap(struct walk *walk, const struct field *field)
{
    const struct field *top = walk->top;
    if (field->overlap || field->size == 0)
        return;
    if (!top || top->mapping != field->mapping || top->base != field->base ||
        !reaches_into(top, field)) {
        walk->top = field;
        return;
    }
    report_overlap(walk, field);
    if (field_end_bit(field) > field_end_bit(top))
        walk->top = field;
}

static void check_end(struct walk *walk, const struct field *field)
{
    uint64_t size = walk->layout->mappings[field->mapping].size;
    if (size > 0 && field->base == FIELD_NO_BASE && end_of(field) > size &&
        first_time(walk, field, FOUND_END)) {
        problem_add(walk->problems, field->attr->file, field->attr->line,
                    PROBLEM_ERROR,
                    "'%s' ends at byte %llu, after the mapping's size of %llu",
                    field->path, (unsigned long long)end_of(field),
                    (unsigned long long)size);
    }
}

/* A pack puts members at odd offsets on purpose; an offset in the layout may be
 * mistyped. */
static void check_alignment(struct walk *walk, const struct field *field)
{
    if (field->attr->placed && !field_is_aligned(field) &&
        first_time(walk, field, FOUND_ALIGNMENT)) {
        problem_add(walk->problems, field->attr->file, field->attr->line,
                    PROBLEM_WARNING,
                    "'%s' at offset %llu is not aligned to its %u bytes, so "
                    "that a read may be torn",
                    field->path, (unsigned long long)field->offset,
                    field_natural_alignment(field));
    }
}

/* A sequence number that is stored in parts proves nothing, even where a pack
 * has put it. */
static void check_sequence(struct walk *walk, const char *key, uint32_t index)
{
    if (index == FIELD_NONE)
        return;
    const struct field *field = &walk->layout->fields[index];
    if (field_is_aligned(field) || !first_time(walk, field, FOUND_ALIGNMENT))
        return;
    problem_add(walk->problems, field->attr->file, field->attr->line,
                PROBLEM_WARNING,
                "'%s' at offset %llu, the %s of [snapshot], is not aligned to "
                "its %u bytes, so that a torn frame may be taken for a whole "
                "one",
                field->path, (unsigned long long)field->offset, key,
                field_natural_alignment(field));
}

static void check_snapshots(struct walk *walk)
{
    for (size_t i = 0; i < walk->layout->mapping_count; i++) {
        const struct snapshot *snapshot = &walk->layout->mappings[i].snapshot;
        check_sequence(walk, "seq", snapshot->seq);
        check_sequence(walk, "begin", snapshot->begin);
        check_sequence(walk, "end", snapshot->end);
        for (uint32_t n = 0;
             snapshot->tick != FIELD_NONE && n < snapshot->buffers; n++) {
            check_sequence(walk, "tick",
                           snapshot->tick + n * snapshot->tick_step);
        }
    }
}

void overlaps_check(const struct layout *layout, struct problems *problems)
{
    struct walk walk = {
        .layout = layout,
        .problems = problems,
        .reported = mem_zalloc(layout->group_count, 1),
    };
    uint32_t *order = sort_by_place(layout); /* NULL: they are in order */
    check_snapshots(&walk);
    for (size_t i = 0; i < layout->field_count; i++) {
        const struct field *field = &layout->fields[order ? order[i] : i];
        check_overlap(&walk, field);
        check_end(&walk, field);
        check_alignment(&walk, field);
    }
    free(order);
    free(walk.reported);
}
