/* SPDX-License-Identifier: MIT */
/* Reads the command line by the tables of option_table.c.  All words are read
 * before options are compared with the command, so they may come in any order.
 */
#include "cli/options.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/text.h"
#include "cli/dashboard_config.h"
#include "draw/grid.h"
#include "history/history.h"
#include "output/output.h"
#include "view/view.h"

#define OPTION_WORDS_MAX 24

void options_init(struct options *options)
{
    *options = (struct options){
        .command = COMMAND_WATCH,
        .color = COLOR_AUTO,
        .highlight = HIGHLIGHT_LAST,
        .sort = ORDER_LAYOUT,
        .mouse = true,
        .title = true,
        .sync = true,
        .history = HISTORY_BYTES,
    };
}

void options_free(struct options *options)
{
    free(options->operands.items);
    free(options->include.items);
    free(options->exclude.items);
    dashboard_config_free(options->dashboard);
    arena_free(options->texts);
    *options = (struct options){0};
}

const struct option_row *option_find(const char *name)
{
    CHECK(name);
    for (size_t i = 0; i < OPTION_ID_COUNT; i++)
        if (strcmp(option_table[i].name, name) == 0)
            return &option_table[i];
    return NULL;
}

const char *option_nearest(const char *name, unsigned commands)
{
    const char *words[OPTION_ID_COUNT];
    size_t count = 0;
    for (size_t i = 0; i < OPTION_ID_COUNT; i++) {
        const struct option_row *row = &option_table[i];
        if (commands != 0 ? (row->commands & commands) != 0 : row->config)
            words[count++] = row->name;
    }
    return text_nearest(name, words, count);
}

static const char *const check_formats[] = {"text", "json", NULL};

const char *format_word(enum command command, size_t index)
{
    CHECK(command == COMMAND_CHECK || command == COMMAND_PRINT);
    size_t i = 0;
    if (command == COMMAND_CHECK) {
        while (i < index && check_formats[i])
            i++;
        return check_formats[i];
    }
    while (i < index && output_table[i].name)
        i++;
    return output_table[i].name;
}

const char *option_word(const struct option_row *row, enum command command,
                        size_t index)
{
    size_t i = 0;
    if (row == &option_table[OPTION_FORMAT])
        return format_word(command, index);
    if (row->words) {
        while (i < index && row->words[i])
            i++;
        return row->words[i];
    }
    while (row->names && i < index && row->names[i].word)
        i++;
    return row->names ? row->names[i].word : NULL;
}

static void list_add(struct text_list *list, const char *text)
{
    *MEM_ADD(list->items, list->count) = text;
}

static bool read_flag(const char *text, bool *flag, struct err *err)
{
    static const char *const words[] = {"no",  "yes", "false", "true",
                                        "off", "on",  "0",     "1"};
    if (!text) {
        *flag = true;
        return true;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (text_is_word(text, strlen(text), words[i])) {
            *flag = i % 2 == 1;
            return true;
        }
    }
    return err_set(err, STATUS_USAGE, "'%s' is neither yes nor no", text);
}

static bool read_number(const char *text, uint64_t *number, struct err *err)
{
    uint64_t value;
    if (!number_parse_u64(text, &value) || value == 0)
        return err_set(err, STATUS_USAGE, "'%s' is not a number from 1 to %llu",
                       text, (unsigned long long)UINT64_MAX);
    *number = value;
    return true;
}

static bool read_period(const char *text, int64_t *ns, struct err *err)
{
    if (number_parse_period(text, ns))
        return true;
    return err_set(err, STATUS_USAGE,
                   "'%s' is not a time above 0; write it like 1s, 100ms, "
                   "10hz, or 2.5 for seconds",
                   text);
}

static bool read_size(const char *text, uint64_t *bytes, struct err *err)
{
    uint64_t value;
    if (!number_parse_size(text, &value) || value > OPTION_SIZE_MAX)
        return err_set(err, STATUS_USAGE,
                       "'%s' is not a size of 0 to %lluG; write it like 64M",
                       text, (unsigned long long)(OPTION_SIZE_MAX >> 30));
    *bytes = value;
    return true;
}

static bool read_wait(const char *text, struct wait *wait, struct err *err)
{
    if (text && !read_period(text, &wait->ns, err))
        return false;
    if (!text)
        wait->ns = 0;
    wait->asked = true;
    return true;
}

static bool parse_screen(const char *text, uint64_t *columns, uint64_t *rows)
{
    const char *by = strpbrk(text, "xX");
    size_t len = by ? (size_t)(by - text) : 0;
    char first[16];
    if (len == 0 || len >= sizeof first)
        return false;
    memcpy(first, text, len);
    first[len] = '\0';
    return number_parse_u64(first, columns) && number_parse_u64(by + 1, rows);
}

static bool read_screen(const char *text, struct screen *screen,
                        struct err *err)
{
    uint64_t columns;
    uint64_t rows;
    if (!parse_screen(text, &columns, &rows) || columns < 1 || rows < 1 ||
        columns > GRID_COLUMNS_MAX || rows > GRID_ROWS_MAX)
        return err_set(err, STATUS_USAGE,
                       "'%s' is not a size of 1x1 to %dx%d; write it like "
                       "80x24",
                       text, GRID_COLUMNS_MAX, GRID_ROWS_MAX);
    screen->columns = (int)columns;
    screen->rows = (int)rows;
    return true;
}

