/* SPDX-License-Identifier: MIT */
/* The outputs: every kind of value in each format, states, details, and the
 * selection of fields. */
#include "output_rig.h"

/* A sample in `format`, without the header. */
static const char *rig_put(struct rig *rig, const char *format)
{
    const struct output_ops *ops = output_find(format);
    assert_non_null(ops);
    buf_clear(&rig->out);
    ops->sample(&rig->out, &rig->plan, &rig->sample);
    return rig->out.data;
}

#define SETS                                                                   \
    "[enum mode]\n0 = Off\n1 = On, remote\n2..3 = say \"hi\"\n"                \
    "[enum any]\n0 = Off\n* = Unknown\n"                                       \
    "[enum signed]\n-1 = Below\n0 = Zero\n"                                    \
    "[flags bits]\n0 = low_oil\n1 = overheat\n4..6 = zone\n7 = a\"b\n"

/* A field `x` at offset 0: its stored bytes, and how each format prints
 * them. */
struct value_case {
    const char *type;
    const char *stored; /* hex */
    const char *json;
    const char *csv;
    const char *raw_json;
    const char *raw_csv;
};

static const struct value_case value_cases[] = {
    {"i8", "ff", "-1", "-1", "-1", "-1"},
    {"u8", "ff", "255", "255", "255", "255"},
    {"i16", "0080", "-32768", "-32768", "-32768", "-32768"},
    {"u16be", "0102", "258", "258", "258", "258"},
    {"i32", "00000080", "-2147483648", "-2147483648", "-2147483648",
     "-2147483648"},
    {"u32", "ffffffff", "4294967295", "4294967295", "4294967295", "4294967295"},
    {"i64", "0000000000000080", "-9223372036854775808", "-9223372036854775808",
     "-9223372036854775808", "-9223372036854775808"},
    {"i64", "ffffffffffffff7f", "9223372036854775807", "9223372036854775807",
     "9223372036854775807", "9223372036854775807"},
    {"u64", "ffffffffffffffff", "18446744073709551615", "18446744073709551615",
     "18446744073709551615", "18446744073709551615"},
    {"u8 bits=4..7", "a5", "10", "10", "10", "10"},
    {"i8 bits=0..1", "03", "-1", "-1", "-1", "-1"},
    {"u16 show=hex", "ff00", "255", "255", "255", "255"},
    {"u32 show=unix", "00f15365", "1700000000", "1700000000", "1700000000",
     "1700000000"},
    /* Floats: the fewest digits that read back as the same float. */
    {"f32", "cdcccc3d", "0.1", "0.1", "0.1", "0.1"},
    {"f64", "9a9999999999b93f", "0.1", "0.1", "0.1", "0.1"},
    {"f64be", "3fd5555555555555", "0.3333333333333333", "0.3333333333333333",
     "0.3333333333333333", "0.3333333333333333"},
    {"f64 precision=2", "1f85eb51b81e0940", "3.14", "3.14", "3.14", "3.14"},
    {"f32", "0000c07f", "null", "", "null", ""},
    {"f32", "0000807f", "null", "", "null", ""},
    {"f64", "000000000000f0ff", "null", "", "null", ""},
    /* Scales: the decimal number that the layout means. */
    {"u8 scale=0.1", "03", "0.3", "0.3", "3", "3"},
    {"i16 scale=0.1", "0080", "-3276.8", "-3276.8", "-32768", "-32768"},
    {"u16 scale=0.01 bias=-273.15", "1e00", "-272.85", "-272.85", "30", "30"},
    {"u8 scale=0.07", "64", "7", "7", "100", "100"},
    {"u8 scale=0.5", "03", "1.5", "1.5", "3", "3"},
    {"u8 scale=10", "64", "1000", "1000", "100", "100"},
    {"u8 bias=5", "64", "105", "105", "100", "100"},
    {"u8 scale=0.3333333333333333", "03", "1", "1", "3", "3"},
    {"u8 scale=1e-12", "03", "3e-12", "3e-12", "3", "3"},
    {"u64 scale=0.001", "ffffffffffffffff", "1.844674407370955e16",
     "1.844674407370955e16", "18446744073709551615", "18446744073709551615"},
    {"f32 scale=2", "0000803f", "2", "2", "1", "1"},
    {"f32 scale=2", "0000c07f", "null", "", "null", ""},
    /* Labels and flags. */
    {"bool", "00", "false", "false", "0", "0"},
    {"bool", "01", "true", "true", "1", "1"},
    {"bool", "80", "true", "true", "1", "1"},
    {"u8 enum=mode", "00", "\"Off\"", "Off", "0", "0"},
    {"u8 enum=mode", "01", "\"On, remote\"", "\"On, remote\"", "1", "1"},
    {"u8 enum=mode", "03", "\"say \\\"hi\\\"\"", "\"say \"\"hi\"\"\"", "3",
     "3"},
    {"u8 enum=mode", "09", "9", "9", "9", "9"},
    {"u8 enum=any", "09", "\"Unknown\"", "Unknown", "9", "9"},
    {"i8 enum=signed", "ff", "\"Below\"", "Below", "-1", "-1"},
    {"u8 flags=bits", "00", "[]", "\"\"", "0", "0"},
    {"u8 flags=bits", "01", "[\"low_oil\"]", "low_oil", "1", "1"},
    {"u8 flags=bits", "03", "[\"low_oil\",\"overheat\"]", "low_oil|overheat",
     "3", "3"},
    {"u8 flags=bits", "30", "[\"zone=3\"]", "zone=3", "48", "48"},
    {"u16 flags=bits", "0280", "[\"overheat\",\"0x8000\"]", "overheat|0x8000",
     "32770", "32770"},
    {"i8 flags=bits", "ff",
     "[\"low_oil\",\"overheat\",\"zone=7\",\"a\\\"b\",\"0xc\"]",
     "\"low_oil|overheat|zone=7|a\"\"b|0xc\"", "-1", "-1"},
    {"u8 flags=bits", "81", "[\"low_oil\",\"a\\\"b\"]", "\"low_oil|a\"\"b\"",
     "129", "129"},
    /* Text up to its NUL; all stored bytes if raw. */
    {"char[4]", "61620078", "\"ab\"", "ab", "\"61620078\"", "61620078"},
    {"char[4]", "61626364", "\"abcd\"", "abcd", "\"61626364\"", "61626364"},
    {"char[2]", "0061", "\"\"", "\"\"", "\"0061\"", "0061"},
    {"char[2]", "2c61", "\",a\"", "\",a\"", "\"2c61\"", "2c61"},
    {"char[2]", "225c", "\"\\\"\\\\\"", "\"\"\"\\\"", "\"225c\"", "225c"},
    {"char[2]", "2061", "\" a\"", "\" a\"", "\"2061\"", "2061"},
    {"char[2]", "6120", "\"a \"", "\"a \"", "\"6120\"", "6120"},
    {"char[3]", "610a62",
     "\"a\xef\xbf\xbd"
     "b\"",
     "a\xef\xbf\xbd"
     "b",
     "\"610a62\"", "610a62"},
    {"char[2] encoding=latin1", "e961",
     "\"\xc3\xa9"
     "a\"",
     "\xc3\xa9"
     "a",
     "\"e961\"", "e961"},
    {"utf16[2]", "e9000000", "\"\xc3\xa9\"", "\xc3\xa9", "\"e9000000\"",
     "e9000000"},
    {"utf16be[2]", "00e90000", "\"\xc3\xa9\"", "\xc3\xa9", "\"00e90000\"",
     "00e90000"},
    {"utf32[1]", "ac200000", "\"\xe2\x82\xac\"", "\xe2\x82\xac", "\"ac200000\"",
     "ac200000"},
    {"bytes[3]", "00ff22", "\"00ff22\"", "00ff22", "\"00ff22\"", "00ff22"},
    {"guid", "33221100554477668899aabbccddeeff",
     "\"00112233-4455-6677-8899-aabbccddeeff\"",
     "00112233-4455-6677-8899-aabbccddeeff",
     "\"33221100554477668899aabbccddeeff\"",
     "33221100554477668899aabbccddeeff"},
};

