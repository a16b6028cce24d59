#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# `import` as users see it: the text of a layout, which names find which types,
# and the messages for files that it cannot use.  import_vs_compilers.py tests
# the offsets.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"
need gcc clang objcopy strip

"$SHMTOP" import /dev/null x >/dev/null 2>&1
[ $? -ne 69 ] || skip "this program is built without import"

cat >"$work/pump.c" <<'END'
#include <stdint.h>
#include <wchar.h>
enum mode { OFF, AUTO = 5, HEAT = 5, LOST = -3 };
struct inner { int16_t x; char name[8]; };
typedef struct {
    const volatile uint32_t id;
    enum mode mode;
    enum { NORTH = 1, HUGE_ONE = 0xffffffffffLL } where;
    struct inner in[3];
    struct { uint8_t r, g; } tint;
    double load[2][3];
    unsigned low : 3, high : 5;
    union { float f; struct { uint16_t lo, hi; }; };
    void *next;
    int (*call)(int);
    char names[4][16];
    unsigned char few[4], many[40];
    wchar_t wide[6];
    _Bool on;
    long double exact;
    int64_t a_name_that_is_longer_than_forty_characters;
    char rest[];
} pump_t;
pump_t *pump;
struct secret;
struct secret *secret;
void hidden(void);
void hidden(void) { struct inside { int y; } inside = {1}; (void)inside; }
END
cat >"$work/want" <<'END'
; made by shmtop import from pump.o, pump.c
[mapping]
name = pump_t ; the struct's name: put the mapping's there
size = 288
abi = x64-linux

[struct inner]
@size = 10
x = i16 @0
name = char[8] @2

[struct pump_t_tint]
@size = 2
r = u8 @0
g = u8 @1

[fields]
id = u32 @0
mode = i32 @4 enum=mode
where = u64 @8 enum=pump_t_where
in = inner[3] @16
tint = pump_t_tint @46
load = f64[6] @48 ; 2 dimensions
low = u32 @96 bits=0..2
high = u32 @96 bits=3..7
f = f32 @100 overlap=yes
lo = u16 @100 overlap=yes
hi = u16 @102 overlap=yes
next = ptr @104
call = ptr @112
names = char[16][4] @120
few = u8[4] @184
many = bytes[40] @188
wide = wchar[6] @228
on = bool @252
exact = bytes[16] @256 ; long double
a_name_that_is_longer_than_forty_charact = i64 @272 ; a_name_that_is_longer_than_forty_characters
; rest is left out: an array whose length is not in its type

[enum mode]
-3 = LOST
0 = OFF
5 = AUTO

[enum pump_t_where]
1 = NORTH
1099511627775 = HUGE_ONE
END
cd "$work" || exit 1
gcc -g -c pump.c
"$SHMTOP" import pump.o pump_t >got
same "import: exit 0" $? 0
same_files "the layout of a struct" got want
"$SHMTOP" import --output file.ini pump.o pump_t
same_files "... in a file" file.ini want
check "... which loads" "$SHMTOP" check file.ini >/dev/null
same "a struct inside of a function" \
    "$("$SHMTOP" import pump.o inside | tail -n 1)" "y = i32 @0"
same "'struct inner'" "$("$SHMTOP" import pump.o 'struct inner' | tail -n 2 |
    tr '\n' ' ')" "x = i16 @0 name = char[8] @2 "

# fails WANTED WORDS ARGUMENTS...: exit code, empty stdout, WORDS in the message
fails() {
    local wanted=$1 words=$2
    shift 2
    "$SHMTOP" import "$@" >out 2>message
    same "exit $wanted: import $*" $? "$wanted"
    check "... says: $words" grep -qF -- "$words" message
    check "... and nothing else" [ ! -s out ]
}
fails 65 "did you mean 'pump_t'?" pump.o pump_r
fails 65 "only declared there" pump.o secret
fails 65 "no struct or union 'nothing_like_it'" pump.o nothing_like_it
fails 66 "No such file" nowhere pump
fails 65 "neither a program nor an object file" pump.c pump
fails 64 "import needs FILE STRUCT" pump.o
fails 64 "one too many" pump.o pump more
gcc -c pump.c -o plain.o
fails 65 "compile with -g" plain.o pump
gcc -g -shared -fPIC pump.c -o whole.so
objcopy --only-keep-debug whole.so whole.debug
strip -g whole.so
objcopy --add-gnu-debuglink=whole.debug whole.so
fails 65 "in a separate file whole.debug" whole.so pump_t
"$SHMTOP" import whole.debug pump_t | sed 1d >got
sed 1d want >want_body
same_files "debug information that is kept apart" got want_body
head -c 3000 pump.o >cut.o
fails 65 "cut.o" cut.o pump_t

