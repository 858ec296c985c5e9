/* fhir.h - one Bundle (or resource) on its way to events: the index of its entries, and what each
 * mapping file offers.
 *
 * The order of work: index the entries, find the patient and the encounter each belongs to, make
 * one event per Encounter, hand every other resource to the mapping of its type (a row in
 * resource.c) with the event it belongs to, close with the event of the rest. A mapping reads one
 * resource and fills one event; it never looks at other events. */
#ifndef CC_INTAKE_FHIR_FHIR_H
#define CC_INTAKE_FHIR_FHIR_H

#include <jansson.h>

#include "services/intake/fhir/index.h"
#include "services/intake/fhir/json.h"
#include "services/intake/intake.h"
#include "services/intake/note.h"

struct fhir_entry {
    const char *type, *id, *url; /* "" where not given */
    const char *ref;             /* "Type/id", "Type[3]" without id */
    json_t *resource;
    const json_t *patient; /* the Patient it is about, or NULL */
    CcEncounter *event;    /* the event it is part of: an Encounter's, or the rest's */
    bool duplicate;
    bool stranger; /* a Coverage of somebody who is not in the message */
    bool taken;    /* a Binary whose bytes are a document's */
};

struct fhir {
    const struct intake_conf *conf;
    const struct intake_input *in;
    struct arena *a;
    const json_t *root;
    struct fhir_entry *entries;
    size_t n;
    struct fhir_index *index; /* once the entries are read */
    CcEncounter *rest;
    const char *message_id; /* NULL until the first event */
    struct intake_result *out;
};

/* One JSON text (f->conf, in, a, out set): the events in *f->out, a refusal too. *root is the tree
 * that f->entries borrow from; the caller gives it back with json_decref. -1: ERR_RETRY, the arena
 * cannot even hold a refusal. */
int fhir_read(struct fhir *f, json_t **root, struct err *e);

/* Fills `entries` from `root`: a Bundle's, or a lone resource. False: out of the arena's memory. */
bool fhir_index(struct fhir *f);

/* Resolves a Reference (relative, absolute, urn:uuid, conditional by identifier, contained "#id")
 * met in a resource; NULL: not in the bundle. */
const struct fhir_entry *fhir_find(const struct fhir *f, const char *reference);
const json_t *fhir_resolve(const struct fhir *f, const json_t *from, const char *reference);
const json_t *fhir_resolve_at(const struct fhir *f, const json_t *from, const char *path);

/* A CodeableConcept's codings as ours: the one chosen for a use, and the others in `also`. */
CcCode *fhir_code(const struct fhir *f, const json_t *concept, int use, CcCode ***also,
                  size_t *n_also);
/* A borrowed text into a field, copied to the arena; "" leaves the field alone. */
void fhir_put(const struct fhir *f, char **field, const char *s);

/* Codes of a FHIR value set and our values, ended by a row without code; 0 = none of them. */
struct fhir_word {
    const char *code;
    int value;
};
int fhir_word_value(const char *code, const struct fhir_word *words);
int fhir_word_of(const json_t *concept, const struct fhir_word *words);

/* True if a CodeableConcept has this code in any coding. */
bool fhir_has_code(const json_t *concept, const char *code);
/* The same of any concept in a resource's list. */
bool fhir_list_has_code(const json_t *r, const char *list, const char *code);

/* The day of a date, dateTime or instant; problems go to the event under ref.path. */
int32_t fhir_day(const struct fhir *f, CcEncounter *ev, const char *ref, const json_t *r,
                 const char *path);
int64_t fhir_ms(const struct fhir *f, const json_t *r, const char *path);
/* Money {value, currency} or decimal at path, in cents. False: not there, or a problem was noted.
 */
bool fhir_cents(const struct fhir *f, CcEncounter *ev, const char *ref, const json_t *r,
                const char *path, int64_t *out);
bool fhir_milli(const struct fhir *f, CcEncounter *ev, const char *ref, const json_t *r,
                const char *path, int64_t *out);

CcName *fhir_name(const struct fhir *f, const json_t *human_names);
CcAddress *fhir_address(const struct fhir *f, const json_t *addresses);
CcPatient *fhir_patient(const struct fhir *f, CcEncounter *ev, const struct fhir_entry *entry);
/* A Practitioner, PractitionerRole, Organization or Location that is referred to, in a role; NULL:
 * nothing to say. */
CcProvider *fhir_provider(const struct fhir *f, const json_t *from, const json_t *reference,
                          CcProviderRole role);
const char *fhir_npi(const struct fhir *f, const json_t *from, const json_t *reference);

/* One mapping a resource type: reads e->resource into ev. */
typedef void (*fhir_map)(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev);

void fhir_map_condition(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev);
void fhir_map_procedure(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev);
void fhir_map_immunization(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev);
void fhir_map_observation(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev);
void fhir_map_report(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev);
void fhir_map_document(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev);
void fhir_map_composition(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev);
void fhir_map_order(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev);
void fhir_map_medication(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev);
void fhir_map_coverage(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev);
void fhir_map_account(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev);
void fhir_map_charge_item(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev);
void fhir_map_claim(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev);
void fhir_map_nothing(struct fhir *f, const struct fhir_entry *e,
                      CcEncounter *ev); /* read where it is referred to */

/* The Encounter itself: visit, class, providers, diagnoses by rank and use. */
void fhir_map_encounter(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev);
/* Claim.insurance.sequence as the order of coverages that have none. */
void fhir_order_by_claim(struct fhir *f, const struct fhir_entry *e);
/* After all resources: ranks and uses that Encounter.diagnosis and Claim.diagnosis give to
 * conditions, orders of coverages. */
void fhir_finish(struct fhir *f, const struct fhir_entry *encounter, CcEncounter *ev);

/* The Patient that a resource is about, by its row; the one Patient of the message (NULL: none or
 * several). */
const struct fhir_entry *fhir_patient_of(const struct fhir *f, const struct fhir_entry *e);
const struct fhir_entry *fhir_only_patient(const struct fhir *f);
/* Does a Coverage insure somebody who is no Patient of the message? */
bool fhir_insures_stranger(const struct fhir *f, const struct fhir_entry *e);
/* The event of the Encounter that a resource belongs to; NULL: none in this message. */
CcEncounter *fhir_event_of(const struct fhir *f, const struct fhir_entry *e);

/* A code and the amounts of a charge; charge_days reads STEMDateTime, STEMDate, STEMPeriod. */
void fhir_charge_code(struct fhir *f, const json_t *concept, CcCharge *c);
void fhir_charge_amounts(struct fhir *f, CcEncounter *ev, const json_t *r, CcCharge *c,
                         const char *charge, const char *unit);
void fhir_charge_site(struct fhir *f, const json_t *concept, CcCharge *c);
void fhir_charge_days(struct fhir *f, CcEncounter *ev, const json_t *r, CcCharge *c,
                      const char *stem);
void fhir_payor(struct fhir *f, const json_t *coverage, CcCoverage *c);

/* What is done with a resource type. */
struct fhir_row {
    const char *type;
    fhir_map map;          /* NULL: ignored */
    enum note_why why;     /* when ignored */
    const char *encounter; /* paths of the reference to the Encounter, blank separated; "" = none */
    const char *patient;   /* paths of the reference to the Patient */
};
/* The row of a type; a row that ignores as `unsupported` for a type nobody listed. */
const struct fhir_row *fhir_row(const char *type);
/* Does a mapping read this type here? An ExplanationOfBenefit only where the site says so. */
bool fhir_reads(const struct fhir *f, const char *type);

#endif