static void store_hex(uint8_t *to, const char *hex)
{
    for (; hex[0]; hex += 2) {
        char pair[3] = {hex[0], hex[1], 0};
        *to++ = (uint8_t)strtoul(pair, NULL, 16);
    }
}

static void check_value(const struct value_case *c)
{
    char line[256];
    struct rig rig;
    struct buf want = {0};
    snprintf(line, sizeof line, "x = %s @0\n%s", c->type, SETS);
    /* Attributes follow the offset: "u8 @0 scale=0.1". */
    const char *space = strchr(c->type, ' ');
    if (space)
        snprintf(line, sizeof line, "x = %.*s @0%s\n%s", (int)(space - c->type),
                 c->type, space, SETS);
    rig_open(&rig, line);
    store_hex(rig.stored, c->stored);
    rig_decode(&rig);
    for (int raw = 0; raw < 2; raw++) {
        rig.plan.raw = raw != 0;
        buf_clear(&want);
        buf_printf(&want,
                   "{\"time\":\"" TIME "\",\"sample\":17,\"state\":\"LIVE\","
                   "\"generation\":1,\"fields\":{\"x\":%s}}\n",
                   raw ? c->raw_json : c->json);
        assert_string_equal(rig_put(&rig, "json"), want.data);
        buf_clear(&want);
        buf_printf(&want, TIME ",LIVE,1,%s\r\n", raw ? c->raw_csv : c->csv);
        assert_string_equal(rig_put(&rig, "csv"), want.data);
    }
    buf_free(&want);
    rig_close(&rig);
}

