/* said.h - a word of the record and the modifier that says it on a line (said.c, stated.c) */
#ifndef CC_CODER_LINES_SAID_H
#define CC_CODER_LINES_SAID_H

#include "services/coder/lines/lines.h"

/* A fact with one modifier: on which services, and what stands against it on the line. */
struct saying {
    const char *word, *modifier; /* behind "SV-" */
    bool (*fits)(struct work *w, const struct service *s);
    const char *against[9]; /* ends with NULL */
};

/* The modifier of a fact on each service that the record names with it. */
void say(struct work *w, const struct rule *r, const struct saying *f);

/* On which services. */
bool said_of_any(struct work *w, const struct service *s);
bool said_of_surgeon(struct work *w, const struct service *s);    /* a clinician's operation */
bool said_of_medicare(struct work *w, const struct service *s);   /* Medicare is billed first */
bool said_of_clinician(struct work *w, const struct service *s);  /* on a clinician's bill */
bool said_of_anesthesia(struct work *w, const struct service *s); /* a clinician's anesthesia */

#endif
