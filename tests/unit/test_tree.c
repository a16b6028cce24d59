/* SPDX-License-Identifier: MIT */
/* The tree of headings over the fields of layouts. */
#include "engine_rig.h"

#include "view/tree.h"

#define HEAD "[mapping]\nname = x\nsize = 8192\n"
#define PAIR "[struct pair]\na = u8\nb = u16\n"

/* A letter for each kind of heading. */
static const char kind_letters[] = "TMGAS";

static void put_heading(struct buf *out, const struct tree *tree,
                        const struct layout *layout, uint32_t index)
{
    const struct heading *heading = &tree->headings[index];
    buf_putc(out, kind_letters[heading->kind]);
    buf_puts(out, heading->table ? "t" : "");
    buf_puts(out, heading->folded ? "+" : "");
    buf_putc(out, ' ');
    tree_put_id(out, tree, layout, index);
}

/* "a (A load load[0] load[1]) b": fields, and headings in brackets. */
static void put_content(struct buf *out, const struct tree *tree,
                        const struct layout *const *layouts, uint32_t first,
                        uint32_t end, uint32_t child, uint32_t next)
{
    while (first < end) {
        buf_puts(out, out->len && out->data[out->len - 1] != '(' ? " " : "");
        if (child < next && tree->headings[child].first == first) {
            const struct heading *heading = &tree->headings[child];
            buf_putc(out, '(');
            put_heading(out, tree, layouts[heading->target], child);
            put_content(out, tree, layouts, heading->first, heading->end,
                        child + 1, heading->next);
            buf_putc(out, ')');
            first = heading->end;
            child = heading->next;
            continue;
        }
        const struct leaf *leaf = &tree->leaves[first++];
        buf_puts(out, layouts[leaf->target]->fields[leaf->field].path);
    }
}

/* Each heading covers what is below it, and knows what it is in. */
static void check_tree(const struct tree *tree,
                       const struct layout *const *layouts)
{
    for (uint32_t i = 0; i < tree->heading_count; i++) {
        const struct heading *heading = &tree->headings[i];
        assert_true(heading->first < heading->end);
        assert_true(heading->end <= tree->leaf_count);
        assert_in_range(heading->next, i + 1, tree->heading_count);
        assert_int_equal(heading->folded, heading->folded_first);
        assert_int_equal(heading->table, heading->table_first);
        assert_int_equal(heading->sort_member, LEAF_NONE);
        assert_true(!heading->table || heading_can_be_table(heading));
        if (heading->parent == HEADING_NONE) {
            assert_int_equal(heading->depth, 0);
            continue;
        }
        const struct heading *above = &tree->headings[heading->parent];
        assert_true(heading->parent < i && i < above->next);
        assert_true(above->first <= heading->first);
        assert_true(heading->end <= above->end);
        assert_int_equal(heading->depth, above->depth + 1);
    }
    for (uint32_t leaf = 0; leaf < tree->leaf_count; leaf++) {
        uint32_t innermost = HEADING_NONE;
        for (uint32_t i = 0; i < tree->heading_count; i++)
            if (tree->headings[i].first <= leaf && leaf < tree->headings[i].end)
                innermost = i;
        assert_int_equal(tree_heading_of(tree, leaf), innermost);
    }
    for (uint32_t i = 0; i < tree->heading_count; i++) {
        const struct heading *heading = &tree->headings[i];
        if (heading->kind != HEADING_STRUCT)
            continue;
        /* Its instance is that of its fields. */
        const struct layout *layout = layouts[heading->target];
        uint32_t field = tree->leaves[heading->first].field;
        uint32_t instance = layout->fields[field].instance;
        while (instance != heading->instance && instance != FIELD_NO_INSTANCE)
            instance = layout->instances[instance].parent;
        assert_int_equal(instance, heading->instance);
    }
}

struct tree_case {
    const char *what;
    const char *fields;
    const char *tree;
};

