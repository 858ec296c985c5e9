/* trigger.h - the event types of HL7 v2 as rows: what a message of that type means here (chapters
 * 3, 6, 7, 9) */
#ifndef CC_INTAKE_HL7_TRIGGER_H
#define CC_INTAKE_HL7_TRIGGER_H

#include <stdbool.h>

#include "common/event/event.h"

enum hl7_flag {
    HL7_PERSON = 1,        /* about the person: a visit is not asked for */
    HL7_MERGE_PATIENT = 2, /* MRG-1 ends */
    HL7_MERGE_VISIT = 4,   /* MRG-5, else MRG-3 ends */
    HL7_BILL = 8,          /* the source says: ready to bill */
    HL7_GROUPED =
        16, /* DG1 behind an FT1 is that charge's (DFT^P11); elsewhere it is the visit's */
    HL7_DOCUMENT = 32,  /* ST and no type are document text as TX and FT are; TXA without text is a
                           document too */
    HL7_WITHDRAWN = 64, /* the document is taken back (MDM^T11) */
};

struct hl7_trigger {
    const char *code, *event; /* MSH-9.1, MSH-9.2 */
    CcEventKind kind;
    CcVisitStatus status; /* VISIT_STATUS_UNKNOWN: PV1-44 and PV1-45 tell */
    unsigned flags;
};

/* The row of a type; NULL: not a type that is known here. */
const struct hl7_trigger *hl7_trigger_of(const char *code, const char *event);

#endif
