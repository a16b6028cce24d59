# SPDX-License-Identifier: MIT
# Finds the libraries of the program, each as one target: lib_inih, lib_lua,
# lib_utf8proc, lib_curses.
find_package(PkgConfig)

# find_lib(NAME [MODULE module...] HEADER header LIBRARY name... [FOLDER folder]
#          [DEFINITIONS definition...]): defines lib_NAME, sets NAME_FOUND.
# Asks pkg-config for the first MODULE that it knows.  Then looks for the header
# (also in FOLDER) and the library, because not every package has a .pc file.
function(find_lib name)
  cmake_parse_arguments(LIB "" "HEADER;FOLDER" "MODULE;LIBRARY;DEFINITIONS"
                        ${ARGN})
  set(${name}_FOUND FALSE PARENT_SCOPE)
  if(PkgConfig_FOUND AND LIB_MODULE)
    pkg_search_module(PC_${name} QUIET IMPORTED_TARGET ${LIB_MODULE})
    if(PC_${name}_FOUND)
      add_library(lib_${name} INTERFACE)
      target_link_libraries(lib_${name} INTERFACE PkgConfig::PC_${name})
      set(${name}_FOUND TRUE PARENT_SCOPE)
      set(${name}_WHICH "${PC_${name}_MODULE_NAME} ${PC_${name}_VERSION}"
          PARENT_SCOPE)
      return()
    endif()
  endif()
  find_path(${name}_INCLUDE ${LIB_HEADER} PATH_SUFFIXES ${LIB_FOLDER})
  find_library(${name}_LIBRARY NAMES ${LIB_LIBRARY})
  mark_as_advanced(${name}_INCLUDE ${name}_LIBRARY)
  if(${name}_INCLUDE AND ${name}_LIBRARY)
    add_library(lib_${name} INTERFACE)
    target_include_directories(lib_${name} SYSTEM INTERFACE
                               ${${name}_INCLUDE})
    target_compile_definitions(lib_${name} INTERFACE ${LIB_DEFINITIONS})
    target_link_libraries(lib_${name} INTERFACE ${${name}_LIBRARY})
    set(${name}_FOUND TRUE PARENT_SCOPE)
    set(${name}_WHICH "${${name}_LIBRARY}" PARENT_SCOPE)
  endif()
endfunction()

macro(require_lib name)
  find_lib(${name} ${ARGN})
  if(NOT ${name}_FOUND)
    message(FATAL_ERROR "${name} was not found: install its development "
                        "package (README.md, \"Build by hand\")")
  endif()
  message(STATUS "${name}: ${${name}_WHICH}")
endmacro()

# The name of its module differs from system to system.
require_lib(lua MODULE lua5.4 lua-5.4 lua54 "lua>=5.4" HEADER lua.h
            FOLDER lua5.4 LIBRARY lua5.4 lua54 lua)
require_lib(utf8proc MODULE libutf8proc HEADER utf8proc.h LIBRARY utf8proc)

# Debian has no inih for Windows.  The fallback parses the lines of base/ini.c
# as inih does.
find_lib(inih MODULE inih HEADER ini.h LIBRARY inih)
if(NOT inih_FOUND)
  add_library(lib_inih STATIC src/base/ini_parse_fallback.c)
  target_include_directories(lib_inih INTERFACE src/base/ini_fallback)
  target_link_libraries(lib_inih PRIVATE shmtop_settings)
  set(inih_WHICH "not found, src/base/ini_parse_fallback.c instead")
endif()
message(STATUS "inih: ${inih_WHICH}")

# PDCurses on Windows, because it draws in any console; else ncurses.  The
# pdcurses of MSYS2 opens its own window, so pdcurses_wincon is tried first.
if(system STREQUAL windows)
  find_lib(pdcurses HEADER curses.h FOLDER pdcurses
           LIBRARY pdcurses_wincon pdcurses
           DEFINITIONS PDC_WIDE PDC_FORCE_UTF8)
endif()
if(pdcurses_FOUND)
  add_library(lib_curses INTERFACE)
  target_link_libraries(lib_curses INTERFACE lib_pdcurses winmm)
  message(STATUS "curses: PDCurses, ${pdcurses_WHICH}")
else()
  require_lib(curses MODULE ncursesw HEADER curses.h LIBRARY ncursesw
              FOLDER ncursesw DEFINITIONS NCURSES_WIDECHAR=1)
endif()

# Reads debug information for `import`.  Without it, `import` reports that it
# was not built.
find_lib(dwarf MODULE libdwarf HEADER libdwarf.h LIBRARY dwarf
         FOLDER libdwarf)
if(dwarf_FOUND)
  set(other_debug_reader dwarf_none.c)
  set(lib_debug lib_dwarf)
  message(STATUS "libdwarf: ${dwarf_WHICH}")
else()
  set(other_debug_reader coff.c dwarf_libdwarf.c dwarf_open.c)
  set(lib_debug)
  message(STATUS "libdwarf: not found, a program without import")
endif()
