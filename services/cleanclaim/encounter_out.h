/* encounter_out.h - an encounter event on stdout: as JSON for scripts, as text for people */
#ifndef CC_CLEANCLAIM_ENCOUNTER_OUT_H
#define CC_CLEANCLAIM_ENCOUNTER_OUT_H

#include <stdbool.h>

#include "common/event/event.h"

/* `phi`: with the patient, member ids and the record's own words. */
void encounter_json(const CcEncounter *ev, bool phi);
void encounter_text(const CcEncounter *ev, bool phi);

#endif
