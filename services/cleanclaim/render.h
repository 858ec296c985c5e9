/* render.h - claims of files into interchanges: between cmd_render.c and render.c only */
#ifndef CC_CLEANCLAIM_RENDER_H
#define CC_CLEANCLAIM_RENDER_H

#include "common/claim/write837.h"
#include "common/event/event.h"
#include "services/cleanclaim/cmd.h"

enum { RENDER_CLAIMS_MAX = 5000 };

struct render_group;

struct render {
    const char *folder; /* NULL: standard output */
    uint32_t control;   /* of the next interchange */
    int32_t date;       /* of all; 0: of the claims' own source */
    const struct tables *tables;
    struct render_group *groups; /* in order of first appearance */
    const char *source;          /* of the file in hand */
    int result;
};

/* A claim that came from somewhere; copies what it needs. Interchanges that are full are written.
 */
struct render_claim {
    const CcClaim *claim;
    const struct claim_route *route;
    const char *receiver; /* our name of it: in file names and BHT03 */
    int32_t date;         /* of the interchange it makes, unless one is asked for */
    int hhmm;
};
void render_add(struct render *r, const struct render_claim *c);
/* Writes what is left, frees. */
void render_end(struct render *r);
/* "error: SOURCE: claim ID: …" on stderr (`what` "claim" or "encounter"; id "": neither); the
 * result is at least EXIT_FOUND. */
void render_say(struct render *r, const char *what, const char *id, const char *text);

#endif
