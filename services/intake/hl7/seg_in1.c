/* seg_in1.c - IN1, IN2, IN3, GT1, ACC, UB2: who pays, and what a bill says besides
 *
 * The member id is IN1-36 (policy number), else IN1-49 (insured's id), else IN2-61, 6, 8. The
 * relationship is IN2-72 (the patient's, in so many words), else IN1-17 (the insured's). */
#include "services/intake/hl7/map.h"

#include <string.h>
#include <strings.h>

/* ACC-2 (table 0050 is the site's own): what sites write. */
static const struct {
    const char *word, *kind;
} accidents[] = {
    {"AA", "AA"},   {"A", "AA"}, {"AUTO", "AA"}, {"MVA", "AA"}, {"EM", "EM"},    {"E", "EM"},
    {"WORK", "EM"}, {"W", "EM"}, {"OA", "OA"},   {"O", "OA"},   {"OTHER", "OA"},
};

/* open_in1 - one more coverage */
static bool open_in1(struct hl7_map *x)
{
    CcCoverage *c = event_new(x->a, &cc_coverage__descriptor);
    char *ref = hl7_ref(x);

    x->coverage = NULL;
    x->target = c;
    if (!c || !ref)
        return false;
    c->ref = ref;
    x->coverage = c;
    return event_push(x->a, x->ev, coverages, c);
}

/* set_order - IN1-1, and over it IN1-22; position is hl7_finish's */
static void set_order(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    static const char letters[] = "PST";
    char *word = hl7_id(x->m, hl7_component(x->m, value, 1));
    const char *at = word && word[0] && !word[1] ? strchr(letters, word[0]) : NULL;
    int64_t n = at ? at - letters + 1 : 0;

    (void)row;
    if ((n == 0 && (!word || !str_to_i64(word, &n))) || n < 1 || n > 99) {
        hl7_problem(x, NOTE_SEVERITY_NOTED, NOTE_ORDER, "not the number of a coverage");
        return;
    }
    x->coverage->order = (uint32_t)n;
}

/* set_insured - IN1-16 */
static void set_insured(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    (void)row;
    x->coverage->subscriber_name = hl7_name(x, hl7_repetition(x->m, value, 0));
}

/* relation - by the code, else by the words of a coded field */
static CcRelationship relation(struct hl7_map *x, struct span value, bool of_insured)
{
    CcRelationship r = vocab_relationship(hl7_component(x->m, value, 1), of_insured);

    return r != RELATIONSHIP_UNKNOWN
               ? r
               : vocab_relationship(hl7_component(x->m, value, 2), of_insured);
}

/* set_relationship - IN1-17 */
static void set_relationship(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    (void)row;
    x->coverage->relationship = relation(x, value, true);
    x->coverage->relationship_source = hl7_id(x->m, hl7_component(x->m, value, 1));
}

/* set_insured_sex - IN1-43 */
static void set_insured_sex(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    (void)row;
    x->coverage->subscriber_sex = vocab_sex(hl7_component(x->m, value, 1));
}

/* set_addresses - IN1-5 the payer's, IN1-19 the insured's */
static void set_addresses(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    CcAddress *a = hl7_address(x, hl7_repetition(x->m, value, 0));

    if (row->field == 5)
        x->coverage->payer_address = a;
    else
        x->coverage->subscriber_address = a;
}

/* set_member - the first of several fields that has one */
static void set_member(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    if (str_empty(x->coverage->member_id))
        hl7_set_id(x, row, value);
}

/* open_more - IN2 and IN3 belong to the IN1 before them */
static bool open_more(struct hl7_map *x)
{
    x->target = x->coverage;
    x->field = 1;
    if (!x->coverage)
        hl7_problem(x, NOTE_SEVERITY_NOTED, NOTE_REFERENCE, "no IN1 before it");
    return x->coverage != NULL;
}

