/* one.h - one message on its way: its header, its refusal, its answer */
#ifndef CC_INTAKE_HL7_ONE_H
#define CC_INTAKE_HL7_ONE_H

#include "services/intake/hl7/charset.h"
#include "services/intake/hl7/map.h"
#include "services/intake/hl7/stream.h"

struct one {
    const struct intake_conf *conf;
    struct arena *a;
    const struct intake_input *in;
    const struct hl7_piece *piece;
    struct intake_result *out;
    struct hl7_message msh; /* the header's line alone */
    CcEncounter *header;
    const struct hl7_trigger *trigger;
    char *code, *event; /* MSH-9.1, MSH-9.2 */
    struct span text;   /* decoded */
    enum charset_result charset;
};

/* Reads the MSH line alone into the header event. false: over the arena's limit. */
bool one_begin(struct one *o);
/* Sets the result: the events with their acknowledgment. Returns 0. */
int one_answer(struct one *o, CcEncounter **events, size_t n, const char *ack, bool refused,
               struct err *e);
/* Throws away what the arena holds and sets the result to a refusal with every line counted. -1:
 * ERR_RETRY. */
int one_refuse(struct one *o, const char *ack, enum note_code code, const char *ref,
               const char *text, struct err *e);
/* A piece of FHS, BHS, BTS, FTS and nothing else: understood, and nothing for a claim. */
bool one_is_envelope(const struct one *o);
int one_envelope(struct one *o, struct err *e);
/* What is wrong with the batch, told at the message where it showed. */
void one_tell_flaws(struct one *o, CcEncounter *ev);

#endif
