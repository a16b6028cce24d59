/* SPDX-License-Identifier: MIT */
/*
 * The manual's part on structs, several mappings and included files.
 */
#include "manual.h"

#include "roff.h"

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
             "text of the member `name` of the same element.");
    roff_paragraph(
        out, "A field or member without an offset stands behind the one "
             "before, at the alignment that the compiler of the producer's "
             "`abi` gives it; without `abi`, at a multiple of its size. With "
             "an offset (`@8` in short) it stands there, and the next one "
             "follows it. Settings of a struct begin with @:");
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
    put_several(out);
    put_files(out);
}
