/* note.h - what intake saw: counts of what was mapped and ignored, and problems.
 *
 * The sum rule of cli.md: for every segment or resource name, mapped + ignored over the events of
 * one message equals what came in. Field rows ("FT1-30") are ignored with NOTE_FIELD and are not
 * part of the sum. Texts of problems hold no patient data: name the place and the rule. */
#ifndef CC_INTAKE_NOTE_H
#define CC_INTAKE_NOTE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/event/event.h"

enum note_why {
    NOTE_LOCAL,       /* Z segments, local extensions */
    NOTE_NOT_BILLING, /* known, of no use for a claim */
    NOTE_UNSUPPORTED, /* could be of use, not read here */
    NOTE_FIELD,       /* a filled field that no mapping reads */
    NOTE_HISTORY,     /* ExplanationOfBenefit */
    NOTE_REFUSED,
    NOTE_DUPLICATE,
    NOTE_ENVELOPE,   /* FHS BHS BTS FTS */
    NOTE_NO_SEGMENT, /* name "?" */
    NOTE_WHY_MAX
};

enum note_severity {
    NOTE_SEVERITY_REFUSED,
    NOTE_SEVERITY_REPAIRED,
    NOTE_SEVERITY_NOTED,
    NOTE_SEVERITY_MAX
};

enum note_code {
    NOTE_NOT_HL7,
    NOTE_NOT_JSON,
    NOTE_CUT,
    NOTE_HEADER,
    NOTE_NO_PATIENT,
    NOTE_NO_VISIT,
    NOTE_CHARSET,
    NOTE_TIME,
    NOTE_TIME_ZONE,
    NOTE_AMOUNT,
    NOTE_UNITS,
    NOTE_CLASS,
    NOTE_ORDER,
    NOTE_BATCH_COUNT,
    NOTE_SEPARATOR,
    NOTE_DUPLICATE_ENTRY,
    NOTE_REFERENCE,
    NOTE_TYPE,
    NOTE_SIZE,
    NOTE_CODE_MAX
};

const char *note_why_word(enum note_why why);
const char *note_severity_word(enum note_severity s);
const char *note_code_word(enum note_code c);

/* Adds to the count of a name (copied). Out of arena memory: nothing happens, arena_exhausted
 * tells. */
void note_mapped(struct arena *a, CcEncounter *ev, const char *name, uint32_t n);
void note_ignored(struct arena *a, CcEncounter *ev, const char *name, enum note_why why,
                  uint32_t n);

void note_problem(struct arena *a, CcEncounter *ev, enum note_severity s, enum note_code c,
                  const char *ref, const char *fmt, ...) __attribute__((format(printf, 6, 7)));

/* Each coverage its order: what has none has its position; two with the same: position decides for
 * all, and a problem says so. */
void note_orders(struct arena *a, CcEncounter *ev);

/* Makes the event a refusal: every list is emptied, what was mapped counts as ignored
 * (NOTE_REFUSED), the problem comes first, event NONE, patient, visit and ids other than source,
 * control and type are cleared. The caller sets the ack. */
void note_refuse(struct arena *a, CcEncounter *ev, enum note_code c, const char *ref,
                 const char *fmt, ...) __attribute__((format(printf, 5, 6)));
bool note_is_refused(const CcEncounter *ev);

#endif
