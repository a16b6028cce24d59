/* SPDX-License-Identifier: MIT */
/* Named mappings and files of Windows: that watching holds no name and no
 * file, and sees what became of them; creating; faults. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/os_files.h"
#include "base/system_windows.h"
#include "source/guard.h"
#include "source/region.h"
#include "source/source.h"

#define SECOND_MS 1000
#define MIB (UINT64_C(1) << 20)

/* --- helpers ------------------------------------------------------------- */

static char name[64]; /* of this process alone */
static char text[80]; /* "map:..." */
static char folder[MAX_PATH];
static char path[MAX_PATH + 32]; /* of a file in it, with more than ASCII */
static char file_text[MAX_PATH + 40];

static int set_up(void **state)
{
    (void)state;
    wchar_t temporary[MAX_PATH];
    snprintf(name, sizeof name, "shmtop_test_%lu", GetCurrentProcessId());
    snprintf(text, sizeof text, "map:%s", name);
    if (GetTempPathW(MAX_PATH, temporary) == 0)
        return -1;
    char *start = windows_utf8(temporary);
    snprintf(folder, sizeof folder, "%s%s", start, name);
    free(start);
    snprintf(path, sizeof path, "%s\\p\xc3\xbcmp \xe2\x82\xac.bin", folder);
    snprintf(file_text, sizeof file_text, "file:%s", path);
    wchar_t *wide = windows_wide(folder);
    BOOL made = CreateDirectoryW(wide, NULL);
    free(wide);
    return made ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    wchar_t *wide = windows_wide(folder);
    BOOL removed = RemoveDirectoryW(wide);
    free(wide);
    return removed ? 0 : -1;
}

static struct target target_of(const char *what)
{
    struct target target;
    struct err err = {0};
    if (!target_parse(&target, what, &err))
        fail_msg("%s: %s", what, err.text);
    return target;
}

static struct region *open_region(const char *what)
{
    struct target target = target_of(what);
    struct region *region = NULL;
    struct err err = {0};
    if (!region_open(&region, &target, &err))
        fail_msg("%s: %s", what, err.text);
    return region;
}

static void assert_refused(const char *what, enum status status,
                           const char *says)
{
    struct target target = target_of(what);
    struct region *region = NULL;
    struct err err = {0};
    if (region_open(&region, &target, &err))
        fail_msg("opened: %s", what);
    if (err.status != status || strstr(err.text, says) == NULL)
        fail_msg("%s: status %d, '%s'", what, err.status, err.text);
}

static enum region_state check(struct region *region, uint64_t *size)
{
    struct err err = {0};
    uint64_t unused;
    return region_check(region, size != NULL ? size : &unused, &err);
}

static uint64_t word_at(struct region *region, uint64_t offset)
{
    _Alignas(8) uint8_t bytes[8];
    uint64_t word;
    if (!region_copy(region, offset, sizeof bytes, bytes))
        fail_msg("the word at %llu was not read", (unsigned long long)offset);
    memcpy(&word, bytes, sizeof word);
    return word;
}

/* A producer as a server is one: it creates, maps and keeps both. */
struct producer {
    HANDLE section;
    volatile uint64_t *words;
};

static struct producer start(const char *full, uint64_t size)
{
    wchar_t *wide = windows_wide(full);
    struct producer producer;
    producer.section =
        CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE,
                           (DWORD)(size >> 32), (DWORD)size, wide);
    DWORD error = GetLastError();
    free(wide);
    assert_non_null(producer.section);
    assert_int_equal(error, 0);
    producer.words = MapViewOfFile(producer.section, FILE_MAP_WRITE, 0, 0,
                                   size < MIB ? 0 : 65536);
    assert_non_null(producer.words);
    return producer;
}

static void stop(struct producer *producer)
{
    UnmapViewOfFile((void *)producer->words);
    CloseHandle(producer->section);
}

static bool name_exists(const char *full)
{
    wchar_t *wide = windows_wide(full);
    HANDLE section = OpenFileMappingW(FILE_MAP_READ, FALSE, wide);
    free(wide);
    if (section != NULL)
        CloseHandle(section);
    return section != NULL;
}

/* --- named mappings ------------------------------------------------------ */

