/* SPDX-License-Identifier: MIT */
/*
 * Files and places on Windows.
 *
 * Invariant: reading never opens anything but a file on a disk; a replaced
 * file is whole or untouched.
 */
#include "base/os.h"

#include <fcntl.h>
#include <io.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/system_windows.h"

#define READ_STEP (64u * 1024)
#define TEMPORARY_TRIES 100

static bool fail(struct err *err, const char *path, DWORD error)
{
    char words[WINDOWS_WORDS_MAX];

    return err_set(err, windows_status(error), "%s: %s", path,
                   windows_words(error, words));
}

/* The file, or at least the first `enough` bytes of it. */
static bool read_bytes(HANDLE file, const char *path, size_t enough,
                       struct buf *out, struct err *err)
{
    while (out->len < enough) {
        char *room = buf_room(out, READ_STEP);
        DWORD got = 0;

        if (!ReadFile(file, room, READ_STEP, &got, NULL))
            return fail(err, path, GetLastError());
        if (got == 0)
            return true;
        buf_grow(out, got);
    }
    return true;
}

static DWORD attributes_of(const char *path)
{
    DWORD attributes = INVALID_FILE_ATTRIBUTES;
    wchar_t *wide;

    if (windows_is_device(path))
        return attributes;
    wide = windows_wide(path);
    attributes = GetFileAttributesW(wide);
    free(wide);
    return attributes;
}

/* CON, NUL and the like have attributes, and so has a folder. */
static bool is_disk_file(HANDLE file)
{
    BY_HANDLE_FILE_INFORMATION info;

    return GetFileType(file) == FILE_TYPE_DISK &&
           GetFileInformationByHandle(file, &info) &&
           (info.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) == 0;
}

bool os_read_start(const char *path, size_t max, struct buf *out,
                   struct err *err)
{
    DWORD attributes = attributes_of(path);
    HANDLE file;
    bool ok = false;

    buf_clear(out);
    if (attributes != INVALID_FILE_ATTRIBUTES &&
        (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0)
        return err_set(err, STATUS_IO, "%s: a directory, not a regular file",
                       path);
    file = windows_open(path, GENERIC_READ, FILE_FLAG_SEQUENTIAL_SCAN);
    if (file == INVALID_HANDLE_VALUE)
        return fail(err, path, GetLastError());
    if (is_disk_file(file))
        ok = read_bytes(file, path, max, out, err);
    else
        err_set(err, STATUS_IO, "%s: a device or pipe, not a regular file",
                path);
    CloseHandle(file);
    if (out->len > max)
        buf_truncate(out, max);
    return ok;
}

bool os_read_file(const char *path, size_t max, struct buf *out,
                  struct err *err)
{
    if (!os_read_start(path, max + 1, out, err))
        return false;
    return out->len <= max ||
           err_set(err, STATUS_DATA, "%s: larger than %zu bytes", path, max);
}

bool os_file_exists(const char *path)
{
    return attributes_of(path) != INVALID_FILE_ATTRIBUTES;
}

bool os_file_stamp(const char *path, struct os_stamp *out)
{
    HANDLE file = windows_open(path, FILE_READ_ATTRIBUTES, 0);
    BY_HANDLE_FILE_INFORMATION info;
    bool ok =
        file != INVALID_HANDLE_VALUE && GetFileInformationByHandle(file, &info);

    if (file != INVALID_HANDLE_VALUE)
        CloseHandle(file);
    if (!ok)
        return false;
    *out = (struct os_stamp){
        .wall_ns =
            (int64_t)((uint64_t)info.ftLastWriteTime.dwHighDateTime << 32 |
                      info.ftLastWriteTime.dwLowDateTime) *
            100,
        .size = (uint64_t)info.nFileSizeHigh << 32 | info.nFileSizeLow,
        .file = (uint64_t)info.nFileIndexHigh << 32 | info.nFileIndexLow,
    };
    return true;
}

bool os_file_is_regular(const char *path)
{
    HANDLE file = windows_open(path, FILE_READ_ATTRIBUTES, 0);
    bool regular = file != INVALID_HANDLE_VALUE && is_disk_file(file);

    if (file != INVALID_HANDLE_VALUE)
        CloseHandle(file);
    return regular;
}

bool os_has_path_form(const char *word)
{
    static const char *const spaces[] = {"Local\\", "Global\\", "Session\\"};

    for (size_t i = 0; i < sizeof spaces / sizeof spaces[0]; i++)
        if (_strnicmp(word, spaces[i], strlen(spaces[i])) == 0)
            return false;
    return strpbrk(word, "/\\") || (word[0] != '\0' && word[1] == ':');
}

size_t os_folder_len(const char *path)
{
    size_t len = path[0] != '\0' && path[1] == ':' ? 2 : 0;

    for (size_t i = len; path[i] != '\0'; i++)
        if (path[i] == '/' || path[i] == '\\')
            len = i + 1;
    return len;
}

bool os_is_absolute(const char *path)
{
    return path[0] == '/' || path[0] == '\\' ||
           (path[0] != '\0' && path[1] == ':');
}

FILE *os_create_stream(const char *path)
{
    wchar_t *wide = windows_wide(path);
    FILE *stream = _wfopen(wide, L"wb");

    free(wide);
    return stream;
}

bool os_list_directory(const char *path, os_visit_fn *visit, void *user)
{
    struct buf pattern = {0};
    WIN32_FIND_DATAW entry;
    wchar_t *wide;
    HANDLE find;
    bool found = false;

    buf_printf(&pattern, "%s/*", path);
    wide = windows_wide(pattern.data);
    find = FindFirstFileW(wide, &entry);
    free(wide);
    buf_free(&pattern);
    if (find == INVALID_HANDLE_VALUE)
        return false;
    do {
        char *name = windows_utf8(entry.cFileName);

        if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0)
            found = visit(user, name);
        free(name);
    } while (!found && FindNextFileW(find, &entry));
    FindClose(find);
    return found;
}

