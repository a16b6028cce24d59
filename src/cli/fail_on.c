/* SPDX-License-Identifier: MIT */
/* --fail-on: collects the alarms of the printed samples.  A field counts once,
 * with the value of its first alarm. */
#include "cli/fail_on.h"

#include <stdlib.h>

#include "layout/limits.h"
#include "layout/value_text.h"
#include "sampler/alarm.h"

static bool is_among(const uint32_t *fields, size_t count, uint32_t field)
{
    size_t low = 0;
    while (low < count) {
        size_t middle = low + (count - low) / 2;
        if (fields[middle] == field)
            return true;
        if (fields[middle] < field)
            low = middle + 1;
        else
            count = middle;
    }
    return false;
}

static void note(struct fail_on *fail, const struct layout *layout,
                 const struct sample *sample, const struct alarm *alarm)
{
    const struct field *field = &layout->fields[alarm->field];
    const struct attributes *attr = field->attr;
    bool critical = alarm->level == ALARM_CRIT;
    struct buf *text = &fail->text;
    if (fail->count++ >= FAIL_ON_NAMED)
        return;
    if (fail->count > 1)
        buf_puts(text, ", ");
    buf_puts(text, field->path);
    buf_puts(text, " = ");
    value_put_text(text, field, &sample->values[alarm->field], SHOW_DEFAULT,
                   false);
    if (attr->unit)
        buf_printf(text, " %s", attr->unit);
    buf_printf(text, " (%s ", critical ? "crit" : "warn");
    limit_put(text, critical ? &attr->crit : &attr->warn, field);
    buf_putc(text, ')');
}

void fail_on_add(struct fail_on *fail, const struct layout *layout,
                 const uint32_t *fields, size_t field_count,
                 const struct sample *sample)
{
    if (fail->level == ALARM_NONE)
        return;
    CHECK(field_count == 0 || fields);
    if (!fail->seen)
        fail->seen = mem_zalloc(sample->alarm_count, sizeof(bool));
    for (size_t i = 0; i < sample->alarm_count; i++) {
        const struct alarm *alarm = &sample->alarms[i];
        if (alarm->level < fail->level || fail->seen[i] ||
            !is_among(fields, field_count, alarm->field))
            continue;
        fail->seen[i] = true;
        note(fail, layout, sample, alarm);
    }
}

/* When a limit is judged that was broken at `since_ns` or before; 0: it is
 * judged. */
static int64_t judged_ns(const struct limit_state *limit, int64_t for_ns,
                         int64_t since_ns)
{
    if (!limit->broken || limit->on || limit->since_ns > since_ns)
        return 0;
    return for_ns < INT64_MAX - limit->since_ns ? limit->since_ns + for_ns
                                                : INT64_MAX;
}

struct fail_on_pending
fail_on_pending(const struct fail_on *fail, const struct layout *layout,
                const uint32_t *fields, size_t field_count,
                const struct sample *sample, int64_t since_ns)
{
    struct fail_on_pending pending = {0};
    if (fail->level == ALARM_NONE || fail->count > 0)
        return pending;
    for (size_t i = 0; i < sample->alarm_count; i++) {
        const struct alarm *alarm = &sample->alarms[i];
        int64_t for_ns = layout->fields[alarm->field].attr->for_ns;
        int64_t until_ns = judged_ns(&alarm->crit, for_ns, since_ns);
        if (until_ns == 0 && fail->level == ALARM_WARN)
            until_ns = judged_ns(&alarm->warn, for_ns, since_ns);
        if (until_ns == 0 || !is_among(fields, field_count, alarm->field))
            continue;
        if (pending.count++ == 0 || for_ns > pending.for_ns) {
            pending.field = alarm->field;
            pending.for_ns = for_ns;
        }
        if (until_ns > pending.until_ns)
            pending.until_ns = until_ns;
    }
    return pending;
}

bool fail_on_judge(const struct fail_on *fail, struct err *err)
{
    if (fail->count == 0)
        return true;
    if (fail->count > FAIL_ON_NAMED)
        return err_set(err, STATUS_CHECK_FAILED, "alarm: %s and %zu more",
                       fail->text.data, fail->count - FAIL_ON_NAMED);
    return err_set(err, STATUS_CHECK_FAILED, "alarm: %s", fail->text.data);
}

void fail_on_free(struct fail_on *fail)
{
    free(fail->seen);
    buf_free(&fail->text);
    *fail = (struct fail_on){.level = ALARM_NONE};
}
