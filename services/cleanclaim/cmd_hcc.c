/* cmd_hcc.c - cleanclaim hcc FILE…: risk adjustment of the persons whose claims the files hold, a
 * line a person and year of service: categories with what supports them, what weighs, the score,
 * and what the year before had and this one has not */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/claim/destination.h"
#include "common/hcc/hcc.h"
#include "services/cleanclaim/claim_files.h"

enum { PERSON_KEY_MAX = 96 };

/* One diagnosis of a claim, as it came. */
struct told {
    char person[PERSON_KEY_MAX];
    char claim[32], code[8];
    int32_t birth;
    bool female, counts;
    int year;
};

struct run {
    const struct tables *tables;
    struct arena *arena;
    struct hcc_person who; /* what the options say */
    bool json;
    struct told *told;
    size_t n, cap;
    int result;
};

/* member_of - whom the destination insures: the key of a person, never shown */
static const char *member_of(const CcClaim *c)
{
    const CcClaimCoverage *to = claim_destination(c);

    return to ? to->member_id : "";
}

/* keep - one diagnosis; false: no memory */
static bool keep(struct run *run, const struct told *t)
{
    if (run->n == run->cap) {
        size_t cap = run->cap ? run->cap * 2 : 256;
        struct told *grown = realloc(run->told, cap * sizeof(*grown));

        if (!grown)
            return false;
        run->told = grown;
        run->cap = cap;
    }
    run->told[run->n++] = *t;
    return true;
}

/* day_of - the claim's last day */
static int32_t day_of(const CcClaim *c)
{
    int32_t day = c->thru_date ? c->thru_date : c->from_date;

    for (size_t i = 0; !day && i < c->n_lines; i++)
        day = c->lines[i]->from_date;
    return day;
}

/* on_none - no claim, and why */
static int on_none(void *arg, const char *source, const char *claim, const char *code,
                   const char *why)
{
    (void)arg;
    fprintf(stderr, "note: %s %s: not scored (%s): %s\n", source, claim[0] ? claim : "-", code,
            why);
    return EXIT_FOUND;
}

/* on_claim - its diagnoses */
static int on_claim(void *arg, const char *source, const CcClaim *c, struct arena *a)
{
    struct run *run = arg;
    struct told t = {.year = day_of(c) / 10000};

    (void)a;
    if (!t.year || !c->patient || !c->patient->birth_date || !member_of(c)[0])
        return on_none(arg, source, c->claim_id, "person",
                       "no day of service, date of birth or member");
    snprintf(t.person, sizeof(t.person), "%.80s/%d", member_of(c), c->patient->birth_date);
    str_copy(t.claim, sizeof(t.claim), c->claim_id);
    t.birth = c->patient->birth_date;
    t.female = c->patient->sex == SEX_FEMALE;
    t.counts = hcc_claim_counts(c, run->tables, day_of(c));
    for (size_t i = 0; i < c->n_diagnoses; i++) {
        const CcCodeAssignment *d = c->diagnoses[i]->assignment;

        if (!d || !d->code || c->diagnoses[i]->role == DIAGNOSIS_ROLE_ADMITTING ||
            c->diagnoses[i]->role == DIAGNOSIS_ROLE_REASON)
            continue;
        str_copy(t.code, sizeof(t.code), d->code->code);
        if (!keep(run, &t))
            return EXIT_GONE;
    }
    return 0;
}

/* by_person - persons, their years, then codes and claims: what came first does not matter */
static int by_person(const void *a, const void *b)
{
    const struct told *x = a, *y = b;
    int order = strcmp(x->person, y->person);

    if (order == 0)
        order = (x->year > y->year) - (x->year < y->year);
    if (order == 0)
        order = strcmp(x->code, y->code);
    return order ? order : strcmp(x->claim, y->claim);
}

/* thousandths - as a number */
static json_t *thousandths(int64_t v)
{
    return json_real((double)v / 1000);
}

