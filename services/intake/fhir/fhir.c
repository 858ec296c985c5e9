/* fhir.c - a Bundle becomes events: one per Encounter, one for the rest
 *
 * A Bundle is taken whole or refused whole: the sender gets one answer, and half a transaction
 * would be worse than none. */
#include "services/intake/fhir/fhir.h"

#include <string.h>

#include "common/base/date.h"
#include "services/intake/ident.h"

/* Bundle.type that is a set of resources to take in; a history or a search result has other
 * meanings. */
static const char *const bundle_types[] = {"transaction", "batch",     "collection", "message",
                                           "document",    "searchset", NULL};

/* new_event - with what all events of this message share */
static CcEncounter *new_event(struct fhir *f, CcEventKind kind, const char *type)
{
    CcEncounter *ev = event_new(f->a, &cc_encounter__descriptor);

    if (!ev)
        return NULL;
    ev->source = arena_strdup(f->a, f->in->source);
    ev->message = f->in->message;
    ev->offset = f->in->offset;
    ev->received_ms = f->in->received_ms;
    ev->format = arena_strdup(f->a, "fhir");
    ev->version = arena_strdup(f->a, "R4");
    ev->type = arena_strdup(f->a, type);
    ev->control = arena_strdup(f->a, js_text(f->root, "id"));
    ev->sender = arena_strdup(f->a, js_text(f->root, "meta.source"));
    ev->facility = arena_strdup(f->a, f->conf->facility);
    ev->event = kind;
    ev->event_ms = fhir_ms(f, f->root, "timestamp");
    if (!f->message_id)
        f->message_id = ident_message(f->conf, f->a, "fhir", f->in->bytes, f->in->n);
    ev->event_id = ident_event(f->conf, f->a, f->message_id, f->out->n);
    if (arena_exhausted(f->a) ||
        !event_push_pointer(f->a, (void ***)(void *)&f->out->events, &f->out->n, ev))
        return NULL;
    return ev;
}

/* count - one resource, mapped or ignored */
static void count(struct fhir *f, const struct fhir_entry *e)
{
    const struct fhir_row *row = fhir_row(e->type);
    const char *name = *e->type ? e->type : "?";

    if (e->duplicate) {
        note_ignored(f->a, e->event, name, NOTE_DUPLICATE, 1);
        note_problem(f->a, e->event, NOTE_SEVERITY_NOTED, NOTE_DUPLICATE_ENTRY, e->ref,
                     "comes twice; the first counts");
    } else if (e->stranger) {
        note_ignored(f->a, e->event, name, NOTE_NOT_BILLING, 1);
        note_problem(f->a, e->event, NOTE_SEVERITY_NOTED, NOTE_NO_PATIENT, e->ref,
                     "its beneficiary is not in the message");
    } else if (e->taken || fhir_reads(f, e->type)) {
        note_mapped(f->a, e->event, e->type, 1);
    } else {
        note_ignored(f->a, e->event, name, row->why, 1);
    }
}

/* refuse - the whole message becomes one event that says why; everything that came is counted as
 * refused */
static int refuse(struct fhir *f, enum note_code code, const char *status, const char *ref,
                  const char *why)
{
    CcEncounter *ev;

    f->out->n = 0;
    ev = new_event(f, EVENT_KIND_NONE, js_text(f->root, "resourceType"));
    if (!ev)
        return -1;
    for (size_t i = 0; i < f->n; i++)
        if (f->entries[i].resource)
            note_mapped(f->a, ev, *f->entries[i].type ? f->entries[i].type : "?", 1);
    note_refuse(f->a, ev, code, ref, "%s", why);
    ev->ack = arena_strdup(f->a, status);
    f->out->ack = ev->ack;
    f->out->control = ev->control;
    f->out->refused = true;
    return 0;
}

/* put_patient - who it is, and the key under which all of theirs travels */
static bool put_patient(struct fhir *f, CcEncounter *ev, const struct fhir_entry *who)
{
    ev->patient = fhir_patient(f, ev, who);
    if (!ev->patient)
        return false;
    ev->patient_key =
        (char *)(uintptr_t)ident_patient_key(f->conf, f->a, f->conf->facility, ev->patient->mrn);
    return ev->patient_key != NULL;
}

/* start_encounters - an event for each Encounter; 1: one has no patient here (its index in *bad),
 * -1: out of memory */
