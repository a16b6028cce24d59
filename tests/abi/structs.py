# SPDX-License-Identifier: MIT
"""Random structs, written for a C compiler, for the driver of
layout/c_placement.h (places.c), and as a layout for shmtop."""

# The type in a layout, in C, and how often it is drawn.
SCALARS = {
    "i8": ("i8", 3), "u8": ("u8", 6), "i16": ("i16", 3), "u16": ("u16", 4),
    "i32": ("i32", 4), "u32": ("u32", 5), "i64": ("i64", 5), "u64": ("u64", 5),
    "f32": ("float", 3), "f64": ("double", 5), "bool": ("_Bool", 3),
    "int": ("int", 2), "long": ("long", 4), "ulong": ("unsigned long", 3),
    "size_t": ("size_t_", 3), "time_t": ("time_t_", 3),
    "wchar_t": ("wchar_t_", 3), "ptr": ("void *", 4), "bool32": ("int", 1),
    "guid": ("guid", 1),
}
TEXTS = {
    "char": ("char", 5), "bytes": ("u8", 2), "utf16": ("u16", 2),
    "utf32": ("u32", 1), "wchar": ("wchar_t_", 3),
}
# Types of bit fields, and the number of bits that they have under every ABI.
BIT_TYPES = {
    "i8": 8, "u8": 8, "i16": 16, "u16": 16, "i32": 32, "u32": 32,
    "i64": 64, "u64": 64, "int": 32, "long": 32, "ulong": 32, "size_t": 32,
    "bool": 1,
}

# Needs no header, so that it works with compilers without a C library.  time_t
# is defined as in layout/abi.h; judge_types.py compares it with real headers.
PROLOGUE = """\
typedef __INT8_TYPE__ i8; typedef __UINT8_TYPE__ u8;
typedef __INT16_TYPE__ i16; typedef __UINT16_TYPE__ u16;
typedef __INT32_TYPE__ i32; typedef __UINT32_TYPE__ u32;
typedef __INT64_TYPE__ i64; typedef __UINT64_TYPE__ u64;
typedef __SIZE_TYPE__ size_t_; typedef __WCHAR_TYPE__ wchar_t_;
#ifdef _WIN32
typedef i64 time_t_;
#else
typedef long time_t_;
#endif
typedef struct { u32 a; u16 b, c; u8 d[8]; } guid;
"""


class Member:
    """`type` is a word of the tables above or the index of a struct."""

    def __init__(self, name, type, units=0, count=0, bits=0):
        self.name = name
        self.type = type
        self.units = units  # of a text
        self.count = count  # of an array, 0: none
        self.bits = bits

    def c_type(self):
        if isinstance(self.type, int):
            return f"struct s{self.type}"
        return (TEXTS if self.units else SCALARS)[self.type][0]

    def c(self):
        text = f"{self.c_type()} {self.name}"
        if self.bits:
            return f"{text} : {self.bits}"
        for count in (self.count, self.units):
            text += f"[{count}]" if count else ""
        return text

    def word(self):
        word = f"s{self.type}" if isinstance(self.type, int) else self.type
        for count in (self.units, self.count):
            word += f"[{count}]" if count else ""
        return word


class Struct:
    def __init__(self, pack, members):
        self.pack = pack  # 0: none
        self.members = members

    def bit_members(self):
        return [m for m in self.members if m.bits]


