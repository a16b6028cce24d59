/* SPDX-License-Identifier: MIT */
/* Converts names between UTF-8 and UTF-16, and explains errors of Windows.
 * Invalid sequences are replaced by U+FFFD. */
#include "base/system_windows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

wchar_t *windows_wide(const char *text)
{
    int len = MultiByteToWideChar(CP_UTF8, 0, text, -1, NULL, 0);
    CHECK(len > 0);
    wchar_t *wide = mem_zalloc((size_t)len, sizeof *wide);
    CHECK(MultiByteToWideChar(CP_UTF8, 0, text, -1, wide, len) == len);
    return wide;
}

char *windows_utf8(const wchar_t *text)
{
    int len = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
    CHECK(len > 0);
    char *bytes = mem_zalloc((size_t)len, 1);
    CHECK(WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, len, NULL, NULL) ==
          len);
    return bytes;
}

/* They continue sentences of ours, so they are in our style and in English. */
static const struct {
    DWORD error;
    const char *words;
} known[] = {
    {ERROR_FILE_NOT_FOUND, "not found"},
    {ERROR_PATH_NOT_FOUND, "no such folder"},
    {ERROR_TOO_MANY_OPEN_FILES, "too many open files"},
    {ERROR_ACCESS_DENIED, "access is denied"},
    {ERROR_INVALID_HANDLE, "the name belongs to something else, such as an "
                           "event or a mutex"},
    {ERROR_NOT_ENOUGH_MEMORY, "not enough memory or address space"},
    {ERROR_OUTOFMEMORY, "not enough memory"},
    {ERROR_INVALID_DRIVE, "no such drive"},
    {ERROR_WRITE_PROTECT, "the medium is write-protected"},
    {ERROR_NOT_READY, "the device is not ready"},
    {ERROR_CRC, "the medium has a read error"},
    {ERROR_SHARING_VIOLATION, "another program has it open for itself"},
    {ERROR_LOCK_VIOLATION, "another program has locked it"},
    {ERROR_HANDLE_EOF, "its end was reached"},
    {ERROR_HANDLE_DISK_FULL, "the disk is full"},
    {ERROR_BAD_NETPATH, "the network path was not found"},
    {ERROR_FILE_EXISTS, "exists already"},
    {ERROR_BROKEN_PIPE, "no program reads the pipe any more"},
    {ERROR_DISK_FULL, "the disk is full"},
    {ERROR_INVALID_NAME, "not a valid name"},
    {ERROR_NO_DATA, "no program reads the pipe any more"},
    {ERROR_DIR_NOT_EMPTY, "the folder is not empty"},
    {ERROR_BAD_PATHNAME, "a name may have a \\ only after Local or Global"},
    {ERROR_ALREADY_EXISTS, "exists already"},
    {ERROR_FILENAME_EXCED_RANGE, "the name is too long"},
    {ERROR_DIRECTORY, "not a folder"},
    {ERROR_DELETE_PENDING, "it is being deleted"},
    {ERROR_FILE_INVALID, "has 0 bytes"},
    {ERROR_IO_DEVICE, "the device failed"},
    {ERROR_USER_MAPPED_FILE, "another program has it mapped"},
    {ERROR_PRIVILEGE_NOT_HELD, "a privilege is missing"},
    {ERROR_NO_SYSTEM_RESOURCES, "not enough system resources"},
    {ERROR_COMMITMENT_LIMIT, "the page file is too small"},
};

static const char *known_words(DWORD error)
{
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (known[i].error == error)
            return known[i].words;
    return NULL;
}

/* The system's own words, without the full stop and line end. */
static char *system_words(DWORD error)
{
    wchar_t text[WINDOWS_WORDS_MAX / 4];
    DWORD len = FormatMessageW(
        FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS |
            FORMAT_MESSAGE_MAX_WIDTH_MASK,
        NULL, error, 0, text, sizeof text / sizeof text[0], NULL);
    while (len > 0 && (text[len - 1] <= L' ' || text[len - 1] == L'.'))
        len--;
    text[len] = L'\0';
    return windows_utf8(len > 0 ? text : L"unknown error");
}

const char *windows_words(DWORD error, char out[WINDOWS_WORDS_MAX])
{
    const char *words = known_words(error);
    char *own = words ? NULL : system_words(error);
    snprintf(out, WINDOWS_WORDS_MAX, "%s (Win32 error %lu)",
             words ? words : own, (unsigned long)error);
    free(own);
    return out;
}

enum status windows_status(DWORD error)
{
    switch (error) {
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND:
    case ERROR_INVALID_DRIVE:
    case ERROR_BAD_NETPATH:
    case ERROR_BAD_NET_NAME:
    case ERROR_DIRECTORY:
    case ERROR_DELETE_PENDING:
        return STATUS_NO_MAPPING;
    case ERROR_ACCESS_DENIED:
    case ERROR_PRIVILEGE_NOT_HELD:
        return STATUS_DENIED;
    default:
        return STATUS_IO;
    }
}

static bool is_separator(char c)
{
    return c == '\\' || c == '/';
}

bool windows_is_device(const char *path)
{
    if (!is_separator(path[0]) || !is_separator(path[1]))
        return false;
    if (path[2] == '.' && is_separator(path[3]))
        return true;
    /* \\SERVER\pipe\NAME; \\?\pipe\NAME has the same form */
    const char *share = path + 2 + strcspn(path + 2, "\\/");
    return is_separator(share[0]) && _strnicmp(share + 1, "pipe", 4) == 0 &&
           is_separator(share[5]);
}

HANDLE windows_open(const char *path, DWORD access, DWORD flags)
{
    if (windows_is_device(path)) {
        SetLastError(ERROR_INVALID_NAME);
        return INVALID_HANDLE_VALUE;
    }
    wchar_t *wide = windows_wide(path);
    HANDLE file = CreateFileW(
        wide, access, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
        NULL, OPEN_EXISTING, flags, NULL);
    DWORD error = GetLastError();
    free(wide);
    SetLastError(error);
    return file;
}