/* set_patients_relationship - IN2-72 */
static void set_patients_relationship(struct hl7_map *x, const struct hl7_row *row,
                                      struct span value)
{
    CcRelationship r = relation(x, value, false);

    (void)row;
    if (r != RELATIONSHIP_UNKNOWN)
        x->coverage->relationship = r;
}

/* set_certification - IN3-2, where IN1-14 has no authorization */
static void set_certification(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    if (str_empty(x->coverage->authorization))
        hl7_set_id(x, row, value);
}

/* open_gt1 - one more guarantor */
static bool open_gt1(struct hl7_map *x)
{
    CcGuarantor *g = event_new(x->a, &cc_guarantor__descriptor);
    char *ref = hl7_ref(x);

    x->target = g;
    if (!g || !ref)
        return false;
    g->ref = ref;
    return event_push(x->a, x->ev, guarantors, g);
}

/* set_guarantor - GT1-3, 5, 11 */
static void set_guarantor(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    CcGuarantor *g = x->target;

    if (row->field == 3)
        g->name = hl7_name(x, hl7_repetition(x->m, value, 0));
    else if (row->field == 5)
        g->address = hl7_address(x, hl7_repetition(x->m, value, 0));
    else
        g->relationship = relation(x, value, false);
}

/* open_acc - the visit's accident */
static bool open_acc(struct hl7_map *x)
{
    CcAccident *a = event_new(x->a, &cc_accident__descriptor);

    if (!a)
        return false;
    x->ev->visit->accident = a;
    x->target = a;
    return true;
}

/* set_accident - ACC-2, and ACC-5 (job related) */
static void set_accident(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    CcAccident *a = x->target;
    char *word = hl7_id(x->m, hl7_component(x->m, value, 1));

    for (size_t i = 0; word && row->field == 2 && i < sizeof(accidents) / sizeof(accidents[0]); i++)
        if (strcasecmp(word, accidents[i].word) == 0)
            a->kind = arena_strdup(x->a, accidents[i].kind);
    if (row->field == 5 && str_eq(word, "Y"))
        a->kind = arena_strdup(x->a, "EM");
}

/* set_conditions - UB2-3 */
static void set_conditions(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    CcVisit *v = x->ev->visit;

    (void)row;
    hl7_modifiers(x, value, &v->conditions, &v->n_conditions);
}

/* set_values - UB2-6: code and amount */
static void set_values(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    struct span rep;

    (void)row;
    for (size_t at = 0; hl7_next_repetition(x->m, value, &at, &rep);) {
        CcValueAmount *v = event_new(x->a, &cc_value_amount__descriptor);
        char *code = hl7_id(x->m, hl7_component(x->m, rep, 1));

        if (!v || str_empty(code) || !hl7_cents(x, hl7_component(x->m, rep, 2), &v->amount_cents))
            continue;
        v->code = code;
        event_push(x->a, x->ev->visit, values, v);
    }
}

/* set_occurrences - UB2-7: code and date */
static void set_occurrences(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    struct span rep;

    (void)row;
    for (size_t at = 0; hl7_next_repetition(x->m, value, &at, &rep);) {
        CcCodeDate *o = event_new(x->a, &cc_code_date__descriptor);
        char *code = hl7_id(x->m, hl7_component(x->m, rep, 1));

        if (!o || str_empty(code))
            continue;
        o->code = code;
        o->occurrence_date = hl7_day(x, hl7_component(x->m, rep, 2));
        event_push(x->a, x->ev->visit, occurrences, o);
    }
}

/* set_spans - UB2-8: code, from, through */
static void set_spans(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    struct span rep;

    (void)row;
    for (size_t at = 0; hl7_next_repetition(x->m, value, &at, &rep);) {
        CcCodeSpan *s = event_new(x->a, &cc_code_span__descriptor);
        char *code = hl7_id(x->m, hl7_component(x->m, rep, 1));

        if (!s || str_empty(code))
            continue;
        s->code = code;
        s->from_date = hl7_day(x, hl7_component(x->m, rep, 2));
        s->thru_date = hl7_day(x, hl7_component(x->m, rep, 3));
        event_push(x->a, x->ev->visit, occurrence_spans, s);
    }
}

