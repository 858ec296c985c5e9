/* coder.h - documented care becomes coded claims: fold the events of a visit, code them, make
 * claims.
 *
 * Everything here is pure: the same events, tables and settings give the same bytes, in any order
 * of arrival that keeps each sender's own order. The worker (coder_spec) and the operator's command
 * call the same functions. Memory is of the caller's arena; what is returned points into it, into
 * the events and into the tables. */
#ifndef CC_CODER_CODER_H
#define CC_CODER_CODER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/event/event.h"
#include "common/sys/conf.h"
#include "common/tables/tables.h"
#include "common/text/shelf.h"

/* All that is known of one encounter. */
struct coder_visit {
    CcEncounter *folded; /* items carry the event they come from; `bill`: the source says ready */
    bool cancelled;      /* there is no visit to bill */
    bool finished;     /* the patient left, or a visit without discharge message has its charges */
    bool ready;        /* the source says that all is known: BAR, a finished FHIR Encounter */
    const char *waits; /* id of a closing event that has not come, or "" */
    CcReviewAnswer *const *answers; /* what people decided; only those of questions that the visit
                                       asks are taken (CodingResult.answered) */
    size_t n_answers;
    bool every_rule; /* call rules also where their rows say that they can have no say (tests) */
    CcPastService *const *earlier; /* of the patient's other encounters (CodingResult.past) */
    bool twice;                    /* run each phase a second time, which changes nothing (tests) */
    size_t n_earlier;
};

/* Folds the events of one encounter, in order of arrival, together with the patient's events that
 * belong to no encounter (FHIR rest, A31 and the like). An event that came twice counts once.
 * ERR_REJECT "size": over the arena's limit. */
int coder_fold(struct arena *a, CcEncounter *const *events, size_t n,
               CcEncounter *const *of_patient, size_t m, struct coder_visit *out, struct err *e);

/* What the visit gives: codes with evidence and rules, claims, questions. A visit with an open
 * question gives no claim; a cancelled one gives nothing. Claims have version 0 and no created_*.
 * shelf: for the texts of the visit, touched only when it has some; NULL: they are not read, and a
 * question says so. ERR_REJECT "size"; ERR_RETRY "memory": no room for an index of texts. */
int coder_code(struct arena *a, const struct tables *t, struct text_shelf *shelf,
               const struct coder_visit *v, CcCodingResult **out, struct err *e);

/* Past services of encounters coded so far, for the next ones of the same patient: a list of the
 * caller's, `patient` beside it. */
struct coder_past {
    struct coder_past_item {
        const char *patient;
        CcPastService *operation;
    } * items;
    size_t n;
};
/* False: no memory. Copies are of the arena. */
bool coder_past_add(struct arena *a, struct coder_past *p, const char *patient,
                    const CcCodingResult *result);
bool coder_past_of(struct arena *a, const struct coder_past *p, const char *patient,
                   struct coder_visit *v);

/* A note by itself, as the only text of a visit on a day of which nothing else is known: its
 * diagnoses as far as its words allow, no claims. Evidence has the ref "note". little: also codes
 * with too little support, as rejected. Errors as above. */
int coder_note(struct arena *a, const struct tables *t, struct text_shelf *shelf, int32_t on,
               const char *text, size_t n, bool little, CcCodingResult **out, struct err *e);

/* The encounters that a list of events (a file) tells of, in order of their first event, merges
 * followed, the events of no encounter handed to the patient's. */
struct coder_group {
    const char *encounter, *source;
    CcEncounter **events;
    size_t n;
    CcEncounter **of_patient;
    size_t m;
};
int coder_group_events(struct arena *a, CcEncounter *const *events, size_t n,
                       struct coder_group **out, size_t *count, struct err *e);

/* A coding rule as people see it; NULL after the last. Strings are constants. */
struct coder_rule_info {
    const char *id, *guideline, *phase, *summary;
};
bool coder_rule_at(size_t i, struct coder_rule_info *out);

/* The settings of when to code, as rows: BILL_HOLD_MS, BILL_HOLD, OPEN_LIMIT_MS … */
extern const struct conf_row coder_settings[];

struct svc_spec;
extern const struct svc_spec coder_spec;

#endif
