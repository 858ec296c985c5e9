/* vocab.h - the words of senders as ours: code systems, classes, sex, relationships. Rows, with the
 * site's first.
 *
 * A word that no row knows is "not known" (false, or 0): never the nearest. */
#ifndef CC_INTAKE_VOCAB_H
#define CC_INTAKE_VOCAB_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "common/base/str.h"
#include "services/intake/intake.h"

/* HL7 table 0396 names ("I10", "SCT"), what senders write instead ("ICD-10-CM"), OIDs and FHIR
 * URIs; any case. CODE_SYSTEM_LOCAL: "L", "99…" and the like; CODE_SYSTEM_UNKNOWN: nothing, or no
 * row. */
CcCodeSystem vocab_system(struct span name);

/* A code of a system in our form (types.proto): ICD without dot and upper case; CPT, HCPCS told
 * apart by their form (C4 J1885 is HCPCS); NDC as 11 digits where it can be; others as they came,
 * trimmed. `text` "" = none. NULL: over the arena's limit. */
CcCode *vocab_code(struct arena *a, CcCodeSystem system, struct span code, struct span text,
                   struct span version);

/* What a list of codings is chosen for: the preferred systems, best first. */
enum vocab_use { VOCAB_DIAGNOSIS, VOCAB_PROCEDURE, VOCAB_DRUG, VOCAB_OTHER };
/* Index of the coding to use: the first of the best preferred system, else the first that has a
 * code. */
size_t vocab_choose(enum vocab_use use, CcCode *const *codes, size_t n);

/* PV1-2.1, Encounter.class.code (field 0) or PV1-18 (field 18): the site's rows, then ours. false:
 * no row. */
bool vocab_class(const struct intake_conf *conf, unsigned field, struct span word,
                 CcEncounterClass *out);

/* PID-8, Patient.gender: SEX_UNKNOWN for U, A, N and what is not known. */
CcSex vocab_sex(struct span word);

/* The patient's relationship to the subscriber, from words and codes for that (IN2-72, X12,
 * Coverage.relationship), or with `of_insured` from words for the insured's relationship to the
 * patient (IN1-17). RELATIONSHIP_UNKNOWN: no row. */
CcRelationship vocab_relationship(struct span word, bool of_insured);

/* DG1-26, Claim/Encounter POA: Y N U W, 1 or E = exempt. */
CcPoa vocab_poa(struct span word);

#endif
