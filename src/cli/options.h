/* SPDX-License-Identifier: MIT */
/* The command line: a table of commands and a table of options.  The parser,
 * the configuration file and --help read them; tests/docs compares doc/ with
 * them. */
#ifndef SHMTOP_CLI_OPTIONS_H
#define SHMTOP_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "layout/words.h"

enum command {
    COMMAND_WATCH,
    COMMAND_PRINT,
    COMMAND_WRITE,
    COMMAND_SET,
    COMMAND_CHECK,
    COMMAND_IMPORT,
    COMMAND_COUNT,
};

struct command_row {
    const char *word;
    const char *operands; /* for people: "TARGET FIELD=VALUE..." */
    size_t least;         /* operands without --layout */
    size_t most;
    const char *help; /* one line */
    const char *doc;  /* a paragraph for --help */
};

/* Indexed by enum command. */
extern const struct command_row command_table[COMMAND_COUNT];

/* 64 GiB, or 1 GiB in a 32-bit program. */
#define OPTION_SIZE_MAX                                                        \
    (sizeof(void *) > 4 ? UINT64_C(64) << 30 : UINT64_C(1) << 30)

enum option_id {
    OPTION_REFRESH,
    OPTION_COUNT,
    OPTION_ONCE,
    OPTION_TIMEOUT,
    OPTION_WAIT,
    OPTION_FORMAT,
    OPTION_OUTPUT,
    OPTION_RAW,
    OPTION_DETAIL,
    OPTION_HELD,
    OPTION_FAIL_ON,
    OPTION_INCLUDE,
    OPTION_EXCLUDE,
    OPTION_VERBOSE,
    OPTION_LAYOUT,
    OPTION_TARGET,
    OPTION_ABI,
    OPTION_PORTABLE,
    OPTION_C_HEADER,
    OPTION_REPLACE,
    OPTION_TEAR,
    OPTION_QUIET,
    OPTION_COLOR,
    OPTION_ASCII,
    OPTION_GRAPH,
    OPTION_HIGHLIGHT,
    OPTION_SORT,
    OPTION_THEME,
    OPTION_MOUSE,
    OPTION_BELL,
    OPTION_TITLE,
    OPTION_CLOCK,
    OPTION_SYNC,
    OPTION_AUTOSAVE,
    OPTION_HISTORY,
    OPTION_RW,
    OPTION_SCREEN,
    OPTION_KEYS,
    OPTION_CONFIG,
    OPTION_HELP,
    OPTION_VERSION,
    OPTION_ID_COUNT,
};

/* How an option's argument is read, and the type of its member in struct
 * options. */
enum option_kind {
    OPTION_IS_FLAG,   /* bool; also takes "=yes" and "=no" */
    OPTION_IS_LEVEL,  /* unsigned: how often it was given */
    OPTION_IS_NUMBER, /* uint64_t, from 1 */
    OPTION_IS_PERIOD, /* int64_t nanoseconds, more than 0 */
    OPTION_IS_SIZE,   /* uint64_t bytes, at most OPTION_SIZE_MAX */
    OPTION_IS_WAIT,   /* struct wait: an optional period */
    OPTION_IS_SCREEN, /* struct screen */
    OPTION_IS_WORD,   /* int: index into `words`, or value in `names` */
    OPTION_IS_MAYBE,  /* the same with an optional word; default: the first */
    OPTION_IS_TEXT,   /* const char * */
    OPTION_IS_LIST,   /* struct text_list, repeatable */
};

struct option_row {
    char letter; /* 0: none */
    const char *name;
    const char *argument; /* for people; NULL: takes none */
    enum option_kind kind;
    unsigned commands;            /* bits 1 << enum command */
    bool config;                  /* allowed in the configuration file */
    size_t place;                 /* offset into struct options */
    const char *const *words;     /* OPTION_IS_WORD; ends with NULL */
    const struct word_row *names; /* in place of words */
    const char *otherwise;        /* the default, for people; NULL: not shown */
    const char *help;
};

