/* SPDX-License-Identifier: MIT */
/* Reads the file of a recording into steps.  Accepted steps stay within the
 * size and the range of times, so playing them cannot fail. */
#include "source/recording_parse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/os_files.h"
#include "base/text.h"
#include "source/recording.h"

#define FILE_BYTES_MAX (256u << 20)
#define JUMP_MOST (INT64_C(86400) * 1000000000) /* of the clock */
#define SECOND INT64_C(1000000000)

struct reader {
    struct recording_steps *steps;
    const char *path;
    int line;
    uint64_t size;
    int64_t elapsed_ns;
    bool framed;
    struct err *err;
};

static bool fail(struct reader *reader, const char *what, const char *word)
{
    return err_set(reader->err, STATUS_DATA, "%s:%d: %s '%s'", reader->path,
                   reader->line, what, word);
}

/* Removes the next word from *rest; "" at the end of the line. */
static char *next_word(char **rest)
{
    char *word = *rest + strspn(*rest, " \t");
    char *end = word + strcspn(word, " \t");
    *rest = *end == '\0' ? end : end + 1;
    *end = '\0';
    return word;
}

static struct step *add_step(struct reader *reader, enum step_kind kind)
{
    struct recording_steps *steps = reader->steps;
    struct step *step = MEM_ADD(steps->steps, steps->count);
    *step = (struct step){.kind = kind, .note = ""};
    return step;
}

/* Days from 1970-01-01 of a date of the Gregorian calendar. */
static int64_t days_from_civil(int64_t year, int month, int day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t days = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    return era * 146097 + days - 719468;
}

static bool parse_fraction(const char *text, int64_t *ns)
{
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 9 || strcmp(text + digits, "Z") != 0)
        return false;
    *ns = 0;
    for (size_t i = 0; i < 9; i++)
        *ns = *ns * 10 + (i < digits ? text[i] - '0' : 0);
    return true;
}

/* RFC 3339 in UTC, years 1970 to 2199. */
static bool parse_time(const char *text, int64_t *wall_ns)
{
    static const char shape[] = "0000-00-00T00:00:00";
    int year, month, day, hour, minute, second;
    int64_t ns = 0;
    for (size_t i = 0; i < sizeof shape - 1; i++)
        if (shape[i] == '0' ? text[i] < '0' || text[i] > '9'
                            : text[i] != shape[i])
            return false;
    sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d", &year, &month, &day, &hour, &minute,
           &second);
    const char *rest = text + sizeof shape - 1;
    if (year < 1970 || year > 2199 || month < 1 || month > 12 || day < 1 ||
        day > 31 || hour > 23 || minute > 59 || second > 59)
        return false;
    if (*rest == '.' ? !parse_fraction(rest + 1, &ns) : strcmp(rest, "Z") != 0)
        return false;
    int64_t seconds = days_from_civil(year, month, day) * 86400 + hour * 3600 +
                      minute * 60 + second;
    *wall_ns = seconds * SECOND + ns;
    return true;
}

static bool read_start(struct reader *reader, char *rest)
{
    char *word = next_word(&rest);
    if (reader->framed)
        return fail(reader, "start must be before the first frame:", word);
    if (!parse_time(word, &reader->steps->start_ns))
        return fail(reader,
                    "a time such as 2026-01-02T03:04:05.5Z is needed, not",
                    word);
    return true;
}

static bool read_size(struct reader *reader, char *rest)
{
    char *word = next_word(&rest);
    if (!number_parse_size(word, &reader->size) ||
        reader->size > RECORDING_SIZE_MAX)
        return fail(reader, "a size of at most 256M is needed, not", word);
    add_step(reader, STEP_SIZE)->value = reader->size;
    if (reader->size > reader->steps->size_max)
        reader->steps->size_max = reader->size;
    return true;
}

static bool read_hex(struct reader *reader, const char *word)
{
    for (const char *c = word; *c != '\0'; c += 2) {
        uint8_t byte;
        if (!hex_read_pair(c, &byte))
            return fail(reader, "pairs of hex digits are needed, not", word);
        buf_putc(&reader->steps->bytes, (char)byte);
    }
    return true;
}

static bool read_store(struct reader *reader, char *rest, enum step_kind kind)
{
    struct buf *bytes = &reader->steps->bytes;
    size_t at = bytes->len;
    uint64_t offset;
    char *word = next_word(&rest);
    if (!number_parse_u64(word, &offset))
        return fail(reader, "an offset is needed, not", word);
    for (const char *hex = next_word(&rest); *hex != '\0';
         hex = next_word(&rest))
        if (!read_hex(reader, hex))
            return false;
    size_t len = bytes->len - at;
    if (len == 0)
        return fail(reader, "no bytes in hex after offset", word);
    if (offset > reader->size || len > reader->size - offset)
        return fail(reader, "bytes beyond the size, at offset", word);
    struct step *step = add_step(reader, kind);
    step->value = offset;
    step->bytes_at = at;
    step->bytes_len = len;
    return true;
}