struct os_replace {
    char *path; /* as the user wrote it, for messages */
    wchar_t *final;
    wchar_t *temporary;
    FILE *stream;
};

static void replace_free(struct os_replace *replace)
{
    free(replace->path);
    free(replace->final);
    free(replace->temporary);
    free(replace);
}

/* What `path` stands for when it is a link; a rename would replace the link. */
static wchar_t *resolved(const char *path)
{
    HANDLE file = windows_open(path, FILE_READ_ATTRIBUTES, 0);
    wchar_t *wide = NULL;
    DWORD len = 0;

    if (file != INVALID_HANDLE_VALUE) {
        len = GetFinalPathNameByHandleW(file, NULL, 0, 0);
        wide = mem_zalloc((size_t)len + 1, sizeof *wide);
        len = GetFinalPathNameByHandleW(file, wide, len, 0);
        CloseHandle(file);
    }
    if (len > 0)
        return wide;
    free(wide);
    return windows_wide(path);
}

/* A new file beside the final one; INVALID_HANDLE_VALUE on failure. */
static HANDLE open_temporary(struct os_replace *replace)
{
    size_t room = wcslen(replace->final) + 40;
    HANDLE file = INVALID_HANDLE_VALUE;
    int try;

    replace->temporary = mem_zalloc(room, sizeof *replace->temporary);
    for (try = 0; try < TEMPORARY_TRIES; try++) {
        _snwprintf(replace->temporary, room - 1, L"%ls.%lu-%d.tmp",
                   replace->final, GetCurrentProcessId(), try);
        file = CreateFileW(replace->temporary, GENERIC_WRITE, FILE_SHARE_READ,
                           NULL, CREATE_NEW, FILE_ATTRIBUTE_NORMAL, NULL);
        if (file != INVALID_HANDLE_VALUE || GetLastError() != ERROR_FILE_EXISTS)
            break;
    }
    return file;
}

static FILE *stream_of(HANDLE file)
{
    int fd = _open_osfhandle((intptr_t)file, _O_BINARY);
    FILE *stream = fd >= 0 ? _fdopen(fd, "wb") : NULL;

    if (fd < 0)
        CloseHandle(file);
    else if (!stream)
        _close(fd);
    return stream;
}

