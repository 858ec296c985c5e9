/* rules.c - inpatient procedures told in words, and inspections within another procedure */
#include "services/coder/work.h"

#include <string.h>

#include "services/coder/pcs/pcs.h"

/* is_told - in words, without a code of its own that can be billed */
static bool is_told(const struct work *w, const struct service *s)
{
    return w->inpatient && w->coding_date && s->state == SERVICE_OPEN && s->procedure &&
           !s->mapped && s->procedure->parts && s->as->code->system != CODE_SYSTEM_ICD10PCS;
}

/* build - by its words */
static enum pcs_answer build(const struct work *w, const struct service *s, struct pcs_found *out)
{
    const CcPcsParts *p = s->procedure->parts;
    struct pcs_words words = {p->operation, p->body_part, p->approach, p->device};

    return pcs_build(w->t, &words, w->coding_date, out);
}

/* given_too - the record gives the code itself that day */
static bool given_too(const struct work *w, const struct service *s, const char *code)
{
    for (size_t i = 0; i < w->n_services; i++) {
        const struct service *x = &w->services[i];

        if (x != s && x->state == SERVICE_READY && x->as->code->system == CODE_SYSTEM_ICD10PCS &&
            x->from_date == s->from_date && strcmp(x->as->code->code, code) == 0)
            return true;
    }
    return false;
}

/* rule_pcs_build - the words name exactly one code */
void rule_pcs_build(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct pcs_found found;

        if (!is_told(w, s) || build(w, s, &found) != PCS_LEGAL || found.n != 1)
            continue;
        if (given_too(w, s, found.codes[0])) {
            work_reject_service(w, r, s);
            continue;
        }
        s->as->code->system = CODE_SYSTEM_ICD10PCS;
        s->as->code->code = work_text(w, found.codes[0]);
        s->as->origin = ORIGIN_DERIVED;
        s->as->status = CODE_STATUS_ACCEPTED;
        s->state = SERVICE_READY;
        s->mapped = true;
        work_cite_table(w, s->as, r, found.edition);
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

/* is_pcs - an accepted code of the medical and surgical section */
static bool is_pcs(const struct service *s)
{
    return s->state == SERVICE_READY && s->as->code->system == CODE_SYSTEM_ICD10PCS &&
           s->as->code->code[0] == '0';
}

/* rule_pcs_inspection - looking on the way to another procedure on the same part, by the same
 * approach (B3.11a) */
void rule_pcs_inspection(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        const char *a = s->as->code->code;

        for (size_t k = 0; k < w->n_services && is_pcs(s) && a[2] == 'J'; k++) {
            const struct service *x = &w->services[k];
            const char *b = x->as->code->code;

            if (is_pcs(x) && b[2] != 'J' && x->from_date == s->from_date && b[1] == a[1] &&
                b[3] == a[3] && b[4] == a[4])
                work_reject_service(w, r, s);
        }
    }
}
