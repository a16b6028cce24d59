/* SPDX-License-Identifier: MIT */
/* Files and places on Windows.  Reading opens files on disks only. */
#include "base/os_files.h"

#include <fcntl.h>
#include <io.h>
#include <stdlib.h>
#include <string.h>

#include "base/base_private.h"
#include "base/mem.h"
#include "base/system_windows.h"

#define READ_STEP (64u * 1024)

static bool fail(struct err *err, const char *path)
{
    return os_explain_error(err, windows_status(GetLastError()), path);
}

/* The file, or at least the first `enough` bytes of it. */
static bool read_bytes(HANDLE file, const char *path, size_t enough,
                       struct buf *out, struct err *err)
{
    while (out->len < enough) {
        char *room = buf_room(out, READ_STEP);
        DWORD got = 0;
        if (!ReadFile(file, room, READ_STEP, &got, NULL))
            return fail(err, path);
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

/* Devices such as CON and folders have attributes, too. */
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
        return fail(err, path);
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

bool os_explain_error(struct err *err, enum status status, const char *path)
{
    char words[WINDOWS_WORDS_MAX];
    return err_set(err, status, "%s: %s", path,
                   windows_words(GetLastError(), words));
}

bool os_is_special(const char *path)
{
    return windows_is_device(path) ||
           (os_file_exists(path) && !os_file_is_regular(path));
}

char *os_full_path(const char *path)
{
    HANDLE file = windows_open(path, FILE_READ_ATTRIBUTES, 0);
    char *resolved = NULL;
    if (file != INVALID_HANDLE_VALUE) {
        DWORD len = GetFinalPathNameByHandleW(file, NULL, 0, 0);
        wchar_t *wide = mem_zalloc((size_t)len + 1, sizeof *wide);
        len = GetFinalPathNameByHandleW(file, wide, len, 0);
        if (len > 0)
            resolved = windows_utf8(wide);
        free(wide);
        CloseHandle(file);
    }
    return resolved ? resolved : mem_strdup(path);
}

/* `own`: the folders of the user's profile are closed to others already. */
FILE *os_create_new(const char *path, bool own, bool *taken)
{
    (void)own;
    wchar_t *wide = windows_wide(path);
    HANDLE file = CreateFileW(wide, GENERIC_WRITE, FILE_SHARE_READ, NULL,
                              CREATE_NEW, FILE_ATTRIBUTE_NORMAL, NULL);
    DWORD error = GetLastError();
    free(wide);
    SetLastError(error);
    *taken = file == INVALID_HANDLE_VALUE && error == ERROR_FILE_EXISTS;
    if (file == INVALID_HANDLE_VALUE)
        return NULL;
    int fd = _open_osfhandle((intptr_t)file, _O_BINARY);
    FILE *stream = fd >= 0 ? _fdopen(fd, "wb") : NULL;
    if (stream)
        return stream;
    if (fd < 0)
        CloseHandle(file);
    else
        _close(fd);
    os_remove_file(path);
    SetLastError(ERROR_TOO_MANY_OPEN_FILES);
    return NULL;
}

bool os_flush_stream(FILE *stream)
{
    SetLastError(ERROR_IO_DEVICE); /* for an earlier error of the stream */
    return ferror(stream) == 0 && fflush(stream) == 0 &&
           FlushFileBuffers((HANDLE)_get_osfhandle(_fileno(stream)));
}

static bool move_file(const char *from, const char *to, DWORD flags)
{
    wchar_t *wide_from = windows_wide(from);
    wchar_t *wide_to = windows_wide(to);
    bool moved =
        MoveFileExW(wide_from, wide_to, flags | MOVEFILE_WRITE_THROUGH);
    DWORD error = GetLastError();
    free(wide_from);
    free(wide_to);
    SetLastError(error);
    return moved;
}

bool os_rename_over(const char *from, const char *to)
{
    return move_file(from, to, MOVEFILE_REPLACE_EXISTING);
}

bool os_rename_new(const char *from, const char *to, bool *taken)
{
    bool moved = move_file(from, to, 0);
    DWORD error = GetLastError();
    *taken =
        !moved && (error == ERROR_ALREADY_EXISTS || error == ERROR_FILE_EXISTS);
    return moved;
}

void os_remove_file(const char *path)
{
    wchar_t *wide = windows_wide(path);
    DeleteFileW(wide);
    free(wide);
}

bool os_make_folder(const char *path)
{
    wchar_t *wide = windows_wide(path);
    bool made = CreateDirectoryW(wide, NULL);
    DWORD error = GetLastError();
    DWORD attributes = GetFileAttributesW(wide);
    free(wide);
    SetLastError(error);
    return made || (attributes != INVALID_FILE_ATTRIBUTES &&
                    (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0);
}

char *os_home(void)
{
    wchar_t home[MAX_PATH];
    DWORD len = GetEnvironmentVariableW(L"USERPROFILE", home, MAX_PATH);
    return len > 0 && len < MAX_PATH ? windows_utf8(home) : NULL;
}

struct os_lock {
    HANDLE file; /* not shared, and removed when it is closed */
};

struct os_lock *os_try_lock(const char *path, bool *busy)
{
    struct buf name = {0};
    buf_printf(&name, "%s.lock", path);
    wchar_t *wide = windows_wide(name.data);
    HANDLE file =
        CreateFileW(wide, GENERIC_WRITE, 0, NULL, OPEN_ALWAYS,
                    FILE_ATTRIBUTE_HIDDEN | FILE_FLAG_DELETE_ON_CLOSE, NULL);
    /* A file that is being removed denies access for a moment. */
    *busy = file == INVALID_HANDLE_VALUE &&
            (GetLastError() == ERROR_SHARING_VIOLATION ||
             GetLastError() == ERROR_ACCESS_DENIED);
    free(wide);
    buf_free(&name);
    if (*busy)
        return NULL;
    struct os_lock *lock = mem_zalloc(1, sizeof *lock);
    lock->file = file;
    return lock;
}

void os_unlock_file(struct os_lock *lock)
{
    if (lock && lock->file != INVALID_HANDLE_VALUE)
        CloseHandle(lock->file);
    free(lock);
}

/* A search for a file in its places. */
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
    buf_printf(&path, "%s%s/%s", start, between, visit->name);
    for (char *c = path.data; *c != '\0'; c++)
        if (*c == '/')
            *c = '\\';
    bool found = visit->visit(visit->user, path.data);
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

/* A program that was unpacked from a zip, or PREFIX/bin/shmtop.exe with
 * PREFIX/share. */
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
    if (place == OS_PLACE_STATE)
        return visit_variable(&search, L"LOCALAPPDATA");
    return visit_variable(&search, L"APPDATA") ||
           visit_variable(&search, L"PROGRAMDATA") ||
           (place == OS_PLACE_DATA && visit_beside_program(&search));
}