static bool read_set(struct reader *reader, char *rest)
{
    return read_store(reader, rest, STEP_SET);
}

static bool read_during(struct reader *reader, char *rest)
{
    return read_store(reader, rest, STEP_DURING);
}

static bool read_clock(struct reader *reader, char *rest)
{
    char *word = next_word(&rest);
    int64_t jump_ns;
    bool back = word[0] == '-';
    if ((!back && word[0] != '+') || !number_parse_period(word + 1, &jump_ns) ||
        jump_ns > JUMP_MOST)
        return fail(reader, "a time such as +1h or -5s is needed, not", word);
    add_step(reader, STEP_CLOCK)->value = (uint64_t)(back ? -jump_ns : jump_ns);
    return true;
}

static const struct {
    const char *word;
    enum source_state state;
} state_words[] = {
    {"live", STATE_LIVE},           {"short", STATE_SHORT},
    {"truncated", STATE_TRUNCATED}, {"replaced", STATE_REPLACED},
    {"gone", STATE_GONE},           {"waiting", STATE_WAITING},
    {"denied", STATE_DENIED},       {"error", STATE_ERROR},
};

#define STATE_WORDS (sizeof state_words / sizeof state_words[0])

static bool read_state(struct reader *reader, const char *word,
                       enum source_state *state)
{
    const char *words[STATE_WORDS];
    for (size_t i = 0; i < STATE_WORDS; i++) {
        words[i] = state_words[i].word;
        if (!strcmp(word, words[i])) {
            *state = state_words[i].state;
            return true;
        }
    }
    const char *nearest = text_nearest(word, words, STATE_WORDS);
    if (!nearest)
        return fail(reader, "unknown state", word);
    return err_set(reader->err, STATUS_DATA,
                   "%s:%d: unknown state '%s'; did you mean '%s'?",
                   reader->path, reader->line, word, nearest);
}

static bool read_frame(struct reader *reader, char *rest)
{
    int64_t period_ns = SECOND;
    enum source_state state = STATE_LIVE;
    char *word = next_word(&rest);
    if (word[0] == '+') {
        if (!number_parse_period(word + 1, &period_ns))
            return fail(reader, "a period such as +100ms is needed, not", word);
        word = next_word(&rest);
    }
    if (word[0] != '\0' && !read_state(reader, word, &state))
        return false;
    /* A start until 2199 and this limit fit into 64 bits of nanoseconds. */
    if (period_ns > INT64_C(2000000000) * SECOND - reader->elapsed_ns)
        return fail(reader, "the recording becomes too long here:", word);
    reader->elapsed_ns += period_ns;
    reader->framed = true;
    reader->steps->last_frame = reader->steps->count;
    struct step *step = add_step(reader, STEP_FRAME);
    step->value = (uint64_t)period_ns;
    step->state = state;
    step->note = rest + strspn(rest, " \t");
    return true;
}

static bool read_line(struct reader *reader, char *line)
{
    static const struct {
        const char *word;
        bool (*read)(struct reader *reader, char *rest);
    } kinds[] = {{"start", read_start}, {"size", read_size},
                 {"set", read_set},     {"during", read_during},
                 {"clock", read_clock}, {"frame", read_frame}};
    char *word = next_word(&line);
    if (word[0] == '\0' || word[0] == '#')
        return true;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (!strcmp(word, kinds[i].word))
            return kinds[i].read(reader, line);
    return fail(reader,
                "start, size, set, during, clock or frame is needed, not",
                word);
}

static bool read_text(struct reader *reader, char *text)
{
    while (*text != '\0') {
        char *end = text + strcspn(text, "\n");
        char *next = *end == '\0' ? end : end + 1;
        reader->line++;
        *end = '\0';
        if (end > text && end[-1] == '\r')
            end[-1] = '\0';
        if (!read_line(reader, text))
            return false;
        text = next;
    }
    if (!reader->framed)
        return err_set(reader->err, STATUS_DATA,
                       "%s: a recording without a frame", reader->path);
    return true;
}

bool recording_read_steps(struct recording_steps **out, const char *path,
                          struct err *err)
{
    struct recording_steps *steps = mem_zalloc(1, sizeof *steps);
    struct reader reader = {.steps = steps, .path = path, .err = err};
    if (!os_read_file(path, FILE_BYTES_MAX, &steps->text, err) ||
        !read_text(&reader,
                   steps->text.len > 0 ? steps->text.data : (char[]){'\0'})) {
        recording_free_steps(steps);
        return false;
    }
    *out = steps;
    return true;
}

void recording_free_steps(struct recording_steps *steps)
{
    if (!steps)
        return;
    free(steps->steps);
    buf_free(&steps->bytes);
    buf_free(&steps->text);
    free(steps);
}
