#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks the rules of src that a compiler does not enforce: which room includes
which, whose file a header declares, where platform code and libraries are.
usage: floors.py SOURCE_ROOT"""
import os
import re
import sys

# Each room, and the rooms whose headers it may include besides its own.
ROOMS = {
    "base": "",
    "source": "base",
    "layout": "base",
    "expr": "layout base",
    "loader": "expr layout base",
    "sampler": "expr layout source base",
    "writer": "expr layout source base",
    "check": "loader expr layout base",
    "import": "layout base",
    "history": "sampler layout source base",
    "output": "sampler layout source base",
    "draw": "base",
    "view": "draw history sampler layout source base",
    "panes": "view draw history sampler layout source base",
    "ui": "panes view draw history sampler layout source base",
    "cli": "ui panes view draw history output import writer sampler check loader "
           "expr layout source base",
}
ROOM_FILES_MAX = 25  # .c files
FILE_LINES_MAX = 600

# A library is included by the files of one room.
LIBRARIES = {
    r"(n?cursesw?/)?n?curses\.h": r"draw/term_curses\.c",
    r"ini\.h": r"base/ini\.c",
    r"utf8proc\.h": r"base/(text|text_ascii|utf8)\.c",
    r"(lua[0-9.]*/)?(lua|lauxlib|lualib)\.h": r"expr/lua_\w+\.[ch]",
    r"(libdwarf[-0-9]*/)?(lib)?dwarf\.h": r"import/dwarf_(libdwarf|open)\.[ch]",
}
ISO_C = set("""assert complex ctype errno fenv float inttypes iso646 limits
    locale math setjmp signal stdalign stdarg stdbool stddef stdint stdio stdlib
    stdnoreturn string tgmath time uchar wchar wctype""".split())
EVERYWHERE = {"strings"}  # strcasecmp(): POSIX, and mingw has it
PLATFORM_FILE = re.compile(r"_(linux|windows)(_\w+)?\.[ch]$")
PLATFORM_IF = re.compile(r"^ *# *(if|ifdef|ifndef|elif).*(_WIN32|_WIN64|__linux|"
                         r"__unix|__APPLE__|__CYGWIN__|__MINGW|_MSC_VER)", re.M)
INCLUDE = re.compile(r'^ *# *include *(["<])([^">]+)[">]', re.M)
# A function at the left margin, up to the parenthesis of its arguments.
FUNCTION = re.compile(r"^(?!static\b|typedef\b|return\b|else\b|#|\})"
                      r"[a-z][\w ]*[ *]\**(\w+)\(", re.M)

problems = []


def fail(*words):
    problems.append(" ".join(words))


def read_tree(src):
    texts = {}
    for folder, folders, names in os.walk(src):
        if "ini_fallback" in folders:  # a header in place of a library's
            folders.remove("ini_fallback")
        for name in sorted(names):
            if name.endswith((".c", ".h")):
                path = os.path.join(folder, name)
                with open(path, encoding="utf-8") as file:
                    texts[os.path.relpath(path, src)] = file.read()
    return texts


def check_includes(path, text, texts):
    room = os.path.dirname(path)
    for quote, name in INCLUDE.findall(text):
        if quote == "<":
            check_library(path, name)
        elif name.startswith("base/ini_fallback/"):
            pass
        elif name not in texts:
            fail(f'{path} includes "{name}": write "room/name.h"')
        elif room and os.path.dirname(name) not in [room, *ROOMS[room].split()]:
            fail(f"{path}: {room} must not include {name}")
        elif "_private." in name and os.path.dirname(name) != room:
            fail(f"{path}: {name} is private to its room")


def check_library(path, name):
    for header, files in LIBRARIES.items():
        if re.fullmatch(header, name):
            if not re.fullmatch(files, path):
                fail(f"{path} includes <{name}>, which belongs to {files}")
            return
    if (name.removesuffix(".h") not in ISO_C | EVERYWHERE and
            not PLATFORM_FILE.search(path)):
        fail(f"{path} includes <{name}>: neither ISO C nor a platform file")


def functions(text, end):
    """Names of the functions whose declaration ends with `end`: ; or {"""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    for match in FUNCTION.finditer(text):
        stop = re.search(r"[;{]", text[match.end():])
        if stop and stop.group() == end:
            yield match.group(1)


def check_header(path, text):
    """x.h declares what x.c or an x_*.c of its room defines, x_linux.h what an
    x*_linux.c does, ROOM_private.h what any file of its room does."""
    room, name = os.path.split(path)
    stem = name.removesuffix(".h")
    system = re.search("_(linux|windows)$", stem)
    family = (rf"{stem[:system.start()]}\w*{system.group()}\.c" if system
              else rf"{stem}(_\w+)?\.c")
    for function in functions(text, ";"):
        homes = [os.path.basename(file) for file, names in DEFINED.items()
                 if os.path.dirname(file) == room and function in names]
        if not homes:
            fail(f"{path} declares {function}(), which {room} does not define")
        elif stem != f"{room}_private" and not any(
                re.fullmatch(family, home) for home in homes):
            fail(f"{path} declares {function}(), which is in {homes[0]}")


def check_file(path, text):
    lines = text.split("\n")
    if "SPDX-License-Identifier: MIT" not in lines[0]:
        fail(f"{path}: the first line names no license")
    if len(lines) - 1 > FILE_LINES_MAX:
        fail(f"{path} has more than {FILE_LINES_MAX} lines")
    if PLATFORM_IF.search(text) and not PLATFORM_FILE.search(path):
        fail(f"{path}: platform conditionals belong to *_linux.c, *_windows.c")
    if not os.path.dirname(path) and path != "main.c":
        fail(f"{path} is in no room")


def check_rooms(texts):
    for room in {os.path.dirname(path) for path in texts} - {""} - set(ROOMS):
        fail(f"{room} is not in the table of rooms")
    for room in ROOMS:
        files = [path for path in texts
                 if os.path.dirname(path) == room and path.endswith(".c")]
        if not files:
            fail(f"room {room} is missing")
        if len(files) > ROOM_FILES_MAX:
            fail(f"{room} has {len(files)} .c files: make it two rooms")


texts = read_tree(os.path.join(sys.argv[1], "src"))
DEFINED = {path: set(functions(text, "{")) for path, text in texts.items()
           if path.endswith(".c")}
check_rooms(texts)
for path, text in texts.items():
    check_file(path, text)
    if os.path.dirname(path) in ROOMS or path == "main.c":
        check_includes(path, text, texts)
    if path.endswith(".h"):
        check_header(path, text)
print("\n".join(problems) or "floors: all rules hold")
sys.exit(1 if problems else 0)
