/* hcc.c - categories, hierarchies, interactions, sum */
#include "common/hcc/hcc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/money.h"
#include "common/base/str.h"

static const char dx_model[] = "CMS-HCC Model V28", parent_model[] = "CMS-HCC V28",
                  value_model[] = "CMS-HCC C28";

static const char *const segments[HCC_SEGMENTS] = {
    [HCC_CNA] = "CNA", [HCC_CND] = "CND", [HCC_CFA] = "CFA",
    [HCC_CFD] = "CFD", [HCC_CPA] = "CPA", [HCC_CPD] = "CPD",
    [HCC_INS] = "INS", [HCC_NE] = "NE",   [HCC_SNPNE] = "SNPNE"};

enum { GROUP_MAX = 12, THOUSAND = 1000, NAME_MAX_BYTES = 64 };

/* Categories that the model takes together (its software, V28). Ends with 0. */
struct together {
    unsigned hcc[GROUP_MAX];
};

/* clang-format off */
static const struct together
    cancer = {{17, 18, 19, 20, 21, 22, 23}}, diabetes = {{35, 36, 37, 38}},
    substance = {{135, 136, 137, 138, 139}}, psychiatric = {{151, 152, 153, 154, 155}},
    neuro = {{180, 181, 182, 190, 191, 192, 195, 196, 198, 199}}, respiratory = {{211, 212, 213}},
    heart_failure = {{221, 222, 223, 224, 225, 226}}, arrhythmia = {{238}}, lung = {{276, 277, 278, 279, 280}},
    kidney = {{326, 327, 328, 329}}, ulcer = {{379, 380, 381, 382}};

/* Pairs; the second NULL: with disability. A segment that has no such coefficient has no such pair. */
static const struct pair {
    const char *name;
    const struct together *first, *second;
} pairs[] = {
    {"DIABETES_HF_V28",            &diabetes,      &heart_failure},
    {"HF_CHR_LUNG_V28",            &heart_failure, &lung},
    {"HF_KIDNEY_V28",              &heart_failure, &kidney},
    {"CHR_LUNG_CARD_RESP_FAIL_V28", &lung,         &respiratory},
    {"HF_HCC238_V28",              &heart_failure, &arrhythmia},
    {"gSubUseDisorder_gPsych_V28", &substance,     &psychiatric},
    {"DISABLED_CANCER_V28",        &cancer,        NULL},
    {"DISABLED_NEURO_V28",         &neuro,         NULL},
    {"DISABLED_HF_V28",            &heart_failure, NULL},
    {"DISABLED_CHR_LUNG_V28",      &lung,          NULL},
    {"DISABLED_ULCER_V28",         &ulcer,         NULL},
};

/* What age and sex change (the model's software, V28I0ED1): the category of codes from one to
 * another of a person whose age is in the range. */
static const struct age_sex {
    const char *from_code, *to_code;
    int from_age, to_age;
    bool women;   /* of women only */
    unsigned hcc; /* instead; 0: none */
} age_sex[] = {
    {"D66",    "D67",    0, 200, true, 112},
    {"J410",   "J439",   0, 17, false, 0},   {"J440",   "J441",   0, 17, false, 0},
    {"J449",   "J449",   0, 17, false, 0},   {"J982",   "J983",   0, 17, false, 0},
    {"C50011", "C50929", 0, 49, false, 22},
    {"P040",   "P049",   2, 200, false, 0},  {"P270",   "P279",   2, 200, false, 0},
    {"P930",   "P938",   2, 200, false, 0},  {"P961",   "P962",   2, 200, false, 0},
};
/* clang-format on */

/* A score in the making. */
struct scoring {
    const struct hcc_person *who;
    const struct tables *tables;
    struct arena *arena;
    struct hcc_score *out;
    int32_t on; /* last day of the year of service */
    int age;    /* on 1 February of the payment year */
    bool failed;
};

/* hcc_segment_name - see hcc.h */
const char *hcc_segment_name(enum hcc_segment s)
{
    return segments[s];
}

/* hcc_segment_by_name - see hcc.h */
enum hcc_segment hcc_segment_by_name(const char *name)
{
    int s = 0;

