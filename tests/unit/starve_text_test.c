/* starve_text_test.c - notes read while allocations fail: refused for their size, or the concepts
 * and codes that they always give; never a part of them */
#include "tests/support/test.h"

#include <stdio.h>

#include "common/sys/digest.h"
#include "tests/starve/starve.h"
#include "tests/support/text_bench.h"

/* Notes of every kind of concept. */
static const char *const notes[] = {
    "Pneumonia, lobar. COPD exacerbation. No chest pain.\nHer mother had breast cancer.",
    "Assessment:\nAdenocarcinoma of the prostate. Rash due to acetaminophen.\nPlan: rest.",
    "ALLERGIES: Penicillin (rash), latex.\nHistory of breast cancer. Type 2 diabetes and CKD "
    "stage 3b.",
    "<p>Overdose of Tylenol.</p><p>Fall at home. Slipped on the ice, fracture of the right "
    "tibia.</p>",
    "{\\rtf1 Hemiplegia on the left.\\par Qwertyuiosis of the foot.}",
};

/* said - all that a note says, as a digest; *refused: it was not read */
static void said(struct text_bench *b, const char *note, bool *refused, char hex[DIGEST_TEXT])
{
    struct text_reading out;
    struct err e = {0};
    struct buf all;

    arena_reset(b->a);
    *refused = text_read(b->x, note, strlen(note), b->a, &out, &e) != 0;
    starve_pause(true);
    buf_init(&all);
    if (*refused) {
        assert_int_equal(e.class, ERR_REJECT);
        assert_string_equal(e.code, "size");
        assert_int_equal(out.n_concepts + out.n_codes + out.n_unexplained, 0);
    }
    for (size_t i = 0; i < out.n_concepts; i++)
        buf_addf(&all, "%s %s %zu %zu %d;", out.concepts[i]->node,
                 out.concepts[i]->code ? out.concepts[i]->code : "-", out.concepts[i]->start,
                 out.concepts[i]->end, out.concepts[i]->negated);
    for (size_t i = 0; i < out.n_codes; i++)
        buf_addf(&all, "%s %.9f;", out.codes[i]->code, out.codes[i]->confidence);
    for (size_t i = 0; i < out.n_unexplained; i++)
        buf_addf(&all, "%zu;", out.unexplained[i].start);
    digest_hex(all.data ? all.data : "", all.len, hex);
    buf_release(&all);
    starve_pause(false);
}

/* test_notes - each, with each allocation failing */
static void test_notes(void **state)
{
    char whole[DIGEST_TEXT], hex[DIGEST_TEXT];
    struct text_bench b;
    size_t count, n_refused = 0;
    bool refused;

    (void)state;
    text_bench_begin(&b);
    for (size_t i = 0; i < sizeof(notes) / sizeof(notes[0]); i++)
        for (int how = 0; how < STARVE_HOWS; how++) {
            starve_begin(STARVE_ARENA, (enum starve_how)how, 0);
            said(&b, notes[i], &refused, whole);
            count = starve_end(NULL);
            assert_true(!refused && count > 10);
            for (size_t n = 1; n <= count; n++) {
                starve_begin(STARVE_ARENA, (enum starve_how)how, n);
                said(&b, notes[i], &refused, hex);
                starve_end(NULL);
                n_refused += refused;
                if (!refused && strcmp(hex, whole) != 0)
                    fail_msg("note %zu: allocation %zu: less was said, and nobody was told", i, n);
            }
        }
    print_message("%zu refused\n", n_refused);
    assert_true(n_refused > 100);
    text_bench_end(&b);
}

/* main - all of them */
int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_notes)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
