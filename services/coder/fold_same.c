/* fold_same.c - when two entries of a set are the same thing: by the sender's id, else by what they
 * say */
#include <string.h>

#include "common/base/str.h"
#include "services/coder/fold.h"

/* same_code - system and code; without a code the words */
static bool same_code(const CcCode *a, const CcCode *b)
{
    if (!a || !b)
        return a == b;
    if (!a->code[0] && !b->code[0])
        return strcmp(a->text, b->text) == 0;
    return a->system == b->system && strcmp(a->code, b->code) == 0;
}

/* fold_same_problem - by the sender's id, else the same words for the same use */
bool fold_same_problem(const void *x, const void *y)
{
    const CcProblem *a = x, *b = y;

    if (a->parent[0] || b->parent[0])
        return strcmp(a->parent, b->parent) == 0 && strcmp(a->event_id, b->event_id) == 0 &&
               strcmp(a->ref, b->ref) == 0;
    if (a->id[0] && b->id[0])
        return strcmp(a->id, b->id) == 0;
    return a->use == b->use && same_code(a->code, b->code);
}

/* listed_twice - two entries of one message: of an ICD-10-PCS code two sites of one body part
 * (B3.2b); of what no bill has a code for, at two times, two spells */
static bool listed_twice(const CcProcedure *a, const CcProcedure *b)
{
    CcCodeSystem system = a->code ? a->code->system : CODE_SYSTEM_UNKNOWN;

    if (strcmp(a->event_id, b->event_id) != 0 || strcmp(a->ref, b->ref) == 0)
        return false;
    return system == CODE_SYSTEM_ICD10PCS ||
           (system != CODE_SYSTEM_CPT && system != CODE_SYSTEM_HCPCS && a->start_ms &&
            b->start_ms && a->start_ms != b->start_ms);
}

/* fold_same_procedure - by the sender's id, else the same code of the same day */
bool fold_same_procedure(const void *x, const void *y)
{
    const CcProcedure *a = x, *b = y;

    if (a->parent[0] || b->parent[0])
        return strcmp(a->parent, b->parent) == 0 && strcmp(a->event_id, b->event_id) == 0 &&
               strcmp(a->ref, b->ref) == 0;
    if (a->id[0] && b->id[0])
        return strcmp(a->id, b->id) == 0;
    return a->procedure_date == b->procedure_date && same_code(a->code, b->code) &&
           !listed_twice(a, b);
}

/* is_counter - one or two digits in FT1-2 count the lines of a message: they name no transaction */
static bool is_counter(const char *id)
{
    return str_is_digits(id, 1, 2);
}

/* fold_same_charge - the same transaction: its id; a mere counter needs code and day as well */
bool fold_same_charge(const void *x, const void *y)
{
    const CcCharge *a = x, *b = y;

    if (!a->id[0] || strcmp(a->id, b->id) != 0 || a->kind != b->kind)
        return false;
    if (!is_counter(a->id))
        return true;
    return a->service_date == b->service_date && strcmp(a->cdm, b->cdm) == 0 &&
           same_code(a->code, b->code);
}

/* fold_same_coverage - the same resource */
bool fold_same_coverage(const void *x, const void *y)
{
    const CcCoverage *a = x, *b = y;

    return a->ref[0] && strcmp(a->ref, b->ref) == 0;
}

/* fold_same_provider - the same element of the record in the same role */
bool fold_same_provider(const void *x, const void *y)
{
    const CcProvider *a = x, *b = y;

    return a->role == b->role && a->ref[0] && strcmp(a->ref, b->ref) == 0;
}

/* fold_same_document - by id; an event may give several texts under one (a report's words and its
 * PDF): those are told apart by their place */
bool fold_same_document(const void *x, const void *y)
{
    const CcDocument *a = x, *b = y;

    return a->id[0] && strcmp(a->id, b->id) == 0 &&
           (strcmp(a->event_id, b->event_id) != 0 || strcmp(a->ref, b->ref) == 0);
}

/* same_ref - a FHIR resource keeps its name from event to event; a segment's place is its
 * message's own */
static bool same_ref(const char *a, const char *event_a, const char *b, const char *event_b)
{
    return strcmp(a, b) == 0 && (strchr(a, '/') || strcmp(event_a, event_b) == 0);
}

/* corrects - the sender says that this one replaces what it said before */
static bool corrects(const CcObservation *o)
{
    static const char *const words[] = {"C", "corrected", "amended", NULL};

    return str_in(o->status, words);
}

/* fold_same_observation - the same element; or told again by another event: the same of the same
 * time, with the same value or as a correction */
bool fold_same_observation(const void *x, const void *y)
{
    const CcObservation *a = x, *b = y;

    if (same_ref(a->ref, a->event_id, b->ref, b->event_id))
        return true;
    return a->at_ms && a->at_ms == b->at_ms && strcmp(a->event_id, b->event_id) != 0 &&
           same_code(a->code, b->code) && (corrects(b) || strcmp(a->value, b->value) == 0);
}

/* fold_same_order - the same element */
bool fold_same_order(const void *x, const void *y)
{
    const CcOrder *a = x, *b = y;

    return same_ref(a->ref, a->event_id, b->ref, b->event_id);
}

/* fold_same_medication - the same element */
bool fold_same_medication(const void *x, const void *y)
{
    const CcMedication *a = x, *b = y;

    return same_ref(a->ref, a->event_id, b->ref, b->event_id);
}