    while (s < HCC_SEGMENTS && strcmp(segments[s], name) != 0)
        s++;
    return (enum hcc_segment)s;
}

/* next_row - of a key, one of the table's parts and a model ("": any) */
static bool next_row(const struct tables *t, const char *key, const char *part, const char *model,
                     int32_t on, size_t *cursor, struct table_row *row)
{
    while (tables_next(t, TABLE_HCC, key, on, cursor, row))
        if (span_is(table_key(row, 1), part) && (!model[0] || table_col_is(row, "model", model)))
            return true;
    return false;
}

/* --- categories */

/* add_category - once each; what counts goes before what does not */
static void add_category(struct scoring *s, unsigned hcc, const struct hcc_dx *dx)
{
    struct hcc_score *o = s->out;
    struct hcc_category *grown;

    for (size_t i = 0; i < o->n_categories; i++)
        if (o->categories[i].hcc == hcc) {
            if (dx->counts && !o->categories[i].counts) {
                o->categories[i].counts = true;
                o->categories[i].code = dx->code;
            }
            return;
        }
    grown = arena_grow(s->arena, o->categories, o->n_categories, sizeof(*grown));
    if (!grown) {
        s->failed = true;
        return;
    }
    o->categories = grown;
    grown[o->n_categories++] =
        (struct hcc_category){.hcc = hcc, .code = dx->code, .counts = dx->counts};
}

/* edit_of - the row for a diagnosis of this person; NULL: none */
static const struct age_sex *edit_of(const struct scoring *s, const char *code)
{
    for (size_t i = 0; i < sizeof(age_sex) / sizeof(age_sex[0]); i++) {
        const struct age_sex *x = &age_sex[i];

        if (strcmp(x->from_code, code) <= 0 && strcmp(code, x->to_code) <= 0 &&
            x->from_age <= s->age && s->age <= x->to_age && (!x->women || s->who->female))
            return x;
    }
    return NULL;
}

/* note_edit - a diagnosis that age or sex changes */
static void note_edit(struct scoring *s, const char *code, unsigned hcc, unsigned instead)
{
    struct hcc_score *o = s->out;
    struct hcc_edited *grown = arena_grow(s->arena, o->edited, o->n_edited, sizeof(*grown));

    s->failed = s->failed || !grown;
    if (!grown)
        return;
    o->edited = grown;
    grown[o->n_edited++] = (struct hcc_edited){code, hcc, instead};
}

/* take_dx - the categories of a diagnosis, as age and sex leave them */
static void take_dx(struct scoring *s, const struct hcc_dx *dx)
{
    const struct age_sex *edit = edit_of(s, dx->code);
    struct table_row row;
    size_t cursor = 0;

    while (next_row(s->tables, dx->code, "DX", dx_model, s->on, &cursor, &row)) {
        unsigned hcc = (unsigned)table_col_i64(&row, "hcc", 0);

        if (edit)
            note_edit(s, dx->code, hcc, edit->hcc);
        if (!edit || edit->hcc)
            add_category(s, edit ? edit->hcc : hcc, dx);
    }
}

/* by_number - for the order */
static int by_number(const void *a, const void *b)
{
    const struct hcc_category *x = a, *y = b;

    return (x->hcc > y->hcc) - (x->hcc < y->hcc);
}

/* has - does a category count? */
static struct hcc_category *has(const struct hcc_score *o, unsigned hcc)
{
    for (size_t i = 0; i < o->n_categories; i++)
        if (o->categories[i].hcc == hcc && o->categories[i].counts && !o->categories[i].dropped_by)
            return &o->categories[i];
    return NULL;
}

/* drop_lesser - what each category that counts makes not count */
static void drop_lesser(struct scoring *s)
{
    char key[16];

    for (size_t i = 0; i < s->out->n_categories; i++) {
        struct table_row row;
        size_t cursor = 0;

        if (!s->out->categories[i].counts)
            continue;
        snprintf(key, sizeof(key), "%u", s->out->categories[i].hcc);
        while (next_row(s->tables, key, "PARENT", parent_model, s->on, &cursor, &row)) {
            struct hcc_category *child = has(s->out, (unsigned)table_col_i64(&row, "child", 0));

            if (child)
                child->dropped_by = s->out->categories[i].hcc;
        }
    }
}