/* "'%s' is none of a, b, c; did you mean 'b'?" */
static void fail_word(struct err *err, const char *text,
                      const char *const *words, size_t count)
{
    struct buf list = {0};
    const char *near = text_nearest(text, words, count);
    for (size_t i = 0; i < count; i++)
        buf_printf(&list, "%s%s", i > 0 ? ", " : "", words[i]);
    if (near)
        err_set(err, STATUS_USAGE, "'%s' is none of %s; did you mean '%s'?",
                text, list.data, near);
    else
        err_set(err, STATUS_USAGE, "'%s' is none of %s", text, list.data);
    buf_free(&list);
}

/* The index of the word among the words of the option; -1 with `err` if
 * unknown. */
static int read_word(const struct option_row *row, enum command command,
                     const char *text, struct err *err)
{
    const char *words[OPTION_WORDS_MAX];
    size_t count = 0;
    const char *word;
    while ((word = option_word(row, command, count))) {
        CHECK(count < OPTION_WORDS_MAX);
        if (strcmp(word, text) == 0)
            return (int)count;
        words[count++] = word;
    }
    fail_word(err, text, words, count);
    return -1;
}

static bool read_choice(const struct option_row *row, enum command command,
                        const char *text, int *choice, struct err *err)
{
    int index = read_word(row, command, text, err);
    if (index >= 0)
        *choice = row->names ? row->names[index].value : index;
    return index >= 0;
}

static bool option_takes_nothing(const struct option_row *row)
{
    return row->kind == OPTION_IS_FLAG || row->kind == OPTION_IS_LEVEL ||
           option_is_optional(row);
}

bool option_set(struct options *options, const struct option_row *row,
                const char *argument, enum origin origin, struct err *err)
{
    size_t id = (size_t)(row - option_table);
    struct options scratch = *options;
    /* A value of an earlier origin is read too, for its errors. */
    bool keeps = options->origin[id] > origin;
    char *place = (char *)(keeps ? &scratch : options) + row->place;
    CHECK(row >= option_table && id < OPTION_ID_COUNT);
    CHECK(!keeps || row->kind != OPTION_IS_LIST);
    if (!keeps)
        options->origin[id] = (uint8_t)origin;
    switch (row->kind) {
    case OPTION_IS_FLAG:
        return read_flag(argument, (bool *)(void *)place, err);
    case OPTION_IS_LEVEL:
        if (argument)
            return err_set(err, STATUS_USAGE, "takes no argument; repeat it");
        ++*(unsigned *)(void *)place;
        return true;
    case OPTION_IS_NUMBER:
        return read_number(argument, (uint64_t *)(void *)place, err);
    case OPTION_IS_PERIOD:
        return read_period(argument, (int64_t *)(void *)place, err);
    case OPTION_IS_SIZE:
        return read_size(argument, (uint64_t *)(void *)place, err);
    case OPTION_IS_WAIT:
        return read_wait(argument, (struct wait *)(void *)place, err);
    case OPTION_IS_SCREEN:
        return read_screen(argument, (struct screen *)(void *)place, err);
    case OPTION_IS_MAYBE:
        if (!argument)
            argument = option_word(row, options->command, 0);
        /* fall through */
    case OPTION_IS_WORD:
        return read_choice(row, options->command, argument,
                           (int *)(void *)place, err);
    case OPTION_IS_TEXT:
    case OPTION_IS_LIST:
        break;
    }
    if (argument[0] == '\0' && id != OPTION_KEYS)
        return err_set(err, STATUS_USAGE, "the argument is empty");
    if (row->kind == OPTION_IS_LIST)
        list_add((struct text_list *)(void *)place, argument);
    else
        *(const char **)(void *)place = argument;
    return true;
}

/* The state of the parser. */
struct reader {
    struct options *options;
    char *const *next;
    char *const *end;
    bool command_known;
    bool ended; /* after "--" */
};

/* `spelled` is the option as the user wrote it. */
static bool take_option(struct reader *reader, const struct option_row *row,
                        const char *spelled, const char *argument,
                        struct err *err)
{
    CHECK(reader->next <= reader->end);
    if (!argument && !option_takes_nothing(row)) {
        if (reader->next == reader->end)
            return err_set(err, STATUS_USAGE, "%s needs an argument: %s %s",
                           spelled, spelled, row->argument);
        argument = *reader->next++;
    }
    if (option_set(reader->options, row, argument, ORIGIN_COMMAND_LINE, err))
        return true;
    err_prefix(err, "%s", spelled);
    return false;
}