static void test_small(void **state)
{
    (void)state;
    struct producer producer = start(name, 64);
    struct region *region = open_region(text);
    uint64_t size = 0;
    producer.words[0] = UINT64_C(0x1122334455667788);
    producer.words[7] = 9;
    assert_int_equal(check(region, &size), REGION_SAME);
    assert_int_equal(size, 4096); /* a page is all that can be known */
    assert_true(word_at(region, 0) == UINT64_C(0x1122334455667788));
    assert_true(word_at(region, 56) == 9);
    assert_true(word_at(region, 4088) == 0);
    assert_string_equal(region_manner(region), "Local\\");
    region_close(region);
    stop(&producer);
}

static void test_spaces(void **state)
{
    (void)state;
    char full[96], said[96];
    snprintf(full, sizeof full, "Local\\%s", name);
    snprintf(said, sizeof said, "map:Local\\%s", name);
    struct producer producer = start(full, 64);
    struct region *region = open_region(said);
    assert_string_equal(region_manner(region), "");
    region_close(region);
    snprintf(said, sizeof said, "map:Global\\%s", name);
    assert_refused(said, STATUS_NO_MAPPING, "in this logon session");
    stop(&producer);

    snprintf(full, sizeof full, "Global\\%s", name);
    wchar_t *wide = windows_wide(full);
    HANDLE section = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL,
                                        PAGE_READWRITE, 0, 64, wide);
    free(wide);
    if (section == NULL)
        return; /* a right that not everyone has */
    region = open_region(text);
    assert_string_equal(region_manner(region), "Global\\");
    region_close(region);
    CloseHandle(section);
}

static void test_refused(void **state)
{
    (void)state;
    assert_refused(text, STATUS_NO_MAPPING, "is its producer running");
    wchar_t *wide = windows_wide(name);
    HANDLE event = CreateEventW(NULL, FALSE, FALSE, wide);
    free(wide);
    assert_non_null(event);
    assert_refused(text, STATUS_USAGE, "something else");
    CloseHandle(event);
    char odd[96];
    snprintf(odd, sizeof odd, "map:no\\%s", name);
    assert_refused(odd, STATUS_USAGE, "a \\ only after Local");
}

/* A server that ends takes its name with it although it is watched, and one
 * that starts anew gets fresh memory. */
static void test_name_is_free(void **state)
{
    (void)state;
    struct producer producer = start(name, 64);
    struct region *region = open_region(text);
    producer.words[0] = 5;
    assert_true(word_at(region, 0) == 5);
    stop(&producer);
    assert_false(name_exists(name));
    producer = start(name, 64); /* asserts that nothing existed */
    assert_true(producer.words[0] == 0);
    stop(&producer);
    /* The old bytes can be read until the name is looked at. */
    assert_true(word_at(region, 0) == 5);
    Sleep(SECOND_MS + 50);
    assert_int_equal(check(region, NULL), REGION_GONE);
    region_close(region);
}

/* Checks and copies until the name has been looked at `looks` times. */
static enum region_state watch(struct region *region, int looks)
{
    _Alignas(8) uint8_t bytes[64];
    for (int i = 0; i < looks * (SECOND_MS + 100) / 20; i++) {
        enum region_state state = check(region, NULL);
        if (state != REGION_SAME)
            return state;
        region_copy(region, 0, sizeof bytes, bytes);
        Sleep(20);
    }
    return REGION_SAME;
}

static void test_other(void **state)
{
    (void)state;
    struct producer producer = start(name, 64);
    struct region *region = open_region(text);
    producer.words[3] = 1000;
    assert_int_equal(watch(region, 2), REGION_SAME);
    stop(&producer);
    producer = start(name, 64);
    producer.words[3] = 1;
    assert_int_equal(watch(region, 2), REGION_OTHER);
    region_close(region);

    region = open_region(text);
    stop(&producer);
    producer = start(name, 3 * 4096); /* no byte need differ */
    producer.words[3] = 1;
    assert_int_equal(watch(region, 2), REGION_OTHER);
    region_close(region);
    stop(&producer);
}

