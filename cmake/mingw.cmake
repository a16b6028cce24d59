# SPDX-License-Identifier: MIT
# What the toolchain files for Windows share: mingw-w64 and the libraries that
# windows_libraries.sh builds, programs that need nothing but Windows, tests
# under Wine.  Included with `triplet` set.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_C_COMPILER ${triplet}-gcc)
set(CMAKE_RC_COMPILER ${triplet}-windres)
set(CMAKE_EXE_LINKER_FLAGS_INIT -static)

execute_process(
  COMMAND sh ${CMAKE_CURRENT_LIST_DIR}/windows_libraries.sh --where ${triplet}
  OUTPUT_VARIABLE prefix OUTPUT_STRIP_TRAILING_WHITESPACE
  COMMAND_ERROR_IS_FATAL ANY)
set(CMAKE_FIND_ROOT_PATH ${CMAKE_PREFIX_PATH} ${prefix} /usr/${triplet})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(ENV{PKG_CONFIG_PATH} "")
set(ENV{PKG_CONFIG_LIBDIR} ${prefix}/lib/pkgconfig)

# Tests change HOME: where the Wine prefix is, is said here.
get_filename_component(cache ${prefix}/../../wine ABSOLUTE)
set(CMAKE_CROSSCOMPILING_EMULATOR ${CMAKE_CURRENT_LIST_DIR}/wine.sh ${cache})
