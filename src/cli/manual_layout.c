/* SPDX-License-Identifier: MIT */
/*
 * The manual's section on the layout language.  Attributes, patterns and words
 * come from the tables of the parser; a word that has no explanation here
 * ends the generation, and with it the build.
 */
#include <string.h>

#include "base/ini.h"
#include "cli/manual.h"
#include "cli/roff.h"
#include "layout/words.h"
#include "loader/field_keys.h"
#include "loader/mapping_keys.h"
#include "loader/pattern.h"
#include "loader/snapshot_keys.h"
#include "sampler/consistency.h"

struct word_help {
    const char *word;
    const char *help;
};

static const struct word_help type_words[] = {
    {"i8 i16 i32 i64", "Signed integers, two's complement."},
    {"u8 u16 u32 u64", "Unsigned integers."},
    {"f32 f64", "IEEE 754 floating point."},
    {"bool", "One byte; anything but 0 is true."},
    {"char[N]", "Text of N bytes, up to the first NUL; UTF-8, or as "
                "`encoding` says."},
    {"utf16[N] utf32[N]", "Text of N units of 2 or 4 bytes, up to the first "
                          "NUL unit."},
    {"bytes[N]", "N bytes, shown in hex."},
    {"guid", "16 bytes; the first three parts are integers in the byte "
             "order."},
    {"int bool32", "4 bytes, signed, and 4 bytes of which any but 0 is true."},
    {"long ulong size_t time_t wchar_t ptr",
     "Integers of the size that they have under the mapping's `abi`; time_t "
     "has 4 bytes under x86-linux and else 8."},
    {"wchar[N]", "Text of N units of wchar_t: utf16[N] under the Windows ABIs, "
                 "else utf32[N]."},
    {"NAME", "The struct of the section [struct NAME]."},
    {NULL, NULL},
};

static const struct word_help show_words[] = {
    {"dec", "decimal"},
    {"hex", "hexadecimal in full width, 0x001f"},
    {"bin", "binary in full width, 0b00000101"},
    {"oct", "octal in full width, 0o017"},
    {"char", "the bytes as characters, such as a FourCC"},
    {"bytes", "the bytes as they lie in memory, in hex"},
    {"si", "with a prefix of 1000: 12.3 k"},
    {"iec", "with a prefix of 1024: 4.0 Ki"},
    {"duration", "seconds as 1d 02:03:04"},
    {"unix", "seconds since 1970, as a time"},
    {"unix_ms", "milliseconds since 1970, as a time"},
    {"unix_us", "microseconds since 1970, as a time"},
    {"unix_ns", "nanoseconds since 1970, as a time"},
    {"filetime", "100 ns since 1601 (Windows), as a time"},
    {"dotnet", "100 ns since the year 1 (.NET ticks), as a time"},
    {"ipv4", "an IPv4 address, its four bytes as they lie in memory"},
    {NULL, NULL},
};

static const struct word_help role_words[] = {
    {"counter", "grows: a rate is shown, and a fall is a wrap at the field's "
                "width or a restart. Default of integers with write = count"},
    {"gauge", "goes up and down. Default of other numbers"},
    {"state", "one of some values. Default of bool, enum and flags"},
    {"text", "is read, not counted. Default of text, bytes and guid"},
    {NULL, NULL},
};

static const struct word_help level_words[] = {
    {"info", "always shown; the default"},
    {"diag", "shown with --verbose"},
    {"debug", "shown with --verbose given twice"},
    {NULL, NULL},
};

static const struct word_help encoding_words[] = {
    {"utf8", "UTF-8; the default"},
    {"latin1", "ISO 8859-1, a byte a character"},
    {NULL, NULL},
};

static const struct word_help hide_words[] = {
    {"no", "every element is shown; the default"},
    {"unused", "elements whose fields are all 0, or empty text, are not shown "
               "on the dashboard and as text"},
    {NULL, NULL},
};

static const struct word_help abi_words[] = {
    {"x86-linux", "a 32-bit program of Linux"},
    {"x64-linux", "a 64-bit one"},
    {"x86-windows", "a 32-bit program of Windows"},
    {"x64-windows", "a 64-bit one"},
    {"arm64-linux", "a 64-bit one on ARM"},
    {NULL, NULL},
};

static void put_rows(struct buf *out, const struct word_help *rows)
{
    for (; rows->word; rows++)
        roff_item(out, rows->word, rows->help);
}

static const char *help_of(const struct word_help *rows, const char *word)
{
    while (rows->word && strcmp(rows->word, word) != 0)
        rows++;
    return rows->help;
}

