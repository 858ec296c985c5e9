/* coder.c - the worker: remembers each visit's events, codes it when it is ready to bill, makes the
 * next version when something later arrives
 *
 * Handlers are pure: (event or due timer, state, tables, clock) -> (claims, questions, state). All
 * decisions about codes are in coder_code; here is only what to remember and when to ask it. */
#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "services/coder/room.h"

static const enum topic consumes[] = {TOPIC_ENCOUNTERS, TOPIC_CLAIMS_DECISIONS, TOPIC_NONE};
static const enum topic produces[] = {TOPIC_CLAIMS_CODED, TOPIC_CLAIMS_STATUS,    TOPIC_WORK_REVIEW,
                                      TOPIC_ENCOUNTERS,   TOPIC_CLAIMS_DECISIONS, TOPIC_NONE};

/* What coding looks up. */
static const enum table_id tables[] = {
    TABLE_ICD10CM,
    TABLE_ICD10CM_TITLE,
    TABLE_ICD10CM_INDEX,
    TABLE_ICD10CM_TABULAR,
    TABLE_ICD10CM_EINDEX,
    TABLE_ICD10CM_NEOPLASM,
    TABLE_ICD10CM_DRUG,
    TABLE_ICD10PCS,
    TABLE_ICD10PCS_TABLE,
    TABLE_ICD10PCS_KEY,
    TABLE_POA_EXEMPT,
    TABLE_HCPCS,
    TABLE_CPT,
    TABLE_NDC_HCPCS,
    TABLE_RVU,
    TABLE_OPPS,
    TABLE_AOC,
    TABLE_MSDRG,
    TABLE_CLIA_WAIVED,
    TABLE_SINGLE_DOSE,
    TABLE_PTP_PRACTITIONER,
    TABLE_PTP_HOSPITAL,
    TABLE_REVENUE,
    TABLE_BILL_TYPE,
    TABLE_DISCHARGE_STATUS,
    TABLE_PAYERS,
    TABLE_PROVIDERS,
    TABLE_CDM,
    TABLE_MAX,
};

/* clang-format off */
const struct conf_row coder_settings[] = {
    {"BILL_HOLD_MS", CONF_NUMBER, "259200000", 0, INT64_C(31622400000), NULL,
     "a finished visit waits this long for late charges, unless the source says that all is known"},
    {"BILL_HOLD", CONF_TEXT, "", 0, 0, NULL,
     "the same by class and payer, blank separated: inpatient=345600000 outpatient/00001=0"},
    {"OPEN_LIMIT_MS", CONF_NUMBER, "2592000000", 0, INT64_C(316224000000), NULL,
     "a visit that nobody finished is asked about this long after its last event"},
    {"PROMISE_WAIT_MS", CONF_NUMBER, "3600000", 0, INT64_C(86400000), NULL,
     "longest wait for the rest of a bundle or of a merge that was announced"},
    {"QUALITY_PER_MILLE", CONF_NUMBER, "10", 0, 1000, NULL,
     "so many of a thousand claims that no person touched are looked at afterwards, by a hash of the claim's id; they go out meanwhile"},
    {"QUALITY", CONF_TEXT, "", 0, 0, NULL,
     "the same by kind, setting (type of bill, place of service) and payer class, blank separated: institutional/011=50 professional/11/MB=20"},
    {"QUALITY_SEED", CONF_TEXT, "", 0, 0, NULL,
     "changes which claims are drawn"},
    {NULL, CONF_TEXT, NULL, 0, 0, NULL, NULL},
};
/* clang-format on */

/* stop - frees what start made */
static void stop(void *user)
{
    struct desk *d = user;

    if (!d)
        return;
    hold_free(d->hold);
    quality_free(d->quality);
    text_shelf_free(d->shelf);
    free(d);
}

/* start - the holds, the shares, and a shelf that is empty until the first text comes */
static int start(const struct conf *c, void **user, struct err *e)
{
    struct desk *d = calloc(1, sizeof(*d));

    if (!d || !(d->shelf = text_shelf_new()))
        err_set(e, ERR_FATAL, "memory", "out of memory");
    else if ((d->hold = hold_new(c, e)) != NULL)
        d->quality = quality_new(c, e);
    if (d && d->quality) {
        *user = d;
        return 0;
    }
    stop(d);
    return -1;
}

/* is_news - of the patient, of no encounter */
static bool is_news(const CcEncounter *ev)
{
    return !ev->encounter[0] && (ev->patient || ev->n_coverages || ev->n_providers);
}

