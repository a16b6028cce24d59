/* SPDX-License-Identifier: MIT */
/*
 * The manual page.  Prose stands here; options, keys, formats, targets and
 * exit codes come from their tables.
 */
#include "cli/manual.h"

#include "cli/help.h"
#include "cli/roff.h"
#include "output/output.h"
#include "source/source.h"
#include "ui/keys.h"

static void put_synopsis(struct buf *out)
{
    roff_section(out, "SYNOPSIS");
    for (int i = 0; i < COMMAND_COUNT; i++) {
        struct buf line = {0};

        help_put_usage(&line, (enum command)i);
        buf_puts(out, i > 0 ? ".br\n" : "");
        roff_text(out, line.data);
        buf_putc(out, '\n');
        buf_free(&line);
    }
}

static void put_description(struct buf *out)
{
    roff_section(out, "DESCRIPTION");
    roff_paragraph(
        out, "`shmtop` is top for shared memory. It opens a memory mapping "
             "that other processes are writing, reads the fields that an INI "
             "layout names (offset, type, label), and shows their live values. "
             "With the same layout it is also the server that creates the "
             "mapping and animates its fields.");
    roff_paragraph(
        out, "Watching and printing open mappings for reading only: they "
             "create, change, resize and remove nothing, take no lock, and "
             "allocate no page of a sparse mapping. Only `write` and `set` "
             "write. Whatever bytes a mapping or a layout holds, control and "
             "bidirectional characters in it reach neither the terminal nor "
             "an output.");
}

static void put_commands(struct buf *out)
{
    roff_section(out, "COMMANDS");
    for (int i = 0; i < COMMAND_COUNT; i++) {
        const struct command_row *row = &command_table[i];
        struct buf tag = {0};

        buf_printf(&tag, i == COMMAND_WATCH ? "[%s] %s" : "%s %s", row->word,
                   row->operands);
        roff_item(out, tag.data, row->doc);
        buf_free(&tag);
    }
    roff_paragraph(out, "A command word wins over a target of the same name; "
                        "behind `--`, which ends the options, it is a target.");
}

static void put_targets(struct buf *out)
{
    roff_section(out, "TARGETS");
    roff_paragraph(
        out, "TARGET is a layout, which names its mapping, or, together "
             "with `--layout`, a mapping. With a layout, `--target` takes "
             "another mapping than the one it names.");
    for (const struct target_row *row = target_table; row->form; row++)
        roff_item(out, row->form, row->text);
    roff_paragraph(out,
                   "Installed layouts are `shmtop/layouts/NAME.ini` in the "
                   "XDG data directories; see FILES.");
}

/* Which commands take the option: "print, check: " */
static void put_takers(struct buf *out, const struct option_row *row)
{
    const char *separator = "";

    buf_puts(out, " Commands: ");
    for (int i = 0; i < COMMAND_COUNT; i++) {
        if ((row->commands & 1u << i) == 0)
            continue;
        buf_printf(out, "%s%s", separator, command_table[i].word);
        separator = ", ";
    }
    buf_putc(out, '.');
}

static void put_options(struct buf *out)
{
    roff_section(out, "OPTIONS");
    roff_paragraph(
        out, "Options may stand before or behind the command and its "
             "operands. `--option=value` and `--option value` mean the same; "
             "an argument in brackets is only taken with the equals sign. A "
             "flag can be taken back by `--flag=no`. Times are written `1s`, "
             "`100ms`, `250us`, `2m`, `1h`, as a frequency like `10hz`, or "
             "as plain seconds.");
    for (size_t i = 0; i < OPTION_ID_COUNT; i++) {
        const struct option_row *row = &option_table[i];
        struct buf tag = {0};
        struct buf text = {0};

        help_put_option(&tag, row);
        buf_puts(&text, row->help);
        help_put_choices(&text, row, COMMAND_PRINT);
        buf_putc(&text, '.');
        put_takers(&text, row);
        if (row->config)
            buf_puts(&text, " May stand in the configuration file.");
        roff_item(out, tag.data, text.data);
        buf_free(&tag);
        buf_free(&text);
    }
    roff_paragraph(
        out, "In a GLOB, `*` matches any run of characters, `?` one, and "
             "`[abc]`, `[a-z]`, `[!a-z]` one of a set; an index such as "
             "`[0]` stands for itself, and `\\` takes the meaning from the "
             "next character. It must match the whole path or label.");
}