/* categories_json - with what supports them, or why they do not count */
static json_t *categories_json(const struct hcc_score *s)
{
    json_t *list = json_array();

    for (size_t i = 0; i < s->n_categories; i++) {
        const struct hcc_category *c = &s->categories[i];

        json_array_append_new(
            list, json_pack("{s:I, s:o, s:b, s:o, s:o}", "hcc", (json_int_t)c->hcc, "code",
                            cmd_json_code("icd10cm", c->code), "supported", c->counts, "dropped_by",
                            c->dropped_by ? json_integer(c->dropped_by) : json_null(), "value",
                            thousandths(c->value)));
    }
    return list;
}

/* edited_json - diagnoses whose category the person's age or sex changes */
static json_t *edited_json(const struct hcc_score *s)
{
    json_t *list = json_array();

    for (size_t i = 0; i < s->n_edited; i++) {
        const struct hcc_edited *x = &s->edited[i];

        json_array_append_new(list, json_pack("{s:o, s:I, s:o}", "code",
                                              cmd_json_code("icd10cm", x->code), "hcc",
                                              (json_int_t)x->hcc, "instead",
                                              x->instead ? json_integer(x->instead) : json_null()));
    }
    return list;
}

/* lost_json - categories of the year before that this one has not */
static json_t *lost_json(const struct hcc_score *now, const struct hcc_score *before)
{
    json_t *list = json_array();

    for (size_t i = 0; before && i < before->n_categories; i++) {
        const struct hcc_category *c = &before->categories[i];
        bool again = !c->counts;

        for (size_t k = 0; k < now->n_categories; k++)
            again = again || (now->categories[k].hcc == c->hcc && now->categories[k].counts);
        if (!again)
            json_array_append_new(list, json_pack("{s:I, s:o}", "hcc", (json_int_t)c->hcc, "code",
                                                  cmd_json_code("icd10cm", c->code)));
    }
    return list;
}

/* add_once - a claim's number */
static void add_once(json_t *claims, const char *id)
{
    json_t *known;
    size_t i;

    json_array_foreach(claims, i, known) if (strcmp(json_string_value(known), id) == 0) return;
    json_array_append_new(claims, json_string(id));
}

/* person_json - a person's year */
static json_t *person_json(const struct told *t, size_t n, size_t person, const struct hcc_score *s,
                           const struct hcc_score *before, const struct hcc_person *who)
{
    json_t *claims = json_array(), *terms = json_array();

    for (size_t i = 0; i < n; i++)
        add_once(claims, t[i].claim);
    for (size_t i = 0; i < s->n_terms; i++)
        json_array_append_new(terms, json_pack("{s:s, s:o}", "term", s->terms[i].name, "value",
                                               thousandths(s->terms[i].value)));
    return json_pack("{s:I, s:i, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "person",
                     (json_int_t)person, "year", t->year, "segment", hcc_segment_name(who->segment),
                     "claims", claims, "categories", categories_json(s), "terms", terms, "raw",
                     s->missing ? json_null() : thousandths(s->raw), "score",
                     s->payment_given && !s->missing ? thousandths(s->payment) : json_null(),
                     "not_recaptured", lost_json(s, before), "edited", edited_json(s), "missing",
                     s->missing ? json_string(s->missing) : json_null());
}

/* print_categories - numbers of categories behind a word */
static void print_categories(const char *word, const json_t *list)
{
    json_t *c;
    size_t i;

    json_array_foreach(list, i, c) printf("%s HCC%lld (%s)", i ? "," : word,
                                          (long long)json_integer_value(json_object_get(c, "hcc")),
                                          json_string_value(json_object_get(c, "code")));
    if (json_array_size(list))
        printf("\n");
}