/* All words of a table of the parser, explained. */
static void put_words(struct buf *out, const char *key,
                      const struct name_row *names,
                      const struct word_help *rows)
{
    struct buf text = {0};

    buf_printf(&text, "The words of `%s`: ", key);
    for (const struct name_row *name = names; name->word; name++) {
        const char *help = help_of(rows, name->word);

        CHECK(help);
        buf_printf(&text, "%s`%s` (%s)", name == names ? "" : ", ", name->word,
                   help);
    }
    buf_putc(&text, '.');
    roff_paragraph(out, text.data);
    buf_free(&text);
}

static void put_start(struct buf *out)
{
    roff_section(out, "LAYOUTS");
    roff_paragraph(
        out, "A layout is an INI file that says what is where in a mapping. "
             "This one describes the demo server:");
    roff_example(out, "[mapping]\n"
                      "name    = test_memory\n"
                      "size    = 64\n"
                      "refresh = 1s\n"
                      "\n"
                      "[field counter]\n"
                      "offset = 0\n"
                      "type   = i64\n"
                      "label  = Counter\n"
                      "write  = count 1");
    roff_paragraph(
        out, "A field has a section of its own, `[field NAME]`, with a key a "
             "line; or it is one line of `[fields]`, where a value with "
             "blanks stands in quotes:");
    roff_example(out, "[fields]\n"
                      "setpoint = f32 @72 label=\"Set point\" unit=bar "
                      "precision=2\n"
                      "alarms   = u16be @78 flags=alarm_bits\n"
                      "load     = u8[4] @80 unit=%");
    roff_paragraph(
        out, "Numbers may be decimal, 0x hex, 0o octal or 0b binary, with _ "
             "between digits. Comments begin with ; or # at the beginning of "
             "a line, or with ; behind a blank. Everything that is wrong is "
             "reported with file and line; `shmtop check` does only that.");
}

static void put_key(struct buf *out, const char *key, const char *value,
                    const char *help)
{
    struct buf tag = {0};
    struct buf text = {0};

    buf_printf(&tag, "%s = %s", key, value);
    buf_printf(&text, "%s%s", help, help[strlen(help) - 1] == '.' ? "" : ".");
    roff_item(out, tag.data, text.data);
    buf_free(&tag);
    buf_free(&text);
}

static void put_fields(struct buf *out)
{
    roff_subsection(out, "Keys of [mapping]");
    for (const struct mapping_row *row = mapping_table; row->key; row++)
        put_key(out, row->key, row->value_help, row->help);
    put_words(out, "abi", abi_names, abi_words);
    roff_paragraph(
        out, "A 32-bit producer writes 8 bytes by two stores, and a reader of "
             "any kind may see the first half of the new value beside the "
             "second half of the old one: a torn value. Fields of up to 4 "
             "bytes at multiples of their size, and 8-byte ones of 64-bit "
             "producers, are atomic. `shmtop check --abi ABI` lists which.");
    roff_subsection(out, "Types");
    roff_paragraph(out,
                   "The suffix `be` or `le` of a type takes another byte "
                   "order than the mapping's: `u32be`. `TYPE[N]` is an array "
                   "of N (for text and bytes a second bracket: `char[16][4]` "
                   "is four texts of 16 bytes); its elements are the fields "
                   "NAME[0] to NAME[N-1]. Fields may stand at any offset.");
    put_rows(out, type_words);
    roff_subsection(out, "Keys of a field");
    for (const struct attribute_row *row = attribute_table; row->key; row++)
        put_key(out, row->key, row->value_help, row->help);
    put_words(out, "show", show_names, show_words);
    put_words(out, "role", role_names, role_words);
    put_words(out, "level", level_names, level_words);
    put_words(out, "encoding", encoding_names, encoding_words);
    put_words(out, "hide", hide_names, hide_words);
}

static void put_alarms(struct buf *out)
{
    roff_subsection(out, "Alarms");
    roff_paragraph(
        out, "`warn` and `crit` say when a number is alarming, in shown "
             "units. With `hyst` an alarm ends only when the value is back "
             "over the limit by so much, with `for` it begins only when the "
             "limit was broken for so long without a break:");
    roff_example(out, "[fields]\n"
                      "temp  = i16 @0 unit=°C scale=0.1 warn=>80 crit=>=90 "
                      "hyst=2 for=5s\n"
                      "state = u8 @2 enum=burner crit===Fault");
    roff_paragraph(
        out, "(`crit===Fault` is the key `crit` with the limit `==Fault`.) "
             "Time is that of the samples, of recorded ones too; a single "
             "sample cannot tell how long a limit has been broken. A value "
             "that is missing, held or not a number is not judged: its "
             "alarm stays as it was. A new generation begins without "
             "alarms. `print --fail-on` makes an exit code of them.");
    roff_paragraph(
        out, "`stale` of a field marks its value when it has not changed for "
             "so long, whatever the rest of the mapping does.");
}