struct os_replace *os_replace_begin(const char *path, struct err *err)
{
    struct os_replace *replace;
    HANDLE file;

    if (windows_is_device(path) ||
        (os_file_exists(path) && !os_file_is_regular(path))) {
        err_set(err, STATUS_CANNOT_CREATE,
                "%s: not a regular file; redirect standard output to it "
                "instead",
                path);
        return NULL;
    }
    if (path[0] == '\0') {
        err_set(err, STATUS_CANNOT_CREATE, "empty file name");
        return NULL;
    }
    replace = mem_zalloc(1, sizeof *replace);
    replace->path = mem_strdup(path);
    replace->final = resolved(path);
    file = open_temporary(replace);
    if (file != INVALID_HANDLE_VALUE) {
        replace->stream = stream_of(file);
        if (replace->stream)
            return replace;
        DeleteFileW(replace->temporary);
        SetLastError(ERROR_TOO_MANY_OPEN_FILES);
    }
    fail(err, path, GetLastError());
    if (err)
        err->status = STATUS_CANNOT_CREATE;
    replace_free(replace);
    return NULL;
}

FILE *os_replace_stream(struct os_replace *replace)
{
    return replace->stream;
}

static bool flush(FILE *stream)
{
    SetLastError(ERROR_IO_DEVICE); /* for an error that an earlier write met */
    return ferror(stream) == 0 && fflush(stream) == 0 &&
           FlushFileBuffers((HANDLE)_get_osfhandle(_fileno(stream)));
}

static bool move(struct os_replace *replace)
{
    return MoveFileExW(replace->temporary, replace->final,
                       MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH);
}

bool os_replace_commit(struct os_replace *replace, struct err *err)
{
    bool ok = flush(replace->stream);
    DWORD error = GetLastError();

    if (fclose(replace->stream) != 0)
        ok = false;
    if (ok && !move(replace)) {
        ok = false;
        error = GetLastError();
    }
    if (!ok) {
        fail(err, replace->path, error);
        if (err)
            err->status = STATUS_IO;
        DeleteFileW(replace->temporary);
    }
    replace_free(replace);
    return ok;
}

void os_replace_abandon(struct os_replace *replace)
{
    if (!replace)
        return;
    fclose(replace->stream);
    DeleteFileW(replace->temporary);
    replace_free(replace);
}

/* A search for one file. */
struct visit {
    const char *name;
    os_visit_fn *visit;
    void *user;
};

static bool visit_in(const struct visit *visit, const wchar_t *directory,
                     const char *between)
{
    struct buf path = {0};
    char *start = windows_utf8(directory);
    bool found;

    buf_printf(&path, "%s%s/%s", start, between, visit->name);
    for (char *c = path.data; *c != '\0'; c++)
        if (*c == '/')
            *c = '\\';
    found = visit->visit(visit->user, path.data);
    free(start);
    buf_free(&path);
    return found;
}

static bool visit_variable(const struct visit *visit, const wchar_t *variable)
{
    wchar_t directory[MAX_PATH];
    DWORD len = GetEnvironmentVariableW(variable, directory, MAX_PATH);

    return len > 0 && len < MAX_PATH && visit_in(visit, directory, "/shmtop");
}

/* Unpacked from a zip, or PREFIX/bin/shmtop.exe with PREFIX/share. */
static bool visit_beside_program(const struct visit *visit)
{
    wchar_t program[MAX_PATH];
    DWORD len = GetModuleFileNameW(NULL, program, MAX_PATH);
    wchar_t *slash;

    if (len == 0 || len >= MAX_PATH)
        return false;
    slash = wcsrchr(program, L'\\');
    if (!slash)
        return false;
    *slash = L'\0';
    return visit_in(visit, program, "") ||
           visit_in(visit, program, "/../share/shmtop");
}

bool os_visit_places(enum os_place place, const char *name, os_visit_fn *visit,
                     void *user)
{
    const struct visit search = {name, visit, user};

    return visit_variable(&search, L"APPDATA") ||
           visit_variable(&search, L"PROGRAMDATA") ||
           (place == OS_PLACE_DATA && visit_beside_program(&search));
}
