# SPDX-License-Identifier: MIT
# Shared by the toolchain files for Windows: mingw-w64, the libraries that
# windows_libraries.sh builds, static linking, tests under Wine.  Set `triplet`
# before including it.
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

# Tests change HOME, so the path of the Wine prefix is fixed here.
get_filename_component(cache ${prefix}/../../wine ABSOLUTE)
set(CMAKE_CROSSCOMPILING_EMULATOR ${CMAKE_CURRENT_LIST_DIR}/wine.sh ${cache})
