/* after.c - what follows an operation within its global days, in this encounter or another
 *
 * The days hold the operation's own visits (CMS claims manual ch. 12, 40). What is for another
 * disease is a service of its own, what is for the same code is part of it; what may be its
 * aftercare or complication is a question, unless the record itself says what it was. */
#include <string.h>

#include "common/base/date.h"
#include "common/tables/rvu.h"
#include "services/coder/claim.h"
#include "services/coder/lines/lines.h"
#include "services/coder/party.h"
#include "services/coder/relate.h"

/* Day from which FT is there. */
enum { CRITICAL_APART = 20220101 };

/* Care after an operation: how the two stand to each other. */
enum relation { UNKNOWN, SAME, OTHER };

/* An operation before a service: of this visit, or of another encounter of the patient. */
struct before {
    const struct service *here;
    const CcPastService *there;
};

/* days_of - the global days of an operation of another encounter; 0: none */
static int days_of(struct work *w, const CcPastService *o)
{
    struct table_row row;

    if (rvu_find(w->t, o->code, "", o->service_date, &row) != LOOKUP_FOUND)
        return 0;
    return table_col_is(&row, "global", "010") ? 10 : table_col_is(&row, "global", "090") ? 90 : 0;
}

/* holds - do the days of an operation reach the service? */
static bool holds(const struct service *s, int32_t date, int days)
{
    return days > 0 && date < s->from_date && date_diff(s->from_date, date) <= days;
}

/* specialty - of who did it; "": not known */
static const char *specialty(struct work *w, const struct service *s)
{
    const CcProvider *p = party_rendering(w, s);

    return p ? p->taxonomy : "";
}

/* one_surgeon - the same clinician, or one of the same specialty in the same group: they count as
 * one (CMS claims manual ch. 12, 40.1) */
static bool one_surgeon(const char *npi, const char *other, const char *kind, const char *as)
{
    return strcmp(npi, other) == 0 || (*kind && strcmp(kind, as) == 0);
}

/* before_there - of another encounter; NULL: none */
static const CcPastService *before_there(struct work *w, const struct service *s)
{
    const CcProvider *group = w->visit->n_earlier ? party_group(w, PROVIDER_ROLE_BILLING) : NULL;

    for (size_t i = 0; i < w->visit->n_earlier; i++) {
        const CcPastService *o = w->visit->earlier[i];
        bool ours = group && group->npi[0] && strcmp(group->npi, o->group_npi) == 0;

        if (!o->visit && holds(s, o->service_date, days_of(w, o)) &&
            one_surgeon(fact_npi(w, s), o->npi, ours ? specialty(w, s) : "", o->taxonomy))
            return o;
    }
    return NULL;
}

/* operation_before - of the same surgeon, whose days hold this one; false: none */
static bool operation_before(struct work *w, const struct service *s, struct before *out)
{
    *out = (struct before){0};
    for (size_t i = 0; i < w->n_services && !out->here; i++) {
        const struct service *x = &w->services[i];

        if (x != s && holds(s, x->from_date, global_days(w, x)) &&
            one_surgeon(fact_npi(w, s), fact_npi(w, x), specialty(w, s), specialty(w, x)))
            out->here = x;
    }
    if (!out->here)
        out->there = before_there(w, s);
    return out->here || out->there;
}

/* Codes of a service's diagnoses; n 0: it names none. */
struct reasons {
    const char *codes[CLAIM_POINTERS];
    size_t n;
};

/* reasons_of - of a service of the visit */
static struct reasons reasons_of(struct work *w, const struct service *s)
{
    struct reasons out = {{NULL}, 0};
    uint32_t ranks[CLAIM_POINTERS];
    size_t n = fact_ranks(w, s, ranks);

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < w->n_dx; k++)
            if (w->dx[k].rank == ranks[i])
                out.codes[out.n++] = w->dx[k].code;
    return out;
}

/* reasons_before - of the operation */
static struct reasons reasons_before(struct work *w, const struct before *b)
{
    struct reasons out = {{NULL}, 0};

    if (b->here)
        return reasons_of(w, b->here);
    while (out.n < b->there->n_diagnoses && out.n < CLAIM_POINTERS) {
        out.codes[out.n] = b->there->diagnoses[out.n];
        out.n++;
    }
    return out;
}

/* may_follow - aftercare, a complication, or an injury's later care may be the operation's own */
static bool may_follow(const char *code)
{
    return dx_code_in(code, "Z08-Z09;Z42-Z49;Z51;T80-T88;D78;E36;E89;G97;H59;H95;I97;J95;K91;L76;"
                            "M96;N99") ||
           (strlen(code) == 7 && strchr("STM", code[0]) && !strchr("ABC", code[6]));
}

/* relation_of - one code for both: the same; other categories that no operation leaves behind:
 * another; else nobody but a person knows */
static enum relation relation_of(struct work *w, const struct service *s, const struct before *b)
{
    struct reasons mine = reasons_of(w, s), its = reasons_before(w, b);
    enum relation found = mine.n && its.n ? OTHER : UNKNOWN;

