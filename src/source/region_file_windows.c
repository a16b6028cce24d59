/* SPDX-License-Identifier: MIT */
/* Regions that are files.  A reader maps a file only during a copy, because
 * Windows lets no program shorten or delete a mapped file.  A file that cannot
 * be mapped (some network drives) is read. */
#include <stdlib.h>
#include <string.h>

#include "base/os.h"
#include "source/region_windows.h"

static bool refuse(const struct region *region, const char *what,
                   struct err *err)
{
    return err_set(err, STATUS_USAGE,
                   "'%s' is %s, not memory; name a mapping or a regular file",
                   region->target.text, what);
}

static bool look_at(HANDLE file, BY_HANDLE_FILE_INFORMATION *info)
{
    return GetFileInformationByHandle(file, info) != 0;
}

static uint64_t index_of(const BY_HANDLE_FILE_INFORMATION *info)
{
    return (uint64_t)info->nFileIndexHigh << 32 | info->nFileIndexLow;
}

bool file_is(const struct region *region, HANDLE file)
{
    BY_HANDLE_FILE_INFORMATION info;
    return look_at(file, &info) &&
           info.dwVolumeSerialNumber == region->own->volume &&
           index_of(&info) == region->own->index;
}

static bool is_folder(const char *path)
{
    wchar_t *wide = windows_wide(path);
    DWORD attributes = GetFileAttributesW(wide);
    free(wide);
    return attributes != INVALID_FILE_ATTRIBUTES &&
           (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
}

static bool file_open(struct region *region, struct err *err)
{
    struct region_own *own = region->own;
    const char *path = region->target.name;
    BY_HANDLE_FILE_INFORMATION info;
    /* Opening a pipe has side effects, so check first. */
    if (windows_is_device(path))
        return refuse(region, "a device or pipe", err);
    if (is_folder(path))
        return refuse(region, "a directory", err);
    own->file = windows_open(
        path, GENERIC_READ | (region->writable ? GENERIC_WRITE : 0), 0);
    if (own->file == INVALID_HANDLE_VALUE) {
        region_explain(&region->target, GetLastError(), "open", err);
        return false;
    }
    if (GetFileType(own->file) != FILE_TYPE_DISK)
        return refuse(region, "a device or pipe", err);
    if (!look_at(own->file, &info)) {
        region_explain(&region->target, GetLastError(), "look at", err);
        return false;
    }
    own->volume = info.dwVolumeSerialNumber;
    own->index = index_of(&info);
    region->size = (uint64_t)info.nFileSizeHigh << 32 | info.nFileSizeLow;
    own->look_ns = os_mono_ns();
    return true;
}

/* Whether the path still names the file that is open. */
static enum region_state check_name(struct region *region, bool deleted,
                                    struct err *err)
{
    struct region_own *own = region->own;
    BY_HANDLE_FILE_INFORMATION info;
    HANDLE file = windows_open(region->target.name, FILE_READ_ATTRIBUTES, 0);
    if (file == INVALID_HANDLE_VALUE) {
        DWORD error = GetLastError();
        /* A deleted file gives this until its last handle is closed. */
        if (deleted && error == ERROR_ACCESS_DENIED)
            error = ERROR_DELETE_PENDING;
        return region_explain(&region->target, error, "look at", err);
    }
    bool looked = look_at(file, &info);
    DWORD error = GetLastError();
    CloseHandle(file);
    if (!looked)
        return region_explain(&region->target, error, "look at", err);
    if (info.dwVolumeSerialNumber != own->volume ||
        index_of(&info) != own->index)
        return REGION_OTHER;
    own->look_ns = os_mono_ns();
    return REGION_SAME;
}

static enum region_state check_file(struct region *region, uint64_t *size,
                                    struct err *err)
{
    FILE_STANDARD_INFO info;
    if (!GetFileInformationByHandleEx(region->own->file, FileStandardInfo,
                                      &info, sizeof info))
        return region_explain(&region->target, GetLastError(), "look at", err);
    bool deleted = info.DeletePending || info.NumberOfLinks == 0;
    *size = (uint64_t)info.EndOfFile.QuadPart;
    if (!deleted && os_mono_ns() - region->own->look_ns < NAME_LOOK_NS)
        return REGION_SAME;
    return check_name(region, deleted, err);
}

/* --- mapped -------------------------------------------------------------- */

static HANDLE make_section(const struct region *region)
{
    return CreateFileMappingW(region->own->file, NULL,
                              region->writable ? PAGE_READWRITE : PAGE_READONLY,
                              0, 0, NULL);
}

struct window *file_cover(struct region *region, uint64_t offset, uint64_t len)
{
    struct window *window = window_find(region, offset, len);
    if (window)
        return window;
    HANDLE section = make_section(region);
    if (!section)
        return NULL;
    window = window_add(region, section, offset, len);
    CloseHandle(section);
    return window;
}

static bool copy_mapped(struct region *region, uint64_t offset, size_t len,
                        uint8_t *out)
{
    uint64_t end = offset + len;
    uint64_t have = end < region->size ? end : region->size;
    if (have <= offset || len > (have - offset + 7) / 8 * 8)
        return false;
    struct window *window = file_cover(region, offset, have - offset);
    bool copied = window && view_copy(&window->view, offset, len, out);
    if (!region->writable)
        windows_close(region->own);
    return copied;
}

static const struct region_ops mapped_ops = {check_file, copy_mapped};

/* --- read ---------------------------------------------------------------- */

static bool copy_read(struct region *region, uint64_t offset, size_t len,
                      uint8_t *out)
{
    size_t have = 0;
    while (have < len && offset + have < region->size) {
        uint64_t at = offset + have;
        OVERLAPPED place = {.Offset = (DWORD)at,
                            .OffsetHigh = (DWORD)(at >> 32)};
        DWORD step = len - have < 65536 ? (DWORD)(len - have) : 65536, got = 0;
        if (!ReadFile(region->own->file, out + have, step, &got, &place) ||
            got == 0)
            return false;
        have += got;
    }
    memset(out + have, 0, len - have);
    return true;
}

static const struct region_ops read_ops = {check_file, copy_read};

bool file_keep(struct region *region)
{
    CHECK(region->own->file != INVALID_HANDLE_VALUE && region->size > 0);
    struct region_own *own = region->own;
    BY_HANDLE_FILE_INFORMATION info;
    region->ops = &mapped_ops;
    if (!look_at(own->file, &info))
        return false;
    own->volume = info.dwVolumeSerialNumber;
    own->index = index_of(&info);
    return file_cover(region, 0, region->size);
}

bool file_attach(struct region *region, struct err *err)
{
    if (!file_open(region, err))
        return false;
    if (region->size == 0)
        return err_set(err, STATUS_NO_MAPPING,
                       "'%s' has 0 bytes: its producer has not sized it yet",
                       region->target.text);
    HANDLE section = make_section(region);
    region->ops = section ? &mapped_ops : &read_ops;
    if (section) {
        CloseHandle(section);
        return true;
    }
    region->manner = "read";
    if (!region->writable)
        return true;
    region_explain(&region->target, GetLastError(), "map", err);
    return false;
}