/* Another mapping with the same bytes is not told apart, but is read. */
static void test_alike(void **state)
{
    (void)state;
    struct producer producer = start(name, 64);
    struct region *region = open_region(text);
    producer.words[0] = 7;
    assert_true(word_at(region, 0) == 7);
    stop(&producer);
    producer = start(name, 64);
    producer.words[0] = 7;
    assert_int_equal(watch(region, 1), REGION_SAME);
    producer.words[0] = 8;
    assert_int_equal(check(region, NULL), REGION_SAME);
    assert_true(word_at(region, 0) == 8);
    region_close(region);
    stop(&producer);
}

static volatile LONG writing;

static DWORD WINAPI write_always(void *user)
{
    const struct producer *producer = user;
    while (writing) {
        for (int i = 0; i < 8; i++)
            producer->words[i]++;
        if (producer->words[1] % 64 == 0)
            producer->words[2] = producer->words[2] ? 0 : UINT64_MAX;
    }
    return 0;
}

/* Two views of one mapping never seem to be two, however it is written. */
static void test_hot_writer(void **state)
{
    (void)state;
    struct producer producer = start(name, 64);
    struct region *region = open_region(text);
    writing = 1;
    HANDLE thread = CreateThread(NULL, 0, write_always, &producer, 0, NULL);
    assert_non_null(thread);
    assert_int_equal(watch(region, 4), REGION_SAME);
    writing = 0;
    WaitForSingleObject(thread, INFINITE);
    CloseHandle(thread);
    region_close(region);
    stop(&producer);
}

/* More than a 32-bit program maps at once; only parts of it are mapped. */
static void test_large(void **state)
{
    (void)state;
    static const uint64_t sizes[] = {768 * MIB, 3072 * MIB};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        wchar_t *wide = windows_wide(name);
        uint64_t last = sizes[i] - 65536, size = 0;
        HANDLE section =
            CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE,
                               (DWORD)(sizes[i] >> 32), (DWORD)sizes[i], wide);
        free(wide);
        if (section == NULL)
            return; /* a page file too small for it */
        uint64_t *words = MapViewOfFile(
            section, FILE_MAP_WRITE, (DWORD)(last >> 32), (DWORD)last, 65536);
        assert_non_null(words);
        words[65536 / 8 - 1] = 4711;
        struct region *region = open_region(text);
        for (int look = 0; look < 2; look++) {
            assert_int_equal(check(region, &size), REGION_SAME);
            assert_true(size == sizes[i]);
            assert_true(word_at(region, size - 8) == 4711);
            assert_true(word_at(region, 0) == 0);
            Sleep(SECOND_MS + 50);
        }
        CloseHandle(section);
        UnmapViewOfFile(words);
        assert_int_equal(check(region, &size), REGION_GONE);
        region_close(region);
    }
}

/* --- creating ------------------------------------------------------------ */

static struct region *create(const char *what, uint64_t size)
{
    struct target target = target_of(what);
    struct region *region = NULL;
    struct err err = {0};
    if (!region_create(&region, &target, size, false, &err))
        fail_msg("%s: %s", what, err.text);
    return region;
}

static void assert_create_fails(const char *what, uint64_t size, bool replace,
                                enum status status, const char *says)
{
    struct target target = target_of(what);
    struct region *region = NULL;
    struct err err = {0};
    if (region_create(&region, &target, size, replace, &err))
        fail_msg("created: %s", what);
    assert_int_equal(err.status, status);
    if (strstr(err.text, says) == NULL)
        fail_msg("%s: '%s'", what, err.text);
}

static void assert_not_created(const char *what, bool replace, const char *says)
{
    assert_create_fails(what, 64, replace, STATUS_CANNOT_CREATE, says);
}

/* No name that the system refuses is called a missing mapping. */
static void test_impossible_names(void **state)
{
    (void)state;
    static const char *const names[] = {"no\\such",  "Local\\no\\such",
                                        "Local\\",   "Global\\",
                                        "\\leading", "\\"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char what[64];
        snprintf(what, sizeof what, "map:%s", names[i]);
        assert_refused(what, STATUS_USAGE, "a \\ only after Local");
        assert_create_fails(what, 64, false, STATUS_USAGE,
                            "a \\ only after Local");
    }
}

static void store(struct region *region, uint64_t offset, uint64_t word)
{
    uint8_t bytes[8];
    memcpy(bytes, &word, sizeof bytes);
    assert_true(region_store(region, offset, 8, bytes, NULL));
    region_publish(region);
}

