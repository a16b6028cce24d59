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
COLORS = {31: (240, 98, 104), 32: (124, 201, 118), 33: (229, 192, 100),
          34: (97, 155, 239), 35: (198, 120, 221), 36: (86, 190, 205)}
BLOCKS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588"


class Look:
    def __init__(self):
        self.bold = self.dim = self.underline = self.reverse = False
        self.color = FOREGROUND

    def apply(self, codes):
        for code in codes:
            if code == 0:
                self.__init__()
            elif code == 1:
                self.bold = True
            elif code == 2:
                self.dim = True
            elif code == 4:
                self.underline = True
            elif code == 7:
                self.reverse = True
            elif code == 39:
                self.color = FOREGROUND
            elif code in COLORS:
                self.color = COLORS[code]

    def colors(self):
        front, back = self.color, BACKGROUND
        if self.dim:
            front = tuple((2 * a + b) // 3 for a, b in zip(front, back))
        return (back, front) if self.reverse else (front, back)


def cells(line):
    """Yields (character, columns, look) for a line.  Use each look at once: the
    next step changes it."""
    look = Look()
    at = 0
    while at < len(line):
        match = re.compile(r"\x1b\[([0-9;]*)m").match(line, at)
        if match:
            look.apply([int(code or 0) for code in match[1].split(";")])
            at = match.end()
            continue
        char = line[at]
        at += 1
        if char in "\x0e\x0f" or unicodedata.combining(char):
            continue
        wide = unicodedata.east_asian_width(char) in "WF"
        yield char, 2 if wide else 1, look


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
    for row, line in enumerate(sys.stdin.read().split("\n")[:rows]):
        x, y = MARGIN, MARGIN + row * height
        for char, span, look in cells(line):
            front, back = look.colors()
            right = x + span * width
            if back != BACKGROUND:
                draw.rectangle((x, y, right - 1, y + height - 1), fill=back)
            if char in BLOCKS:
                # Terminals fill the cell to its edges, fonts do not.
                top = y + height - round((BLOCKS.index(char) + 1)
                                         * (height - 2) / 8)
                draw.rectangle((x, top, right - 2, y + height - 1), fill=front)
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
    image.save(sys.argv[3], optimize=True)


if __name__ == "__main__":
    main()