    for (size_t i = 0; i < mine.n; i++) {
        if (may_follow(mine.codes[i]))
            found = UNKNOWN;
        for (size_t k = 0; k < its.n; k++) {
            if (strcmp(mine.codes[i], its.codes[k]) == 0)
                return SAME;
            if (strncmp(mine.codes[i], its.codes[k], 3) == 0)
                found = UNKNOWN;
        }
    }
    return found;
}

/* cite_before - the operation as evidence */
static void cite_before(struct work *w, struct service *s, const struct before *b)
{
    if (b->here)
        work_evidence(w, s->as, b->here->event_id, b->here->ref, "");
    else
        work_evidence_past(w, s->as, b->there);
}

/* ask_visit_after - part of the operation, or not? Where nothing is pointed to nothing is asked */
static void ask_visit_after(struct work *w, const struct rule *r, struct service *s,
                            const struct before *b)
{
    CcReviewItem *item;

    if (!reasons_of(w, s).n || !reasons_before(w, b).n)
        return;
    item = work_ask_service(w, r, s, "modifier",
                            work_printf(w,
                                        "%s falls into the global days of an operation (%s). What "
                                        "was it for?",
                                        s->as->code->code,
                                        b->here ? b->here->as->code->code : b->there->code));
    work_choice(w, item, "24", "something unrelated to it (modifier 24)");
    work_choice(w, item, "none", "care after it: not billed");
}

/* apart_word - 24; Medicare knows critical care that is unrelated by FT since 2022 */
static const char *apart_word(struct work *w, const struct service *s)
{
    return s->from_date >= CRITICAL_APART && fact_between(s, "99291", "99292") &&
                   fact_medicare(w, s)
               ? "FT"
               : "24";
}

/* rule_visit_after - 24 where it is for something else, or the record says so; for the same it is
 * part of the operation */
void rule_visit_after(struct work *w, const struct rule *r)
{
    static const char *const said[] = {"24", "25", "57", "FT", NULL};

    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        const CcObservation *o;
        struct before b;
        enum relation is;

        if (!fact_ready(s) || !s->professional || !fact_is_visit(s) || fact_has_any(s, said) ||
            !operation_before(w, s, &b))
            continue;
        o = said_of(w, s, "UNRELATED");
        is = o ? OTHER : relation_of(w, s, &b);
        if (o)
            said_modify(w, r, s, o, apart_word(w, s));
        else if (is == OTHER)
            fact_modify(w, r, s, apart_word(w, s));
        else if (is == SAME)
            work_reject_service(w, r, s);
        else
            ask_visit_after(w, r, s, &b);
        if (is != UNKNOWN)
            cite_before(w, s, &b);
    }
}

/* Why an operation follows another is said already. */
static const char *const why_again[] = {"58", "76", "77", "78", "79", NULL};

/* say_again - the modifier of what the record states of an operation in another one's days */
static void say_again(struct work *w, const struct rule *r, const char *word, const char *modifier)
{
    for (size_t i = 0; w->enc->n_observations && i < w->n_services; i++) {
        struct service *s = &w->services[i];
        const CcObservation *o;
        struct before b;

        if (global_days(w, s) < 0 || !fact_is_operation(s) || fact_has_any(s, why_again))
            continue;
        o = said_of(w, s, word);
        if (!o)
            continue;
        said_modify(w, r, s, o, modifier);
        if (operation_before(w, s, &b))
            cite_before(w, s, &b);
    }
}

/* rule_staged - 58 */
void rule_staged(struct work *w, const struct rule *r)
{
    say_again(w, r, "STAGED", "58");
}

/* rule_return - 78 */
void rule_return(struct work *w, const struct rule *r)
{
    say_again(w, r, "RETURN", "78");
}

/* ask_relation - planned, a return, or something else? */
static void ask_relation(struct work *w, const struct rule *r, struct service *s)
{
    CcReviewItem *item =
        work_ask_service(w, r, s, "modifier",
                         work_printf(w,
                                     "How does %s relate to the operation before it, whose global "
                                     "days it falls into?",
                                     s->as->code->code));

    work_choice(w, item, "58", "planned or staged (modifier 58)");
    work_choice(w, item, "78", "an unplanned return to the operating room for it (modifier 78)");
    work_choice(w, item, "79", "unrelated to it (modifier 79)");
}

/* rule_operation_after - 79 where it is for something else, else a person says why */
void rule_operation_after(struct work *w, const struct rule *r)
{
    say_again(w, r, "UNRELATED", "79");
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct before b;

        if (global_days(w, s) < 0 || !fact_is_operation(s) || fact_has_any(s, why_again) ||
            !operation_before(w, s, &b))
            continue;
        if (relation_of(w, s, &b) == OTHER) {
            fact_modify(w, r, s, "79");
            cite_before(w, s, &b);
        } else {
            ask_relation(w, r, s);
        }
    }
}