static void put_formats(struct buf *out)
{
    roff_section(out, "OUTPUT OF PRINT");
    for (const struct output_ops *row = output_table; row->name; row++)
        roff_item(out, row->name, row->help);
    roff_paragraph(out,
                   "A JSON object has the members `time` (UTC, RFC 3339, nine "
                   "decimals), `sample` (from 1), `state`, `generation`, and "
                   "`fields`, from path to value:");
    roff_example(
        out, "{\"time\":\"2026-01-02T03:04:05.123456789Z\",\"sample\":17,\n"
             " \"state\":\"LIVE\",\"generation\":1,\n"
             " \"fields\":{\"counter\":12345,\"pumps[0].name\":\"north\"}}");
    roff_paragraph(
        out, "(on one line). Integers are exact at every width; NaN and "
             "infinities are null; an enum is its label, flags are an array "
             "of names, bytes are hex. A value that was never there is null "
             "in JSON and empty in CSV and text, never 0. A value that can "
             "no longer be read stays as it was last; the state tells.");
    roff_paragraph(
        out, "The default is one sample when stdout is not a terminal, and a "
             "stream when it is, or when `--refresh` is given; `--once` and "
             "`--count` end it. A recording (mem:) is printed whole.");
}

/* In the order of enum source_state. */
static const char *const state_help[STATE_COUNT] = {
    [STATE_WAITING] = "The mapping is not there yet, or has no bytes yet.",
    [STATE_LIVE] = "Read just now, whole.",
    [STATE_STALE] =
        "Read just now, but nothing has changed for a while: by default five "
        "seconds or five refreshes, whichever is longer; see `stale` in the "
        "layout.",
    [STATE_SHORT] = "The mapping is smaller than the layout since it was "
                    "attached; fields that fit are shown.",
    [STATE_TRUNCATED] = "The mapping became smaller than the layout while it "
                        "was watched; live again when it grows back.",
    [STATE_GONE] = "It was there and is not any more: unlinked, removed, or "
                   "its process has ended. The last values stay, marked as "
                   "held.",
    [STATE_REPLACED] = "The first sample of another mapping under the same "
                       "name: attached anew, the generation counts up.",
    [STATE_DENIED] = "Permission to read it is denied.",
    [STATE_ERROR] = "Something else is in the way; the message says what.",
};

static void put_states(struct buf *out)
{
    roff_section(out, "STATES");
    roff_paragraph(
        out, "A producer that is missing, restarts, shrinks or freezes is "
             "not an error but a state, shown in the head line and in every "
             "output.");
    for (int i = 0; i < STATE_COUNT; i++) {
        CHECK(state_help[i]);
        roff_item(out, state_name((enum source_state)i), state_help[i]);
    }
}

static void put_keys(struct buf *out)
{
    roff_section(out, "KEYS");
    for (const struct key_row *row = key_table; row->action; row++)
        roff_item(out, row->text, row->help);
    roff_paragraph(
        out, "A value that changed is bold and underlined. Names of keys in "
             "`--keys`: <Enter> <Esc> <Tab> <Space> <BS> <Up> <Down> <Left> "
             "<Right> <PgUp> <PgDn> <Home> <End> <F1> <C-l> <C-z>; <lt> is a "
             "less-than sign, and <tick> takes the next sample.");
}