static void put_health(struct buf *out)
{
    roff_subsection(out, "The health of a mapping");
    roff_paragraph(out,
                   "A mapping that can be read need not be alive, nor what the "
                   "layout describes. `[mapping]` can say how to tell:");
    roff_example(out, "[mapping]\n"
                      "name            = engine\n"
                      "require         = header.magic == 0x4E4F5453\n"
                      "gone            = header.magic == 0xDEAD\n"
                      "heartbeat       = header.beat\n"
                      "heartbeat_stale = 2s\n"
                      "pid             = header.pid");
    roff_paragraph(
        out, "While `require` does not hold, nothing of the mapping is shown "
             "and the state is WAITING; `print` ends with 66 unless it is to "
             "`--wait`. When it held and does not hold any more, the state is "
             "GONE, because what the layout describes has ended, and the last "
             "values are held. So it is when `gone` holds, and when the "
             "process `pid` does not exist (0, a negative and a huge number "
             "are no process). When all is well again, even in the same "
             "memory, it is the next generation: REPLACED, then LIVE. What a "
             "producer left that had ended before anyone looked is shown as "
             "held, unless `require` does not hold.");
    roff_paragraph(
        out,
        "A `heartbeat` that does not move for `heartbeat_stale` (by "
        "default, the mapping's `stale`) makes the state STALE although "
        "other fields move. All of them look at fields that stand at "
        "fixed places, before any value of a frame is shown: rate() and "
        "its like are as of the sample before. A process id is looked for "
        "among the processes that shmtop itself sees; a producer in a "
        "container has another one there. In a recording, processes are "
        "not looked for. `shmtop write` puts its own id into `pid`, unless "
        "the field has a pattern.");
}

static void put_labels(struct buf *out)
{
    roff_subsection(out, "Enums and flags");
    roff_paragraph(
        out, "`[enum NAME]` gives values, or runs of them, a label, and `*` "
             "one to all others. `[flags NAME]` gives bits, or groups of "
             "them, a name; bit 0 is the least significant. Fields use them "
             "by `enum = NAME` and `flags = NAME`.");
    roff_example(out, "[enum mode]             [flags alarm_bits]\n"
                      "0    = Off              0    = low_oil\n"
                      "1    = Auto             1    = overheat\n"
                      "2..7 = Service          4..6 = zone\n"
                      "*    = Unknown          7    = test_mode");
    roff_paragraph(out, "(two sections, side by side here only). A bit field "
                        "is an integer with `bits`:");
    roff_example(out, "[fields]\n"
                      "mode  = u8 @16 bits=0..2 enum=mode\n"
                      "ready = u8 @16 bits=3");
}

static void put_patterns(struct buf *out)
{
    roff_subsection(out, "Writer patterns");
    roff_paragraph(
        out, "What `shmtop write` puts into a field that has the key "
             "`write`. All follow from tick and time alone, so that a run "
             "can be repeated. Ranges are in shown units. Where a value has "
             "blanks on a line of [fields], quote it: `write=\"sine 0..10 "
             "8s\"`.");
    for (const struct pattern_row *row = pattern_table; row->word; row++) {
        struct buf text = {0};

        buf_printf(&text, "%s.", row->help);
        roff_item(out, row->usage, text.data);
        buf_free(&text);
    }
}