static void test_values(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof value_cases / sizeof *value_cases; i++)
        check_value(&value_cases[i]);
}

/* A value that was never read is missing in every format, never 0. */
static void test_missing(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, "a = u8 @0\nb = char[4] @8 unit=x\n"
                   "c = u8 flags=bits @1\n" SETS);
    set_state(&rig, STATE_WAITING, "");
    rig.sample.generation = 0;
    rig.frame.generation = 0;
    rig.sample.good_ns = 0;
    assert_string_equal(rig_put(&rig, "json"),
                        "{\"time\":\"" TIME "\",\"sample\":17,"
                        "\"state\":\"WAITING\",\"generation\":0,"
                        "\"fields\":{\"a\":null,\"b\":null,\"c\":null}}\n");
    assert_string_equal(rig_put(&rig, "csv"), TIME ",WAITING,0,,,\r\n");
    assert_string_equal(rig_put(&rig, "text"), "--- WAITING\na\nb\nc\n");
    rig.plan.raw = true;
    assert_string_equal(rig_put(&rig, "csv"), TIME ",WAITING,0,,,\r\n");
    rig_close(&rig);
}

static void test_header(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, "a = u8[2] @0\nb = u8 @8");
    const struct output_ops *csv = output_find("csv");
    csv->begin(&rig.out, &rig.plan);
    assert_string_equal(rig.out.data, "time,state,generation,a[0],a[1],b\r\n");
    buf_clear(&rig.out);
    rig.fields[0] = 2;
    rig.plan.field_count = 1;
    rig.plan.detail = true;
    csv->begin(&rig.out, &rig.plan);
    assert_string_equal(rig.out.data,
                        "time,state,generation,b,b:raw,b:unit,b:rate,b:age,"
                        "b:changed,b:held,b:min,b:max,b:stale,b:alarm\r\n");
    assert_null(output_find("json")->begin);
    rig_close(&rig);
}

