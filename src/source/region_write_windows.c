/* SPDX-License-Identifier: MIT */
/* Creates, changes and removes mappings on Windows, for `write` and `set`.
 * Creating changes nothing that exists, unless the user asked to replace it. */
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#include "base/mem.h"
#include "source/region_windows.h"

static bool explain_exists(const struct target *target, bool replace,
                           struct err *err)
{
    if (target->kind == TARGET_FILE)
        return err_set(err, STATUS_CANNOT_CREATE,
                       "'%s' exists already and may belong to someone; "
                       "--replace removes it and creates a new one",
                       target->text);
    return err_set(err, STATUS_CANNOT_CREATE,
                   "'%s' exists already%s: it goes when all processes that "
                   "have it open have ended",
                   target->text,
                   replace ? " and --replace cannot remove a named mapping"
                           : "");
}

static bool explain_create(const struct target *target, DWORD error,
                           struct err *err)
{
    char words[WINDOWS_WORDS_MAX];
    enum status status = windows_status(error) == STATUS_DENIED
                             ? STATUS_DENIED
                             : STATUS_CANNOT_CREATE;
    bool global = target->kind == TARGET_MAP &&
                  _strnicmp(target->name, "Global\\", 7) == 0;
    return err_set(err, status, "cannot create '%s': %s%s", target->text,
                   windows_words(error, words),
                   global && status == STATUS_DENIED
                       ? "; creating in Global\\ needs the right to 'Create "
                         "global objects', as administrators and services have"
                       : "");
}

/* --- for the owner alone ------------------------------------------------- */

struct owner_only {
    SECURITY_ATTRIBUTES attributes;
    SECURITY_DESCRIPTOR descriptor;
    TOKEN_USER *user; /* owned */
    ACL *acl;         /* owned */
};

static TOKEN_USER *current_user(void)
{
    HANDLE token;
    DWORD size = 0;
    TOKEN_USER *user = NULL;
    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
        return NULL;
    GetTokenInformation(token, TokenUser, NULL, 0, &size);
    if (size > 0)
        user = mem_zalloc(size, 1);
    if (user && !GetTokenInformation(token, TokenUser, user, size, &size)) {
        free(user);
        user = NULL;
    }
    CloseHandle(token);
    return user;
}

/* NULL on failure, on which the caller must create nothing. */
static SECURITY_ATTRIBUTES *owner_only_make(struct owner_only *owner)
{
    *owner = (struct owner_only){.user = current_user()};
    if (!owner->user)
        return NULL;
    PSID sid = owner->user->User.Sid;
    DWORD size =
        (DWORD)(sizeof(ACL) + sizeof(ACCESS_ALLOWED_ACE)) + GetLengthSid(sid);
    owner->acl = mem_zalloc(size, 1);
    if (!InitializeAcl(owner->acl, size, ACL_REVISION) ||
        !AddAccessAllowedAce(owner->acl, ACL_REVISION, GENERIC_ALL, sid) ||
        !InitializeSecurityDescriptor(&owner->descriptor,
                                      SECURITY_DESCRIPTOR_REVISION) ||
        !SetSecurityDescriptorDacl(&owner->descriptor, TRUE, owner->acl, FALSE))
        return NULL;
    owner->attributes.nLength = sizeof owner->attributes;
    owner->attributes.lpSecurityDescriptor = &owner->descriptor;
    return &owner->attributes;
}

static void owner_only_free(struct owner_only *owner)
{
    free(owner->user);
    free(owner->acl);
}

/* --- named mappings ------------------------------------------------------ */

static HANDLE new_section(const struct target *target, uint64_t size,
                          DWORD *error)
{
    struct owner_only owner;
    SECURITY_ATTRIBUTES *attributes = owner_only_make(&owner);
    HANDLE section = NULL;
    wchar_t *name = section_name(target);
    if (attributes)
        section =
            CreateFileMappingW(INVALID_HANDLE_VALUE, attributes, PAGE_READWRITE,
                               (DWORD)(size >> 32), (DWORD)size, name);
    *error = GetLastError();
    free(name);
    owner_only_free(&owner);
    return section;
}

static bool create_section(struct region *region, uint64_t size, bool replace,
                           struct err *err)
{
    const struct target *target = &region->target;
    DWORD error;
    HANDLE section = new_section(target, size, &error);
    if (!section)
        return section_refuse_name(target, error, err)
                   ? false
                   : explain_create(target, error, err);
    if (error == ERROR_ALREADY_EXISTS) {
        CloseHandle(section);
        return explain_exists(target, replace, err);
    }
    region->created = true;
    return section_keep(region, section, size) ||
           explain_create(target, GetLastError(), err);
}

/* --- files --------------------------------------------------------------- */

#define TRIES_MAX 100

/* Only a regular file may be replaced; a device or a directory stays. */
static bool check_old_file(const struct target *target, const wchar_t *path,
                           struct err *err)
{
    DWORD attributes = GetFileAttributesW(path);
    if (attributes == INVALID_FILE_ATTRIBUTES ||
        !(attributes & (FILE_ATTRIBUTE_DIRECTORY | FILE_ATTRIBUTE_DEVICE)))
        return true;
    return err_set(err, STATUS_CANNOT_CREATE,
                   "'%s' is not a regular file and will not be replaced",
                   target->text);
}

