/* SPDX-License-Identifier: MIT */
/* Places members one by one.  No position is over LAYOUT_SIZE_MAX bytes, so
 * that its bits, and the sum of two positions, fit 64 bits. */
#include "layout/c_placement.h"

#include "base/err.h"
#include "layout/abi.h"

static bool is_power_of_two(uint64_t number)
{
    return number > 0 && (number & (number - 1)) == 0;
}

static uint64_t round_up(uint64_t number, uint64_t unit)
{
    return (number + unit - 1) / unit * unit;
}

static uint64_t smaller(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

void place_begin(struct placing *placing, enum abi abi, unsigned pack)
{
    CHECK(pack == 0 || is_power_of_two(pack));
    *placing = (struct placing){.abi = abi, .pack = pack, .alignment = 1};
}

/* The alignment of the member, and by it of the struct. */
static unsigned bounded_alignment(const struct placing *placing,
                                  const struct member *member)
{
    unsigned alignment = member->alignment;
    if (placing->pack > 0 && placing->pack < alignment)
        alignment = placing->pack;
    while (member->fixed && member->at % alignment != 0)
        alignment /= 2;
    return alignment;
}

/* The first bit of a member that does not share a unit. */
static uint64_t first_bit(const struct placing *placing,
                          const struct member *member, unsigned alignment)
{
    return member->fixed ? member->at * 8
                         : round_up(placing->bit, (uint64_t)alignment * 8);
}

/* Takes `bits` from bit `bit`. */
static enum placed take(struct placing *placing, uint64_t bit, uint64_t bits)
{
    uint64_t end = (bit + bits + 7) / 8;
    if (end > LAYOUT_SIZE_MAX)
        return PLACED_TOO_LARGE;
    placing->bit = bit + bits;
    placing->end = end > placing->end ? end : placing->end;
    return PLACED;
}

static enum placed place_whole(struct placing *placing, struct member *member,
                               unsigned alignment)
{
    uint64_t bit = first_bit(placing, member, alignment);
    enum placed placed = take(placing, bit, member->size * 8);
    if (placed == PLACED) {
        placing->unit_size = 0;
        member->offset = bit / 8;
    }
    return placed;
}

static enum placed place_microsoft(struct placing *placing,
                                   struct member *member, unsigned alignment)
{
    bool shares = !member->fixed && placing->unit_size == member->size &&
                  placing->unit_used + member->bits <= placing->unit_size * 8;
    if (!shares) {
        uint64_t bit = first_bit(placing, member, alignment);
        enum placed placed = take(placing, bit, member->size * 8);
        if (placed != PLACED)
            return placed;
        placing->unit = bit / 8;
        placing->unit_size = (unsigned)member->size;
        placing->unit_used = 0;
    }
    member->offset = placing->unit;
    member->container = (uint8_t)placing->unit_size;
    member->shift = (uint8_t)placing->unit_used;
    placing->unit_used += member->bits;
    return PLACED;
}

/* Whether the bit field at `bit` crosses more aligned units than its type
 * has. */
static bool straddles(const struct member *member, uint64_t bit)
{
    uint64_t unit = (uint64_t)member->alignment * 8;
    return (bit % unit + member->bits + unit - 1) / unit >
           member->size / member->alignment;
}

/* The aligned integer of `size` bytes around the bits, if it ends by byte
 * `end`. */
static bool aligned_container(struct member *member, uint64_t bit,
                              uint64_t size, uint64_t end)
{
    uint64_t offset = bit / 8 / size * size;
    uint64_t shift = bit - offset * 8;
    if (shift + member->bits > size * 8 || offset + size > end)
        return false;
    member->offset = offset;
    member->container = (uint8_t)size;
    member->shift = (uint8_t)shift;
    return true;
}

/* The shortest integer around the bits.  It rather begins before them than ends
 * after their last byte. */
static bool shortest_container(struct member *member, uint64_t bit)
{
    uint64_t first = bit / 8;
    uint64_t end = (bit + member->bits + 7) / 8;
    uint64_t size = 1;
    while (size < end - first)
        size *= 2;
    if (size > 8)
        return false;
    uint64_t offset = first - smaller(first, size - (end - first));
    member->offset = offset;
    member->container = (uint8_t)size;
    member->shift = (uint8_t)(bit - offset * 8);
    return true;
}

static bool choose_container(const struct placing *placing,
                             struct member *member, uint64_t bit,
                             unsigned alignment)
{
    uint64_t end = (bit + member->bits + 7) / 8;
    if (placing->end > end)
        end = placing->end;
    /* The struct has at least this much padding. */
    if (placing->alignment > alignment)
        alignment = placing->alignment;
    end = round_up(end, alignment);
    if (aligned_container(member, bit, member->size, end))
        return true;
    for (uint64_t size = 1; size <= 8; size *= 2)
        if (aligned_container(member, bit, size, end))
            return true;
    return shortest_container(member, bit);
}

static enum placed place_system_v(struct placing *placing,
                                  struct member *member, unsigned alignment)
{
    uint64_t bit = member->fixed ? member->at * 8 : placing->bit;
    if (!member->fixed && placing->pack == 0 && straddles(member, bit))
        bit = round_up(bit, (uint64_t)alignment * 8);
    struct member found = *member;
    if (!choose_container(placing, &found, bit, alignment))
        return PLACED_ACROSS;
    enum placed placed = take(placing, bit, member->bits);
    if (placed == PLACED)
        *member = found;
    return placed;
}

enum placed place_member(struct placing *placing, struct member *member)
{
    CHECK(is_power_of_two(member->alignment));
    CHECK(member->bits == 0 ||
          (is_power_of_two(member->size) && member->size <= 8 &&
           member->alignment <= member->size &&
           member->bits <= member->size * 8));
    if (member->size > LAYOUT_SIZE_MAX ||
        (member->fixed && member->at > LAYOUT_SIZE_MAX))
        return PLACED_TOO_LARGE;
    unsigned alignment = bounded_alignment(placing, member);
    enum placed placed;
    if (member->bits == 0)
        placed = place_whole(placing, member, alignment);
    else if (abi_microsoft_bits(placing->abi))
        placed = place_microsoft(placing, member, alignment);
    else
        placed = place_system_v(placing, member, alignment);
    if (placed == PLACED && alignment > placing->alignment)
        placing->alignment = alignment;
    return placed;
}

bool place_end(const struct placing *placing, uint64_t *size,
               unsigned *alignment)
{
    CHECK(is_power_of_two(placing->alignment));
    uint64_t whole = round_up(placing->end, placing->alignment);
    if (size)
        *size = whole;
    if (alignment)
        *alignment = placing->alignment;
    return whole <= LAYOUT_SIZE_MAX;
}
