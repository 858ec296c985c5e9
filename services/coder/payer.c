/* payer.c - who pays: coverages in force, in order, each with its payer's row
 *
 * The EHR's word for a payer is an id or a name; the payers table knows both (aliases). A payer
 * that it does not know is a question, never the nearest name. */
#include "services/coder/payer.h"

#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"

enum { PAYER_KEY = 256 };

/* is_dead - the source has ended it */
static bool is_dead(const CcCoverage *c)
{
    return strcmp(c->status, "cancelled") == 0 || strcmp(c->status, "entered-in-error") == 0 ||
           strcmp(c->status, "draft") == 0;
}

/* service_day - the day the coverage must hold: the first of the visit */
static int32_t service_day(const struct work *w)
{
    const CcVisit *v = w->enc->visit;

    return v->admit_date ? v->admit_date : w->coding_date;
}

/* in_force - holds on the visit's first day; an open end is open */
static bool in_force(const struct work *w, const CcCoverage *c)
{
    int32_t day = service_day(w);

    return !day || ((!c->from_date || c->from_date <= day) && (!c->to_date || day <= c->to_date));
}

/* find_key - a payer's row by one word of the EHR; alias rows lead to the payer's own */
static bool find_key(struct work *w, const char *word, struct payer *p)
{
    struct table_row row;
    char key[PAYER_KEY];

    if (!work_key(key, sizeof(key), word) ||
        tables_find(w->t, TABLE_PAYERS, key, NULL, w->coding_date, &row) != LOOKUP_FOUND)
        return false;
    p->row = site_payer(&row);
    p->id = p->row->canonical[0] ? p->row->canonical : p->row->key;
    return true;
}

/* find_payer - by id, plan or name, in this order */
static bool find_payer(struct work *w, const CcCoverage *c, struct payer *p)
{
    return find_key(w, c->payer, p) || find_key(w, c->plan, p) || find_key(w, c->name, p);
}

/* is_after - order of two coverages: as ranked, unranked last, else as they stand */
static bool is_after(const CcCoverage *a, const CcCoverage *b)
{
    uint32_t x = a->order ? a->order : UINT32_MAX, y = b->order ? b->order : UINT32_MAX;

    return x > y;
}

/* insert - keeps the order; the same payer and member is one coverage */
static size_t insert(struct payer *list, size_t n, const struct payer *p)
{
    size_t at = n;

    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i].id, p->id) == 0 &&
            strcmp(list[i].coverage->member_id, p->coverage->member_id) == 0)
            return n;
    if (n == PAYERS_MAX)
        return n;
    while (at > 0 && is_after(list[at - 1].coverage, p->coverage)) {
        list[at] = list[at - 1];
        at--;
    }
    list[at] = *p;
    return n + 1;
}

/* coverages - those in force, each with its payer's row, NULL where no row knows it; asked of the
 * tables once a visit. NULL: no memory. */
static const struct payer *coverages(struct work *w)
{
    struct payer *p = w->coverages;

    if (p || !(p = work_array(w, w->enc->n_coverages, sizeof(*p))))
        return p;
    for (size_t i = 0; i < w->enc->n_coverages; i++)
        if (!is_dead(w->enc->coverages[i]) && in_force(w, w->enc->coverages[i])) {
            p[i].coverage = w->enc->coverages[i];
            find_payer(w, p[i].coverage, &p[i]);
        }
    return w->coverages = p;
}

/* payers_of - known and in force */
size_t payers_of(struct work *w, struct payer out[PAYERS_MAX])
{
    const struct payer *p = coverages(w);
    size_t n = 0;

    for (size_t i = 0; p && i < w->enc->n_coverages; i++)
        if (p[i].row)
            n = insert(out, n, &p[i]);
    return n;
}

/* takes - does the payer take this kind of claim? */
static bool takes(const struct payer_row *row, CcClaimKind kind)
{
    return strchr(row->kinds, kind == CLAIM_KIND_INSTITUTIONAL ? 'I' : 'P') != NULL;
}

/* is_medicare - part A or B by filing indicator */
static bool is_medicare(const struct payer_row *row)
{
    return strcmp(row->filing_indicator, "MA") == 0 || strcmp(row->filing_indicator, "MB") == 0;
}

/* is_own_row - of the payer itself, not of an alias */
static bool is_own_row(const struct payer_row *row)
{
    return !row->canonical[0] || strcmp(row->canonical, row->key) == 0;
}

/* other_part - the one Medicare contractor that takes this kind; else as it was: none, or several
 */
