/* hl7_world.h - HL7 text through intake, and what came of it, each field by its path */
#ifndef CC_TESTS_HL7_WORLD_H
#define CC_TESTS_HL7_WORLD_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/str.h"
#include "services/intake/intake.h"

enum { HL7_WORLD_EVENTS = 64, HL7_WORLD_WANTS = 10 };

/* What was read, and what of it is looked at: copies, because the arena is reset. */
struct hl7_world {
    struct intake_conf conf;
    struct arena *arena, *kept;
    CcEncounter *events[HL7_WORLD_EVENTS];
    size_t n, messages;
    char acks[HL7_WORLD_EVENTS][4];
};

/* For cmocka: a world for each test. */
int hl7_world_setup(void **state);
int hl7_world_teardown(void **state);

/* All messages of a stream; the sum rule must hold, and every event pass the door. */
void hl7_take_bytes(struct hl7_world *w, const void *p, size_t n);
/* Of a text; the first event. */
const CcEncounter *hl7_take(struct hl7_world *w, const char *text);

/* A problem with this code? */
bool hl7_has(const CcEncounter *ev, const char *code);
/* How often a name was ignored for this reason. */
unsigned hl7_ignored(const CcEncounter *ev, const char *name, const char *why);

/* A message of a type ("DFT^P03") from its filled fields: "FT1;6=CG;7=X\nPR1;3=71045^^C4"; a line
 * with a bar comes as it is. PID (where it is not the first line) and PV1 (where there is none) are
 * put in front. */
const CcEncounter *hl7_take_fields(struct hl7_world *w, const char *type, const char *lines);

/* "PATH=VALUE" each, at most HL7_WORLD_WANTS or up to NULL. A path is one of the event's fields
 * (field.h): "visit.class=inpatient", "charges.0.code.code=71045", "diagnoses.#=2". Or
 * "problem:CODE=PLACE" (of the first), "ignored:NAME=REASON". "" is what is not there. `what` is
 * shown when one fails. */
void hl7_expect(struct hl7_world *w, const CcEncounter *ev, const char *what,
                const char *const want[HL7_WORLD_WANTS]);

#endif
