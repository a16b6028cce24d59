# SPDX-License-Identifier: MIT
# 32-bit programs on a 64-bit x86 Linux.  The system name is not set: that would
# mean cross-compiling, but this machine runs the programs itself.
set(CMAKE_C_COMPILER gcc)
set(CMAKE_C_FLAGS_INIT -m32)

# Where Debian and others keep the 32-bit libraries.
set(CMAKE_LIBRARY_ARCHITECTURE i386-linux-gnu)
set(CMAKE_LIBRARY_PATH /usr/lib/i386-linux-gnu /usr/lib32)
set(ENV{PKG_CONFIG_PATH} "")
set(ENV{PKG_CONFIG_LIBDIR}
    /usr/lib/i386-linux-gnu/pkgconfig:/usr/lib32/pkgconfig)