static const struct tree_case cases[] = {
    {"plain", "[fields]\na = u8 @0\nb = u8 @1\n", "a b"},
    {"array", "[fields]\na = u8[3] @0\nb = u8 @3\n", "(A a a[0] a[1] a[2]) b"},
    {"array of one", "[fields]\na = u8[1] @0\n", "(A a a[0])"},
    {"text is one field", "[fields]\na = char[8] @0\nb = bytes[4] @8\n", "a b"},
    {"struct", PAIR "[fields]\np = pair @0\nq = u8 @9\n", "(S p p.a p.b) q"},
    {"array of structs", PAIR "[fields]\np = pair[2] @0\n",
     "(At p (S p[0] p[0].a p[0].b) (S p[1] p[1].a p[1].b))"},
    {"array of one struct", PAIR "[fields]\np = pair[1] @0\n",
     "(A p (S p[0] p[0].a p[0].b))"},
    {"one member is no table",
     "[struct one]\na = u8\n[fields]\np = one[2] @0\n",
     "(A p (S p[0] p[0].a) (S p[1] p[1].a))"},
    {"nested",
     PAIR "[struct outer]\nx = u8\np = pair\nv = u8[2]\n[fields]\n"
          "o = outer[2] @0\nz = u8 @99\n",
     "(At o (S o[0] o[0].x (S o[0].p o[0].p.a o[0].p.b) "
     "(A o[0].v o[0].v[0] o[0].v[1])) "
     "(S o[1] o[1].x (S o[1].p o[1].p.a o[1].p.b) "
     "(A o[1].v o[1].v[0] o[1].v[1]))) z"},
    {"group", "[fields]\na = u8 @0 group=G\nb = u8 @1\nc = u8 @2 group=G\n",
     "(G =G a c) b"},
    {"groups in order",
     "[fields]\na = u8 @0 group=B\nb = u8 @1 group=A\nc = u8 @2 group=B\n",
     "(G =B a c) (G =A b)"},
    {"group of one array", "[fields]\na = u8[2] @0 group=G\n",
     "(G =G (A a a[0] a[1]))"},
    {"group of one struct", PAIR "[fields]\np = pair @0 group=G\nq = u8 @9\n",
     "(S p p.a p.b) q"},
    {"group of one array of structs", PAIR "[fields]\np = pair[2] @0 group=G\n",
     "(At p (S p[0] p[0].a p[0].b) (S p[1] p[1].a p[1].b))"},
    {"group of two", PAIR "[fields]\np = pair @0 group=G\nq = u8 @9 group=G\n",
     "(G =G (S p p.a p.b) q)"},
};

static void test_trees(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf text = {0}, is = {0};
        struct tree tree;
        buf_printf(&text, HEAD "%s", cases[i].fields);
        const struct layout *layout = rig_layout(text.data);
        struct tree_part part = {.layout = layout};
        tree_make(&tree, &part, 1);
        assert_int_equal(tree.leaf_count, layout->field_count);
        check_tree(&tree, &layout);
        put_content(&is, &tree, &layout, 0, (uint32_t)tree.leaf_count, 0,
                    (uint32_t)tree.heading_count);
        if (strcmp(is.data, cases[i].tree) != 0)
            fail_msg("%s: '%s', not '%s'", cases[i].what, is.data,
                     cases[i].tree);
        tree_free(&tree);
        layout_free((struct layout *)layout);
        buf_free(&text);
        buf_free(&is);
    }
}