static void other_part(struct work *w, struct payer *p, CcClaimKind kind)
{
    const struct payer_row *found = NULL;
    struct table_row row;
    size_t cursor = 0, n = 0;

    while (tables_each(w->t, TABLE_PAYERS, w->coding_date, &cursor, &row)) {
        const struct payer_row *one = site_payer(&row);

        if (is_own_row(one) && is_medicare(one) && takes(one, kind)) {
            found = one;
            n++;
        }
    }
    if (n != 1)
        return;
    p->row = found;
    p->id = found->key;
}

/* The payers of a kind of claim, once they are known. */
struct payers {
    struct payer list[PAYERS_MAX];
    size_t n;
    bool medicare; /* the first is */
};

/* find_payers - senders name Medicare, not its parts */
static void find_payers(struct work *w, CcClaimKind kind, struct payers *p)
{
    p->n = payers_of(w, p->list);
    for (size_t i = 0; i < p->n; i++)
        if (is_medicare(p->list[i].row) && !takes(p->list[i].row, kind))
            other_part(w, &p->list[i], kind);
    p->medicare = p->n && is_medicare(p->list[0].row);
}

/* payers - of a kind, found once; NULL: no memory */
static const struct payers *payers(struct work *w, CcClaimKind kind)
{
    struct payers **p = &w->payers[kind == CLAIM_KIND_INSTITUTIONAL];

    if (!*p && (*p = arena_alloc(w->a, sizeof(**p))))
        find_payers(w, kind, *p);
    return *p;
}

/* payers_for - see payer.h */
size_t payers_for(struct work *w, CcClaimKind kind, const struct payer **out)
{
    const struct payers *p = payers(w, kind);

    *out = p ? p->list : NULL;
    return p ? p->n : 0;
}

/* payers_medicare - see payer.h */
bool payers_medicare(struct work *w, CcClaimKind kind)
{
    const struct payers *p = payers(w, kind);

    return p && p->medicare;
}

/* count - of coverages that are alive, and of those in force */
static size_t count(const struct work *w, bool only_in_force)
{
    size_t n = 0;

    for (size_t i = 0; i < w->enc->n_coverages; i++)
        n +=
            !is_dead(w->enc->coverages[i]) && (!only_in_force || in_force(w, w->enc->coverages[i]));
    return n;
}

/* rule_payer - a visit without any coverage */
void rule_payer(struct work *w, const struct rule *r)
{
    if (w->coding_date && count(w, false) == 0)
        w->self_pay |= work_settled(
            work_ask(w, r, "no-payer", "Who pays? The record names no coverage of the patient."));
}

/* offer_coverages - those of the record, each where it says so */
static void offer_coverages(struct work *w, CcReviewItem *item)
{
    char from[DATE_TEXT], to[DATE_TEXT];

    for (size_t i = 0; i < w->enc->n_coverages; i++) {
        const CcCoverage *c = w->enc->coverages[i];
        CcEvidence *ev = work_new(w, &cc_evidence__descriptor);

        if (is_dead(c))
            continue;
        ev->event_id = c->event_id;
        ev->ref = c->ref;
        event_push(w->a, item, evidence, ev);
        work_option(w, item, CODE_SYSTEM_UNKNOWN, "",
                    work_printf(w, "coverage %s of payer %s, %s to %s", c->ref, c->payer,
                                c->from_date ? date_text(c->from_date, from) : "ever",
                                c->to_date ? date_text(c->to_date, to) : "now"));
    }
    work_choice(w, item, OPTION_SELF, "none: the patient pays, nothing is claimed");
}

/* rule_coverage_dates - coverages, none of them in force */
void rule_coverage_dates(struct work *w, const struct rule *r)
{
    CcReviewItem *item;

    if (!w->coding_date || count(w, false) == 0 || count(w, true) > 0)
        return;
    item = work_ask(
        w, r, "coverage-dates",
        "Which coverage was in force? None of the record's holds on the day of the visit.");
    w->self_pay |= work_settled(item);
    if (!item->n_options)
        offer_coverages(w, item);
}

/* ask_payer - of a coverage, which the question points to */
static void ask_payer(struct work *w, const struct rule *r, const CcCoverage *c)
{
    CcReviewItem *item = work_ask(w, r, "unknown-payer",
                                  work_printf(w,
                                              "Which payer is meant by coverage %s? Neither its id "
                                              "nor its name is in payers.",
                                              c->ref));
    CcEvidence *ev;

    if (item->n_evidence)
        return;
    ev = work_new(w, &cc_evidence__descriptor);
    ev->event_id = c->event_id;
    ev->ref = c->ref;
    event_push(w->a, item, evidence, ev);
}