/* --- values */

/* value_of - thousandths of a coefficient of the person's segment; false: it has none of the name
 */
static bool value_of(const struct scoring *s, const char *name, int64_t *out)
{
    char key[NAME_MAX_BYTES];
    struct table_row row;
    struct span v;
    size_t cursor = 0;

    snprintf(key, sizeof(key), "%s_%s", segments[s->who->segment], name);
    if (!next_row(s->tables, key, "COEFFICIENT", value_model, s->on, &cursor, &row))
        return false;
    v = table_col(&row, "value");
    return decimal_parse(v.p, v.n, 3, out) == DECIMAL_OK;
}

/* add_term - a coefficient that the segment has; false: it has none */
static bool add_term(struct scoring *s, const char *name)
{
    struct hcc_score *o = s->out;
    char *copy = arena_strdup(s->arena, name);
    int64_t value;

    s->failed = s->failed || !copy;
    if (!value_of(s, name, &value) || o->n_terms == HCC_TERMS_MAX)
        return false;
    o->terms[o->n_terms++] = (struct hcc_term){copy, value};
    o->raw += value;
    return true;
}

/* any_of - does one of a group count? */
static bool any_of(const struct hcc_score *o, const struct together *g)
{
    for (size_t i = 0; i < GROUP_MAX && g->hcc[i]; i++)
        if (has(o, g->hcc[i]))
            return true;
    return false;
}

/* age_band - "65_69"; new enrollees have years of their own from 65 to 69 */
static const char *age_band(const struct scoring *s)
{
    static const struct {
        int lowest;
        const char *name;
    } bands[] = {{0, "0_34"},   {35, "35_44"}, {45, "45_54"}, {55, "55_59"},
                 {60, "60_64"}, {65, "65_69"}, {70, "70_74"}, {75, "75_79"},
                 {80, "80_84"}, {85, "85_89"}, {90, "90_94"}, {95, "95_GT"}};
    static const char *const years[] = {"65", "66", "67", "68", "69"};
    bool is_new = s->who->segment == HCC_NE || s->who->segment == HCC_SNPNE;
    size_t i = sizeof(bands) / sizeof(bands[0]) - 1;

    if (is_new && s->age >= 65 && s->age < 70)
        return years[s->age - 65];
    while (bands[i].lowest > s->age)
        i--;
    return bands[i].name;
}

/* demographics - age and sex; who was disabled first; Medicaid */
static void demographics(struct scoring *s)
{
    const struct hcc_person *w = s->who;
    bool is_new = w->segment == HCC_NE || w->segment == HCC_SNPNE;
    bool first = w->disabled_first && s->age >= 65;
    const char *band = age_band(s);
    char name[NAME_MAX_BYTES];

    if (is_new)
        snprintf(name, sizeof(name), "%sMCAID_%sORIGDIS_NE%c%s", w->medicaid ? "" : "N",
                 first ? "" : "N", w->female ? 'F' : 'M', band);
    else
        snprintf(name, sizeof(name), "%c%s", w->female ? 'F' : 'M', band);
    if (!add_term(s, name))
        s->out->missing = "the table hcc has no age and sex of this segment";
    if (is_new)
        return;
    if (first) {
        add_term(s, w->female ? "OriginallyDisabled_Female" : "OriginallyDisabled_Male");
        add_term(s, "ORIGDS");
    }
    if (w->medicaid)
        add_term(s, "LTIMCAID");
}

/* categories_weigh - each that counts; how many */
static void categories_weigh(struct scoring *s)
{
    struct hcc_score *o = s->out;
    char name[NAME_MAX_BYTES];
    size_t count = 0;

    for (size_t i = 0; i < o->n_categories; i++) {
        struct hcc_category *c = &o->categories[i];

        snprintf(name, sizeof(name), "HCC%u", c->hcc);
        if (!c->counts || c->dropped_by || !value_of(s, name, &c->value))
            continue;
        o->raw += c->value;
        count++;
    }
    if (count) {
        snprintf(name, sizeof(name), count >= 10 ? "D10P" : "D%zu", count);
        add_term(s, name);
    }
}