/* Long arrays are folded, tables of structs later than others. */
static void test_folded(void **state)
{
    (void)state;
    static const struct {
        const char *type;
        int count;
        bool folded, element; /* the array; its elements */
    } sizes[] = {
        {"u8", 16, false, false}, {"u8", 17, true, false},
        {"one", 4, false, false}, {"one", 5, false, true},
        {"one", 17, true, true},  {"pair", 32, false, true},
        {"pair", 33, true, true},
    };
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct buf text = {0};
        struct tree tree;
        buf_printf(&text,
                   HEAD PAIR "[struct one]\na = u8\n[fields]\n"
                             "x = %s[%d] @0\n",
                   sizes[i].type, sizes[i].count);
        struct layout *layout = rig_layout(text.data);
        struct tree_part part = {.layout = layout};
        tree_make(&tree, &part, 1);
        assert_int_equal(tree.headings[0].kind, HEADING_ARRAY);
        assert_int_equal(tree_elements(&tree.headings[0]), sizes[i].count);
        if (tree.headings[0].folded != sizes[i].folded)
            fail_msg("%s[%d]: folded %d", sizes[i].type, sizes[i].count,
                     tree.headings[0].folded);
        for (size_t k = 1; k < tree.heading_count; k++)
            assert_int_equal(tree.headings[k].folded, sizes[i].element);
        tree_free(&tree);
        layout_free(layout);
        buf_free(&text);
    }
}

/* Headings without any field to show go. */
static void test_selection(void **state)
{
    (void)state;
    static const uint32_t fields[] = {0, 4, 5};
    const struct layout *layout =
        rig_layout(HEAD PAIR "[fields]\na = u8 @0\ng = u8 @1 group=G\n"
                             "p = pair[2] @2\nz = u8 @90\n");
    struct tree_part part = {layout, fields, 3};
    struct tree tree;
    struct buf is = {0};
    assert_string_equal(layout->fields[4].path, "p[1].a");
    tree_make(&tree, &part, 1);
    check_tree(&tree, &layout);
    put_content(&is, &tree, &layout, 0, (uint32_t)tree.leaf_count, 0,
                (uint32_t)tree.heading_count);
    assert_string_equal(is.data, "a (At p (S p[1] p[1].a p[1].b))");
    assert_int_equal(tree.headings[1].element, 1);
    tree_free(&tree);
    part.field_count = 0;
    tree_make(&tree, &part, 1);
    assert_int_equal(tree.leaf_count, 0);
    assert_int_equal(tree.heading_count, 0);
    tree_free(&tree);
    layout_free((struct layout *)layout);
    buf_free(&is);
}

/* Several mappings and several targets have a heading each. */
static void test_mappings_and_targets(void **state)
{
    (void)state;
    const struct layout *layouts[2] = {
        rig_layout("[mapping]\nname = m0\nsize = 64\n"
                   "[mapping two]\nname = m1\nsize = 64\n"
                   "[fields]\na = u8 @0 group=G\nb = u8 @8 group=G\n"
                   "[fields two]\nc = u8 @1 group=G\nd = u8[2] @2\n"),
        rig_layout(HEAD PAIR "[fields]\np = pair @0\n"),
    };
    struct tree_part parts[2] = {{.layout = layouts[0]},
                                 {.layout = layouts[1]}};
    struct tree tree;
    struct buf is = {0};
    tree_make(&tree, parts, 1);
    check_tree(&tree, layouts);
    put_content(&is, &tree, layouts, 0, (uint32_t)tree.leaf_count, 0,
                (uint32_t)tree.heading_count);
    assert_string_equal(
        is.data, "(M @main (G =G a b)) (M @two (G =G c) (A d d[0] d[1]))");
    tree_free(&tree);
    buf_clear(&is);
    tree_make(&tree, parts, 2);
    check_tree(&tree, layouts);
    put_content(&is, &tree, layouts, 0, (uint32_t)tree.leaf_count, 0,
                (uint32_t)tree.heading_count);
    assert_string_equal(is.data, "(T  (M @main (G =G a b)) (M @two (G =G c) "
                                 "(A d d[0] d[1]))) (T  (S p p.a p.b))");
    tree_free(&tree);
    for (int i = 0; i < 2; i++)
        layout_free((struct layout *)layouts[i]);
    buf_free(&is);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trees),
        cmocka_unit_test(test_folded),
        cmocka_unit_test(test_selection),
        cmocka_unit_test(test_mappings_and_targets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
