/* rules.c - inpatient procedures told in words */
#include "services/coder/work.h"

#include <string.h>

#include "services/coder/pcs/pcs.h"

/* is_told - in words, without a code of its own that can be billed */
static bool is_told(const struct work *w, const struct service *s)
{
    return w->inpatient && w->coding_date && s->state == SERVICE_OPEN && s->procedure &&
           !s->mapped && s->procedure->parts && s->as->code->system != CODE_SYSTEM_ICD10PCS;
}

/* words_of - what the record says of it */
static struct pcs_words words_of(const struct work *w, const CcProcedure *p)
{
    const CcPcsParts *x = p->parts;

    return (struct pcs_words){.operation = x->operation,
                              .body_part = x->body_part,
                              .approach = x->approach,
                              .device = x->device,
                              .qualifier = x->qualifier,
                              .sites = x->sites,
                              .n_sites = x->n_sites,
                              .devices = x->devices,
                              .n_devices = x->n_devices,
                              .side = p->side[0],
                              .time_ms = pcs_time(w, p)};
}

/* build - by its words */
static enum pcs_answer build(const struct work *w, const struct service *s, struct pcs_found *out)
{
    struct pcs_words words = words_of(w, s->procedure);

    return pcs_build(w->t, &words, w->coding_date, out);
}

/* given_too - the record gives the code itself that day */
static bool given_too(const struct work *w, const struct service *s, const char *code)
{
    for (size_t i = 0; i < w->n_services; i++) {
        const struct service *x = &w->services[i];

        if (x != s && x->state == SERVICE_READY && x->as->origin != ORIGIN_DERIVED &&
            x->as->code->system == CODE_SYSTEM_ICD10PCS && x->from_date == s->from_date &&
            strcmp(x->as->code->code, code) == 0)
            return true;
    }
    return false;
}

/* become - the procedure is this code */
static void become(struct work *w, const struct rule *r, struct service *s, const char *code,
                   const struct edition_info *edition)
{
    s->as->code->system = CODE_SYSTEM_ICD10PCS;
    s->as->code->code = work_text(w, code);
    s->as->origin = ORIGIN_DERIVED;
    s->as->status = CODE_STATUS_ACCEPTED;
    s->state = SERVICE_READY;
    s->mapped = true;
    work_cite_table(w, s->as, r, edition);
}

/* one_side - the one code of a side, where the table has none of both */
static bool one_side(const struct work *w, const struct service *s, char side,
                     struct pcs_found *out)
{
    struct pcs_words words = words_of(w, s->procedure);
    const char *both = pcs_both_of(words.body_part), *one;
    char buf[120];

    if (words.side != 'B' && both == words.body_part)
        return false;
    words.side = side;
    for (size_t way = 0; (one = pcs_singular(both, way, buf, sizeof(buf))); way++) {
        words.body_part = one;
        if (*one && pcs_build(w->t, &words, w->coding_date, out) == PCS_LEGAL && out->n == 1)
            return true;
    }
    return false;
}

/* each_side - a code for each (B4.3); the list of services may move */
static bool each_side(struct work *w, const struct rule *r, size_t at)
{
    struct pcs_found right, left;
    struct service *other;

    if (!one_side(w, &w->services[at], 'R', &right) || !one_side(w, &w->services[at], 'L', &left) ||
        !(other = work_add_procedure(w, w->services[at].procedure)))
        return false;
    become(w, r, other, left.codes[0], left.edition);
    become(w, r, &w->services[at], right.codes[0], right.edition);
    return true;
}

/* rule_pcs_build - the words name exactly one code */
void rule_pcs_build(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct pcs_found found;

        if (!is_told(w, s))
            continue;
        build(w, s, &found);
        if (found.n == 0)
            each_side(w, r, i);
        else if (found.n == 1 && given_too(w, s, found.codes[0]))
            work_reject_service(w, r, s);
        else if (found.n == 1)
            become(w, r, s, found.codes[0], found.edition);
    }
}

/* differing - the characters in which the candidates are not the same, in words */
static const char *differing(const struct pcs_found *found)
{
    static const char *const names[] = {"section",  "body system", "root operation", "body part",
                                        "approach", "device",      "qualifier"};
    size_t n = found->n < PCS_CANDIDATES ? found->n : PCS_CANDIDATES;

    for (int k = 0; k < PCS_CODE - 1; k++)
        for (size_t i = 1; i < n; i++)
            if (found->codes[i][k] != found->codes[0][k])
                return names[k];
    return "qualifier";
}

/* ask_code - with the codes that the words leave open */
static void ask_code(struct work *w, const struct rule *r, struct service *s,
                     const struct pcs_found *found)
{
    CcReviewItem *item = work_ask_service(
        w, r, s, "no-code",
        found->n ? work_printf(w,
                               "A procedure is described in words that %zu ICD-10-PCS codes share. "
                               "Which %s does the record support?",
                               found->n, differing(found))
                 : "A procedure is described in words that no row of the ICD-10-PCS tables has. "
                   "Which code does the record support?");

    for (size_t i = 0; i < found->n && i < PCS_CANDIDATES; i++)
        work_option(w, item, CODE_SYSTEM_ICD10PCS, found->codes[i], found->codes[i]);
}

/* rule_pcs_incomplete - none, or several */
void rule_pcs_incomplete(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct pcs_found found;

        if (!is_told(w, s))
            continue;
        if (build(w, s, &found) == PCS_NO_EDITION)
            work_ask_service(w, r, s, "no-table",
                             "No edition of icd10pcs-table covers the day of discharge. Load it.");
        else
            ask_code(w, r, s, &found);
    }
}
