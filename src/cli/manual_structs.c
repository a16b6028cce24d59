/* SPDX-License-Identifier: MIT */
/*
 * The manual's part on structs, several mappings and included files.
 */
#include "cli/manual.h"

#include "cli/roff.h"

static void put_structs(struct buf *out)
{
    roff_subsection(out, "Structs and arrays");
    roff_paragraph(
        out, "`[struct NAME]` describes a struct once, a member a line as in "
             "`[fields]`; NAME is then a type, for fields and for members of "
             "other structs, also of an array:");
    roff_example(out, "[mapping]\n"
                      "name = plant\n"
                      "abi  = x64-linux\n"
                      "\n"
                      "[struct pump]\n"
                      "id    = u32\n"
                      "state = u8 enum=pump_state\n"
                      "speed = f64 unit=rpm\n"
                      "load  = u8[4] unit=%\n"
                      "name  = char[16]\n"
                      "\n"
                      "[fields]\n"
                      "count = u32\n"
                      "pumps = pump[8] label=\"Pump {name}\"");
    roff_paragraph(
        out, "Its fields are `pumps[0].id` to `pumps[7].name`. Their labels "
             "begin with that of `pumps`, in which `{name}` stands for the "
             "value of the member `name` of the same element, or the "
             "element's number as long as there is none; `{tank.name}` is a "
             "member's member.");
    roff_paragraph(
        out,
        "A field or member without an offset stands behind the one "
        "before, at the alignment that the compiler of the producer's "
        "`abi` gives it; without `abi`, at a multiple of its size. With "
        "an offset (`@8` in short) it stands there, and the next one "
        "follows it; `shmtop check` marks such places by @. Settings of a struct begin with @:");
    roff_item(out, "@pack = BYTES",
              "No member is aligned to more than so many bytes, as by "
              "#pragma pack.");
    roff_item(out, "@size = BYTES",
              "The struct has so many, whatever its members take.");
    roff_paragraph(
        out, "A bit field without an offset (`mode = u32 bits=0..2`, three "
             "bits) is packed behind the one before, by the rules of gcc and "
             "clang on Linux or by those of Microsoft, as the `abi` says. "
             "With an offset, `bits` counts in the integer there. Members "
             "that share bytes, as in a union, say `overlap=yes`.");
}

static void put_moving(struct buf *out)
{
    roff_subsection(out, "Places that the mapping itself says");
    roff_paragraph(
        out, "A field may give the offset of a struct or an array, from the "
             "mapping's start, the stride of an array, in bytes, and the count "
             "of its elements; the number in brackets then says how many there "
             "can be:");
    roff_example(out, "[struct header]         [struct pump]\n"
                      "table = u32             flow = f32 unit=l/min\n"
                      "step  = u16             name = char[16]\n"
                      "count = u16\n"
                      "\n"
                      "[fields]\n"
                      "header = header @0\n"
                      "pumps  = pump[32] @header.table stride=header.step "
                      "count=header.count label=\"Pump {name}\"");
    roff_paragraph(
        out, "(two sections, side by side here only). They are integers, of "
             "any size and byte order; those of the same struct are meant "
             "before others. They are read in the same frame as the fields "
             "that they place. When one of them changes, the frame is read "
             "again from the new places before anything of it is shown; a "
             "field whose record moved begins anew, without a rate or a change "
             "across the move.");
    roff_paragraph(
        out, "Elements beyond the count are not shown; programs get null in "
             "JSON and nothing in CSV, so that columns stay. With `hide = "
             "unused` an element is not shown either while all of its fields "
             "are 0, or empty text. What cannot be is not followed: a count "
             "above the number in brackets, a negative one, a stride shorter "
             "than an element, an element that does not lie within the "
             "mapping. Its fields have no value then, their rows are marked "
             "`?`, and one line says why: in the status line, behind `---` "
             "in text, as `trouble` in JSON.");
    roff_paragraph(
        out, "`write` goes by the patterns of these fields (0 without one), "
             "and needs a `size` of the mapping; `set` by what the mapping "
             "holds at that moment.");
}

static void put_several(struct buf *out)
{
    roff_subsection(out, "Several mappings");
    roff_paragraph(
        out, "A layout may watch more than one. `[mapping NAME]` is another "
             "one, with a target, ABI, byte order and snapshot method of its "
             "own; its fields stand in `[fields NAME]`, or say `mapping = "
             "NAME`. Each has its own state and generation, in the headings of "
             "the dashboard and in every output; the state of all together is "
             "the worst of them. A TARGET on the command line takes the place "
             "of the first one's. `shmtop write` creates them all.");
    roff_example(out, "[mapping physics]\n"
                      "windows = map:Local\\acpmf_physics\n"
                      "linux   = shm:/acpmf_physics\n"
                      "\n"
                      "[mapping static]\n"
                      "windows = map:Local\\acpmf_static\n"
                      "linux   = shm:/acpmf_static\n"
                      "\n"
                      "[fields physics]\n"
                      "gas = f32 @4\n"
                      "\n"
                      "[fields static]\n"
                      "cars = i32 @64");
}

static void put_files(struct buf *out)
{
    roff_subsection(out, "Included files, and saving while watching");
    roff_paragraph(
        out, "`include = FILE` in `[mapping]` reads another layout file as if "
             "it stood there: structs, enums and fields that several layouts "
             "share. FILE is seen from the file that includes it.");
    roff_paragraph(
        out, "The dashboard looks once a second whether one of the files was "
             "saved. A sound layout is shown at once, with what was set by "
             "keys and the cursor where they were, and statistics from the "
             "start. An unsound one changes nothing but the last line, which "
             "says what is wrong.");
}

void manual_put_structs(struct buf *out)
{
    put_structs(out);
    put_moving(out);
    put_several(out);
    put_files(out);
}