static int start_encounters(struct fhir *f, size_t *bad)
{
    for (size_t i = 0; i < f->n; i++) {
        struct fhir_entry *e = &f->entries[i];
        const struct fhir_entry *who;

        if (strcmp(e->type, "Encounter") != 0 || e->duplicate)
            continue;
        who = fhir_patient_of(f, e);
        if (!who) {
            *bad = i;
            return 1;
        }
        e->patient = who->resource;
        e->event = new_event(f, EVENT_KIND_ENCOUNTER, "Encounter");
        if (!e->event || !put_patient(f, e->event, who))
            return -1;
        fhir_map_encounter(f, e, e->event);
    }
    return 0;
}

/* place - every resource finds its event; what belongs to no Encounter goes to the rest */
static bool place(struct fhir *f)
{
    for (size_t i = 0; i < f->n; i++) {
        struct fhir_entry *e = &f->entries[i];

        if (!e->resource)
            continue;
        if (!e->event)
            e->event = fhir_event_of(f, e);
        if (!e->event && !f->rest) {
            f->rest = new_event(f, EVENT_KIND_REST, "Bundle");
            if (!f->rest)
                return false;
        }
        if (!e->event)
            e->event = f->rest;
        e->stranger = strcmp(e->type, "Coverage") == 0 && fhir_insures_stranger(f, e);
    }
    return true;
}

/* cover - a Coverage of a patient is part of each of that patient's encounters, counted once in the
 * rest; one that names nobody is the message's only patient's, one whose beneficiary cannot be
 * compared covers no encounter by itself */
static void cover(struct fhir *f, const struct fhir_entry *e)
{
    const struct fhir_entry *who =
        js_get(e->resource, "beneficiary") ? fhir_patient_of(f, e) : fhir_only_patient(f);

    for (size_t i = 0; who && i < f->n; i++) {
        const struct fhir_entry *other = &f->entries[i];

        if (strcmp(other->type, "Encounter") == 0 && !other->duplicate &&
            other->patient == who->resource)
            fhir_map_coverage(f, e, other->event);
    }
}

/* finish_all - what can only be said when every resource is read */
static void finish_all(struct fhir *f)
{
    for (size_t i = 0; i < f->n; i++)
        fhir_order_by_claim(f, &f->entries[i]);
    for (size_t i = 0; i < f->n; i++)
        if (strcmp(f->entries[i].type, "Encounter") == 0 && !f->entries[i].duplicate)
            fhir_finish(f, &f->entries[i], f->entries[i].event);
    if (f->rest)
        note_orders(f->a, f->rest);
}

/* after_others - a Claim ranks and insures what other resources say; a Binary is theirs or nobody's
 */
static bool after_others(const struct fhir_entry *e)
{
    static const char *const types[] = {"Claim", "ExplanationOfBenefit", "Binary", NULL};

    return str_in(e->type, types);
}

/* map_one - a resource by the mapping of its type */
static void map_one(struct fhir *f, const struct fhir_entry *e)
{
    const struct fhir_row *row = fhir_row(e->type);

    count(f, e);
    if (e->duplicate || e->stranger || !fhir_reads(f, e->type) || strcmp(e->type, "Encounter") == 0)
        return;
    row->map(f, e, e->event);
    if (strcmp(e->type, "Coverage") == 0)
        cover(f, e);
}

/* map_all - each resource; some last, wherever they stand */
static void map_all(struct fhir *f)
{
    for (int last = 0; last < 2; last++)
        for (size_t i = 0; i < f->n; i++)
            if (f->entries[i].resource && after_others(&f->entries[i]) == (last == 1))
                map_one(f, &f->entries[i]);
    finish_all(f);
}

/* close_result - the answer of the whole; there is an event */
static int close_result(struct fhir *f)
{
    bool bundle = strcmp(js_text(f->root, "resourceType"), "Bundle") == 0;

    for (size_t i = 0; i < f->out->n; i++)
        f->out->events[i]->ack = arena_strdup(f->a, bundle ? "200" : "201");
    f->out->ack = bundle ? "200" : "201";
    f->out->control = f->out->events[0]->control;
    return 0;
}

/* unknown_bundle - a Bundle whose type is none to take in */
static bool unknown_bundle(const struct fhir *f)
{
    return strcmp(js_text(f->root, "resourceType"), "Bundle") == 0 &&
           !str_in(js_text(f->root, "type"), bundle_types);
}

/* give_rest_its_patient - a rest that concerns one patient travels under that patient's key */
static bool give_rest_its_patient(struct fhir *f)
{
    const struct fhir_entry *who = fhir_only_patient(f);

    return !f->rest || !who || put_patient(f, f->rest, who);
}