echo 'struct pump { int x; } a;' >one.c
echo 'struct pump { int x, y; } b;' >two.c
# import refuses files whose names would be wrong or whose types are missing.
clang --target=riscv64-unknown-elf -g -c one.c -o riscv.o
fails 65 "an object file for machine 243" riscv.o pump
clang --target=avr -g -c one.c -o avr.o
fails 65 "an object file for machine 83" avr.o pump
for version in 4 5; do
    clang++ -x c++ -g -gdwarf-$version -fdebug-types-section -c two.c \
        -o types.o
    fails 65 "(-fdebug-types-section)" types.o pump
    gcc -shared types.o -o types.so
    same "... which is read once linked, DWARF $version" \
        "$("$SHMTOP" import types.so pump | tail -n 1)" "y = i32 @4"
done

# Two structs of one name.
gcc -g -shared -fPIC one.c two.c -o both.so
fails 65 "pump in one.c (4 bytes), pump in two.c (8 bytes); say which" \
    both.so pump
same "NAME@SOURCE" "$("$SHMTOP" import both.so pump@two.c | tail -n 1)" \
    "y = i32 @4"
gcc -g -shared -fPIC one.c -x c - -o same.so <<<'struct pump { int x; } b;'
same "one layout in two sources" \
    "$("$SHMTOP" import same.so pump | tail -n 1)" "x = i32 @0"

# Types and debug information in other files.
gcc -g -gsplit-dwarf -c pump.c -o split.o
fails 65 "in 'split.dwo': name that file" split.o pump_t
"$SHMTOP" import split.dwo pump_t | sed 1d >got
same_files "debug information that is split off" got want_body

# The limits of a layout.
python3 -I - >limits.c <<'END'
def name(i, n=400):
    return "x" * n + str(i)
print("enum long_words {", ", ".join(map(name, range(300))), "};")
print("struct empty {}; struct hollow { struct empty e; int : 32; };")
print("struct d0 { int x; };")
for i in range(20):
    print(f"struct d{i + 1} {{ char c; struct d{i} s; }};")
print("struct limits { enum long_words w; struct hollow h[2]; struct d20 d;")
print(*(f"int {name(i)};" for i in range(3000)), "} limits;")
END
gcc -g -c limits.c
"$SHMTOP" import limits.o limits >limits.ini
same "import: exit 0" $? 0
same "lines of at most 195 bytes" "$(grep -cE '.{196}' limits.ini)" 0
check "long names, deep and empty structs: what loads" \
    "$SHMTOP" check limits.ini >/dev/null
same "a struct that a layout would have nothing of" \
    "$(grep '^; h ' limits.ini)" "; h is left out: a struct without members"

# libdwarf refuses sections with a very high compression ratio.
clang -g -gdwarf-5 -gz -c limits.c -o small.o
if "$SHMTOP" import small.o limits >small.ini 2>message; then
    clang -g -gdwarf-5 -c limits.c -o small.o
    "$SHMTOP" import small.o limits >got
    same_files "compressed very well" small.ini got
else
    same "compressed too well: exit 65" $? 65
    check "... with libdwarf's reason" grep -q "be read: DW_DLE_ZLIB" message
fi

cat >ns.cpp <<'END'
namespace ns {
struct base { int a; };
template <class T, int n> struct vec { T v[n]; };
enum class hue : unsigned char { red, blue = 200 };
struct pump : base {
    static int shared;
    vec<int, 3> at;
    hue h;
    char16_t text[4];
    int get() { return a; }
    virtual ~pump() {}
};
}
ns::pump p;
END
clang++ -g -c ns.cpp
"$SHMTOP" import ns.o ns::pump >got
same "C++: members" "$(sed -n '/fields/,/^$/p' got | tr '\n' '|')" \
    "[fields]|base = base @8|_vptr_pump = ptr @0 level=debug ; _vptr\$pump|\
at = vec_int_3 @12|h = u8 @24 enum=hue|text = utf16[4] @26||"
"$SHMTOP" import ns.o pump >other
same_files "C++: found without its namespace" other got