/* print_person - for people */
static void print_person(const json_t *o)
{
    json_t *c;
    size_t i;

    printf("person %lld, %lld, %s: ", (long long)json_integer_value(json_object_get(o, "person")),
           (long long)json_integer_value(json_object_get(o, "year")),
           json_string_value(json_object_get(o, "segment")));
    if (json_is_real(json_object_get(o, "raw")))
        printf("raw %.3f", json_real_value(json_object_get(o, "raw")));
    else
        printf("no score");
    if (json_is_real(json_object_get(o, "score")))
        printf(", score %.3f", json_real_value(json_object_get(o, "score")));
    if (json_is_string(json_object_get(o, "missing")))
        printf(", missing: %s", json_string_value(json_object_get(o, "missing")));
    printf("\n");
    json_array_foreach(json_object_get(o, "categories"), i, c)
    {
        json_t *by = json_object_get(c, "dropped_by");

        printf("  HCC%-4lld %-8s %.3f%s", (long long)json_integer_value(json_object_get(c, "hcc")),
               json_string_value(json_object_get(c, "code")),
               json_real_value(json_object_get(c, "value")),
               json_is_true(json_object_get(c, "supported"))
                   ? ""
                   : " not supported by a claim that counts");
        if (json_is_integer(by))
            printf(" within HCC%lld", (long long)json_integer_value(by));
        printf("\n");
    }
    json_array_foreach(json_object_get(o, "terms"), i, c)
        printf("  %-13s %.3f\n", json_string_value(json_object_get(c, "term")),
               json_real_value(json_object_get(c, "value")));
    print_categories("  of the year before, not again:", json_object_get(o, "not_recaptured"));
    print_categories("  changed by age or sex:", json_object_get(o, "edited"));
}

/* score_year - of the diagnoses t[0] to t[n-1]; NULL: no memory */
static struct hcc_score *score_year(struct run *run, const struct told *t, size_t n)
{
    struct hcc_score *s = arena_alloc(run->arena, sizeof(*s));
    struct hcc_dx *dx = arena_array(run->arena, n + 1, sizeof(*dx));
    struct err e = {0};

    run->who.birth = t->birth;
    run->who.female = t->female;
    for (size_t i = 0; dx && i < n; i++)
        dx[i] = (struct hcc_dx){t[i].code, t[i].counts};
    if (!s || !dx || hcc_score(&run->who, t->year, dx, n, run->tables, run->arena, s, &e) != 0)
        return NULL;
    return s;
}

/* tell_all - persons and years in turn */
static int tell_all(struct run *run)
{
    struct hcc_score *before = NULL;
    size_t person = 0, n;

    if (run->n)
        qsort(run->told, run->n, sizeof(*run->told), by_person);
    for (size_t i = 0; i < run->n; i += n) {
        const struct told *t = &run->told[i];
        bool same = i && strcmp(t->person, t[-1].person) == 0;
        struct hcc_score *s;
        json_t *o;

        for (n = 1; i + n < run->n && t[n].year == t->year && strcmp(t[n].person, t->person) == 0;)
            n++;
        s = score_year(run, t, n);
        if (!s)
            return EXIT_GONE;
        person += !same;
        o = person_json(t, n, person, s, same && t[-1].year == t->year - 1 ? before : NULL,
                        &run->who);
        if (run->json) {
            cmd_json(o);
        } else {
            print_person(o);
            json_decref(o);
        }
        run->result = cmd_worse(run->result, s->missing ? EXIT_FOUND : 0);
        before = s;
    }
    return run->result;
}

/* on_begin - the tables are open */
static int on_begin(void *arg, const struct tables *t)
{
    struct run *run = arg;

    run->tables = t;
    run->arena = arena_new((size_t)1 << 30);
    return run->arena ? 0 : EXIT_GONE;
}

/* on_end - all claims are known */
static int on_end(void *arg)
{
    struct run *run = arg;
    int result = tell_all(run);

    arena_free(run->arena);
    free(run->told);
    return result;
}

/* cmd_hcc - see docs/payment.md */
int cmd_hcc(int argc, char **argv)
{
    struct run run = {.json = false};
    const struct claim_files each = {on_claim, on_none, on_begin, on_end, &run};
    const char *as = NULL, *dir = NULL, *segment = "CNA";
    const struct cmd_option options[] = {{"--json", &run.json, NULL},
                                         {"--disabled-first", &run.who.disabled_first, NULL},
                                         {"--medicaid", &run.who.medicaid, NULL},
                                         {"--segment", NULL, &segment},
                                         {"--tables", NULL, &dir},
                                         {"--as", NULL, &as},
                                         {NULL, NULL, NULL}};
    int n = cmd_options(argc, argv, options);

    if (n < 0)
        return EXIT_USAGE;
    run.who.segment = hcc_segment_by_name(segment);
    if (run.who.segment == HCC_SEGMENTS)
        return cmd_usage(argv[0]);
    return claim_files_run(&each, dir, as, n, argv);
}
