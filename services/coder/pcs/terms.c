/* terms.c - words that name one procedure of the tables: life support and deliveries as records
 * write them, and spells of one support that follow on each other
 *
 * Only words that leave nothing open but what the record says elsewhere (how long, which approach).
 * A procedure that has a code of its own for a bill (ICD-10-PCS, HCPCS, CPT) is left alone. */
#include "services/coder/work.h"

#include <string.h>

#include "common/base/date.h"
#include "common/tables/phrase.h"
#include "services/coder/pcs/pcs.h"

enum { PHRASE = 200 };

/* clang-format off */
/* Phrases (common/tables/phrase.h), and the operation, body part, approach, device, qualifier. */
static const struct term {
    const char *phrase, *operation, *body_part, *approach, *device, *qualifier;
} terms[] = {
    {"MECHANICAL VENTILATION",          "Performance", "Respiratory", "", "Ventilation", "No Qualifier"},
    {"INVASIVE MECHANICAL VENTILATION", "Performance", "Respiratory", "", "Ventilation", "No Qualifier"},
    {"CONTINUOUS MECHANICAL VENTILATION", "Performance", "Respiratory", "", "Ventilation", "No Qualifier"},
    {"HEMODIALYSIS",                    "Performance", "Urinary", "", "Filtration", ""},
    {"CONTINUOUS RENAL REPLACEMENT THERAPY", "Performance", "Urinary", "", "Filtration", ""},
    {"DELIVERY NORMAL",                 "Delivery", "Products of Conception", "External", "", ""},
    {"DELIVERY SPONTANEOUS VAGINAL",    "Delivery", "Products of Conception", "External", "", ""},
    {"DELIVERY NORMAL SPONTANEOUS VAGINAL", "Delivery", "Products of Conception", "External", "", ""},
    {"ASSISTED DELIVERY MANUALLY",      "Delivery", "Products of Conception", "External", "", ""},
    {"CESAREAN SECTION",                "Extraction", "Products of Conception", "Open", "", ""},
    {"CESAREAN LOW SECTION TRANSVERSE", "Extraction", "Products of Conception", "Open", "", "Low"},
    {"CESAREAN LOW SECTION VERTICAL",   "Extraction", "Products of Conception", "Open", "", "Low"},
    {"CESAREAN CLASSICAL SECTION",      "Extraction", "Products of Conception", "Open", "", "High"},
    {"DELIVERY VACUUM",                 "Extraction", "Products of Conception", "Via Natural or Artificial Opening", "", "Vacuum"},
    {"DELIVERY EXTRACTION VACUUM",      "Extraction", "Products of Conception", "Via Natural or Artificial Opening", "", "Vacuum"},
    {"DELIVERY FORCEPS LOW",            "Extraction", "Products of Conception", "Via Natural or Artificial Opening", "", "Low Forceps"},
    {"DELIVERY FORCEPS MID",            "Extraction", "Products of Conception", "Via Natural or Artificial Opening", "", "Mid Forceps"},
};
/* clang-format on */

/* term_of - by the words of the procedure; NULL: no row */
static const struct term *term_of(const CcProcedure *p)
{
    char phrase[PHRASE];

    if (!phrase_normal(p->code->text, strlen(p->code->text), phrase, sizeof(phrase)))
        return NULL;
    for (size_t i = 0; i < sizeof(terms) / sizeof(terms[0]); i++)
        if (strcmp(terms[i].phrase, phrase) == 0)
            return &terms[i];
    return NULL;
}

/* has_own_code - of a system that bills procedures */
static bool has_own_code(const CcProcedure *p)
{
    switch (p->code->system) {
    case CODE_SYSTEM_ICD10PCS:
    case CODE_SYSTEM_HCPCS:
    case CODE_SYSTEM_CPT:
        return true;
    default:
        return false;
    }
}

/* is_worded - done, and nothing but its words says what */
static bool is_worded(const struct service *s)
{
    return s->state == SERVICE_OPEN && s->procedure && !s->mapped && !s->procedure->parts &&
           !has_own_code(s->procedure);
}

/* said - the procedure with its parts as the words have them */
static CcProcedure *said(struct work *w, const CcProcedure *p, const struct term *t)
{
    CcProcedure *copy = work_new(w, &cc_procedure__descriptor);
    CcPcsParts *parts = work_new(w, &cc_pcs_parts__descriptor);

    *copy = *p;
    parts->operation = work_text(w, t->operation);
    parts->body_part = work_text(w, t->body_part);
    parts->approach = work_text(w, t->approach);
    parts->device = work_text(w, t->device);
    parts->qualifier = work_text(w, t->qualifier);
    copy->parts = parts;
    return copy;
}

/* rule_pcs_terms - before words become codes */
void rule_pcs_terms(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        const struct term *t = is_worded(s) ? term_of(s->procedure) : NULL;

        if (!t)
            continue;
        s->procedure = s->done = said(w, s->procedure, t);
        work_cite(w, s->as, r);
    }
}

/* follows - the same support, begun when the other ended, or before */
static bool follows(const CcProcedure *a, const CcProcedure *b)
{
    return a->parts && b->parts && a->start_ms && b->start_ms && a->end_ms && b->end_ms &&
           strcmp(a->parts->operation, "Performance") == 0 &&
           strcmp(b->parts->operation, "Performance") == 0 &&
           strcmp(a->parts->body_part, b->parts->body_part) == 0 &&
           strcmp(a->parts->device, b->parts->device) == 0 && b->start_ms >= a->start_ms &&
           b->start_ms <= a->end_ms;
}

/* rule_pcs_spells - hours are consecutive over spells without a break; what begins again is counted
 * again */
void rule_pcs_spells(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++)
        for (size_t k = 0; k < w->n_services; k++) {
            struct service *a = &w->services[i], *b = &w->services[k];
            CcProcedure *whole;

            if (a == b || a->state != SERVICE_OPEN || b->state != SERVICE_OPEN || !a->procedure ||
                !b->procedure || !follows(a->procedure, b->procedure))
                continue;
            whole = work_new(w, &cc_procedure__descriptor);
            *whole = *a->procedure;
            if (b->procedure->end_ms > whole->end_ms)
                whole->end_ms = b->procedure->end_ms;
            a->procedure = a->done = whole;
            work_evidence_of(w, a->as, b->as);
            work_cite(w, a->as, r);
            work_reject_service(w, r, b);
            k = SIZE_MAX; /* the whole may reach others now */
        }
}