static void test_detail(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, "t = i16 @0 scale=0.1 unit=\xc2\xb0"
                   "C precision=2\n"
                   "n = char[2] @8");
    store_hex(rig.stored, "0300");
    store_hex(rig.stored + 8, "6162");
    rig_decode(&rig);
    rig.trends[0] =
        (struct trend){.changed_ns = MONO_NS - 200000000,
                       .rate = -1.5,
                       .min = 3 * 0.1,
                       .max = 7.0,
                       .flags = TREND_FRESH | TREND_CHANGED | TREND_RESTING,
                       .alarm = ALARM_CRIT};
    rig.trends[1].flags = TREND_HELD;
    rig.plan.detail = true;
    assert_string_equal(
        rig_put(&rig, "json"),
        "{\"time\":\"" TIME "\",\"sample\":17,\"state\":\"LIVE\","
        "\"generation\":1,\"fields\":{"
        "\"t\":{\"value\":0.3,\"raw\":3,\"unit\":\"\xc2\xb0"
        "C\",\"rate\":-1.5,\"age\":0.2,\"changed\":true,\"held\":false,"
        "\"min\":0.3,\"max\":7,\"stale\":true,\"alarm\":\"crit\"},"
        "\"n\":{\"value\":\"ab\",\"raw\":\"6162\",\"unit\":null,"
        "\"rate\":null,\"age\":0,\"changed\":false,\"held\":true,"
        "\"min\":null,\"max\":null,\"stale\":false,\"alarm\":null}}}\n");
    assert_string_equal(rig_put(&rig, "csv"),
                        TIME ",LIVE,1,0.3,3,\xc2\xb0"
                             "C,-1.5,0.2,true,false,0.3,7,"
                             "true,crit,ab,6162,,,0,false,true,,,"
                             "false,\r\n");
    assert_string_equal(rig_put(&rig, "text"),
                        "t  0.30 \xc2\xb0"
                        "C  rate -1.5/s  min 0.30  max 7.00  age 0.2 s  changed"
                        "  stale  raw 3\n"
                        "n  ab (held)  age 0.0 s  raw 6162\n");
    rig_close(&rig);
}

/* The frames of several mappings have different times. */
static void test_no_age_is_negative(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, "a = u8 @0");
    rig_decode(&rig);
    rig.trends[0].changed_ns = MONO_NS + 70000;
    rig.plan.detail = true;
    assert_non_null(strstr(rig_put(&rig, "json"), "\"age\":0,"));
    assert_non_null(strstr(rig_put(&rig, "text"), "  age 0.0 s"));
    rig_close(&rig);
}

static void test_text_lines(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, "a = u8 @0 label=Counter\n"
                   "b = u8 @1 label=\"\xe6\xbc\xa2\xe5\xad\x97 set point\" "
                   "unit=bar scale=0.1 precision=2\n"
                   "c = u8 @2 enum=mode unit=x\n"
                   "d = char[4] @8 label=Name\n" SETS);
    store_hex(rig.stored, "2a2a00");
    rig_decode(&rig);
    const char *text = "Counter         42\n"
                       "\xe6\xbc\xa2\xe5\xad\x97 set point  4.20 bar\n"
                       "c               Off x\n"
                       "Name\n";
    assert_string_equal(rig_put(&rig, "text"), text);
    output_find("text")->begin(&rig.out, &rig.plan);
    assert_int_equal(rig.plan.label_columns, 14);
    assert_string_equal(rig_put(&rig, "text"), text);
    rig.plan.raw = true;
    assert_string_equal(rig_put(&rig, "text"),
                        "Counter         42\n"
                        "\xe6\xbc\xa2\xe5\xad\x97 set point  42\n"
                        "c               0 x\n"
                        "Name            00000000\n");
    rig_close(&rig);
}

/* Text has "nan" where data formats have nothing, and no minimum and maximum of
 * states. */
static void test_text_odd_numbers(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, "a = f64 @0\nb = u8 @8 enum=mode\n" SETS);
    store_hex(rig.stored, "000000000000f0ff01");
    rig_decode(&rig);
    rig.trends[1].min = rig.trends[1].max = 1;
    rig.plan.detail = true;
    assert_string_equal(rig_put(&rig, "text"),
                        "a  -inf  age 0.0 s  raw -inf\n"
                        "b  On, remote  age 0.0 s  raw 1\n");
    rig.plan.detail = false;
    rig.plan.raw = true;
    assert_string_equal(rig_put(&rig, "text"), "a  -inf\nb  1\n");
    rig_close(&rig);
}

static void test_text_prefix(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, "a = u32 @0 show=iec unit=B\nb = u32 @4 show=iec unit=B\n"
                   "c = u32 @8 show=si unit=Hz");
    store_hex(rig.stored, "00000c0005000000c0d40100");
    rig_decode(&rig);
    assert_string_equal(rig_put(&rig, "text"),
                        "a  768.0 KiB\nb  5 B\nc  120.0 kHz\n");
    rig.plan.raw = true;
    assert_string_equal(rig_put(&rig, "text"),
                        "a  786432 B\nb  5 B\nc  120000 Hz\n");
    rig_close(&rig);
}