/* handle_news - remembered with the patient; every encounter is looked at again */
static int handle_news(struct room *r, CcEncounter *ev, struct err *e)
{
    if (room_add_event(r, r->entry, ev, e) != 0 || room_evaluate_all(r, e) != 0)
        return -1;
    return room_save_entry(r, e);
}

/* load_living - the encounter, or the one that it became part of */
static int load_living(struct room *r, const char *encounter, CcEncounterState **out, struct err *e)
{
    for (int hop = 0; hop < ROOM_HOPS_MAX; hop++) {
        if (room_load(r, encounter, out, e) < 0)
            return -1;
        if (!(*out)->merged_into[0])
            return 0;
        encounter = (*out)->merged_into;
    }
    return err_set(e, ERR_REJECT, "merge-loop", "encounters that end in each other");
}

/* handle_care - an event of an encounter; one that a merge carried waits for what follows it */
static int handle_care(struct room *r, CcEncounter *ev, struct err *e)
{
    CcEncounterState *s;

    if (load_living(r, ev->encounter, &s, e) != 0 || room_add_event(r, s, ev, e) != 0)
        return -1;
    if (ev->hops && !s->n_awaited && !event_push(r->a, s, awaited, arena_strdup(r->a, "move")))
        return err_set(e, ERR_REJECT, "size", "out of the message's memory");
    if (room_evaluate(r, s, false, e) != 0)
        return -1;
    return room_save_entry(r, e);
}

/* handle - one event, or decision, under one patient key */
static int handle(struct svc_ctx *x, const struct svc_message *m, struct err *e)
{
    ProtobufCMessage *p;
    CcEncounter *ev;
    struct room r;

    if (m->topic == TOPIC_CLAIMS_DECISIONS)
        return room_decision(x, m, e);
    if (svc_unpack(x, m, &cc_encounter__descriptor, &p, e) != 0)
        return -1;
    ev = (CcEncounter *)(void *)p;
    if (str_empty(m->key))
        return err_set(e, ERR_REJECT, "key", "an event without a patient key");
    if (room_open(&r, x, m->key, e) != 0)
        return -1;
    if (ev->move)
        return room_move_in(&r, ev, e);
    if (ev->event == EVENT_KIND_MERGE)
        return room_merge(&r, ev, e);
    if (r.entry->merged_into[0])
        return room_forward(&r, ev, e);
    if (is_news(ev))
        return handle_news(&r, ev, e);
    if (!ev->encounter[0] || ev->event == EVENT_KIND_NONE)
        return 0;
    return handle_care(&r, ev, e);
}

/* due_patient - what a merge promised did not come: go on without it */
static int due_patient(struct room *r, struct err *e)
{
    r->entry->n_awaited = 0;
    return room_evaluate_all(r, e) != 0 ? -1 : room_save_entry(r, e);
}

/* due_encounter - the hold has passed, or the visit has been open too long */
static int due_encounter(struct room *r, const char *encounter, bool look_only, struct err *e)
{
    CcEncounterState *s;

    if (room_load(r, encounter, &s, e) < 0 || room_evaluate(r, s, !look_only, e) != 0)
        return -1;
    return room_save_entry(r, e);
}

/* timer - named by the key of the state */
static int timer(struct svc_ctx *x, const char *name, int64_t due_ms, struct err *e)
{
    char *patient = arena_strdup(svc_arena(x), name), *encounter;
    size_t n;
    bool look_only;
    struct room r;

    (void)due_ms;
    if (!patient)
        return err_set(e, ERR_REJECT, "size", "out of the message's memory");
    encounter = strchr(patient, '/');
    if (encounter)
        *encounter++ = '\0';
    if (room_open(&r, x, patient, e) != 0)
        return -1;
    if (!encounter)
        return due_patient(&r, e);
    n = strlen(encounter);
    look_only = n && strcmp(encounter + n - 1, ROOM_LOOK_AGAIN) == 0;
    if (look_only)
        encounter[n - 1] = '\0';
    return due_encounter(&r, encounter, look_only, e);
}

const struct svc_spec coder_spec = {
    .name = "coder",
    .sentence = "documented care becomes coded claims, every code with its evidence and rule",
    .consume = consumes,
    .produce = produces,
    .state = TOPIC_ENCOUNTERS_STATE,
    .tables = tables,
    .settings = coder_settings,
    .start = start,
    .handle = handle,
    .timer = timer,
    .stop = stop,
};
