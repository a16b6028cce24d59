#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Draws the screen of a terminal: reads the output of
`tmux capture-pane -e -p -N` on stdin and writes a PNG.  Needs Debian's
python3-pil and fonts-dejavu-core.

usage: render.py COLUMNS ROWS OUT.png
"""
import re
import sys
import unicodedata

from PIL import Image, ImageDraw, ImageFont

FONTS = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono%s.ttf"
SIZE = 15
MARGIN = 12
BACKGROUND = (24, 26, 31)
FOREGROUND = (208, 212, 220)
# The first 16 colours, as a user's terminal may have them.
PALETTE = [(40, 44, 52), (240, 98, 104), (124, 201, 118), (229, 192, 100),
           (97, 155, 239), (198, 120, 221), (86, 190, 205), (208, 212, 220),
           (110, 116, 128), (255, 135, 140), (160, 225, 150), (245, 215, 140),
           (140, 185, 250), (220, 160, 240), (130, 220, 230), (255, 255, 255)]
SEQUENCE = re.compile(r"\x1b\[([0-9;]*)m")


def color_of(number):
    """One of the 256 colours: the palette, a cube of 6x6x6, 24 greys."""
    if number < 16:
        return PALETTE[number]
    if number >= 232:
        return (8 + (number - 232) * 10,) * 3
    number -= 16
    return tuple(55 + step * 40 if step else 0
                 for step in (number // 36, number // 6 % 6, number % 6))


class Look:
    """The attributes at a place.  tmux carries them from one line to the next,
    so there is one for the whole screen."""

    def __init__(self):
        self.reset()

    def reset(self):
        self.bold = self.dim = self.underline = self.reverse = False
        self.front, self.back = FOREGROUND, BACKGROUND

    def apply(self, codes):
        while codes:
            code = codes.pop(0)
            if code == 0:
                self.reset()
            elif code == 1:
                self.bold = True
            elif code == 2:
                self.dim = True
            elif code == 4:
                self.underline = True
            elif code == 7:
                self.reverse = True
            elif code == 22:
                self.bold = self.dim = False
            elif code == 24:
                self.underline = False
            elif code == 27:
                self.reverse = False
            elif code in (38, 48) and codes:
                color = (color_of(codes[1]) if codes[0] == 5
                         else tuple(codes[1:4]))
                del codes[:2 if codes[0] == 5 else 4]
                if code == 38:
                    self.front = color
                else:
                    self.back = color
            elif code == 39:
                self.front = FOREGROUND
            elif code == 49:
                self.back = BACKGROUND
            elif 30 <= code <= 37 or 90 <= code <= 97:
                self.front = PALETTE[code % 10 + (8 if code >= 90 else 0)]
            elif 40 <= code <= 47 or 100 <= code <= 107:
                self.back = PALETTE[code % 10 + (8 if code >= 100 else 0)]

    def colors(self):
        front, back = self.front, self.back
        if self.dim:
            front = tuple((3 * a + 2 * b) // 5 for a, b in zip(front, back))
        return (back, front) if self.reverse else (front, back)


def cells(line, look):
    """Yields (character, columns) for a line, with `look` as it is there."""
    at = 0
    while at < len(line):
        match = SEQUENCE.match(line, at)
        if match:
            look.apply([int(code or 0) for code in match[1].split(";")])
            at = match.end()
            continue
        char = line[at]
        at += 1
        if char in "\x0e\x0f" or unicodedata.combining(char):
            continue
        yield char, 2 if unicodedata.east_asian_width(char) in "WF" else 1


def block(char):
    """Left, top, right, bottom of a block character in eighths of a cell, which
    terminals fill to its edges and fonts do not; None for others."""
    code = ord(char)
    if 0x2581 <= code <= 0x2588:
        return 0, 8 - (code - 0x2580), 8, 8
    if 0x2589 <= code <= 0x258f:
        return 0, 0, 0x2590 - code, 8
    if code == 0x2590:
        return 4, 0, 8, 8
    return None


def main():
    columns, rows = int(sys.argv[1]), int(sys.argv[2])
    plain = ImageFont.truetype(FONTS % "", SIZE)
    bold = ImageFont.truetype(FONTS % "-Bold", SIZE)
    width = round(plain.getlength("M"))
    ascent, descent = plain.getmetrics()
    height = ascent + descent + 1
    image = Image.new("RGB", (columns * width + 2 * MARGIN,
                              rows * height + 2 * MARGIN), BACKGROUND)
    draw = ImageDraw.Draw(image)
    look = Look()
    for row, line in enumerate(sys.stdin.read().split("\n")[:rows]):
        x, y = MARGIN, MARGIN + row * height
        for char, span in cells(line, look):
            front, back = look.colors()
            right = x + span * width
            part = block(char)
            if back != BACKGROUND:
                draw.rectangle((x, y, right - 1, y + height - 1), fill=back)
            if part:
                left, top, end, bottom = part
                draw.rectangle((x + round(left * width / 8),
                                y + round(top * height / 8),
                                x + round(end * width / 8) - 1,
                                y + round(bottom * height / 8) - 1), fill=front)
            elif char == "\u2500":
                middle = y + height // 2
                draw.line((x, middle, right - 1, middle), fill=front)
            elif char != " ":
                draw.text((x, y), char, fill=front,
                          font=bold if look.bold else plain)
            if look.underline:
                draw.line((x, y + ascent + 1, right - 1, y + ascent + 1),
                          fill=front)
            x = right
    # Few colours are enough, and a third of the bytes.
    image.quantize(128).save(sys.argv[3], optimize=True)


if __name__ == "__main__":
    main()
