/* coder_infusion_test.c - from administrations to codes: ranks, hours, drugs, what runs together */
#include "tests/support/test.h"

#include <stdio.h>
#include <string.h>

#include "services/coder/infusion/infusion.h"

/* One case: administrations "KWdrug:start-end" in minutes (K: c t h; W: v m), joined by blanks. */
static const struct {
    char place; /* F facility, O office */
    const char *given, *lines;
} rows[] = {
    {'F', "tvA:0-15", "96374*1"},
    {'F', "tvA:0-16", "96365*1"},
    {'F', "tvA:0-0", "96374*1"},
    {'F', "tvA:0-90", "96365*1"},
    {'F', "tvA:0-91", "96365*1 96366*1"},
    {'F', "tvA:0-150", "96365*1 96366*1"},
    {'F', "tvA:0-151", "96365*1 96366*2"},
    {'F', "tvA:0-40 tvA:60-112", "96365*1 96366*1"},
    {'F', "tvA:0-60 tvB:60-120", "96365*1 96367*1"},
    {'F', "tvA:0-60 tvB:30-90", "96365*1 96368*1"},
    {'F', "tvA:0-60 tvB:10-50 tvC:20-50", "96365*1 96368*1"},
    {'F', "tvA:0-0 tvA:31-31", "96374*1 96376*1"},
    {'F', "tvA:0-0 tvA:30-30", "96374*1"},
    {'F', "tvA:0-0 tvB:5-5", "96374*1 96375*1"},
    {'F', "tvA:0-0 tvB:10-60", "96375*1 96365*1"},
    {'F', "hvS:0-30", ""},
    {'F', "hvS:0-31", "96360*1"},
    {'F', "hvS:0-91", "96360*1 96361*1"},
    {'F', "tvA:0-60 hvS:60-120", "96365*1 96361*1"},
    {'F', "tvA:0-60 hvS:0-90", "96365*1"},
    {'F', "tvA:0-60 hvS:0-91", "96365*1 96361*1"},
    {'F', "tvA:0-60 cvX:60-150", "96367*1 96413*1"},
    {'F', "cvX:0-91 cvY:91-120", "96413*1 96415*1 96417*1"},
    {'F', "cvX:0-10 cvY:10-20", "96409*1 96411*1"},
    {'F', "cvX:0-10 tvA:10-60", "96409*1 96367*1"},
    {'F', "tmA:0-0 tmB:5-5", "96372*2"},
    {'F', "cmX:0-0 tvA:0-20", "96401*1 96365*1"},
    {'O', "tvA:0-60 tvB:60-120", "96365*1 96367*1"},
    {'O', "tvA:0-0 tvA:31-31", "96374*1"},
    {'O', "tvA:0-60 cvX:60-150", "?"},
};

/* read_one - "tvA:0-15" */
static struct infusion read_one(const char *word, char drug[2])
{
    long start = 0, end = 0;
    struct infusion x = {.drug = drug};

    x.kind = word[0] == 'c'   ? INFUSION_CHEMO
             : word[0] == 'h' ? INFUSION_HYDRATION
                              : INFUSION_THERAPY;
    x.way = word[1] == 'm' ? INFUSION_MUSCLE : INFUSION_VEIN;
    drug[0] = word[2];
    drug[1] = '\0';
    assert_int_equal(sscanf(word + 3, ":%ld-%ld", &start, &end), 2);
    x.start_ms = (1000 + start) * 60000;
    x.end_ms = end > start ? (1000 + end) * 60000 : 0;
    return x;
}

/* all_rows - each case */
static void all_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct infusion list[8];
        struct infusion_line out[INFUSION_CODES];
        char text[128], drugs[8][2], have[128] = "", *save = NULL;
        size_t n = 0, count = 0, at = 0;

        snprintf(text, sizeof(text), "%s", rows[i].given);
        for (char *w = strtok_r(text, " ", &save); w; w = strtok_r(NULL, " ", &save), n++)
            list[n] = read_one(w, drugs[n]);
        if (!infusion_lines(list, n, rows[i].place == 'F', out, &count))
            snprintf(have, sizeof(have), "?");
        for (size_t k = 0; k < count; k++)
            at += (size_t)snprintf(have + at, sizeof(have) - at, "%s%s*%d", k ? " " : "",
                                   out[k].code, (int)out[k].units);
        if (strcmp(have, rows[i].lines) != 0)
            fail_msg("%c \"%s\": \"%s\", expected \"%s\"", rows[i].place, rows[i].given, have,
                     rows[i].lines);
        for (size_t k = 0; k < count; k++)
            assert_true(infusion_code(out[k].code));
    }
    assert_false(infusion_code("99213"));
}

/* main - the tests */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_rows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
