/* map.c - the walk over a message's segments, and why a segment without a table is not used */
#include "services/intake/hl7/map.h"

#include <stdio.h>
#include <string.h>

static const struct hl7_table *const tables[] = {
    &hl7_msh, &hl7_evn, &hl7_pid, &hl7_mrg, &hl7_pv1, &hl7_pv2, &hl7_dg1, &hl7_drg,
    &hl7_pr1, &hl7_ft1, &hl7_in1, &hl7_in2, &hl7_in3, &hl7_gt1, &hl7_acc, &hl7_ub2,
    &hl7_orc, &hl7_obr, &hl7_obx, &hl7_txa, &hl7_rol, &hl7_prt,
};

/* Segments that are known and of no use for a claim. All others without table are `unsupported`. */
static const char *const not_billing[] = {
    "SFT", "UAC", "ARV", "PD1", "NK1", "AL1", "IAM", "IAR", "DB1", "NTE", "TQ1", "TQ2", "SPM",
    "SAC", "PDA", "CON", "CTD", "NPU", "OH1", "OH2", "OH3", "OH4", "OHP", "MSA", "ERR", "QAK",
    "QPD", "QRD", "QRF", "RCP", "DSC", "DSP", "SCH", "RGS", "AIS", "AIG", "AIL", "AIP", "ADD",
    "CM0", "CSR", "CSP", "CSS", "CTI", "EDU", "MFI", "MFE", "MFA", "STF", "PRA", "LOC", NULL,
};

/* No segment of the standard has as many fields: those beyond are counted as one. */
enum { LAST_LISTED = 256 };

/* table_of - a segment's, or NULL */
static const struct hl7_table *table_of(const char *name)
{
    for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
        if (strcmp(tables[i]->name, name) == 0)
            return tables[i];
    return NULL;
}

/* row_of - a field's, or NULL */
static const struct hl7_row *row_of(const struct hl7_table *t, size_t field)
{
    for (const struct hl7_row *r = t->rows; r->field; r++)
        if (r->field == field)
            return r;
    return NULL;
}

/* list_unread - filled fields that no row reads */
static void list_unread(struct hl7_map *x, const struct hl7_table *t)
{
    char name[24];

    for (unsigned f = 1; f < x->seg->n_fields; f++) {
        if (hl7_empty(x->seg->fields[f]) || row_of(t, f))
            continue;
        snprintf(name, sizeof(name), "%s-%u", t->name, f < LAST_LISTED ? f : LAST_LISTED);
        note_ignored(x->a, x->ev, name, NOTE_FIELD, 1);
    }
}

/* read_rows - each row's field, in the order of the rows */
static void read_rows(struct hl7_map *x, const struct hl7_table *t)
{
    for (const struct hl7_row *r = t->rows; r->field; r++) {
        struct span value = hl7_field(x->seg, r->field);

        x->field = r->field;
        if (hl7_empty(value))
            continue;
        if (!hl7_deleted(value)) {
            if (r->set)
                r->set(x, r, value);
        } else if (r->clears) {
            event_push(x->a, x->ev, cleared, arena_strdup(x->a, r->clears));
        }
    }
}

/* map_segment - by its table; false: not used */
static bool map_segment(struct hl7_map *x, const struct hl7_table *t)
{
    x->field = 0;
    x->target = NULL;
    if (t->open && !t->open(x))
        return false;
    read_rows(x, t);
    if (t->close)
        t->close(x);
    if (t->fields)
        list_unread(x, t);
    return true;
}

/* map_line - what is no segment: text that went on, or nothing that can be read */
static void map_line(struct hl7_map *x)
{
    if (x->seg->joined)
        note_mapped(x->a, x->ev, "?", 1);
    else
        note_ignored(x->a, x->ev, "?", NOTE_NO_SEGMENT, 1);
    if (x->seg->nth == 1)
        note_problem(x->a, x->ev, x->seg->joined ? NOTE_SEVERITY_REPAIRED : NOTE_SEVERITY_NOTED,
                     NOTE_SEPARATOR, "?[1]", "%s",
                     x->seg->joined
                         ? "a line break inside the text of the segment before it; taken as text"
                         : "a line that is no segment");
}

/* why_unused - of a segment without table, or whose table has no use for it */
static enum note_why why_unused(const struct hl7_map *x, const struct hl7_table *t)
{
    if (x->seg->name[0] == 'Z')
        return NOTE_LOCAL;
    if (x->trigger->kind == EVENT_KIND_NONE || str_in(x->seg->name, not_billing))
        return NOTE_NOT_BILLING;
    return t ? t->why : NOTE_UNSUPPORTED;
}

/* hl7_next_event - see map.h */
void hl7_next_event(struct hl7_map *x, bool same_patient)
{
    CcEncounter *ev = event_new(x->a, &cc_encounter__descriptor), *before = x->ev;
    void *grown = arena_grow(x->a, x->events, x->n_events, sizeof(CcEncounter *));
    CcVisit *v = event_new(x->a, &cc_visit__descriptor);

    hl7_end_text(x);
    if (!ev || !grown || !v)
        return;
    *ev = *x->header;
    if (before) {
        ev->problems = NULL;
        ev->n_problems = 0;
    }
    if (before && same_patient) {
        ev->patient = before->patient;
        v->account = before->visit->account;
        ev->event_ms = before->event_ms;
    }
    ev->visit = v;
    x->events = grown;
    x->events[x->n_events++] = ev;
    x->ev = ev;
    x->has_pid = before && same_patient;
    x->has_pv1 = false;
    x->coverage = NULL;
    x->procedure = NULL;
    x->charge = NULL;
    x->order = NULL;
    x->order_open = false;
    x->obr = x->txa = NULL;
}

/* map_one - one line of the message, counted once */
static void map_one(struct hl7_map *x)
{
    const struct hl7_table *t = table_of(x->seg->name);
    bool read = t && (x->trigger->kind != EVENT_KIND_NONE || t == &hl7_msh);

    if (x->seg->envelope)
        note_ignored(x->a, x->ev, x->seg->name, NOTE_ENVELOPE, 1);
    else if (x->seg->name[0] == '?')
        map_line(x);
    else if (read && map_segment(x, t))
        note_mapped(x->a, x->ev, x->seg->name, 1);
    else
        note_ignored(x->a, x->ev, x->seg->name, why_unused(x, t), 1);
}

/* only_txa - an MDM without text (a change of status, a withdrawal) still is about a document */
static void only_txa(struct hl7_map *x)
{
    CcDocument *d;

    if (!x->txa || !(x->trigger->flags & HL7_DOCUMENT) || x->ev->n_documents)
        return;
    x->seg = x->txa;
    d = event_new(x->a, &cc_document__descriptor);
    if (d && event_push(x->a, x->ev, documents, d)) {
        hl7_describe(x, d);
        d->ref = hl7_ref(x);
    }
}

/* hl7_map_all - see map.h */
void hl7_map_all(struct hl7_map *x)
{
    hl7_next_event(x, false);
    for (size_t i = 0; x->ev && i < x->m->n && !arena_exhausted(x->a); i++) {
        x->seg = &x->m->segments[i];
        map_one(x);
    }
    hl7_end_text(x);
    if (x->ev && !arena_exhausted(x->a))
        only_txa(x);
    if (x->ev && !arena_exhausted(x->a))
        hl7_finish(x);
}
