# SPDX-License-Identifier: MIT
# 32-bit Windows programs, built with mingw-w64 and run by Wine.
set(CMAKE_SYSTEM_PROCESSOR i686)
set(triplet i686-w64-mingw32)
include(${CMAKE_CURRENT_LIST_DIR}/mingw.cmake)
