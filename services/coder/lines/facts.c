/* facts.c - what the record says of a service, beside its code */
#include <string.h>
#include <strings.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/tables/rvu.h"
#include "services/coder/claim.h"
#include "services/coder/lines/lines.h"

enum { MINUTE_MS = 60000, HOUR_MINUTES = 60 };

/* Units of time as senders write them (UCUM first), in minutes. */
static const struct {
    const char *word;
    int64_t minutes;
} times[] = {{"min", 1},
             {"h", HOUR_MINUTES},
             {"mins", 1},
             {"minute", 1},
             {"minutes", 1},
             {"mj", 1},
             {"hr", HOUR_MINUTES},
             {"hrs", HOUR_MINUTES},
             {"hour", HOUR_MINUTES},
             {"hours", HOUR_MINUTES}};

/* fact_open - mapped, not yet ready */
bool fact_open(const struct service *s)
{
    return s->state == SERVICE_OPEN && s->mapped && service_is_hcpcs(s);
}

/* fact_ready - about to be a line */
bool fact_ready(const struct service *s)
{
    return s->state == SERVICE_READY && service_is_hcpcs(s);
}

/* fact_in_range - see fact_between */
bool fact_in_range(const struct service *s, const char *from, const char *to)
{
    const char *code = s->as->code->code;

    return service_is_hcpcs(s) && strcmp(code, from) >= 0 && strcmp(code, to) <= 0 &&
           strlen(code) == strlen(from);
}

/* fact_is - this code */
bool fact_is(const struct service *s, const char *code)
{
    return fact_between(s, code, code);
}

/* fact_is_test - of a laboratory */
bool fact_is_test(const struct service *s)
{
    return fact_between(s, "80047", "89398");
}

/* fact_is_drug - of HCPCS Level II */
bool fact_is_drug(const struct service *s)
{
    return fact_between(s, "J0120", "J9999") || fact_between(s, "Q0138", "Q5999") ||
           fact_between(s, "C9000", "C9999");
}

/* fact_is_operation - surgery */
bool fact_is_operation(const struct service *s)
{
    return fact_between(s, "10004", "69990");
}

/* fact_is_visit - evaluation and management */
bool fact_is_visit(const struct service *s)
{
    return fact_between(s, "99202", "99499");
}

/* time_unit - minutes in one; 0: no time */
static int64_t time_unit(const char *word)
{
    for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++)
        if (strcasecmp(times[i].word, word) == 0)
            return times[i].minutes;
    return 0;
}

/* fact_in_time - its quantity is a time */
bool fact_in_time(const struct service *s)
{
    return s->charge && s->charge->unit[0] && time_unit(s->charge->unit) > 0;
}

/* fact_span - start and end */
bool fact_span(const struct service *s, int64_t *start_ms, int64_t *end_ms)
{
    if (s->charge && s->charge->start_ms && s->charge->end_ms > s->charge->start_ms) {
        *start_ms = s->charge->start_ms;
        *end_ms = s->charge->end_ms;
        return true;
    }
    if (!s->done || !s->done->start_ms || s->done->end_ms <= s->done->start_ms)
        return false;
    *start_ms = s->done->start_ms;
    *end_ms = s->done->end_ms;
    return true;
}

/* fact_minutes - whole minutes */
int64_t fact_minutes(const struct service *s)
{
    int64_t start, end, units;

    if (fact_in_time(s)) {
        units = s->charge->units_milli < INT32_MAX ? s->charge->units_milli : INT32_MAX;
        return units * time_unit(s->charge->unit) / 1000;
    }
    return fact_span(s, &start, &end) ? (end - start) / MINUTE_MS : 0;
}

/* npi_in - of the first provider in a role */
static const char *npi_in(CcProvider *const *list, size_t n, CcProviderRole role)
{
    for (size_t i = 0; i < n; i++)
        if (list[i]->role == role && list[i]->npi[0])
            return list[i]->npi;
    return "";
}

/* fact_npi - who did it */
const char *fact_npi(struct work *w, const struct service *s)
{
    const char *npi = "";

    if (s->charge)
        npi = npi_in(s->charge->providers, s->charge->n_providers, PROVIDER_ROLE_RENDERING);
    if (!npi[0] && s->done)
        npi = npi_in(s->done->performers, s->done->n_performers, PROVIDER_ROLE_RENDERING);
    if (!npi[0] && s->done)
        npi = npi_in(s->done->performers, s->done->n_performers, PROVIDER_ROLE_OPERATING);
    if (!npi[0])
        npi = npi_in(w->enc->providers, w->enc->n_providers, PROVIDER_ROLE_RENDERING);
    if (!npi[0])
        npi = npi_in(w->enc->providers, w->enc->n_providers, PROVIDER_ROLE_ATTENDING);
    return npi;
}

