/* SPDX-License-Identifier: MIT */
/* Prints --help in two columns.  The texts of options are option_table.c; exit
 * codes and targets are here. */
#include "cli/help.h"

#include <string.h>

#define COLUMNS 79
#define INDENT 2
#define TEXT_COLUMN 28

const struct exit_row exit_table[] = {
    {STATUS_OK, "done"},
    {STATUS_CHECK_FAILED, "a check failed, or --fail-on found an alarm"},
    {STATUS_USAGE, "wrong usage"},
    {STATUS_DATA, "a layout, a setting, a value or a program's debug "
                  "information is unsound"},
    {STATUS_NO_MAPPING, "no such mapping, or no such file"},
    {STATUS_UNAVAILABLE, "no terminal that the dashboard can use, or no reader "
                         "of debug information in this program (import)"},
    {STATUS_INTERNAL, "internal error"},
    {STATUS_CANNOT_CREATE, "cannot create the mapping or the output file"},
    {STATUS_IO, "reading or writing failed"},
    {STATUS_TIMEOUT, "timed out (--wait, --timeout)"},
    {STATUS_DENIED, "permission denied, or the field is not writable"},
    {STATUS_OK, NULL},
};

const struct target_row target_table[] = {
    {"FILE.ini", "a layout file (every word with a / or with .ini)"},
    {"NAME", "the installed layout NAME; with --layout, the mapping of that "
             "name: shm:NAME, on Windows map:NAME"},
    {"shm:NAME", "POSIX shared memory, as shm_open(3) names it"},
    {"map:NAME", "Windows: a named mapping; NAME is looked for in Local\\, "
                 "then in Global\\, unless it says where"},
    {"file:PATH", "a mapped file; one that can only be read, such as one of "
                  "/proc, is read"},
    {"sysv:KEY", "SysV shared memory by its key (0x4e545030 or decimal)"},
    {"sysv:id=N", "SysV shared memory by its identifier"},
    {"pid:PID/fd/N", "a memory file that a process holds open"},
    {"pid:PID/map/START-END",
     "an address range of a process, as in /proc/PID/maps"},
    {"mem:PATH", "recorded frames, for tests and demonstrations"},
    {NULL, NULL},
};

/* Wraps `text`, which starts at `column`; further lines start at `indent`. */
static void put_wrapped(struct buf *out, const char *text, size_t indent,
                        size_t column)
{
    while (*text != '\0') {
        size_t len = strcspn(text, " ");
        if (column > indent && column + 1 + len > COLUMNS) {
            buf_putc(out, '\n');
            buf_fill(out, ' ', indent);
            column = indent;
        } else if (column > indent) {
            buf_putc(out, ' ');
            column++;
        }
        buf_add(out, text, len);
        column += len;
        text += len;
        text += strspn(text, " ");
    }
    buf_putc(out, '\n');
}

static void put_row(struct buf *out, const char *left, const char *right)
{
    CHECK(strlen(right) > 0);
    size_t width = INDENT + strlen(left);
    buf_fill(out, ' ', INDENT);
    buf_puts(out, left);
    if (width + 2 > TEXT_COLUMN) {
        buf_putc(out, '\n');
        width = 0;
    }
    buf_fill(out, ' ', TEXT_COLUMN - width);
    put_wrapped(out, right, TEXT_COLUMN, TEXT_COLUMN);
}

void help_put_usage(struct buf *out, enum command command)
{
    CHECK(command < COMMAND_COUNT);
    const struct command_row *row = &command_table[command];
    buf_printf(out, "shmtop %s%s[OPTIONS] %s",
               command == COMMAND_WATCH ? "" : row->word,
               command == COMMAND_WATCH ? "" : " ", row->operands);
}

/* "-w, --wait[=TIME]" */
static void put_option(struct buf *out, const struct option_row *row)
{
    bool optional = option_is_optional(row);
    if (row->letter != '\0')
        buf_printf(out, "-%c, ", row->letter);
    buf_printf(out, "--%s", row->name);
    if (row->argument)
        buf_printf(out, optional ? "[=%s]" : " %s", row->argument);
}

/* " (auto, always, never; default: auto)", or nothing. */
static void put_choices(struct buf *out, const struct option_row *row,
                        enum command command)
{
    const char *separator = " (";
    const char *word;
    for (size_t i = 0; (word = option_word(row, command, i)); i++) {
        buf_printf(out, "%s%s", separator, word);
        separator = ", ";
    }
    if (row->otherwise)
        buf_printf(out, "%sdefault: %s", separator[0] == ' ' ? " (" : "; ",
                   row->otherwise);
    if (row->otherwise || separator[0] == ',')
        buf_putc(out, ')');
}

static void put_options(struct buf *out, enum command command)
{
    struct buf left = {0};
    struct buf right = {0};
    for (size_t i = 0; i < OPTION_ID_COUNT; i++) {
        const struct option_row *row = &option_table[i];
        if ((row->commands & 1u << command) == 0)
            continue;
        buf_clear(&left);
        buf_clear(&right);
        if (row->letter == '\0')
            buf_puts(&left, "    ");
        put_option(&left, row);
        buf_puts(&right, row->help);
        put_choices(&right, row, command);
        put_row(out, left.data, right.data);
    }
    buf_free(&left);
    buf_free(&right);
}

static void put_commands(struct buf *out)
{
    struct buf left = {0};
    buf_puts(out, "\nCommands:\n");
    for (int i = 0; i < COMMAND_COUNT; i++) {
        const struct command_row *row = &command_table[i];
        buf_clear(&left);
        if (i == COMMAND_WATCH)
            buf_printf(&left, "[%s] %s", row->word, row->operands);
        else
            buf_printf(&left, "%s %s", row->word, row->operands);
        put_row(out, left.data, row->help);
    }
    buf_free(&left);
    put_wrapped(out,
                "A command word takes precedence over a target of the same "
                "name; after -- it is a target. 'shmtop COMMAND --help' has "
                "the options of a command. Manual pages: shmtop(1), and "
                "shmtop-layout(5) with a tutorial on layouts.",
                0, 0);
}

static void put_targets(struct buf *out)
{
    buf_puts(out, "\nTARGET:\n");
    for (const struct target_row *row = target_table; row->form; row++)
        put_row(out, row->form, row->text);
    put_wrapped(out, "A mapping needs its layout: --layout FILE.", 0, 0);
}

static void put_exits(struct buf *out)
{
    struct buf text = {0};
    buf_puts(&text, "Exit codes:");
    for (const struct exit_row *row = exit_table; row->text; row++)
        buf_printf(&text, "%s %d %s", row == exit_table ? "" : ";",
                   (int)row->status, row->text);
    buf_putc(out, '\n');
    put_wrapped(out, text.data, 0, 0);
    buf_free(&text);
}

void help_put(struct buf *out, enum command command)
{
    buf_puts(out, "Usage: ");
    help_put_usage(out, command);
    if (command == COMMAND_WATCH)
        buf_puts(out, "\n       shmtop COMMAND [OPTIONS] ...");
    buf_puts(out, "\n\n");
    put_wrapped(out, command_table[command].doc, 0, 0);
    if (command == COMMAND_WATCH)
        put_commands(out);
    if (command != COMMAND_CHECK && command != COMMAND_IMPORT)
        put_targets(out);
    buf_puts(out, "\nOptions:\n");
    put_options(out, command);
    put_exits(out);
}