static void test_text_heading(void **state)
{
    static const struct {
        enum source_state state;
        uint32_t generation;
        int64_t good_ns;
        const char *note;
        const char *once;
        const char *stream;
    } cases[] = {
        {STATE_LIVE, 1, MONO_NS, "", "", "--- 2026-01-02T03:04:05.123Z\n"},
        {STATE_STALE, 1, MONO_NS, "", "--- STALE, generation 1\n",
         "--- 2026-01-02T03:04:05.123Z STALE, generation 1\n"},
        {STATE_GONE, 2, MONO_NS - 3200000000, "unlinked",
         "--- GONE, generation 2, last read 3.2 s ago: unlinked\n",
         "--- 2026-01-02T03:04:05.123Z GONE, generation 2, "
         "last read 3.2 s ago: unlinked\n"},
        {STATE_WAITING, 0, 0, "no such name", "--- WAITING: no such name\n",
         "--- 2026-01-02T03:04:05.123Z WAITING: no such name\n"},
        {STATE_ERROR, 0, 0, "a\x1b\n\xe2\x80\xae",
         "--- ERROR: a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\n",
         "--- 2026-01-02T03:04:05.123Z ERROR: "
         "a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\n"},
    };
    (void)state;
    struct rig rig;
    rig_open(&rig, "a = u8 @0");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        set_state(&rig, cases[i].state, cases[i].note);
        rig.sample.generation = cases[i].generation;
        rig.frame.generation = cases[i].generation;
        rig.sample.good_ns = cases[i].good_ns;
        char want[256];
        rig.plan.first_only = true;
        snprintf(want, sizeof want, "%sa\n", cases[i].once);
        assert_string_equal(rig_put(&rig, "text"), want);
        rig.plan.first_only = false;
        snprintf(want, sizeof want, "%sa\n", cases[i].stream);
        assert_string_equal(rig_put(&rig, "text"), want);
    }
    rig_close(&rig);
}

/* Every format shows the name of the state. */
static void test_states(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, "a = u8 @0");
    rig_decode(&rig);
    for (int i = 0; i < STATE_COUNT; i++) {
        char want[64];
        const char *name = state_name((enum source_state)i);
        set_state(&rig, (enum source_state)i, "");
        snprintf(want, sizeof want, "\"state\":\"%s\"", name);
        assert_non_null(strstr(rig_put(&rig, "json"), want));
        snprintf(want, sizeof want, ",%s,1,0\r\n", name);
        assert_non_null(strstr(rig_put(&rig, "csv"), want));
        snprintf(want, sizeof want, "--- %s,", name);
        bool said = strstr(rig_put(&rig, "text"), want) != NULL;
        assert_int_equal(said, i != STATE_LIVE);
    }
    rig_close(&rig);
}

static void test_quoted_names(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, "a = u8 @0");
    rig.layout->fields[0].path = "a\"b\\c,d";
    rig_decode(&rig);
    assert_non_null(strstr(rig_put(&rig, "json"), "{\"a\\\"b\\\\c,d\":0}"));
    buf_clear(&rig.out);
    output_find("csv")->begin(&rig.out, &rig.plan);
    assert_string_equal(rig.out.data,
                        "time,state,generation,\"a\"\"b\\c,d\"\r\n");
    rig_close(&rig);
}

#define GLOBS_MAX 3

