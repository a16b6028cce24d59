/* SPDX-License-Identifier: MIT */
/* The commands and options as rows.  A new option is a row here and a member of
 * struct options; parsing, --help and the configuration file read the rows. */
#include "cli/options.h"

#include "layout/words.h"
#include "sampler/sampler.h"
#include "view/columns.h"
#include "writer/publish.h"

#define FOR_WATCH (1u << COMMAND_WATCH)
#define FOR_PRINT (1u << COMMAND_PRINT)
#define FOR_WRITE (1u << COMMAND_WRITE)
#define FOR_SET (1u << COMMAND_SET)
#define FOR_CHECK (1u << COMMAND_CHECK)
#define FOR_IMPORT (1u << COMMAND_IMPORT)
#define FOR_EVERY                                                              \
    (FOR_WATCH | FOR_PRINT | FOR_WRITE | FOR_SET | FOR_CHECK | FOR_IMPORT)

/* A row's place in struct options. */
#define IN(member) offsetof(struct options, member)

const struct command_row command_table[COMMAND_COUNT] = {
    [COMMAND_WATCH] =
        {"watch", "TARGET...", 1, SIZE_MAX,
         "show the values live: the dashboard",
         "Opens the dashboard on TARGETs, each with a heading of its own if "
         "there are several. The word watch may be left out. The dashboard "
         "waits for a missing mapping. When the mapping goes away, its last "
         "values stay on the screen, marked as old."},
    [COMMAND_PRINT] =
        {"print", "TARGET", 1, 1, "print the values: text, JSON or CSV",
         "Prints the values of TARGET: one sample if stdout is not a "
         "terminal, else a stream; --once, --count and --refresh change that. "
         "Only data goes to stdout. SIGINT, SIGQUIT, SIGTERM and SIGHUP end it "
         "after a whole sample, with exit code 0."},
    [COMMAND_WRITE] =
        {"write", "LAYOUT", 1, 1, "create the mapping and animate its fields",
         "Runs the demo server: creates the mapping of LAYOUT, readable and "
         "writable for its owner only, writes the fields with a write pattern "
         "at each tick, and removes the mapping at the end (SIGINT, SIGQUIT, "
         "SIGTERM, SIGHUP, or --count). An existing mapping is refused."},
    [COMMAND_SET] =
        {"set", "TARGET FIELD=VALUE...", 2, SIZE_MAX,
         "change values of an existing mapping once",
         "Changes fields that the layout marks as writable. If one change is "
         "refused, none is made. Values have the form that the dashboard shows: "
         "in the field's unit, as a time, a duration or with a prefix, as the "
         "label of an enum, or as a plain number."},
    [COMMAND_CHECK] =
        {"check", "LAYOUT...", 1, SIZE_MAX,
         "verify layouts; offsets under every ABI",
         "Reports all errors of layouts, with file and line. Shows the fields "
         "of layouts without errors: path, offset, size, type, alignment, "
         "whether they are atomic (never seen half written) under the ABI of "
         "the layout or of --abi, and the holes between them. If the ABI moves "
         "fields, offsets and sizes are shown under every ABI side by side, or "
         "under the one of --abi. Of arrays with more than four elements only "
         "the first is shown; --verbose shows all."},
    [COMMAND_IMPORT] =
        {"import", "FILE STRUCT", 2, 2,
         "make a layout from a program's debug information",
         "Prints a layout of STRUCT, a struct, class or union of FILE: a "
         "program, a library or an object file that was compiled with -g, or "
         "the file that its debug information was put into (DWARF 2 to 5 in "
         "ELF programs of all machines, in ELF object files of x86, ARM, "
         "PowerPC, MIPS, S/390 and Hexagon, and in the PE and COFF files of "
         "mingw-w64). STRUCT is its "
         "name, the name of a typedef, or ns::NAME; NAME@SOURCE if several "
         "source files define it differently. Its members become fields with "
         "offsets, its structs [struct] sections, its enums [enum] sections. "
         "Members of a union may overlap. Arrays of several dimensions become "
         "arrays of one. Types that a layout cannot express become bytes, or "
         "are left out, with a comment. The mapping gets the name of the "
         "struct; replace it by the real one."},
};

static const struct word_row tear_names[] = {
    {"break", TEAR_BREAK},
    {"slow", TEAR_SLOW},
    {"die", TEAR_DIE},
    {NULL, 0},
};
static const char *const color_words[] = {"auto", "always", "never", NULL};
static const char *const graph_words[] = {"blocks", "braille", "ascii", NULL};
static const char *const highlight_words[] = {"off", "last", "baseline", NULL};

static const struct word_row held_names[] = {
    {"empty", HELD_EMPTY},
    {"shown", HELD_SHOWN},
    {NULL, 0},
};