static void put_snapshots(struct buf *out)
{
    static const struct word_help methods[] = {
        {"none", "Each aligned field is whole, the frame need not be."},
        {"stable",
         "The frame is read until two copies in a row agree. It proves "
         "nothing: a producer that was stopped between two stores looks the "
         "same twice. For producers that publish in no way at all."},
        {"seqlock",
         "`seq` is odd while the producer writes, and even, and another, "
         "when it has. A frame is whole when it is even and the same ahead "
         "of the copy and behind it."},
        {"pair",
         "The producer raises `begin` before it writes and lets `end` "
         "follow behind. A frame is whole when what `end` was ahead of the "
         "copy is what `begin` is behind it."},
        {"newest",
         "There are N buffers, each with a `tick`; the producer writes the "
         "oldest and then gives it the highest tick. A frame is the buffer "
         "with the highest tick, whole when it has the same tick behind the "
         "copy and is not the oldest by then. A tick of 0 is a buffer that "
         "was never written; once each buffer has had another tick, it is a "
         "tick like any other. Fields at `@newest` stand in that buffer."},
        {NULL, NULL},
    };
    struct buf text = {0};

    roff_subsection(out, "Snapshots");
    roff_paragraph(
        out, "`[snapshot]` (or `[snapshot NAME]` for the mapping NAME) says "
             "how the producer publishes a whole frame, so that fields which "
             "belong together are shown together:");
    roff_example(out, "[snapshot]\n"
                      "method = seqlock\n"
                      "seq    = header.seq");
    put_rows(out, methods);
    for (const struct snapshot_row *row = snapshot_table; row->key; row++)
        put_key(out, row->key, row->value_help, row->help);
    buf_printf(
        &text,
        "A torn frame is looked at again, %u times at once and then after "
        "pauses of %d us and more, for a 20th of the refresh period or %d "
        "ms, whichever is less. Then the values of the last whole frame are "
        "held: marked `~` in the dashboard and \"held\" in outputs, never "
        "as changed. Where there was none yet, values are missing. A write "
        "that has begun and never ends makes the mapping STALE, with a note "
        "that says so. JSON with --detail has the counts in `snapshot`: "
        "looks that were torn, retries, frames that were given up. All this "
        "holds for producers that keep their promise, order their stores, "
        "and whose `seq`, `begin`, `end` or `tick` is aligned; shmtop cannot "
        "know what a layout says wrongly. `set` changes single fields and "
        "follows no method.",
        CONSISTENCY_QUICK, (int)(CONSISTENCY_PAUSE_NS / 1000),
        (int)(CONSISTENCY_PATIENCE_NS / 1000000));
    roff_paragraph(out, text.data);
    buf_free(&text);
    roff_paragraph(out, "To publish from a C program by seqlock, with one "
                        "thread that writes:");
    roff_example(out,
                 "#include <stdatomic.h>\n"
                 "struct shared { _Atomic uint32_t seq; _Atomic int64_t a, b; "
                 "};\n"
                 "\n"
                 "void publish(struct shared *s, int64_t a, int64_t b)\n"
                 "{\n"
                 "    uint32_t seq = atomic_load_explicit(&s->seq, "
                 "memory_order_relaxed);\n"
                 "    atomic_store_explicit(&s->seq, seq + 1, "
                 "memory_order_relaxed);\n"
                 "    atomic_thread_fence(memory_order_release);\n"
                 "    atomic_store_explicit(&s->a, a, "
                 "memory_order_relaxed);\n"
                 "    atomic_store_explicit(&s->b, b, "
                 "memory_order_relaxed);\n"
                 "    atomic_store_explicit(&s->seq, seq + 2, "
                 "memory_order_release);\n"
                 "}");
    roff_paragraph(out,
                   "`shmtop write` publishes by the method of the layout; its "
                   "fields take no `write` of their own. `write --tear` "
                   "stores each frame in two halves and without the method, "
                   "which no reader can notice; `--tear=slow` within it, "
                   "which every reader has to; `--tear=die` ends in the "
                   "middle of a frame and leaves the mapping as it is (a "
                   "named mapping of Windows goes with its last user).");
}

static void put_limits(struct buf *out)
{
    struct buf text = {0};

    roff_subsection(out, "Limits");
    buf_printf(&text,
               "A line has at most %d bytes, a section name %d, a field name "
               "%d, a text or bytes field %u; a layout has at most %u fields "
               "when its arrays are counted out, and a mapping 2^46 bytes. "
               "There are at most %u mappings and %u files; structs are "
               "nested at most %u deep, and so are files. "
               "Overlapping fields are an error unless `overlap = yes` "
               "permits it; a bit field takes no more than its bits. A field "
               "past the mapping's end is an error, too.",
               INI_LINE_MAX, INI_SECTION_MAX, LAYOUT_NAME_MAX, LAYOUT_VALUE_MAX,
               LAYOUT_FIELDS_MAX, LAYOUT_MAPPINGS_MAX, LAYOUT_FILES_MAX,
               LAYOUT_DEPTH_MAX);
    roff_paragraph(out, text.data);
    buf_free(&text);
}

void manual_put_layout(struct buf *out)
{
    put_start(out);
    put_fields(out);
    put_labels(out);
    manual_put_structs(out);
    manual_put_computed(out);
    put_health(out);
    put_alarms(out);
    put_patterns(out);
    put_snapshots(out);
    put_limits(out);
}