static void test_select(void **state)
{
    static const struct {
        enum detail_level level;
        const char *include[GLOBS_MAX];
        const char *exclude[GLOBS_MAX];
        const char *want; /* paths joined by blanks */
    } cases[] = {
        {LEVEL_INFO, {0}, {0}, "speed load[0] load[1] loader "},
        {LEVEL_DIAG, {0}, {0}, "speed load[0] load[1] loader beat "},
        {LEVEL_DEBUG, {0}, {0}, "speed load[0] load[1] loader beat spare "},
        {LEVEL_INFO, {"load[1]"}, {0}, "load[1] "},
        {LEVEL_INFO, {"load[*]"}, {0}, "load[0] load[1] "},
        {LEVEL_INFO, {"load*"}, {0}, "load[0] load[1] loader "},
        {LEVEL_INFO, {"loader", "speed"}, {0}, "speed loader "},
        {LEVEL_INFO, {"oad"}, {0}, ""},
        {LEVEL_INFO, {"Pump speed"}, {0}, "speed "},
        {LEVEL_INFO, {"Load \\[1\\]"}, {0}, "load[1] "},
        {LEVEL_INFO, {"Load*"}, {0}, "load[0] load[1] "},
        {LEVEL_INFO, {0}, {"load*"}, "speed "},
        {LEVEL_INFO, {0}, {"Pump*", "loader"}, "load[0] load[1] "},
        {LEVEL_INFO, {"load*"}, {"load[0]"}, "load[1] loader "},
        {LEVEL_INFO, {"*"}, {"*"}, ""},
        {LEVEL_INFO, {"beat"}, {0}, ""},
        {LEVEL_DIAG, {"beat"}, {0}, "beat "},
        {LEVEL_INFO, {""}, {0}, ""},
    };
    (void)state;
    struct rig rig;
    rig_open(&rig, "speed = f32 @0 label=\"Pump speed\"\n"
                   "load = u8[2] @8 label=Load\nloader = u8 @16\n"
                   "beat = u8 @17 level=diag\nspare = u8 @18 level=debug");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t includes = 0, excludes = 0;
        while (includes < GLOBS_MAX && cases[i].include[includes])
            includes++;
        while (excludes < GLOBS_MAX && cases[i].exclude[excludes])
            excludes++;
        uint32_t *fields;
        size_t count =
            output_select(rig.layout, cases[i].level, cases[i].include,
                          includes, cases[i].exclude, excludes, &fields);
        buf_clear(&rig.out);
        buf_puts(&rig.out, "");
        for (size_t j = 0; j < count; j++)
            buf_printf(&rig.out, "%s ", rig.layout->fields[fields[j]].path);
        free(fields);
        assert_string_equal(rig.out.data, cases[i].want);
    }
    rig_close(&rig);
}

static void test_find(void **state)
{
    (void)state;
    assert_string_equal(output_table[0].name, "text");
    for (const struct output_ops *row = output_table; row->name; row++) {
        assert_ptr_equal(output_find(row->name), row);
        assert_non_null(row->sample);
    }
    assert_null(output_find("xml"));
    assert_null(output_find(""));
    assert_string_equal(output_nearest("jsno"), "json");
    assert_string_equal(output_nearest("cvs"), "csv");
    assert_null(output_nearest("parquet"));
}

/* The second sample allocates nothing, and only the fields of the plan are
 * shown, in its order. */
static void test_steady(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, "a = u8[64] @0\nb = char[64] @64 label=\"\xc3\xa9 \\\"\"");
    memset(rig.stored + 64, '"', 64);
    rig_decode(&rig);
    rig.fields[0] = 64;
    rig.fields[1] = 3;
    rig.plan.field_count = 2;
    for (const struct output_ops *row = output_table; row->name; row++) {
        rig_put(&rig, row->name);
        char *first = strdup(rig.out.data);
        size_t cap = rig.out.cap;
        const char *data = rig.out.data;
        assert_string_equal(rig_put(&rig, row->name), first);
        assert_int_equal(rig.out.cap, cap);
        assert_ptr_equal(rig.out.data, data);
        free(first);
    }
    rig.stored[3] = 7;
    rig.stored[64] = 0;
    rig_decode(&rig);
    assert_non_null(
        strstr(rig_put(&rig, "json"), "{\"b\":\"\",\"a[3]\":7}}\n"));
    assert_non_null(strstr(rig_put(&rig, "csv"), ",LIVE,1,\"\",7\r\n"));
    rig_close(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_missing),
        cmocka_unit_test(test_header),
        cmocka_unit_test(test_detail),
        cmocka_unit_test(test_no_age_is_negative),
        cmocka_unit_test(test_text_lines),
        cmocka_unit_test(test_text_prefix),
        cmocka_unit_test(test_text_odd_numbers),
        cmocka_unit_test(test_text_heading),
        cmocka_unit_test(test_states),
        cmocka_unit_test(test_quoted_names),
        cmocka_unit_test(test_select),
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_steady),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
