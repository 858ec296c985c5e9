/* layout_rvu_row.c - the fields of relative values as rows, and one row checked and kept */
#include "common/tables/layout_rvu.h"
#include "common/tables/rvu.h"

/* clang-format off */
const struct rvu_field rvu_fields[RVU_FIELDS] = {
    {"hcpcs_code",      0,   1, 5, CHECK_CODE,     "a code of five characters"},
    {"mod",             1,   6, 2, CHECK_MODIFIER, "a modifier of two characters or nothing"},
    {"status",          3,  58, 1, CHECK_STATUS,   "a status of one letter"},
    {"pctc",           13, 103, 1, CHECK_DIGIT,    "a PC/TC indicator 0-9"},
    {"glob",           14, 104, 3, CHECK_GLOBAL,   "global days 000 010 090 MMM XXX YYY ZZZ"},
    {"pre_op",         15, 107, 3, CHECK_2,        "a preoperative part such as 0.10"},
    {"intra_op",       16, 110, 3, CHECK_2,        "an intraoperative part such as 0.80"},
    {"post_op",        17, 113, 3, CHECK_2,        "a postoperative part such as 0.10"},
    {"mult_proc",      18, 116, 1, CHECK_DIGIT,    "a multiple procedure indicator 0-9"},
    {"bilat_surg",     19, 117, 1, CHECK_DIGIT,    "a bilateral indicator 0-9"},
    {"asst_surg",      20, 118, 1, CHECK_DIGIT,    "an assistant indicator 0-9"},
    {"co_surg",        21, 119, 1, CHECK_DIGIT,    "a co-surgeon indicator 0-9"},
    {"team_surg",      22, 120, 1, CHECK_DIGIT,    "a team indicator 0-9"},
    {"endo_base",      23, 128, 5, CHECK_BASE,     "an endoscopic base code or nothing"},
    {"phys_diag_pro",  25, 142, 2, CHECK_PAIR,     "a supervision level of two characters"},
    {"calc_flag",      26, 144, 1, CHECK_PAIR,     "a calculation flag"},
    {"diag_img_fam",   27, 146, 2, CHECK_PAIR,     "an imaging family of two characters"},
    {"non_na",          7,  73, 2, CHECK_NA,       "NA or nothing"},
    {"fac_na",          9,  82, 2, CHECK_NA,       "NA or nothing"},
    {"rvu_work",        5,  60, 6, CHECK_2,        "a work RVU of two decimals"},
    {"rvu_non_pe",      6,  67, 6, CHECK_2,        "a non-facility PE RVU of two decimals"},
    {"rvu_fac_pe",      8,  76, 6, CHECK_2,        "a facility PE RVU of two decimals"},
    {"rvu_mp",         10,  85, 5, CHECK_2,        "a malpractice RVU of two decimals"},
    {"rvu_non_sum",    11,  91, 6, CHECK_2,        "a non-facility total of two decimals"},
    {"rvu_fac_sum",    12,  97, 6, CHECK_2,        "a facility total of two decimals"},
    {"rvu_opps_non_pe", 28, 152, 6, CHECK_2,       "a PE RVU of two decimals"},
    {"rvu_opps_fac_pe", 29, 159, 6, CHECK_2,       "a PE RVU of two decimals"},
    {"rvu_opps_mp",    30,   0, 0, CHECK_2,        "a malpractice RVU of two decimals"},
    {"cf",             24, 133, 8, CHECK_4,        "a conversion factor of four decimals"},
};
/* clang-format on */

/* Places in the list above. */
enum {
    KEYS = 2,
    WORK = 19,
    NON_PE = 20,
    FAC_PE = 21,
    MP = 22,
    NON_SUM = 23,
    FAC_SUM = 24,
    FACTOR = 28,
};

/* is_global - one of the seven, or nothing */
static bool is_global(struct span v)
{
    static const char *const words[] = {"000", "010", "090", "MMM", "XXX", "YYY", "ZZZ"};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (span_is(v, words[i]))
            return true;
    return !v.n;
}

/* is_good - a field by its rule */
static bool is_good(enum rvu_check check, struct span v)
{
    int64_t n;

    switch (check) {
    case CHECK_CODE:
        return span_alnum(v, 5);
    case CHECK_MODIFIER:
        return !v.n || span_alnum(v, 2);
    case CHECK_STATUS:
        return v.n == 1 && v.p[0] >= 'A' && v.p[0] <= 'Z';
    case CHECK_DIGIT:
        return !v.n || span_digits(v, 1);
    case CHECK_GLOBAL:
        return is_global(v);
    case CHECK_PAIR:
        return v.n <= 2 && span_alnum(v, v.n);
    case CHECK_BASE:
        return !v.n || span_alnum(v, 5);
    case CHECK_NA:
        return !v.n || span_is(v, "NA");
    case CHECK_2:
        return !v.n || layout_decimal(v, 2, &n);
    default:
        return !v.n || layout_decimal(v, 4, &n);
    }
}

/* adds_up - a total is the sum of its three parts, to a hundredth */
static bool adds_up(const struct span v[RVU_FIELDS], size_t pe, size_t sum)
{
    int64_t parts[4];
    const size_t at[4] = {WORK, pe, MP, sum};

    for (size_t i = 0; i < 4; i++)
        if (!layout_decimal(v[at[i]], 2, &parts[i]))
            return true;
    parts[3] -= parts[0] + parts[1] + parts[2];
    return parts[3] >= -1 && parts[3] <= 1;
}

/* check_row - every field, the totals, the factor of the rows before */
static int check_row(struct rvu_reading *r, const struct span v[RVU_FIELDS], size_t line,
                     struct err *e)
{
    int64_t factor = 0;

    for (size_t f = 0; f < RVU_FIELDS; f++)
        if (!is_good(rvu_fields[f].check, v[f]))
            return bad_line(e, line, rvu_fields[f].expect);
    if (!adds_up(v, NON_PE, NON_SUM) || !adds_up(v, FAC_PE, FAC_SUM))
        return bad_line(e, line, "totals that are the sum of work, PE and malpractice RVUs");
    if (layout_decimal(v[FACTOR], 4, &factor) && factor) {
        if (r->factor && factor != r->factor)
            return bad_line(e, line, "the conversion factor of the rows before it");
        r->factor = factor;
    }
    return 0;
}

/* rvu_put_row - one code and modifier */
int rvu_put_row(struct rvu_reading *r, const struct span v[RVU_FIELDS], size_t line, struct err *e)
{
    struct span modifier = v[1].n ? v[1] : span_of(RVU_WHOLE);

    if (check_row(r, v, line, e) != 0)
        return -1;
    r->job->rows++;
    if (!sheet_row(r->sheet, v[0], modifier, 0, 0))
        return 0;
    for (size_t f = KEYS; f < RVU_FIELDS; f++) {
        enum rvu_check c = rvu_fields[f].check;

        if (c == CHECK_2 || c == CHECK_4)
            decimal_cell(r->sheet, v[f], c == CHECK_2 ? 2 : 4);
        else if (c == CHECK_NA)
            sheet_text(r->sheet, v[f].n ? "Y" : "");
        else
            sheet_cell(r->sheet, v[f]);
    }
    sheet_end(r->sheet);
    return 0;
}
