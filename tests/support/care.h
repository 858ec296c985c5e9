/* care.h - plainly invented events for the coder's tests */
#ifndef CC_TESTS_CARE_H
#define CC_TESTS_CARE_H

#include "services/coder/coder.h"

/* An HL7 event of encounter E0000000000000001 of patient 00000000000000aa at RIVERBEND; its id is
 * made of sender, type and time. Types: "ADT^A01" … */
CcEncounter *care_event(struct arena *a, CcEventKind kind, const char *type, const char *sender,
                        int64_t ms);
/* A FHIR Encounter event, finished. */
CcEncounter *care_fhir(struct arena *a, const char *id, int64_t ms);

CcVisit *care_visit(struct arena *a, CcEncounter *ev, CcEncounterClass class);
void care_patient(struct arena *a, CcEncounter *ev, const char *last, const char *first);
CcProblem *care_dx(struct arena *a, CcEncounter *ev, const char *code, CcProblemUse use,
                   uint32_t rank);
CcProblem *care_text_dx(struct arena *a, CcEncounter *ev, CcCodeSystem system, const char *code,
                        const char *text);
CcProcedure *care_procedure(struct arena *a, CcEncounter *ev, CcCodeSystem system, const char *code,
                            int32_t day);
CcCharge *care_charge(struct arena *a, CcEncounter *ev, const char *id, const char *cdm,
                      int64_t units_milli, int32_t day);
CcCoverage *care_coverage(struct arena *a, CcEncounter *ev, uint32_t order, const char *payer,
                          const char *member);
CcProvider *care_provider(struct arena *a, CcEncounter *ev, CcProviderRole role, const char *npi);
/* A bill of one day, with one charge that the clinic ('O') or the hospital's stay ('I') knows. */
CcEncounter *care_billed(struct arena *a, char base);
char *care_text(struct arena *a, const char *s);
CcCode *care_code(struct arena *a, CcCodeSystem system, const char *code, const char *text);

/* coder_code, which must succeed, once more with every rule called, and once with
 * each phase run twice: the same bytes. */
CcCodingResult *care_coded(struct arena *a, const struct tables *t, struct text_shelf *shelf,
                           const struct coder_visit *v);

/* Is the rule among these? Did it have a say in a code or a question? */
bool care_hit(CcRuleHit *const *rules, size_t n, const char *rule);
bool care_fired(const CcCodingResult *out, const char *rule);

#endif