static void test_create(void **state)
{
    (void)state;
    struct region *writer = create(text, 64);
    assert_true(name_exists(name));
    assert_not_created(text, false, "exists already: it goes when");
    assert_not_created(text, true, "--replace cannot");
    struct region *reader = open_region(text);
    store(writer, 8, 42);
    assert_true(word_at(reader, 8) == 42);
    assert_false(
        region_store(writer, 64, 8, (const uint8_t *)"12345678", NULL));

    struct region *setter = NULL;
    struct target target = target_of(text);
    struct err err = {0};
    assert_true(region_open_writable(&setter, &target, &err));
    store(setter, 16, 43);
    region_close(setter);
    assert_true(word_at(reader, 16) == 43);

    region_remove(writer);
    region_close(writer);
    assert_false(name_exists(name));
    region_close(reader);
    writer = create(text, 64);
    reader = open_region(text);
    assert_true(word_at(reader, 8) == 0);
    region_close(reader);
    region_close(writer);
}

static void test_not_an_event(void **state)
{
    (void)state;
    wchar_t *wide = windows_wide(name);
    HANDLE event = CreateEventW(NULL, FALSE, FALSE, wide);
    free(wide);
    assert_non_null(event);
    assert_not_created(text, false, "something else");
    CloseHandle(event);
}

/* What was created carries one entry: this user, everything. */
static void test_owner_only(void **state)
{
    (void)state;
    struct region *writer = create(text, 64);
    wchar_t *wide = windows_wide(name);
    HANDLE section = OpenFileMappingW(READ_CONTROL, FALSE, wide);
    free(wide);
    assert_non_null(section);
    uint8_t room[1024];
    DWORD need = 0;
    assert_true(GetKernelObjectSecurity(section, DACL_SECURITY_INFORMATION,
                                        room, sizeof room, &need));
    BOOL present = FALSE, defaulted = FALSE;
    ACL *acl = NULL;
    ACL_SIZE_INFORMATION info;
    assert_true(GetSecurityDescriptorDacl(room, &present, &acl, &defaulted));
    assert_true(present && acl != NULL);
    assert_true(GetAclInformation(acl, &info, sizeof info, AclSizeInformation));
    assert_int_equal(info.AceCount, 1);
    CloseHandle(section);
    region_close(writer);
}

/* --- files --------------------------------------------------------------- */

static void put_file(const char *bytes, DWORD len)
{
    wchar_t *wide = windows_wide(path);
    HANDLE file =
        CreateFileW(wide, GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
                    NULL, CREATE_ALWAYS, 0, NULL);
    DWORD done;
    free(wide);
    assert_true(file != INVALID_HANDLE_VALUE);
    assert_true(WriteFile(file, bytes, len, &done, NULL));
    CloseHandle(file);
}

static bool remove_file(void)
{
    wchar_t *wide = windows_wide(path);
    BOOL removed = DeleteFileW(wide);
    free(wide);
    return removed;
}

/* Wine deletes a file only after its last handle, and does not say so. */
static bool on_wine(void)
{
    HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");
    return GetProcAddress(ntdll, "wine_get_version") != NULL;
}

/* Whoever owns a file may shorten and delete it while it is watched. */
static void test_file(void **state)
{
    (void)state;
    uint64_t size = 0;
    _Alignas(8) uint8_t bytes[16];
    assert_refused(file_text, STATUS_NO_MAPPING, "no file");
    put_file("", 0);
    assert_refused(file_text, STATUS_NO_MAPPING, "0 bytes");
    put_file("12345678abcd", 12);
    struct region *region = open_region(file_text);
    assert_int_equal(check(region, &size), REGION_SAME);
    assert_int_equal(size, 12);
    assert_true(region_copy(region, 0, 16, bytes));
    assert_memory_equal(bytes, "12345678abcd\0\0\0", 16);
    assert_string_equal(region_manner(region), "");
    put_file("new", 3);
    assert_int_equal(check(region, &size), REGION_SAME);
    assert_int_equal(size, 3);
    assert_true(region_copy(region, 0, 8, bytes));
    assert_memory_equal(bytes, "new\0\0\0\0", 8);
    assert_false(region_copy(region, 8, 8, bytes));
    assert_true(remove_file());
    Sleep(SECOND_MS + 50);
    if (!on_wine())
        assert_int_equal(check(region, &size), REGION_GONE);
    region_close(region);
    assert_false(os_file_exists(path));
}