/* clang-format off */
#define COVERAGE(member) offsetof(CcCoverage, member)
static const struct hl7_row in1_rows[] = {
    {1,  set_order,        0, NULL},
    {2,  hl7_set_id,       COVERAGE(plan), NULL},
    {3,  hl7_set_id,       COVERAGE(payer), NULL},
    {4,  hl7_set_id,       COVERAGE(name), NULL},
    {5,  set_addresses,    0, NULL},
    {8,  hl7_set_id,       COVERAGE(group_number), NULL},
    {9,  hl7_set_id,       COVERAGE(group_name), NULL},
    {12, hl7_set_day,      COVERAGE(from_date), NULL},
    {13, hl7_set_day,      COVERAGE(to_date), NULL},
    {14, hl7_set_id,       COVERAGE(authorization), NULL},
    {15, hl7_set_id,       COVERAGE(plan_type), NULL},
    {16, set_insured,      0, NULL},
    {17, set_relationship, 0, NULL},
    {18, hl7_set_day,      COVERAGE(subscriber_birth_date), NULL},
    {19, set_addresses,    0, NULL},
    {22, set_order,        0, NULL},
    {36, set_member,       COVERAGE(member_id), NULL},
    {43, set_insured_sex,  0, NULL},
    {49, set_member,       COVERAGE(member_id), NULL},
    {0, NULL, 0, NULL},
};
static const struct hl7_row in2_rows[] = {
    {61, set_member, COVERAGE(member_id), NULL},
    {6,  set_member, COVERAGE(member_id), NULL},
    {8,  set_member, COVERAGE(member_id), NULL},
    {72, set_patients_relationship, 0, NULL},
    {0, NULL, 0, NULL},
};
static const struct hl7_row in3_rows[] = {{2, set_certification, COVERAGE(authorization), NULL}, {0, NULL, 0, NULL}};
static const struct hl7_row gt1_rows[] = {
    {2,  hl7_set_id,    offsetof(CcGuarantor, id), NULL},
    {3,  set_guarantor, 0, NULL},
    {5,  set_guarantor, 0, NULL},
    {11, set_guarantor, 0, NULL},
    {0, NULL, 0, NULL},
};
static const struct hl7_row acc_rows[] = {
    {1, hl7_set_day,  offsetof(CcAccident, accident_date), NULL},
    {2, set_accident, 0, NULL},
    {4, hl7_set_id,   offsetof(CcAccident, state), NULL},
    {5, set_accident, 0, NULL},
    {0, NULL, 0, NULL},
};
static const struct hl7_row ub2_rows[] = {
    {3, set_conditions,  0, NULL},
    {6, set_values,      0, NULL},
    {7, set_occurrences, 0, NULL},
    {8, set_spans,       0, NULL},
    {0, NULL, 0, NULL},
};

const struct hl7_table hl7_in1 = {"IN1", open_in1,  in1_rows, NULL, true,  NOTE_UNSUPPORTED};
const struct hl7_table hl7_in2 = {"IN2", open_more, in2_rows, NULL, true,  NOTE_UNSUPPORTED};
const struct hl7_table hl7_in3 = {"IN3", open_more, in3_rows, NULL, false, NOTE_UNSUPPORTED};
const struct hl7_table hl7_gt1 = {"GT1", open_gt1,  gt1_rows, NULL, false, NOTE_UNSUPPORTED};
const struct hl7_table hl7_acc = {"ACC", open_acc,  acc_rows, NULL, false, NOTE_UNSUPPORTED};
const struct hl7_table hl7_ub2 = {"UB2", NULL,      ub2_rows, NULL, false, NOTE_UNSUPPORTED};
/* clang-format on */
