/* world.h - what a run is about: the visits that come in, who works on them, and the payer */
#ifndef CC_TESTS_SIM_WORLD_H
#define CC_TESTS_SIM_WORLD_H

#include "common/svc/svc.h"
#include "common/tables/tables.h"

enum { WORLD_EVENTS = 512, WORLD_PHASES = 5 };

/* One event of a visit, as intake makes it of the seed's messages. */
struct world_event {
    int phase; /* of the visits: nothing of it comes before the one before and the payer's answers
                  to it have come to rest */
    const char *key, *ce_id;
    CcEncounter *event;
};
struct world {
    struct tables *tables;
    struct world_event events[WORLD_EVENTS];
    size_t n;
};
extern struct world world;

void world_load(void); /* once, before any run: tables and visits from deploy/seed */

/* ehr.c - the sender: gives the events in order, each again until the broker confirmed it. */
extern const struct svc_spec ehr_spec;
void ehr_phase(int phase);
bool ehr_done(void); /* all events of the phase are confirmed */

/* payer.c - a mailbox and a pretend payer for each receiver. */
void payer_open(void);
bool payer_done(void); /* no file and no payment waits */
/* Every file that was taken or lies in a mailbox: name and bytes. */
void payer_each(void (*fn)(void *arg, const char *name, const void *p, size_t n), void *arg);

#endif