static void test_file_renamed(void **state)
{
    (void)state;
    struct buf other = {0};
    buf_printf(&other, "%s.old", path);
    wchar_t *old_wide = windows_wide(other.data);
    wchar_t *wide = windows_wide(path);
    put_file("old", 3);
    struct region *region = open_region(file_text);
    assert_true(MoveFileW(wide, old_wide));
    assert_int_equal(check(region, NULL), REGION_SAME); /* not looked at yet */
    Sleep(SECOND_MS + 50);
    assert_int_equal(check(region, NULL), REGION_GONE);
    put_file("new", 3);
    assert_int_equal(check(region, NULL), REGION_OTHER);
    region_close(region);
    assert_true(DeleteFileW(old_wide));
    assert_true(remove_file());
    free(old_wide);
    free(wide);
    buf_free(&other);
}

static void test_not_memory(void **state)
{
    (void)state;
    char what[MAX_PATH + 8];
    snprintf(what, sizeof what, "file:%s", folder);
    assert_refused(what, STATUS_USAGE, "a directory");
    assert_refused("file:\\\\.\\pipe\\shmtop", STATUS_USAGE, "pipe");
    assert_refused("file://localhost/pipe/x", STATUS_USAGE, "pipe");
    assert_refused("file:\\\\.\\PhysicalDrive0", STATUS_USAGE, "device");
    assert_refused("file:NUL", STATUS_USAGE, "device");
}

static void test_create_file(void **state)
{
    (void)state;
    struct region *writer = create(file_text, 24);
    assert_not_created(file_text, false, "--replace removes it");
    struct region *reader = open_region(file_text);
    uint64_t size = 0;
    store(writer, 16, 77);
    assert_int_equal(check(reader, &size), REGION_SAME);
    assert_int_equal(size, 24);
    assert_true(word_at(reader, 16) == 77);
    region_remove(writer);
    region_close(writer);
    region_close(reader);
    assert_false(os_file_exists(path));
}

static bool note_name(void *user, const char *entry)
{
    buf_printf(user, "<%s>", entry);
    return false;
}

/* The old file is there, and nothing beside it. */
static void assert_still_old(void)
{
    struct buf bytes = {0}, names = {0};
    struct err err = {0};
    if (!os_read_file(path, 100, &bytes, &err))
        fail_msg("%s", err.text);
    assert_string_equal(bytes.data, "what was here");
    os_list_directory(folder, note_name, &names);
    assert_string_equal(names.data, "<p\xc3\xbcmp \xe2\x82\xac.bin>");
    buf_free(&bytes);
    buf_free(&names);
}

static struct region *replace_with(uint64_t size)
{
    struct target target = target_of(file_text);
    struct region *region = NULL;
    struct err err = {0};
    if (!region_create(&region, &target, size, true, &err))
        fail_msg("%s", err.text);
    return region;
}

static void test_replace_file(void **state)
{
    (void)state;
    uint64_t size = 0;
    put_file("what was here", 13);
    struct region *writer = replace_with(24);
    store(writer, 16, 77);
    struct region *reader = open_region(file_text);
    assert_int_equal(check(reader, &size), REGION_SAME);
    assert_int_equal(size, 24);
    assert_true(word_at(reader, 16) == 77);
    region_close(writer); /* as a server that was killed */

    /* Being watched does not keep it. */
    writer = replace_with(32);
    Sleep(SECOND_MS + 50);
    assert_int_equal(check(reader, NULL), REGION_OTHER);
    region_close(reader);
    reader = open_region(file_text);
    assert_int_equal(check(reader, &size), REGION_SAME);
    assert_int_equal(size, 32);
    region_close(reader);
    region_remove(writer);
    region_close(writer);
    assert_false(os_file_exists(path));
}

