/* said.h - what the mentions of a code come to, and from which probability on it counts */
#ifndef CC_TEXT_SAID_H
#define CC_TEXT_SAID_H

#include "common/text/text.h"

/* The strongest first. */
enum text_said {
    TEXT_PLAIN,  /* the patient has it */
    TEXT_DOUBT,  /* perhaps */
    TEXT_PAST,   /* had it */
    TEXT_LATER,  /* may come to have it */
    TEXT_DENIED, /* has it not */
    TEXT_OTHERS, /* somebody else has it */
    TEXT_SAID_MAX
};

/* Of a term where it stands. */
enum text_said text_said_at(const struct text_concept *c);
/* Of all mentions of a code: one plain mention is enough; TEXT_SAID_MAX: there is none. */
enum text_said text_said(const struct text_code *c);

/* Parts of a million; rows of lists/weights.tsv, fitted by tests/accuracy. */
struct text_levels {
    uint32_t accept_ppm; /* as measured, from here on 95 in 100 codes are right: no question */
    uint32_t report_ppm; /* from here on a code is worth a question */
};

struct text_levels text_levels(void);

#endif
