/* SPDX-License-Identifier: MIT */
/* Text for terminals that show only ASCII. Cleaning is text.c; a cell for a
 * cell is draw/grid.c. */
#include <string.h>

#include <utf8proc.h>

#include "base/text.h"
#include "base/utf8.h"

#define DECOMPOSED_MAX 18 /* code points that one becomes at most */

/* Signs of units and of texts that have no ASCII letter in them. */
static const struct {
    uint32_t code;
    const char *ascii;
} signs[] = {
    {0x00A0, " "},     {0x00A9, "(c)"},   {0x00AB, "<<"},     {0x00AE, "(R)"},
    {0x00B0, "deg"},   {0x00B1, "+-"},    {0x00B5, "u"},      {0x00B7, "*"},
    {0x00BB, ">>"},    {0x00C6, "AE"},    {0x00D0, "D"},      {0x00D7, "x"},
    {0x00D8, "O"},     {0x00DE, "Th"},    {0x00DF, "ss"},     {0x00E6, "ae"},
    {0x00F0, "d"},     {0x00F7, "/"},     {0x00F8, "o"},      {0x00FE, "th"},
    {0x0131, "i"},     {0x0141, "L"},     {0x0142, "l"},      {0x0152, "OE"},
    {0x0153, "oe"},    {0x0394, "Delta"}, {0x03A3, "Sum"},    {0x03A9, "Ohm"},
    {0x03B1, "alpha"}, {0x03B2, "beta"},  {0x03B3, "gamma"},  {0x03B4, "delta"},
    {0x03B7, "eta"},   {0x03B8, "theta"}, {0x03BB, "lambda"}, {0x03BC, "u"},
    {0x03C0, "pi"},    {0x03C1, "rho"},   {0x03C3, "sigma"},  {0x03C4, "tau"},
    {0x03C6, "phi"},   {0x03C9, "omega"}, {0x2010, "-"},      {0x2011, "-"},
    {0x2012, "-"},     {0x2013, "-"},     {0x2014, "-"},      {0x2018, "'"},
    {0x2019, "'"},     {0x201C, "\""},    {0x201D, "\""},     {0x2022, "*"},
    {0x2026, ".."},    {0x2030, "o/oo"},  {0x2032, "'"},      {0x2033, "\""},
    {0x2044, "/"},     {0x20AC, "EUR"},   {0x2190, "<-"},     {0x2191, "^"},
    {0x2192, "->"},    {0x2193, "v"},     {0x2202, "d"},      {0x2206, "Delta"},
    {0x2211, "Sum"},   {0x2212, "-"},     {0x2215, "/"},      {0x2219, "*"},
    {0x221A, "sqrt"},  {0x221E, "inf"},   {0x2248, "~"},      {0x2260, "!="},
    {0x2264, "<="},    {0x2265, ">="},    {0x22C5, "*"},      {0x25CF, "*"},
    {0x2205, "diam"},
};

static const char *sign_of(uint32_t code)
{
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (signs[i].code == code)
            return signs[i].ascii;
    return NULL;
}

/* Appends what a code point is made of without its marks; false if a part is
 * not ASCII. */
static bool put_parts(struct buf *out, uint32_t code)
{
    utf8proc_int32_t parts[DECOMPOSED_MAX];
    int boundary = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char(
        (utf8proc_int32_t)code, parts, DECOMPOSED_MAX,
        UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK, &boundary);
    size_t begin = out->len;
    if (count > DECOMPOSED_MAX)
        return false;
    for (utf8proc_ssize_t i = 0; i < count; i++) {
        uint32_t part = (uint32_t)parts[i];
        const char *sign = sign_of(part);
        if (part >= 0x20 && part < 0x7F) {
            buf_putc(out, (char)part);
        } else if (sign) {
            buf_puts(out, sign);
        } else {
            buf_truncate(out, begin);
            return false;
        }
    }
    return out->len > begin;
}

void text_to_ascii(struct buf *out, const char *text, size_t len)
{
    while (len > 0) {
        size_t took = utf8_plain_run(text, len);
        if (took > 0) {
            buf_add(out, text, took);
        } else {
            uint32_t code;
            took = utf8_next(text, len, &code);
            const char *sign = sign_of(code);
            if (sign)
                buf_puts(out, sign);
            else if (utf8_width(code) > 0 && !put_parts(out, code))
                buf_putc(out, '?');
        }
        text += took;
        len -= took;
    }
}