# A definition in another file counts only if its scope is the same.
cat >other.cpp <<'END'
struct part { long c[9]; };
namespace ns { struct part { int a, b; part(); }; part::part() {} }
::part p;
END
cat >whole.cpp <<'END'
namespace ns { struct part { int a, b; part(); }; }
namespace no { struct part { int a; part(); }; }
struct whole { ns::part mine; no::part none; int last; whole(); };
whole::whole() {}
END
clang++ -g -shared -fPIC whole.cpp other.cpp -o apart.so
same "C++: types that are defined elsewhere" \
    "$("$SHMTOP" import apart.so whole | sed '1,/fields/d' | tr '\n' '|')" \
    "mine = part @0|; none is left out: its type is only declared, and defined \
in another file|last = i32 @12|"

# Debug information that no compiler writes: names of several lines, pointers of
# 16 bytes, and 2^30 anonymous structs, in pairs of one type.
cat >odd.c <<'END'
typedef struct { long double odd; void *p; int tail; } odd_t;
odd_t odd;
END
gcc -g -gdwarf-5 -dA -S odd.c -o plain.s
awk '/\(DIE/ { tag = $0 }
    /DW_AT_byte_size/ && tag ~ /base_type/ { sub("0x10", "0") }
    /DW_AT_byte_size/ && tag ~ /pointer/ { sub("0x8", "0x10") }
    { sub("\"long double\"", "\"long\\012[struct double\"") }
    { print }' plain.s >odd.s
if ! cmp -s plain.s odd.s && gcc -c odd.s 2>/dev/null; then
    same "odd names and pointers" \
        "$("$SHMTOP" import odd.o odd_t | sed '1,/fields/d' | tr '\n' '|')" \
        "; odd is left out: long�[struct double|\
p = bytes[16] @16 overlap=yes ; a pointer of odd size|\
tail = i32 @24 overlap=yes|"
fi
# Members that share bytes with a member other than the one before.
echo 'struct twice { int a, b, c; } twice;' >twice.c
gcc -g -gdwarf-5 -dA -S twice.c -o plain.s
awk '/DW_AT_data_member_location/ { sub("0x8", "0") } { print }' plain.s >twice.s
if ! cmp -s plain.s twice.s && gcc -c twice.s 2>/dev/null; then
    "$SHMTOP" import twice.o twice >twice.ini
    same "members that overlap" "$(sed '1,/fields/d' twice.ini | tr '\n' '|')" \
        "a = i32 @0 overlap=yes|b = i32 @4|c = i32 @0 overlap=yes|"
    check "... a layout that loads" "$SHMTOP" check twice.ini >/dev/null
fi
# A bit field whose type is a struct.
echo 'struct in { int i; } v; struct { int a; unsigned b : 3; } odd_bits;
    typedef __typeof__(odd_bits) odd_bits_t; odd_bits_t t;' >bits.c
gcc -g -gdwarf-5 -dA -S bits.c -o plain.s
awk '/\(DIE/ { name = "" }
    /"[bv]\\0"/ { match($0, /[bv]\\0/); name = substr($0, RSTART, 1) }
    /DW_AT_type/ && name == "v" && type == "" { type = $0 }
    FNR < NR && /DW_AT_type/ && name == "b" { $0 = type }
    FNR < NR' plain.s plain.s >bits.s
if ! cmp -s plain.s bits.s && gcc -c bits.s 2>/dev/null; then
    same "a bit field whose type is a struct" \
        "$("$SHMTOP" import bits.o odd_bits_t | tail -n 1)" \
        "; b is left out: a bit field whose type is not an integer"