/* Levels from which --fail-on fails. */
static const struct word_row alarm_names[] = {
    {"warn", ALARM_WARN},
    {"crit", ALARM_CRIT},
    {NULL, 0},
};

const struct option_row option_table[OPTION_ID_COUNT] = {
    [OPTION_REFRESH] =
        {.letter = 'r',
         .name = "refresh",
         .argument = "PERIOD",
         .kind = OPTION_IS_PERIOD,
         .commands = FOR_WATCH | FOR_PRINT | FOR_WRITE,
         .config = true,
         .place = IN(refresh_ns),
         .otherwise = "the layout's, else 1s",
         .help = "time between samples, or between the ticks of write: 1s, "
                 "100ms, 250us, 10hz, or plain seconds"},
    [OPTION_COUNT] = {.letter = 'n',
                      .name = "count",
                      .argument = "N",
                      .kind = OPTION_IS_NUMBER,
                      .commands = FOR_WATCH | FOR_PRINT | FOR_WRITE,
                      .place = IN(count),
                      .otherwise = "no end",
                      .help = "end after N samples (write: ticks)"},
    [OPTION_ONCE] = {.letter = '1',
                     .name = "once",
                     .kind = OPTION_IS_FLAG,
                     .commands = FOR_PRINT,
                     .place = IN(once),
                     .help = "print one sample"},
    [OPTION_TIMEOUT] =
        {.letter = 'T',
         .name = "timeout",
         .argument = "TIME",
         .kind = OPTION_IS_PERIOD,
         .commands = FOR_WATCH | FOR_PRINT,
         .place = IN(timeout_ns),
         .otherwise = "none",
         .help = "end after TIME; exit code 75 if --count was not reached or, "
                 "with --wait, the mapping was not there; print without "
                 "--wait ends at once if it is missing"},
    [OPTION_WAIT] =
        {.letter = 'w',
         .name = "wait",
         .argument = "TIME",
         .kind = OPTION_IS_WAIT,
         .commands = FOR_WATCH | FOR_PRINT,
         .place = IN(wait),
         .help = "wait for the mapping; exit code 75 if it does not appear "
                 "within TIME"},
    [OPTION_FORMAT] = {.letter = 'f',
                       .name = "format",
                       .argument = "FORMAT",
                       .kind = OPTION_IS_TEXT,
                       .commands = FOR_PRINT | FOR_CHECK,
                       .place = IN(format),
                       .otherwise = "text",
                       .help = "how to print"},
    [OPTION_OUTPUT] =
        {.letter = 'o',
         .name = "output",
         .argument = "FILE",
         .kind = OPTION_IS_TEXT,
         .commands = FOR_PRINT | FOR_CHECK | FOR_IMPORT,
         .place = IN(output),
         .otherwise = "stdout",
         .help = "print to FILE; a run with an end (--once, --count) writes a "
                 "temporary file and renames it, so FILE is always whole; an "
                 "endless stream overwrites FILE and appends sample by sample"},
    [OPTION_RAW] = {.name = "raw",
                    .kind = OPTION_IS_FLAG,
                    .commands = FOR_PRINT,
                    .place = IN(raw),
                    .help = "the stored numbers: unscaled, no enum labels or "
                            "flag names"},
    [OPTION_DETAIL] = {.letter = 'd',
                       .name = "detail",
                       .kind = OPTION_IS_FLAG,
                       .commands = FOR_PRINT,
                       .place = IN(detail),
                       .help = "with each value its raw value, unit, rate, "
                               "age and whether it changed"},
    [OPTION_HELD] =
        {.name = "held",
         .argument = "HOW",
         .kind = OPTION_IS_WORD,
         .commands = FOR_WATCH | FOR_PRINT,
         .config = true,
         .place = IN(held),
         .names = held_names,
         .otherwise = "empty for csv, else shown",
         .help = "what is printed (watch: saved by the key S) for a value "
                 "that cannot be read now: nothing (JSON: null), or "
                 "its last value"},
    [OPTION_FAIL_ON] =
        {.name = "fail-on",
         .argument = "LEVEL",
         .kind = OPTION_IS_WORD,
         .commands = FOR_PRINT,
         .place = IN(fail_on),
         .names = alarm_names,
         .help = "exit code 1 if a printed value was alarming (warn) or "
                 "critical (crit); all samples are still printed"},
    [OPTION_INCLUDE] =
        {.letter = 'i',
         .name = "include",
         .argument = "GLOB",
         .kind = OPTION_IS_LIST,
         .commands = FOR_WATCH | FOR_PRINT,
         .place = IN(include),
         .otherwise = "every field",
         .help =
             "only fields whose path, label or group matches; may be repeated"},
    [OPTION_EXCLUDE] =
        {.letter = 'x',
         .name = "exclude",
         .argument = "GLOB",
         .kind = OPTION_IS_LIST,
         .commands = FOR_WATCH | FOR_PRINT,
         .place = IN(exclude),
         .help =
             "no fields whose path, label or group matches; may be repeated"},
    [OPTION_VERBOSE] = {.letter = 'v',
                        .name = "verbose",
                        .kind = OPTION_IS_LEVEL,
                        .commands = FOR_WATCH | FOR_PRINT | FOR_CHECK,
                        .place = IN(verbose),
                        .help = "fields of level diag too; given twice, those "
                                "of level debug too; check: every element of "
                                "long arrays"},
    [OPTION_LAYOUT] = {.letter = 'l',
                       .name = "layout",
                       .argument = "LAYOUT",
                       .kind = OPTION_IS_TEXT,
                       .commands = FOR_WATCH | FOR_PRINT | FOR_WRITE | FOR_SET,
                       .place = IN(layout),
                       .help = "the layout of a TARGET that is a mapping: a "
                               "file or the name of an installed layout"},
    [OPTION_TARGET] = {.letter = 't',
                       .name = "target",
                       .argument = "MAPPING",
                       .kind = OPTION_IS_TEXT,
                       .commands = FOR_WATCH | FOR_PRINT | FOR_WRITE | FOR_SET,
                       .place = IN(target),
                       .help = "use this mapping instead of the one that the "
                               "layout names"},
    [OPTION_ABI] = {.name = "abi",
                    .argument = "ABI",
                    .kind = OPTION_IS_WORD,
                    .commands =
                        FOR_WATCH | FOR_PRINT | FOR_CHECK | FOR_WRITE | FOR_SET,
                    .place = IN(abi),
                    .names = abi_words,
                    .otherwise = "the layout's",
                    .help = "the ABI that the producer was compiled for: it "
                            "decides where fields without an offset are, and "
                            "which fields are atomic"},
    [OPTION_PORTABLE] = {.letter = 'p',
                         .name = "portable",
                         .kind = OPTION_IS_FLAG,
                         .commands = FOR_CHECK,
                         .place = IN(portable),
                         .help = "exit code 1 if fields move, or the layout "
                                 "has errors, under some ABI"},
    [OPTION_C_HEADER] = {.name = "c-header",
                         .kind = OPTION_IS_FLAG,
                         .commands = FOR_CHECK,
                         .place = IN(c_header),
                         .help = "print the layout as a C header for the ABI "
                                 "(default: x64-linux), with static asserts "
                                 "of its offsets and sizes"},
    [OPTION_REPLACE] = {.name = "replace",
                        .kind = OPTION_IS_FLAG,
                        .commands = FOR_WRITE,
                        .place = IN(replace),
                        .help = "remove an existing mapping of that name and "
                                "create a new one"},
    [OPTION_TEAR] =
        {.name = "tear",
         .argument = "HOW",
         .kind = OPTION_IS_MAYBE,
         .commands = FOR_WRITE,
         .place = IN(tear),
         .names = tear_names,
         .otherwise = "not at all",
         .help =
             "write each frame in two halves, a quarter of a tick apart, to "
             "test readers: break the snapshot method, follow it slowly "
             "(slow), or end between the halves of the last tick (--count; "
             "else the second) and leave the mapping like that (die)"},
    [OPTION_QUIET] = {.letter = 'q',
                      .name = "quiet",
                      .kind = OPTION_IS_FLAG,
                      .commands = FOR_WRITE,
                      .place = IN(quiet),
                      .help = "print errors only"},
    [OPTION_COLOR] =
        {.name = "color",
         .argument = "WHEN",
         .kind = OPTION_IS_WORD,
         .commands = FOR_WATCH,
         .config = true,
         .place = IN(color),
         .words = color_words,
         .otherwise = "auto",
         .help = "colours; auto: unless NO_COLOR is set or the terminal has "
                 "none"},
    [OPTION_ASCII] = {.letter = 'a',
                      .name = "ascii",
                      .kind = OPTION_IS_FLAG,
                      .commands = FOR_WATCH,
                      .config = true,
                      .place = IN(ascii),
                      .otherwise = "by the locale",
                      .help = "draw with ASCII characters only"},
    [OPTION_GRAPH] = {.name = "graph",
                      .argument = "ALPHABET",
                      .kind = OPTION_IS_WORD,
                      .commands = FOR_WATCH,
                      .config = true,
                      .place = IN(graph),
                      .words = graph_words,
                      .otherwise = "blocks",
                      .help = "draw plots with these characters"},
    [OPTION_HIGHLIGHT] = {.name = "highlight",
                          .argument = "SINCE",
                          .kind = OPTION_IS_WORD,
                          .commands = FOR_WATCH,
                          .config = true,
                          .place = IN(highlight),
                          .words = highlight_words,
                          .otherwise = "last",
                          .help = "mark values that changed since the last "
                                  "sample or since the baseline"},
    [OPTION_SORT] = {.name = "sort",
                     .argument = "ORDER",
                     .kind = OPTION_IS_WORD,
                     .commands = FOR_WATCH,
                     .config = true,
                     .place = IN(sort),
                     .names = sort_words,
                     .otherwise = "layout",
                     .help = "order of the rows: as in the layout, by name, "
                             "last changed first, fastest first, or alarms "
                             "first"},
    [OPTION_THEME] = {.name = "theme",
                      .argument = "NAME",
                      .kind = OPTION_IS_TEXT,
                      .commands = FOR_WATCH,
                      .config = true,
                      .place = IN(theme),
                      .otherwise = "terminal",
                      .help = "colours: terminal (its own 16), dark, light, "
                              "mono, or a [theme NAME] of the configuration"},
    [OPTION_MOUSE] = {.name = "mouse",
                      .kind = OPTION_IS_FLAG,
                      .commands = FOR_WATCH,
                      .config = true,
                      .place = IN(mouse),
                      .otherwise = "yes",
                      .help = "take clicks and the wheel; with =no the "
                              "terminal selects text without Shift"},
    [OPTION_BELL] = {.name = "bell",
                     .kind = OPTION_IS_FLAG,
                     .commands = FOR_WATCH,
                     .config = true,
                     .place = IN(bell),
                     .otherwise = "no",
                     .help = "ring the terminal's bell when an alarm begins"},
    [OPTION_TITLE] = {.name = "title",
                      .kind = OPTION_IS_FLAG,
                      .commands = FOR_WATCH,
                      .config = true,
                      .place = IN(title),
                      .otherwise = "yes",
                      .help = "set the title of the terminal's window"},
    [OPTION_CLOCK] = {.name = "clock",
                      .kind = OPTION_IS_FLAG,
                      .commands = FOR_WATCH,
                      .config = true,
                      .place = IN(clock),
                      .otherwise = "no",
                      .help = "show the time in the first line"},
    [OPTION_SYNC] = {.name = "sync",
                     .kind = OPTION_IS_FLAG,
                     .commands = FOR_WATCH,
                     .config = true,
                     .place = IN(sync),
                     .otherwise = "yes",
                     .help = "ask the terminal to show a redrawn screen at "
                             "once"},
    [OPTION_AUTOSAVE] = {.name = "autosave",
                         .kind = OPTION_IS_FLAG,
                         .commands = FOR_WATCH,
                         .config = true,
                         .place = IN(autosave),
                         .otherwise = "no",
                         .help = "keep the settings of the dashboard when it "
                                 "ends, as the key w does"},
    [OPTION_HISTORY] = {.name = "history",
                        .argument = "SIZE",
                        .kind = OPTION_IS_SIZE,
                        .commands = FOR_WATCH,
                        .config = true,
                        .place = IN(history),
                        .otherwise = "64M",
                        .help = "memory for what the values were, for each "
                                "TARGET; 0: none is kept"},
    [OPTION_RW] = {.name = "rw",
                   .kind = OPTION_IS_FLAG,
                   .commands = FOR_WATCH,
                   .place = IN(rw),
                   .help = "let keys change values that the layout declares "
                           "writable; without it nothing is opened for "
                           "writing"},
    [OPTION_SCREEN] = {.name = "screen",
                       .argument = "COLSxROWS",
                       .kind = OPTION_IS_SCREEN,
                       .commands = FOR_WATCH,
                       .place = IN(screen),
                       .help = "no terminal: print the dashboard of that size "
                               "as text, after --count samples"},
    [OPTION_KEYS] = {.name = "keys",
                     .argument = "KEYS",
                     .kind = OPTION_IS_TEXT,
                     .commands = FOR_WATCH,
                     .place = IN(keys),
                     .help = "with --screen, press these keys first; names in "
                             "angle brackets: <Down> <Enter> <Esc> <tick>"},
    [OPTION_CONFIG] = {.name = "config",
                       .argument = "FILE",
                       .kind = OPTION_IS_TEXT,
                       .commands = FOR_WATCH | FOR_PRINT,
                       .place = IN(config),
                       .otherwise = "shmtop/shmtop.ini of the XDG places",
                       .help = "read the settings from FILE"},
    [OPTION_HELP] = {.letter = 'h',
                     .name = "help",
                     .kind = OPTION_IS_FLAG,
                     .commands = FOR_EVERY,
                     .place = IN(help),
                     .help = "help on the command"},
    [OPTION_VERSION] = {.letter = 'V',
                        .name = "version",
                        .kind = OPTION_IS_FLAG,
                        .commands = FOR_EVERY,
                        .place = IN(version),
                        .help = "the version"},
};