/* What cannot be replaced stays as it is. */
static void test_replace_fails(void **state)
{
    (void)state;
    wchar_t *wide = windows_wide(path);
    put_file("what was here", 13);
    assert_create_fails(file_text, SIZE_MAX / 2, true, STATUS_CANNOT_CREATE,
                        "cannot create");
    assert_still_old();
    HANDLE file = CreateFileW(wide, GENERIC_READ, FILE_SHARE_READ, NULL,
                              OPEN_EXISTING, 0, NULL);
    assert_true(file != INVALID_HANDLE_VALUE);
    assert_not_created(file_text, true, "cannot create");
    assert_still_old();
    CloseHandle(file);
    if (!on_wine()) { /* which replaces such a file */
        assert_true(SetFileAttributesW(wide, FILE_ATTRIBUTE_READONLY));
        assert_create_fails(file_text, 64, true, STATUS_DENIED,
                            "cannot create");
        assert_still_old();
        assert_true(SetFileAttributesW(wide, FILE_ATTRIBUTE_NORMAL));
    }
    assert_true(remove_file());
    free(wide);
}

/* --- faults --------------------------------------------------------------- */

static void read_all(void *user)
{
    const volatile uint8_t *bytes = user;
    for (size_t i = 0; i < 3 * 4096; i += 64)
        (void)bytes[i];
}

static void test_guard(void **state)
{
    (void)state;
    uint8_t *bytes = VirtualAlloc(NULL, 3 * 4096, MEM_RESERVE, PAGE_NOACCESS);
    assert_non_null(bytes);
    assert_non_null(VirtualAlloc(bytes, 4096, MEM_COMMIT, PAGE_READWRITE));
    guard_install();
    guard_install();
    for (int i = 0; i < 1000; i++)
        assert_false(guard_run(read_all, bytes, bytes, 3 * 4096));
    assert_non_null(VirtualAlloc(bytes, 3 * 4096, MEM_COMMIT, PAGE_READONLY));
    assert_true(guard_run(read_all, bytes, bytes, 3 * 4096));
    VirtualFree(bytes, 0, MEM_RELEASE);
}

/* --- frames --------------------------------------------------------------- */

static void assert_frame(struct source *source, enum source_state state,
                         uint32_t generation)
{
    struct frame frame;
    source_sample(source, &frame);
    if (frame.state != state || frame.generation != generation)
        fail_msg("%s of generation %u, not %s of %u: %s",
                 state_name(frame.state), (unsigned)frame.generation,
                 state_name(state), (unsigned)generation, frame.note);
}

static void test_states(void **state)
{
    (void)state;
    static const struct range range = {0, 64, 0};
    struct target target = target_of(text);
    struct source *source;
    struct err err = {0};
    assert_true(source_open(&source, &target, &range, 1, 64, &err));
    assert_frame(source, STATE_WAITING, 0);
    Sleep(100); /* looking may have taken long, and then pauses */
    struct producer producer = start(name, 64);
    assert_frame(source, STATE_LIVE, 1);
    assert_frame(source, STATE_LIVE, 1);
    stop(&producer);
    Sleep(SECOND_MS + 50);
    assert_frame(source, STATE_GONE, 1);
    assert_frame(source, STATE_GONE, 1);
    Sleep(100);
    producer = start(name, 64);
    assert_frame(source, STATE_REPLACED, 2);
    producer.words[0] = 500;
    assert_frame(source, STATE_LIVE, 2);
    stop(&producer);
    producer = start(name, 64);
    producer.words[0] = 1;
    Sleep(SECOND_MS + 50);
    assert_frame(source, STATE_REPLACED, 3);
    assert_frame(source, STATE_LIVE, 3);
    source_close(source);
    stop(&producer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_small),
        cmocka_unit_test(test_spaces),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_name_is_free),
        cmocka_unit_test(test_other),
        cmocka_unit_test(test_alike),
        cmocka_unit_test(test_hot_writer),
        cmocka_unit_test(test_large),
        cmocka_unit_test(test_create),
        cmocka_unit_test(test_impossible_names),
        cmocka_unit_test(test_not_an_event),
        cmocka_unit_test(test_owner_only),
        cmocka_unit_test(test_file),
        cmocka_unit_test(test_file_renamed),
        cmocka_unit_test(test_not_memory),
        cmocka_unit_test(test_create_file),
        cmocka_unit_test(test_replace_file),
        cmocka_unit_test(test_replace_fails),
        cmocka_unit_test(test_guard),
        cmocka_unit_test(test_states),
    };
    return cmocka_run_group_tests_name("region_windows", tests, set_up,
                                       tear_down);
}