/* fact_site - the words, else the code */
const char *fact_site(const struct service *s)
{
    if (s->charge && s->charge->site[0])
        return s->charge->site;
    if (!s->done)
        return "";
    return s->done->body_site_text[0] ? s->done->body_site_text : s->done->body_site;
}

/* fact_says - is the word in the text, whole? */
bool fact_says(const char *text, const char *word)
{
    size_t n = strlen(word);

    for (const char *at = text; (at = strcasestr(at, word)) != NULL; at += n) {
        char before = at == text ? ' ' : at[-1], after = at[n];
        bool left = !((before | 32) >= 'a' && (before | 32) <= 'z');
        bool right = !((after | 32) >= 'a' && (after | 32) <= 'z');

        if (left && right)
            return true;
    }
    return false;
}

/* fact_side - as coded, else in words */
char fact_side(const struct service *s)
{
    const char *site = fact_site(s);
    bool left, right;

    if (s->done && s->done->side[0] && strchr("LRB", s->done->side[0]) && !s->done->side[1])
        return s->done->side[0];
    if (!site[0])
        return 0;
    left = fact_says(site, "left");
    right = fact_says(site, "right");
    if (fact_says(site, "bilateral") || fact_says(site, "both") || (left && right))
        return 'B';
    return left ? 'L' : right ? 'R' : 0;
}

/* fact_fee - the whole service's row, asked once a code */
bool fact_fee(struct work *w, const struct service *s, struct table_row *row)
{
    struct service *x = &w->services[s - w->services];

    if (x->fee_of != s->as->code->code) {
        x->fee_of = s->as->code->code;
        x->has_fee = rvu_find(w->t, x->fee_of, "", s->from_date, &x->fee) == LOOKUP_FOUND;
    }
    if (x->has_fee)
        *row = x->fee;
    return x->has_fee;
}

/* kind_of - the claim that it goes on first */
static CcClaimKind kind_of(const struct service *s)
{
    return s->institutional ? CLAIM_KIND_INSTITUTIONAL : CLAIM_KIND_PROFESSIONAL;
}

/* fact_medicare - by the filing indicator of who is billed first */
bool fact_medicare(struct work *w, const struct service *s)
{
    return payers_medicare(w, kind_of(s));
}

/* fact_wants - the payer's own word goes before what is usual; words are joined by ";" */
bool fact_wants(struct work *w, const struct service *s, const char *word, bool usual)
{
    const struct payer *payers;
    struct span list, one;

    if (!payers_for(w, kind_of(s), &payers))
        return usual;
    list = span_of(payers[0].row->coding);
    while (list.n) {
        one = span_cut(&list, ';');
        if (span_is(one, word))
            return true;
        if (one.n > 3 && memcmp(one.p, "no-", 3) == 0 &&
            span_is((struct span){one.p + 3, one.n - 3}, word))
            return false;
    }
    return usual;
}

/* fact_ranks - what it is for */
size_t fact_ranks(struct work *w, const struct service *s, uint32_t *out)
{
    bool named;

    return claim_pointers(w, s, out, &named);
}

/* fact_together - one bill, one day, one clinician */
bool fact_together(struct work *w, const struct service *a, const struct service *b)
{
    if (a->from_date != b->from_date)
        return false;
    if (a->institutional && b->institutional)
        return true;
    return a->professional && b->professional && strcmp(fact_npi(w, a), fact_npi(w, b)) == 0;
}

/* fact_no_edition - asked of the service, for its day */
void fact_no_edition(struct work *w, const struct rule *r, struct service *s, enum table_id table)
{
    char day[DATE_TEXT];

    date_text(s->from_date, day);
    work_ask_service(
        w, r, s, "no-table",
        work_printf(w, "No edition of %s covers %s. Load it.", table_name(table), day));
}

/* fact_modify - once, with its reason */
void fact_modify(struct work *w, const struct rule *r, struct service *s, const char *modifier)
{
    if (!service_has_modifier(s, modifier) && service_add_modifier(w, s, modifier))
        work_cite(w, s->as, r);
}