/* rule_payer_known - each coverage in force has a payer that the table knows */
void rule_payer_known(struct work *w, const struct rule *r)
{
    const struct payer *p = coverages(w);

    for (size_t i = 0; p && i < w->enc->n_coverages && w->coding_date; i++) {
        if (!p[i].coverage || p[i].row)
            continue;
        if (!tables_edition(w->t, TABLE_PAYERS, w->coding_date))
            work_ask(w, r, "no-table",
                     "No edition of payers covers the day of the visit. Load it.");
        else
            ask_payer(w, r, p[i].coverage);
    }
}

/* indicator_of - Medicare is MA on a facility's bill and MB on a clinician's */
static const char *indicator_of(const struct payer *p, CcClaimKind kind)
{
    if (!is_medicare(p->row))
        return p->row->filing_indicator;
    return kind == CLAIM_KIND_INSTITUTIONAL ? "MA" : "MB";
}

/* own_number - at Medicare and Medicaid every patient is the subscriber */
static bool own_number(const struct payer *p)
{
    return is_medicare(p->row) || strcmp(p->row->filing_indicator, "MC") == 0;
}

/* relationship_of - where nobody else is named as insured, the patient is */
static CcRelationship relationship_of(const struct payer *p)
{
    const CcCoverage *c = p->coverage;

    if (own_number(p))
        return RELATIONSHIP_SELF;
    if (c->relationship != RELATIONSHIP_UNKNOWN)
        return c->relationship;
    return c->subscriber_name && c->subscriber_name->last[0] ? RELATIONSHIP_UNKNOWN
                                                             : RELATIONSHIP_SELF;
}

/* put_subscriber - the patient, or the person that the record names */
static void put_subscriber(struct work *w, const struct payer *p, CcClaimCoverage *out)
{
    const CcCoverage *c = p->coverage;
    const CcPatient *patient = w->enc->patient;

    if (out->relationship == RELATIONSHIP_SELF) {
        out->subscriber = patient->name;
        out->subscriber_birth_date = patient->birth_date;
        out->subscriber_sex = patient->sex;
        out->subscriber_address = patient->address;
        return;
    }
    out->subscriber = c->subscriber_name;
    out->subscriber_birth_date = c->subscriber_birth_date;
    out->subscriber_sex = c->subscriber_sex;
    out->subscriber_address = c->subscriber_address;
}

/* payer_coverage - as a claim sends it; position 0 is the destination */
CcClaimCoverage *payer_coverage(struct work *w, const struct payer *p, size_t position,
                                CcClaimKind kind)
{
    static const char *const sequences[PAYERS_MAX] = {"P", "S", "T", "A", "B", "C",
                                                      "D", "E", "F", "G", "H"};
    CcClaimCoverage *out = work_new(w, &cc_claim_coverage__descriptor);
    const CcCoverage *c = p->coverage;

    out->sequence = work_kept(sequences[position]);
    out->payer_id = work_kept(p->id);
    out->payer_name = work_kept(p->row->name);
    out->filing_indicator = work_kept(indicator_of(p, kind));
    if (position > 0 && own_number(p))
        out->insurance_type = work_kept(p->row->insurance_type);
    out->member_id = c->member_id;
    out->from_date = c->from_date;
    out->to_date = c->to_date;
    out->group_number = c->group_number;
    out->group_name = c->group_name;
    out->relationship = relationship_of(p);
    put_subscriber(w, p, out);
    out->destination = position == 0;
    out->payer_address = c->payer_address;
    out->authorization = c->authorization;
    out->referral = c->referral;
    out->benefits_assigned = true;
    return out;
}

/* payer_deadline - a limit of 365 days is a calendar year (29 February ends on the 28th) */
int32_t payer_deadline(const struct payer *p, int32_t line_from, int32_t thru, int32_t discharge)
{
    int64_t days = p->row->filing_days;
    int32_t basis = line_from;

    if (strcmp(p->row->filing_basis, "stmt_thru") == 0)
        basis = thru;
    else if (strcmp(p->row->filing_basis, "discharge") == 0)
        basis = discharge ? discharge : thru;
    if (days <= 0 || days > 3660 || !date_valid(basis))
        return 0;
    return days == 365 ? date_add_years(basis, 1) : date_add(basis, (int32_t)days);
}