/* pairs_weigh - interactions */
static void pairs_weigh(struct scoring *s)
{
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
        if (any_of(s->out, pairs[i].first) &&
            (pairs[i].second ? any_of(s->out, pairs[i].second) : s->age < 65))
            add_term(s, pairs[i].name);
}

/* rate - of the payment year, in millionths */
static bool rate(const struct scoring *s, const char *name, int64_t *out)
{
    struct table_row row;
    struct span v;
    char key[NAME_MAX_BYTES];

    if (!tables_plain_key(span_of(name), key, sizeof(key)) ||
        tables_find(s->tables, TABLE_RATES, key, NULL, date_add(s->on, 1), &row) != LOOKUP_FOUND)
        return false;
    v = table_col(&row, "value");
    return decimal_parse(v.p, v.n, 6, out) == DECIMAL_OK;
}

/* normalize - raw by the normalization factor, then less the coding intensity; each rounded to a
 * thousandth */
static void normalize(struct scoring *s)
{
    int64_t factor, intensity, normal;

    if (!rate(s, "hcc-normalization", &factor) || !rate(s, "hcc-coding-intensity", &intensity) ||
        !factor)
        return;
    normal = (s->out->raw * 2000000 + factor) / (2 * factor);
    s->out->payment_given = money_scale(normal, 1000000 - intensity, 6, &s->out->payment);
}

/* hcc_score - see hcc.h */
int hcc_score(const struct hcc_person *who, int year, const struct hcc_dx *dx, size_t n,
              const struct tables *t, struct arena *a, struct hcc_score *out, struct err *e)
{
    struct scoring s = {
        .who = who, .tables = t, .arena = a, .out = out, .on = date_make(year, 12, 31)};

    *out = (struct hcc_score){.edition = s.on ? tables_edition(t, TABLE_HCC, s.on) : NULL};
    s.age = s.on ? date_age(who->birth, date_make(year + 1, 2, 1)) : -1;
    if (!out->edition)
        out->missing = "table hcc: no edition covers the year of service";
    else if (s.age < 0)
        out->missing = "the date of birth";
    if (out->missing)
        return 0;
    for (size_t i = 0; i < n; i++)
        take_dx(&s, &dx[i]);
    if (out->n_categories)
        qsort(out->categories, out->n_categories, sizeof(*out->categories), by_number);
    drop_lesser(&s);
    demographics(&s);
    if (who->segment != HCC_NE && who->segment != HCC_SNPNE) {
        categories_weigh(&s);
        pairs_weigh(&s);
    }
    normalize(&s);
    return s.failed ? err_set(e, ERR_REJECT, "size", "the year needs more memory than there is")
                    : 0;
}

/* --- claims */

/* hcc_claim_counts - see hcc.h (Medicare Managed Care Manual, chapter 7, 40) */
bool hcc_claim_counts(const CcClaim *c, const struct tables *t, int32_t on)
{
    static const char *const inpatient[] = {"11", "41", NULL}, *const outpatient[] = {
                                                                   "12", "13", "43", "71", "73",
                                                                   "76", "77", "85", "87", NULL};
    const char *bill = c->type_of_bill[0] == '0' ? c->type_of_bill + 1 : c->type_of_bill;
    char kind[3] = "";

    str_copy(kind, sizeof(kind), strlen(bill) >= 2 ? (char[]){bill[0], bill[1], '\0'} : "");
    if (c->kind == CLAIM_KIND_INSTITUTIONAL && str_in(kind, inpatient))
        return tables_edition(t, TABLE_HCC, on) != NULL;
    if (c->kind == CLAIM_KIND_INSTITUTIONAL && !str_in(kind, outpatient))
        return false;
    for (size_t i = 0; i < c->n_lines; i++) {
        const CcCodeAssignment *p = c->lines[i]->procedure;
        struct table_row row;
        size_t cursor = 0;

        if (p && p->code && next_row(t, p->code->code, "ELIGIBLE", "", on, &cursor, &row))
            return true;
    }
    return false;
}