/* Indexed by enum option_id. */
extern const struct option_row option_table[OPTION_ID_COUNT];

struct text_list {
    const char **items; /* owned array of borrowed texts */
    size_t count;
};

struct wait {
    bool asked;
    int64_t ns; /* 0: without a limit */
};

struct screen {
    int columns, rows; /* 0: not given */
};

enum color_choice { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* How print writes values that are not live. */
enum held_choice { HELD_BY_FORMAT, HELD_EMPTY, HELD_SHOWN };

/* Where a setting comes from; a later one wins. */
enum origin { ORIGIN_DEFAULT, ORIGIN_CONFIG, ORIGIN_COMMAND_LINE };

/* Whether the option's argument is optional, and therefore written after `=`.
 */
static inline bool option_is_optional(const struct option_row *row)
{
    return row->kind == OPTION_IS_WAIT || row->kind == OPTION_IS_MAYBE;
}

/* All settings.  Texts are borrowed from the command line, or in `texts`. */
struct options {
    enum command command;
    struct text_list operands;
    int64_t refresh_ns; /* 0: the layout's */
    uint64_t count;     /* 0: not given; --once is 1 */
    bool once;
    int64_t timeout_ns; /* 0: none */
    struct wait wait;
    const char *format; /* NULL: the first one */
    const char *output;
    bool raw;
    bool detail;
    int held;    /* enum held_choice */
    int fail_on; /* enum alarm_level; 0: off */
    struct text_list include;
    struct text_list exclude;
    unsigned verbose;
    const char *layout;
    const char *target;
    int abi; /* enum abi */
    bool portable;
    bool c_header;
    bool replace;
    int tear; /* enum tear */
    bool quiet;
    int color; /* enum color_choice */
    bool ascii;
    int graph;         /* enum graph */
    int highlight;     /* enum highlight */
    int sort;          /* enum sort_order */
    const char *theme; /* a built-in one, or one of the configuration */
    bool mouse, bell, title, clock, sync, autosave;
    uint64_t history; /* bytes for each TARGET; 0: none */
    bool rw;          /* the dashboard may change values */
    struct screen screen;
    const char *keys;
    const char *config;
    bool help;
    bool version;
    uint8_t origin[OPTION_ID_COUNT]; /* enum origin */
    struct arena *texts;             /* of the configuration; owned, or NULL */
    struct dashboard_config *dashboard; /* see dashboard_config.h; the same */
};

/* Sets the built-in defaults. */
void options_init(struct options *options);
void options_free(struct options *options);

/* Reads `count` arguments after the program's name into `options`, which is
 * initialised.  STATUS_USAGE with the way out for unknown options, options that
 * exclude each other, and options of other commands.  With help or version no
 * operands are needed. */
bool options_parse(struct options *options, int count, char *const *arguments,
                   struct err *err);

/* Sets an option to its argument (NULL: none) of `origin`.  A value of a later
 * origin is kept.  The caller prefixes the message with the option's name and
 * place. */
bool option_set(struct options *options, const struct option_row *row,
                const char *argument, enum origin origin, struct err *err);

/* Whether only the dashboard uses the option. */
static inline bool option_is_of_dashboard(const struct option_row *row)
{
    return row->commands == 1u << COMMAND_WATCH;
}

/* The row with that long name, or NULL. */
const struct option_row *option_find(const char *name);
/* The nearest long name among the options of `commands` (bits; 0: those of the
 * configuration file), or NULL. */
const char *option_nearest(const char *name, unsigned commands);

/* Word `index` of the option's words; NULL after the last, and if any text is
 * allowed. */
const char *option_word(const struct option_row *row, enum command command,
                        size_t index);

/* Word `index` of --format for `command`; the first is the default, NULL after
 * the last. */
const char *format_word(enum command command, size_t index);

#endif
