# SPDX-License-Identifier: MIT
# 64-bit Windows programs, built with mingw-w64 and run by Wine.
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(triplet x86_64-w64-mingw32)
include(${CMAKE_CURRENT_LIST_DIR}/mingw.cmake)