/* tell_nobody - a rest that says something of a patient who is not, or not alone, in the message
 * reaches no encounter */
static void tell_nobody(struct fhir *f)
{
    const CcEncounter *ev = f->rest;

    if (ev && !*ev->patient_key && ev->n_diagnoses + ev->n_procedures + ev->n_charges)
        note_problem(f->a, f->rest, NOTE_SEVERITY_NOTED, NOTE_NO_PATIENT, "",
                     "entries of no encounter, and no one Patient whose they are");
}

/* convert - the tree is there: everything after parsing */
static int convert(struct fhir *f)
{
    char path[64];
    size_t bad = 0;
    int r;

    if (!*js_text(f->root, "resourceType"))
        return refuse(f, NOTE_TYPE, "400", "resourceType",
                      "no FHIR resource: resourceType is missing");
    if (unknown_bundle(f))
        return refuse(f, NOTE_TYPE, "422", "Bundle.type",
                      "transaction, batch, collection, message, document or searchset is wanted");
    if (!fhir_index(f))
        return -1;
    if (f->n == 0)
        return refuse(f, NOTE_NO_PATIENT, "422", "Bundle.entry", "the bundle is empty");
    r = start_encounters(f, &bad);
    if (r == 1) {
        if (strcmp(js_text(f->root, "resourceType"), "Bundle") == 0)
            snprintf(path, sizeof(path), "Bundle.entry[%zu].resource.subject", bad);
        else
            str_copy(path, sizeof(path), "Encounter.subject");
        return refuse(f, NOTE_NO_PATIENT, "422", path,
                      "the Encounter's Patient is not in the message");
    }
    if (r != 0 || !place(f) || !give_rest_its_patient(f))
        return -1;
    map_all(f);
    tell_nobody(f);
    if (!f->out->n)
        return refuse(f, NOTE_TYPE, "422", "Bundle.entry", "no entry has a resource");
    return arena_exhausted(f->a) ? -1 : close_result(f);
}

/* parse - JSON text to a tree; the parser's own words may quote the text, so only its place is told
 */
static json_t *parse(struct fhir *f, char *why, size_t size)
{
    json_error_t at;
    json_t *root = json_loadb(f->in->bytes, f->in->n, 0, &at);

    if (!root)
        snprintf(why, size, "not JSON at line %d, column %d%s", at.line, at.column,
                 json_error_code(&at) == json_error_premature_end_of_input ? ": the text is cut"
                                                                           : "");
    else if (json_typeof(root) != JSON_OBJECT)
        snprintf(why, size, "a JSON object is wanted");
    return root;
}

/* too_large - over what the arena holds: said in an arena made empty for it */
static int too_large(struct fhir *f, struct err *e)
{
    arena_reset(f->a);
    memset(f->out, 0, sizeof(*f->out));
    f->out->input = *f->in;
    f->entries = NULL;
    f->index = NULL;
    f->message_id = NULL;
    f->n = 0;
    if (refuse(f, NOTE_SIZE, "413", "", "the message needs more memory than a message may") != 0 ||
        arena_exhausted(f->a))
        return err_set(e, ERR_RETRY, "memory", "FHIR: out of memory");
    return 0;
}

/* fhir_read - parse and convert; *root is the tree that entries borrow from (NULL: not JSON) */
int fhir_read(struct fhir *f, json_t **root, struct err *e)
{
    char why[96] = "";
    int r;

    *root = NULL;
    memset(f->out, 0, sizeof(*f->out));
    f->out->input = *f->in;
    if (f->in->n > f->conf->max_bytes)
        return refuse(f, NOTE_SIZE, "413", "", "the message is over MAX_MESSAGE_BYTES");
    *root = parse(f, why, sizeof(why));
    if (!json_is_object(*root)) {
        r = refuse(f, NOTE_NOT_JSON, "400", "", why);
    } else {
        f->root = *root;
        r = convert(f);
    }
    return r == 0 && !arena_exhausted(f->a) ? 0 : too_large(f, e);
}

/* intake_fhir - one JSON text */
int intake_fhir(const struct intake_conf *conf, struct arena *a, const struct intake_input *in,
                struct intake_result *out, struct err *e)
{
    struct fhir f = {.conf = conf, .in = in, .a = a, .out = out};
    json_t *root;
    int r = fhir_read(&f, &root, e);

    json_decref(root);
    return r;
}