class Generator:
    """Draws structs that may contain earlier ones.  `leaves` limits the numbers
    and texts in one struct; with `holdable` no bit field can lie in 9 bytes."""

    def __init__(self, rng, leaves=120, depth=6, holdable=False):
        self.rng = rng
        self.most_leaves = leaves
        self.most_depth = depth
        self.holdable = holdable
        self.structs = []
        self.leaves = []
        self.depth = []

    def add(self):
        rng = self.rng
        struct = Struct(rng.choice([0, 0, 0, 0, 0, 0, 1, 2, 4, 8]), [])
        # Some have almost only bit fields, where several rules apply at once.
        bit_share = rng.choice([0, 0, 0.15, 0.5, 0.9])
        leaves, depth = 0, 1
        for index in range(rng.randint(1, rng.choice([3, 8, 14]))):
            member = self.member(f"m{index}", struct.pack, bit_share)
            more = member.count or 1
            if isinstance(member.type, int):
                more *= self.leaves[member.type]
                depth = max(depth, self.depth[member.type] + 1)
            if leaves + more > self.most_leaves or depth > self.most_depth:
                member = Member(member.name, "u8")
                more = 1
                depth = min(depth, self.most_depth)
            struct.members.append(member)
            leaves += more
        self.structs.append(struct)
        self.leaves.append(leaves)
        self.depth.append(depth)

    def member(self, name, pack, bit_share):
        rng = self.rng
        if rng.random() < bit_share:
            return self.bit_field(name, pack)
        kind = rng.random()
        count = rng.randint(1, 5) if rng.random() < 0.15 else 0
        if kind < 0.15 and self.structs:
            near = max(0, len(self.structs) - 30)
            return Member(name, rng.randrange(near, len(self.structs)),
                          count=count)
        if kind < 0.27:
            return Member(name, draw(rng, TEXTS), units=rng.randint(1, 9),
                          count=count)
        return Member(name, draw(rng, SCALARS), count=count)

    def bit_field(self, name, pack):
        rng = self.rng
        word = rng.choice(sorted(BIT_TYPES))
        most = BIT_TYPES[word]
        if self.holdable and pack:
            most = min(most, 57)
        bits = rng.randint(1, rng.choice([1, min(most, 8), most, most]))
        return Member(name, word, bits=bits)


def draw(rng, table):
    words = sorted(table)
    return rng.choices(words, [table[word][1] for word in words])[0]


def to_c(structs):
    """C declarations of all structs."""
    lines = [PROLOGUE]
    for index, struct in enumerate(structs):
        if struct.pack:
            lines.append(f"#pragma pack(push, {struct.pack})")
        members = " ".join(f"{m.c()};" for m in struct.members)
        lines.append(f"struct s{index} {{ {members} }};")
        if struct.pack:
            lines.append("#pragma pack(pop)")
    return "\n".join(lines) + "\n"


def to_driver(structs):
    """The input of places.c."""
    lines = []
    for struct in structs:
        lines.append(f"struct {struct.pack}")
        for m in struct.members:
            lines.append(f"{m.type} {m.units} {m.count} {m.bits}")
    return "\n".join(lines) + "\n"


def to_ini(structs, top, head):
    """A layout whose mapping is struct number `top`; `head` has the lines of
    [mapping].  Struct `top` has no pack, because a mapping cannot have one."""
    assert structs[top].pack == 0
    lines = ["[mapping]", *head]
    for index, struct in enumerate(structs[:top]):
        lines.append(f"[struct s{index}]")
        if struct.pack:
            lines.append(f"@pack = {struct.pack}")
        lines += [member_to_ini(m) for m in struct.members]
    lines.append("[fields]")
    lines += [member_to_ini(m) for m in structs[top].members]
    return "\n".join(lines) + "\n"


def member_to_ini(member):
    if not member.bits:
        return f"{member.name} = {member.word()}"
    word = "u8" if member.type == "bool" else member.type
    return f"{member.name} = {word} bits=0..{member.bits - 1}"


class Leaf:
    """One value: type `word`, first byte `at`, `size` in bytes; a bit field has
    its first bit in `bit` and their number in `bits`."""

    def __init__(self, path, word, at, size, bit=0, bits=0):
        self.path = path
        self.word = word
        self.at = at
        self.size = size
        self.bit = bit
        self.bits = bits


def leaves(structs, places, number, sizes, path="", base=0):
    """The leaves of struct `number`, with the Places of a compiler; `sizes` has
    the bytes of one element of each type."""
    for member, place in zip(structs[number].members, places[number].members):
        name = f"{path}{member.name}"
        if member.bits:
            bit = base * 8 + (place & -place).bit_length() - 1
            yield Leaf(name, member.type, bit // 8, 0, bit, member.bits)
            continue
        nested = isinstance(member.type, int)
        one = (places[member.type].size if nested
               else sizes[member.type] * (member.units or 1))
        for index in range(member.count or 1):
            at = base + place + index * one
            here = f"{name}[{index}]" if member.count else name
            if nested:
                yield from leaves(structs, places, member.type, sizes,
                                  here + ".", at)
            else:
                yield Leaf(here, member.type, at, one)
