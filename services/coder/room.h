/* room.h - the worker's side: what is remembered of a patient and an encounter, and what goes out
 *
 * State keys: the patient key alone for the patient's entry, patient key "/" encounter id for an
 * encounter. Both are EncounterState. Timers have the names of the keys. */
#ifndef CC_CODER_ROOM_H
#define CC_CODER_ROOM_H

#include "common/svc/svc.h"
#include "services/coder/coder.h"

enum {
    ROOM_EVENTS_MAX = 2000,                   /* of one encounter */
    ROOM_NEWS_MAX = 200,                      /* of one patient; older ones fall away */
    ROOM_BYTES_MAX = EVENT_MAX_BYTES / 4 * 3, /* of a state; above, note texts are left out */
    ROOM_AT_ONCE = 32, /* encounters coded with the message; the rest by timer */
    ROOM_HOPS_MAX = 16,
    ROOM_VISITS_MAX = 40, /* visits kept of one patient; older ones fall away */
};

/* Behind an encounter's key, a timer that only looks again (room_evaluate_all). */
#define ROOM_LOOK_AGAIN "+"

struct coder_hold; /* the settings BILL_HOLD_MS and BILL_HOLD */
struct coder_hold *hold_new(const struct conf *c, struct err *e);
void hold_free(struct coder_hold *h); /* accepts NULL */
/* How long a visit of this class and payer waits for what is still to come. */
int64_t hold_ms(const struct coder_hold *h, CcEncounterClass class, const char *payer);

struct coder_quality; /* the settings QUALITY_PER_MILLE, QUALITY and QUALITY_SEED */
struct coder_quality *quality_new(const struct conf *c, struct err *e);
void quality_free(struct coder_quality *q); /* accepts NULL */

/* What the worker keeps besides its state. */
struct desk {
    struct coder_hold *hold;
    struct coder_quality *quality;
    struct text_shelf *shelf;
};

struct room {
    struct svc_ctx *x;
    struct arena *a;
    const char *patient; /* the key in hand */
    CcEncounterState *entry;
};

const struct desk *room_desk(const struct room *r);
int room_open(struct room *r, struct svc_ctx *x, const char *patient, struct err *e);
int room_save_entry(struct room *r, struct err *e);
const char *room_key(struct room *r, const char *encounter); /* NULL: no memory */
/* 1 found, 0 made new, -1 could not look */
int room_load(struct room *r, const char *encounter, CcEncounterState **out, struct err *e);
int room_save(struct room *r, CcEncounterState *s, struct err *e);
/* Adds an event that is not there yet. ERR_REJECT "bounds": too many. */
int room_add_event(struct room *r, CcEncounterState *s, CcEncounter *ev, struct err *e);

/* evaluate.c: fold and, if it is time, code. `due`: its timer came. */
int room_evaluate(struct room *r, CcEncounterState *s, bool due, struct err *e);
int room_evaluate_all(struct room *r, struct err *e);
int room_look_again(struct room *r, const char *encounter, struct err *e); /* by a timer due now */
bool room_list_has(char *const *list, size_t n, const char *word);
bool room_list_drop(char **list, size_t *n, const char *word);

/* merge.c */
int room_merge(struct room *r, CcEncounter *ev, struct err *e);
int room_move_in(struct room *r, CcEncounter *ev, struct err *e);
int room_forward(struct room *r, CcEncounter *ev, struct err *e);

int room_no_memory(struct err *e); /* ERR_REJECT "size" */

/* say.c. A status of the encounter itself (key: its id), where there is no claim to say it of. */
int room_say(struct room *r, const CcEncounterState *s, CcClaimState state, const char *event,
             const char *reason, const char *next, struct err *e);
/* The same, that changes nothing: the state is that of the encounter's questions. `refused`: what
 * was asked for is not done. */
int room_note(struct room *r, const CcEncounterState *s, const char *event, const char *reason,
              bool refused, struct err *e);
/* New questions, answered ones, decisions that apply no more; the encounter's line when that
 * changed. */
int room_questions(struct room *r, CcEncounterState *s, const CcCodingResult *result,
                   struct err *e);

/* decided.c: a record of claims.decisions. What is not the coder's is passed over. */
int room_decision(struct svc_ctx *x, const struct svc_message *m, struct err *e);

/* publish.c: what came of coding goes out; only differences do */
int room_publish(struct room *r, CcEncounterState *s, const CcCodingResult *result, struct err *e);
/* earlier.c: the encounter's operations and visits in the patient's entry; where operations changed
 * the patient's other encounters are looked at again. */
int room_operations(struct room *r, const CcEncounterState *s, const CcCodingResult *result,
                    struct err *e);
/* What the patient's other encounters told. */
int room_earlier(struct room *r, const CcEncounterState *s, struct coder_visit *v, struct err *e);
/* Voids every claim made (the visit was cancelled or has become part of another). */
int room_void_all(struct room *r, CcEncounterState *s, const char *why, struct err *e);

#endif