fi
# Namespaces whose next sibling is their own first child, so that there are 2^40
# paths through them.
cat >loop.awk <<'END'
/\(DIE \(/ { match($0, /\(0x[0-9a-f]+/); die = substr($0, RSTART + 1, RLENGTH - 1)
    if (held != "") { sub(/0x[0-9a-f]+/, die, held); print held; held = "" }
    for (i = 0; i < count; i++) print line[i]
    count = 0; tag = $0 }
held != "" { line[count++] = $0; next }
/DW_AT_sibling/ && tag ~ /namespace/ { held = $0; next }
{ print }
END
for i in $(seq 40); do
    printf 'namespace n%d { struct s%d { int x; }; s%d v%d;\n' "$i" "$i" "$i" "$i"
done >loop.cpp
for i in $(seq 40); do printf '} struct z%d { int y; } w%d;\n' "$i" "$i"; done \
    >>loop.cpp
if g++ -g -dA -S loop.cpp -o plain.s 2>/dev/null &&
    awk -f loop.awk plain.s >loop.s && ! cmp -s plain.s loop.s &&
    gcc -c loop.s 2>/dev/null; then
    timeout -s KILL 60 "$SHMTOP" import loop.o nosuch >/dev/null 2>err
    same "entries without end: status 65" $? 65
    check "... says that it is damaged" grep -q "is damaged" err
fi
many='int x;'
for i in $(seq 30); do
    many="struct { $many }; struct { int b$i; };"
done
echo "typedef struct { $many } many_t; many_t many;" >many.c
gcc -g -gdwarf-5 -dA -S many.c -o plain.s
awk '/\(DIE/ {
        if (named || !member) last = ""
        member = /DW_TAG_member/
        named = 0
        if (!member) last = ""
    }
    /DW_AT_name/ { named = 1 }
    member && !named && /DW_AT_type/ {
        if (last != "") $0 = last
        else last = $0
    }
    { print }' plain.s >many.s
gcc -c many.s
same "as many members as there are ways" \
    "$("$SHMTOP" import many.o many_t 2>&1)" \
    "shmtop: many.o: 'many_t' has more members than a layout may have"

# An allocation fails.  While libdwarf opens a file, it reports the same error
# for damaged sizes.
cat >oom.c <<'END'
#include <stdlib.h>
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
static int fails(void)
{
    static long calls;
    return ++calls == atol(getenv("FAIL_AT"));
}
void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}
void *calloc(size_t count, size_t size)
{
    return fails() ? NULL : __libc_calloc(count, size);
}
void *realloc(void *old, size_t size)
{
    return fails() ? NULL : __libc_realloc(old, size);
}
END
model=() # byte 4 of an ELF file is 1 when it is a 32-bit one
[ "$(head -c 5 "$(command -v "$SHMTOP")" | tail -c 1)" != $'\1' ] || model=(-m32)
if gcc "${model[@]}" -shared -fPIC oom.c -o oom.so 2>/dev/null &&
    ! grep -q __asan_init "$SHMTOP"; then
    for i in $(seq 1 3 600); do
        LD_PRELOAD=$work/oom.so FAIL_AT=$i "$SHMTOP" import pump.o pump_t \
            >out 2>message
        echo "$? $(cat message)"
    done >oom
    check "out of memory: exit 70" awk '
        /^70 .*: out of memory/ { right++ }
        /^65/ && /memory or corrupted/ { either++ }
        /^[1-9]/ { all++ }
        END { exit !(right > 50 && all - right - either < 5) }' oom
fi

# With any bytes, it ends with a layout or with a message.
# (-I: the libraries made here are no modules.)
python3 -I - "$SHMTOP" pump.o <<'END' >broken
import os, random, subprocess, sys
program, path = sys.argv[1:]
# Let ASan return NULL for a huge size: import must refuse it, not be killed.
env = dict(os.environ, ASAN_OPTIONS=os.environ.get("ASAN_OPTIONS", "") +
           ":allocator_may_return_null=1")
whole = open(path, "rb").read()
seed = random.randrange(1 << 32)
random.seed(seed)
for i in range(200):
    data = bytearray(whole)
    for _ in range(random.choice([1, 1, 4, 16])):
        data[random.randrange(len(data))] = random.choice(
            [random.randrange(256), 0, 127, 128, 255])
    open("broken.o", "wb").write(data)
    code = subprocess.run([program, "import", "broken.o", "pump_t"], env=env,
                          capture_output=True, timeout=60).returncode
    if code not in (0, 65):
        print(f"seed {seed}, file {i}: {code}")
END
same "broken files" "$(cat broken)" ""
finish
