/* SPDX-License-Identifier: MIT */
/* What is typed after `:`: a time; a field is view_field.c.  Moving in time by
 * keys is view_time.c. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/os.h"
#include "view/view_private.h"

#define SECOND_NS INT64_C(1000000000)
#define DIGITS "0123456789"

/* --- reading -------------------------------------------------------------- */

/* Reads a number of at most `digits` digits. */
static bool read_number(const char **at, size_t digits, int *out)
{
    size_t len = strspn(*at, DIGITS);
    if (!len || len > digits)
        return false;
    *out = atoi(*at);
    *at += len;
    return true;
}

static bool read_char(const char **at, char c)
{
    if (**at != c)
        return false;
    ++*at;
    return true;
}

/* A time of day, on a date if one was typed. */
struct clock {
    struct tm parts;
    bool dated;
    bool utc; /* not local */
    int64_t fraction_ns;
    int64_t exact_ns; /* what the text leaves open: "12:03" a minute */
};

/* "2026-11-28 " */
static bool read_date(const char **text, struct clock *clock)
{
    const char *at = *text;
    int year, month, day;
    if (!read_number(&at, 4, &year) || !read_char(&at, '-') ||
        !read_number(&at, 2, &month) || !read_char(&at, '-') ||
        !read_number(&at, 2, &day) || (*at != ' ' && *at != 'T'))
        return false;
    if (year < 1970 || month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    *text = at + 1 + strspn(at + 1, " ");
    clock->dated = true;
    clock->parts.tm_year = year - 1900;
    clock->parts.tm_mon = month - 1;
    clock->parts.tm_mday = day;
    return true;
}

/* ".5" */
static bool read_fraction(const char **at, struct clock *clock)
{
    if (!read_char(at, '.'))
        return true;
    size_t len = strspn(*at, DIGITS);
    if (!len || len > 9)
        return false;
    for (; len; len--, ++*at) {
        clock->exact_ns /= 10;
        clock->fraction_ns += (**at - '0') * clock->exact_ns;
    }
    return true;
}

/* "12:03", "12:03:27", "12:03:27.5", also with a date before it, and then with
 * a "Z" after it. */
static bool read_clock(const char *text, struct clock *out)
{
    struct clock clock = {.exact_ns = 60 * SECOND_NS};
    struct tm *parts = &clock.parts;
    read_date(&text, &clock);
    if (!read_number(&text, 2, &parts->tm_hour) || !read_char(&text, ':') ||
        !read_number(&text, 2, &parts->tm_min))
        return false;
    if (read_char(&text, ':')) {
        clock.exact_ns = SECOND_NS;
        if (!read_number(&text, 2, &parts->tm_sec) ||
            !read_fraction(&text, &clock))
            return false;
    }
    clock.utc = clock.dated && read_char(&text, 'Z');
    *out = clock;
    return !*text && parts->tm_hour < 24 && parts->tm_min < 60 &&
           parts->tm_sec < 60;
}

/* "5m", "5 min", "1h30m", "90s", "2d", "1.5s", "250ms". */
static bool read_duration(const char *text, int64_t *out)
{
    static const struct {
        const char *unit;
        int64_t ns;
    } units[] = {
        {"ms", SECOND_NS / 1000}, {"s", SECOND_NS},
        {"m", 60 * SECOND_NS},    {"h", 3600 * SECOND_NS},
        {"d", 86400 * SECOND_NS}, {"min", 60 * SECOND_NS},
    };
    enum { UNITS = sizeof units / sizeof units[0] };
    double total = 0;
    do {
        size_t len = strspn(text, DIGITS ".");
        size_t i = 0;
        char *end;
        double number = strtod(text, &end);
        if (!len || end != text + len)
            return false;
        text += len;
        text += strspn(text, " ");
        size_t unit_len = strspn(text, "dhimns");
        while (i < UNITS && (strlen(units[i].unit) != unit_len ||
                             strncmp(text, units[i].unit, unit_len) != 0))
            i++;
        if (i == UNITS)
            return false;
        text += unit_len;
        text += strspn(text, " ");
        total += number * (double)units[i].ns;
    } while (*text);
    *out = total < 1e18 ? (int64_t)total : INT64_C(1000000000000000000);
    return true;
}

/* --- a time of the wall clock --------------------------------------------- */

/* A stretch of the history in which the wall clock did not jump. */
struct stretch {
    int64_t from_ns, end_ns; /* monotonic */
};

/* The stretches of a target's history, oldest first; the caller frees them. */
static struct stretch *find_stretches(const struct history *history,
                                      size_t *out)
{
    struct history_span span = history_span(history);
    size_t mark_count;
    CHECK(span.count > 0);
    const struct history_mark *marks = history_marks(history, &mark_count);
    struct stretch *stretches = NULL;
    size_t count = 0;
    int64_t from_ns = span.first_ns;
    for (size_t i = 0; i < mark_count; i++) {
        if (marks[i].kind != MARK_CLOCK || marks[i].at_ns <= from_ns)
            continue;
        *MEM_ADD(stretches, count) = (struct stretch){from_ns, marks[i].at_ns};
        from_ns = marks[i].at_ns;
    }
    *MEM_ADD(stretches, count) = (struct stretch){from_ns, span.last_ns + 1};
    *out = count;
    return stretches;
}

/* The wall-clock time that was typed, the last one before `wall_ns`. */
static int64_t last_wall_ns(const struct clock *clock, int64_t wall_ns)
{
    struct tm parts = clock->parts;
    if (!clock->dated) {
        time_t seconds = (time_t)(wall_ns / SECOND_NS);
        const struct tm *day = localtime(&seconds);
        if (!day)
            return INT64_MIN;
        parts.tm_year = day->tm_year;
        parts.tm_mon = day->tm_mon;
        parts.tm_mday = day->tm_mday;
    }
    for (int back = 0; back < 2; back++) {
        struct tm copy = parts;
        copy.tm_mday -= back;
        copy.tm_isdst = -1;
        int64_t found_ns =
            (int64_t)mktime(&copy) * SECOND_NS + clock->fraction_ns;
        /* Seen as local, it shows what the time in UTC is. */
        if (clock->utc)
            return os_local_ns(found_ns);
        if (clock->dated || found_ns < wall_ns)
            return found_ns;
    }
    return INT64_MIN;
}

/* The newest moment of the history at which the wall clock showed that time. */
static bool find_clock(const struct history *history, const struct clock *clock,
                       int64_t *out)
{
    size_t count;
    struct stretch *stretches = find_stretches(history, &count);
    bool found = false;
    while (!found && count > 0) {
        const struct stretch *own = &stretches[--count];
        int64_t begin_ns = history_wall_ns(history, own->from_ns);
        int64_t end_ns = history_wall_ns(history, own->end_ns - 1) + 1;
        int64_t wall_ns = last_wall_ns(clock, end_ns);
        if (wall_ns < begin_ns && wall_ns > begin_ns - clock->exact_ns)
            wall_ns = begin_ns;
        found = begin_ns <= wall_ns && wall_ns < end_ns;
        *out = own->from_ns + (wall_ns - begin_ns);
    }
    free(stretches);
    if (!found)
        return false;
    /* The first sample of that minute or second, if there is one. */
    int64_t own_ns = history_find(history, *out);
    int64_t next_ns = history_find_step(history, own_ns, 1);
    if (own_ns < *out && next_ns > *out && next_ns < *out + clock->exact_ns)
        *out = next_ns;
    return true;
}

/* --- going there ---------------------------------------------------------- */

static void go_to_clock(struct view *view, const char *text,
                        const struct clock *clock)
{
    int64_t at_ns;
    const struct history *history = view_history(view);
    if (!history) {
        view_hold(view, 0); /* it says why not */
        return;
    }
    if (find_clock(history, clock, &at_ns)) {
        view_hold(view, at_ns);
        return;
    }
    struct buf line = {0};
    buf_printf(&line, "%s is not in the history, from ", text);
    view_put_clock(&line, view, history_span(history).first_ns);
    buf_puts(&line, " to ");
    view_put_clock(&line, view, history_span(history).last_ns);
    view_set_message(view, "%s", line.data);
    buf_free(&line);
}

static void go_to_moment(struct view *view, int64_t at_ns)
{
    if (!view_hold(view, at_ns))
        return;
    if (at_ns < view->moment_ns)
        view_say_begin(view);
    else if (at_ns > view->moment_ns)
        view_set_message(view, "this is the newest sample");
}

void view_go_to(struct view *view, const char *text)
{
    struct clock clock;
    int64_t far_ns;
    text += strspn(text, " ");
    char *own = mem_strdup(text);
    size_t len = strlen(own);
    while (len > 0 && own[len - 1] == ' ')
        own[--len] = '\0';
    if (!*own)
        ;
    else if (strcmp(own, "now") == 0)
        view_go_live(view);
    else if (read_clock(own, &clock))
        go_to_clock(view, own, &clock);
    else if (*own == '-' && read_duration(own + 1, &far_ns))
        go_to_moment(view, view_live_ns(view) - far_ns);
    else if (*own == '+' && read_duration(own + 1, &far_ns))
        go_to_moment(view, view_moment_ns(view) + far_ns);
    else
        view_go_to_field(view, own);
    free(own);
}