static void put_exits(struct buf *out)
{
    roff_section(out, "EXIT STATUS");
    for (const struct exit_row *row = exit_table; row->text; row++) {
        struct buf tag = {0};

        buf_printf(&tag, "%d", (int)row->status);
        roff_item(out, tag.data, row->text);
        buf_free(&tag);
    }
    roff_paragraph(
        out, "A stream that --timeout or a signal ends has done its work: 0. "
             "When the reader of a pipe goes away, SIGPIPE ends `print` as "
             "it does others.");
}

static void put_files(struct buf *out)
{
    roff_section(out, "FILES");
    roff_item(out, "$XDG_CONFIG_HOME/shmtop/shmtop.ini",
              "The configuration (default: ~/.config/shmtop/shmtop.ini), or "
              "else shmtop/shmtop.ini in a directory of $XDG_CONFIG_DIRS "
              "(default: /etc/xdg). One file is read, the most personal. Its "
              "section [shmtop] holds settings, one a line, named like the "
              "long options that may stand in it. The command line beats the "
              "layout, the layout beats the configuration.");
    roff_item(out, "$XDG_DATA_HOME/shmtop/layouts/NAME.ini",
              "Installed layouts (default: ~/.local/share), or else "
              "shmtop/layouts in a directory of $XDG_DATA_DIRS (default: "
              "/usr/local/share, /usr/share), or share/shmtop/layouts beside "
              "the program's own bin directory.");
}

static void put_environment(struct buf *out)
{
    roff_section(out, "ENVIRONMENT");
    roff_item(out, "NO_COLOR",
              "When set and not empty, no colour is used "
              "unless `--color always` asks for it.");
    roff_item(out, "TERM",
              "The terminal; without a usable one the dashboard "
              "ends with 69, and `print` is the way.");
    roff_item(out, "LC_ALL, LC_CTYPE, LANG",
              "Lines and bars are drawn with ASCII unless the locale is "
              "UTF-8. Numbers and times never depend on the locale.");
}

static void put_examples(struct buf *out)
{
    roff_section(out, "EXAMPLES");
    roff_paragraph(out, "The demo server, and the dashboard beside it:");
    roff_example(out, "shmtop write test_memory &\nshmtop test_memory");
    roff_paragraph(out, "One value for a script, waiting up to 30 seconds for "
                        "the server:");
    roff_example(out, "shmtop print --wait=30 --once --format json boiler.ini "
                      "|\n    jq .fields.pressure");
    roff_paragraph(out, "A minute at 10 Hz into a CSV file:");
    roff_example(out, "shmtop print -r 100ms -n 600 -f csv -o run.csv "
                      "boiler.ini");
    roff_paragraph(out, "A layout on another mapping:");
    roff_example(out,
                 "shmtop --target file:/tmp/hsperfdata_me/4711 hsperfdata");
    roff_paragraph(out, "The dashboard as text, without a terminal:");
    roff_example(out, "shmtop --screen 80x24 --keys 'jj<Enter>' boiler.ini");
    roff_paragraph(out, "A layout of struct boiler, as a program compiled "
                        "with -g has it:");
    roff_example(out, "shmtop import -o boiler.ini ./server boiler");
    roff_paragraph(out, "Change a field that the layout calls writable:");
    roff_example(out, "shmtop set boiler.ini setpoint=4.2 mode=Auto");
}

void manual_put(struct buf *out, const char *version)
{
    struct buf source = {0};

    buf_printf(&source, "shmtop %s", version);
    roff_begin(out, "shmtop", source.data);
    buf_free(&source);
    roff_section(out, "NAME");
    buf_puts(out, "shmtop \\- top for shared memory: live values of a memory "
                  "mapping\n");
    put_synopsis(out);
    put_description(out);
    put_commands(out);
    put_targets(out);
    put_options(out);
    put_formats(out);
    put_states(out);
    put_keys(out);
    manual_put_layout(out);
    put_exits(out);
    put_files(out);
    put_environment(out);
    put_examples(out);
    roff_section(out, "SEE ALSO");
    buf_puts(out, ".BR shm_overview (7),\n.BR shmop (2),\n.BR ipcs (1),\n"
                  ".BR proc (5),\n.BR watch (1)\n");
}
