/* claim837_guide_test.c - whatever the 837 guides let stand in a claim is read into the claim and
 * written again: each row of the X12 guides has a row of the claim's */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/claim/guide.h"
#include "common/x12/guide.h"

/* What has no place, and why (billing §2.2). */
static const struct {
    const char *loop, *segment;
} left_out[] = {
    {"2000A", "CUR"},  /* amounts in another currency than US dollars */
    {"2010AC", "NM1"}, /* pay-to plan: subrogation between payers only */
    {"2010AC", "N3"},  {"2010AC", "N4"}, {"2010AC", "REF"},
};

/* is_left_out - with a reason */
static bool is_left_out(const struct x12_row *row)
{
    for (size_t i = 0; i < sizeof(left_out) / sizeof(left_out[0]); i++)
        if (strcmp(left_out[i].loop, row->loop) == 0 &&
            strcmp(left_out[i].segment, row->segment) == 0)
            return true;
    return false;
}

/* is_envelope - what the batch writes, not the claim; numbers of loops */
static bool is_envelope(const struct x12_row *row)
{
    return strcmp(row->loop, "ST") == 0 || strcmp(row->loop, "1000A") == 0 ||
           strcmp(row->loop, "1000B") == 0 || strcmp(row->segment, "HL") == 0 ||
           strcmp(row->segment, "LX") == 0;
}

/* next_code - of "R=41|40 R ..." or of a composite's first component; false: no more. The first
 * call finds *at at the items. */
static bool next_code(const char **at, bool first, char *code, size_t size)
{
    size_t n;

    if (first)
        *at = strncmp(*at + 1, "(R=", 3) == 0 ? *at + 3 : *at + 1;
    if (first ? **at != '=' : **at != '|')
        return false;
    n = strcspn(++*at, "| x*()");
    assert_true(n < size);
    memcpy(code, *at, n);
    code[n] = '\0';
    *at += n;
    return true;
}

/* has_row - of a segment with this code (NULL: it has no codes) */
static bool has_row(const struct guide_loop *l, unsigned kind, const char *segment,
                    const char *code)
{
    for (int i = 0; i < LOOP_TABLES && l->rows[i]; i++)
        for (const struct seg *s = l->rows[i]; s->segment; s++)
            if ((s->kinds & kind) && strcmp(s->segment, segment) == 0 &&
                (!s->qualifier || (code && strcmp(s->qualifier, code) == 0)))
                return true;
    return false;
}

/* loop_of - the claim's rows of a loop; *party: a provider's */
static const struct guide_loop *loop_of(const char *name, unsigned kind, const struct party **party)
{
    *party = NULL;
    for (int i = 0; i < LOOP_MAX; i++)
        if (i != LOOP_PARTY && strcmp(guide_loops[i].name, name) == 0)
            return &guide_loops[i];
    for (const struct party *p = guide_parties; p->loop; p++)
        if ((p->kinds & kind) && strcmp(p->loop, name) == 0)
            *party = p;
    return *party ? &guide_loops[LOOP_PARTY] : NULL;
}

/* check_row - every code of it */
static unsigned check_row(const struct x12_row *row, unsigned kind)
{
    const struct party *party;
    const struct guide_loop *l = loop_of(row->loop, kind, &party);
    const char *at = row->elements;
    char code[16];
    unsigned missing = 0, codes = 0;

    for (bool first = true; l && next_code(&at, first, code, sizeof(code)); first = false) {
        const bool kept = party && strcmp(row->segment, "REF") == 0
                              ? party->ids && strstr(party->ids, code)
                              : has_row(l, kind, row->segment, code);

        codes++;
        if (!kept)
            print_error("%s %s %s has no place in a claim\n", row->loop, row->segment, code);
        missing += !kept;
    }
    if (l && codes == 0)
        missing = !has_row(l, kind, row->segment, NULL);
    if (!l || (codes == 0 && missing))
        print_error("%s %s has no place in a claim\n", row->loop, row->segment);
    return l ? missing : 1;
}

/* test_rows - 837P and 837I */
static void test_rows(void **state)
{
    unsigned missing = 0, rows = 0;

    (void)state;
    for (const struct x12_guide *g = x12_guides; g->version; g++) {
        const unsigned kind = g->kind == X12_837P ? GUIDE_P : g->kind == X12_837I ? GUIDE_I : 0;

        for (const struct x12_row *row = g->rows; kind && row->loop; row++) {
            if (!row->segment || is_envelope(row) || is_left_out(row))
                continue;
            rows++;
            missing += check_row(row, kind);
        }
    }
    assert_true(rows > 300);
    assert_int_equal(missing, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