static bool take_long(struct reader *reader, const char *word, struct err *err)
{
    size_t len = strcspn(word, "=");
    char *spelled = mem_strdup(word);
    const char *near;
    bool ok;
    spelled[len] = '\0';
    const struct option_row *row = option_find(spelled + 2);
    if (row) {
        ok = take_option(reader, row, spelled,
                         word[len] == '=' ? word + len + 1 : NULL, err);
    } else {
        near = option_nearest(spelled + 2, ~0u);
        ok = err_set(err, STATUS_USAGE, "unknown option '%s'%s%s%s", spelled,
                     near ? "; did you mean '--" : "", near ? near : "",
                     near ? "'?" : "");
    }
    free(spelled);
    return ok;
}

static const struct option_row *find_letter(char letter)
{
    for (size_t i = 0; i < OPTION_ID_COUNT; i++)
        if (option_table[i].letter == letter && letter != '\0')
            return &option_table[i];
    return NULL;
}

/* "-r1s", "-r 1s", "-dv" */
static bool take_letters(struct reader *reader, const char *word,
                         struct err *err)
{
    CHECK(word[0] == '-' && word[1] != '\0');
    if (word[2] != '\0' && option_find(word + 1))
        return err_set(err, STATUS_USAGE,
                       "'%s': long options begin with two dashes: -%s", word,
                       word);
    for (const char *at = word + 1; *at != '\0'; at++) {
        char spelled[] = {'-', *at, '\0'};
        const struct option_row *row = find_letter(*at);
        bool rest = at[1] != '\0';
        if (!row)
            return err_set(err, STATUS_USAGE, "unknown option '%s' in '%s'",
                           spelled, word);
        if (row->argument && rest)
            return take_option(reader, row, spelled,
                               at[1] == '=' ? at + 2 : at + 1, err);
        if (!take_option(reader, row, spelled, NULL, err))
            return false;
    }
    return true;
}

static void take_operand(struct reader *reader, const char *word)
{
    struct options *options = reader->options;
    if (!reader->command_known && !reader->ended) {
        reader->command_known = true;
        for (int i = 0; i < COMMAND_COUNT; i++) {
            if (strcmp(command_table[i].word, word) == 0) {
                options->command = (enum command)i;
                return;
            }
        }
    }
    list_add(&options->operands, word);
}

static bool take_word(struct reader *reader, struct err *err)
{
    const char *word = *reader->next++;
    if (reader->ended || word[0] != '-' || word[1] == '\0') {
        take_operand(reader, word);
        return true;
    }
    if (strcmp(word, "--") == 0) {
        reader->ended = true;
        return true;
    }
    return word[1] == '-' ? take_long(reader, word, err)
                          : take_letters(reader, word, err);
}

static bool check_applies(const struct options *options, struct err *err)
{
    for (size_t i = 0; i < OPTION_ID_COUNT; i++) {
        const struct option_row *row = &option_table[i];
        struct buf takers = {0};
        if (options->origin[i] != ORIGIN_COMMAND_LINE ||
            (row->commands & 1u << options->command) != 0)
            continue;
        for (int c = 0; c < COMMAND_COUNT; c++) {
            if ((row->commands & 1u << c) != 0)
                buf_printf(&takers, "%s%s", takers.len > 0 ? ", " : "",
                           command_table[c].word);
        }
        err_set(err, STATUS_USAGE,
                "--%s is not an option of '%s'; it belongs to: %s", row->name,
                command_table[options->command].word, takers.data);
        buf_free(&takers);
        return false;
    }
    return true;
}

static bool check_format(const struct options *options, struct err *err)
{
    if (!options->format ||
        read_word(&option_table[OPTION_FORMAT], options->command,
                  options->format, err) >= 0)
        return true;
    err_prefix(err, "--format");
    return false;
}

static bool check_together(struct options *options, struct err *err)
{
    if (options->once && options->origin[OPTION_COUNT] == ORIGIN_COMMAND_LINE)
        return err_set(err, STATUS_USAGE,
                       "--once is --count 1: give one of the two");
    if (options->keys && options->screen.columns == 0)
        return err_set(err, STATUS_USAGE,
                       "--keys is for --screen: add --screen 80x24");
    if (options->target && options->command == COMMAND_WATCH &&
        options->operands.count > 1)
        return err_set(err, STATUS_USAGE,
                       "--target is for one TARGET; for each of several write "
                       "its mapping, with --layout");
    if (options->once)
        options->count = 1;
    return true;
}

static bool check_operands(const struct options *options, struct err *err)
{
    const struct command_row *row = &command_table[options->command];
    size_t count = options->operands.count;
    if (count > row->most)
        return err_set(
            err, STATUS_USAGE, "'%s' is one too many: %s takes one %s",
            options->operands.items[row->most], row->word, row->operands);
    if (count < row->least &&
        !(options->command != COMMAND_SET && options->layout))
        return err_set(err, STATUS_USAGE, "%s needs %s", row->word,
                       row->operands);
    return true;
}

bool options_parse(struct options *options, int count, char *const *arguments,
                   struct err *err)
{
    struct reader reader = {
        .options = options, .next = arguments, .end = arguments + count};
    while (reader.next != reader.end)
        if (!take_word(&reader, err))
            return false;
    if (options->help || options->version)
        return true;
    return check_applies(options, err) && check_format(options, err) &&
           check_together(options, err) && check_operands(options, err);
}