/* Sets region->file, or the last error. */
static bool open_new(struct region *region, const wchar_t *path)
{
    struct owner_only owner;
    SECURITY_ATTRIBUTES *attributes = owner_only_make(&owner);
    if (attributes)
        region->own->file =
            CreateFileW(path, GENERIC_READ | GENERIC_WRITE | DELETE,
                        FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                        attributes, CREATE_NEW, FILE_ATTRIBUTE_NORMAL, NULL);
    DWORD error = GetLastError();
    owner_only_free(&owner);
    SetLastError(error);
    region->created = region->own->file != INVALID_HANDLE_VALUE;
    return region->created;
}

/* Creates a temporary file in the same folder; its path is stored in `new`. */
static bool open_beside(struct region *region, const wchar_t *path,
                        wchar_t *new, size_t room)
{
    size_t folder = 0;
    for (size_t i = 0; path[i] != L'\0'; i++)
        if (wcschr(L"\\/:", path[i]))
            folder = i + 1;
    for (int i = 0; i < TRIES_MAX; i++) {
        _snwprintf(new, room, L"%.*ls.shmtop-%lu-%d", (int)folder, path,
                   GetCurrentProcessId(), i);
        if (open_new(region, new))
            return true;
        if (GetLastError() != ERROR_FILE_EXISTS)
            return false;
    }
    return false;
}

/* Renames `old`, which is possible while it is open, and deletes it; on failure
 * restores both names. */
static bool swap_names(const wchar_t *new, const wchar_t *old,
                       const wchar_t *aside)
{
    if (!MoveFileExW(old, aside, 0))
        return false;
    bool moved = MoveFileExW(new, old, 0);
    if (moved && DeleteFileW(aside))
        return true;
    DWORD error = GetLastError();
    if (moved)
        MoveFileExW(old, new, 0);
    MoveFileExW(aside, old, 0);
    SetLastError(error);
    return false;
}

static void delete_file(HANDLE file)
{
    CHECK(file != INVALID_HANDLE_VALUE);
    FILE_DISPOSITION_INFO gone = {.DeleteFile = TRUE};
    SetFileInformationByHandle(file, FileDispositionInfo, &gone, sizeof gone);
}

static bool fill_file(struct region *region, uint64_t size)
{
    FILE_END_OF_FILE_INFO end = {.EndOfFile.QuadPart = (LONGLONG)size};
    region->size = size;
    return SetFileInformationByHandle(region->own->file, FileEndOfFileInfo,
                                      &end, sizeof end) &&
           file_keep(region);
}

/* The old file stays until the new one is complete. */
static bool replace_file(struct region *region, const wchar_t *path,
                         uint64_t size)
{
    size_t room = wcslen(path) + 64;
    wchar_t *new = mem_zalloc(room, sizeof *new);
    wchar_t *aside = mem_zalloc(room, sizeof *aside);
    bool ok =
        open_beside(region, path, new, room - 1) && fill_file(region, size);
    if (ok && !MoveFileExW(new, path, MOVEFILE_REPLACE_EXISTING)) {
        _snwprintf(aside, room - 1, L"%ls-old", new);
        ok = swap_names(new, path, aside);
    }
    DWORD error = GetLastError();
    free(new);
    free(aside);
    SetLastError(error);
    return ok;
}

static bool create_file(struct region *region, uint64_t size, bool replace,
                        struct err *err)
{
    const struct target *target = &region->target;
    if (windows_is_device(target->name))
        return err_set(err, STATUS_CANNOT_CREATE,
                       "'%s' is a device or pipe and will not be replaced",
                       target->text);
    wchar_t *path = windows_wide(target->name);
    bool may = !replace || check_old_file(target, path, err);
    bool made =
        may && (replace ? replace_file(region, path, size)
                        : open_new(region, path) && fill_file(region, size));
    DWORD error = GetLastError();
    free(path);
    if (made || !may)
        return made;
    if (region->created) { /* possibly under the temporary name */
        windows_close(region->own);
        delete_file(region->own->file);
        region->created = false;
    }
    if (error == ERROR_FILE_EXISTS || error == ERROR_ALREADY_EXISTS)
        return explain_exists(target, replace, err);
    return explain_create(target, error, err);
}

/* ------------------------------------------------------------------------- */

bool region_make(struct region *region, uint64_t size, bool replace,
                 struct err *err)
{
    switch (region->target.kind) {
    case TARGET_MAP:
        return create_section(region, size, replace, err);
    case TARGET_FILE:
        return create_file(region, size, replace, err);
    default:
        return err_set(err, STATUS_USAGE,
                       "'%s' cannot be created; map:NAME and file:PATH can",
                       region->target.text);
    }
}

bool region_view(struct region *region, uint64_t offset, uint64_t len,
                 struct view *out)
{
    struct window *window = region->target.kind == TARGET_MAP
                                ? section_cover(region, offset, len)
                                : file_cover(region, offset, len);
    if (window)
        *out = window->view;
    return window;
}

/* The name of a mapping goes with its last handle. */
void region_unlink(struct region *region)
{
    if (region->target.kind != TARGET_FILE)
        return;
    windows_close(region->own); /* a mapped file cannot be deleted */
    HANDLE named =
        windows_open(region->target.name, DELETE | FILE_READ_ATTRIBUTES, 0);
    if (named == INVALID_HANDLE_VALUE)
        return;
    if (file_is(region, named))
        delete_file(named);
    CloseHandle(named);
}
