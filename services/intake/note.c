/* note.c - what intake saw: counts of what was mapped and ignored, and problems */
#include "services/intake/note.h"

#include <stdarg.h>
#include <string.h>

#include "common/base/str.h"

/* clang-format off */
static const char *const whys[NOTE_WHY_MAX] = {
    [NOTE_LOCAL]       = "local",
    [NOTE_NOT_BILLING] = "not-billing",
    [NOTE_UNSUPPORTED] = "unsupported",
    [NOTE_FIELD]       = "field",
    [NOTE_HISTORY]     = "history",
    [NOTE_REFUSED]     = "refused",
    [NOTE_DUPLICATE]   = "duplicate",
    [NOTE_ENVELOPE]    = "envelope",
    [NOTE_NO_SEGMENT]  = "no-segment",
};

static const char *const severities[NOTE_SEVERITY_MAX] = {
    [NOTE_SEVERITY_REFUSED]  = "refused",
    [NOTE_SEVERITY_REPAIRED] = "repaired",
    [NOTE_SEVERITY_NOTED]    = "noted",
};

static const char *const codes[NOTE_CODE_MAX] = {
    [NOTE_NOT_HL7]         = "not-hl7",
    [NOTE_NOT_JSON]        = "not-json",
    [NOTE_CUT]             = "cut",
    [NOTE_HEADER]          = "header",
    [NOTE_NO_PATIENT]      = "no-patient",
    [NOTE_NO_VISIT]        = "no-visit",
    [NOTE_CHARSET]         = "charset",
    [NOTE_TIME]            = "time",
    [NOTE_TIME_ZONE]       = "time-zone",
    [NOTE_AMOUNT]          = "amount",
    [NOTE_UNITS]           = "units",
    [NOTE_CLASS]           = "class",
    [NOTE_ORDER]           = "order",
    [NOTE_BATCH_COUNT]     = "batch-count",
    [NOTE_SEPARATOR]       = "separator",
    [NOTE_DUPLICATE_ENTRY] = "duplicate",
    [NOTE_REFERENCE]       = "reference",
    [NOTE_TYPE]            = "type",
    [NOTE_SIZE]            = "size",
};
/* clang-format on */

/* note_why_word - cli.md's word for why something was not used */
const char *note_why_word(enum note_why why)
{
    return whys[why];
}

/* note_severity_word - cli.md's word */
const char *note_severity_word(enum note_severity s)
{
    return severities[s];
}

/* note_code_word - cli.md's word */
const char *note_code_word(enum note_code c)
{
    return codes[c];
}

/* No message has as many names; beyond, an unknown one counts as "?" so that nothing grows without
 * bound. */
enum { NAMES_MAX = 4096 };

/* find_count - the row of a name and why, or NULL */
static CcCounted *find_count(CcCounted *const *rows, size_t n, const char *name, const char *why)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i]->name, name) && str_eq(rows[i]->why, why))
            return rows[i];
    return NULL;
}

/* new_count - a row that starts at n */
static CcCounted *new_count(struct arena *a, const char *name, const char *why, uint32_t n)
{
    CcCounted *row = event_new(a, &cc_counted__descriptor);
    char *copy = arena_strdup(a, name), *reason = arena_strdup(a, why);

    if (!row || !copy || !reason)
        return NULL;
    row->name = copy;
    row->why = reason;
    row->count = n;
    return row;
}

/* note_mapped - n more of this name were read into the event */
void note_mapped(struct arena *a, CcEncounter *ev, const char *name, uint32_t n)
{
    CcCounted *row = find_count(ev->mapped, ev->n_mapped, name, "");

    if (row)
        row->count += n;
    else if (n && (row = new_count(a, name, "", n)) != NULL)
        event_push(a, ev, mapped, row);
}

/* note_ignored - n more of this name were seen and not used */
void note_ignored(struct arena *a, CcEncounter *ev, const char *name, enum note_why why, uint32_t n)
{
    CcCounted *row = find_count(ev->ignored, ev->n_ignored, name, whys[why]);

    if (!row && ev->n_ignored >= NAMES_MAX)
        row = find_count(ev->ignored, ev->n_ignored, name = "?", whys[why]);
    if (row)
        row->count += n;
    else if (n && (row = new_count(a, name, whys[why], n)) != NULL)
        event_push(a, ev, ignored, row);
}

/* new_problem - a problem with its text */
static CcIntakeProblem *new_problem(struct arena *a, enum note_severity s, enum note_code c,
                                    const char *ref, const char *fmt, va_list ap)
{
    CcIntakeProblem *p = event_new(a, &cc_intake_problem__descriptor);
    char *text = arena_vprintf(a, fmt, ap);

    if (!p || !text)
        return NULL;
    p->severity = arena_strdup(a, severities[s]);
    p->code = arena_strdup(a, codes[c]);
    p->ref = arena_strdup(a, ref ? ref : "");
    p->message = text;
    return p->severity && p->code && p->ref ? p : NULL;
}

/* note_problem - one more */
void note_problem(struct arena *a, CcEncounter *ev, enum note_severity s, enum note_code c,
                  const char *ref, const char *fmt, ...)
{
    CcIntakeProblem *p;
    va_list ap;

    va_start(ap, fmt);
    p = new_problem(a, s, c, ref, fmt, ap);
    va_end(ap);
    if (p)
        event_push(a, ev, problems, p);
}

/* unmap - what was mapped counts as refused; rows of fields go */
static void unmap(struct arena *a, CcEncounter *ev)
{
    size_t kept = 0;

    for (size_t i = 0; i < ev->n_ignored; i++)
        if (!str_eq(ev->ignored[i]->why, whys[NOTE_FIELD]))
            ev->ignored[kept++] = ev->ignored[i];
    ev->n_ignored = kept;
    for (size_t i = 0; i < ev->n_mapped; i++)
        note_ignored(a, ev, ev->mapped[i]->name, NOTE_REFUSED, ev->mapped[i]->count);
    ev->n_mapped = 0;
}

/* empty_lists - nothing of a refused message may be taken for an event */
static void empty_lists(CcEncounter *ev)
{
    ev->n_merged = ev->n_merged_patients = ev->n_coverages = ev->n_guarantors = ev->n_providers = 0;
    ev->n_diagnoses = ev->n_procedures = ev->n_charges = ev->n_documents = ev->n_observations = 0;
    ev->n_orders = ev->n_medications = 0;
    ev->patient = NULL;
    ev->visit = NULL;
    ev->event = EVENT_KIND_NONE;
    ev->bill = 0;
}

/* note_refuse - the event becomes a refusal, the problem its first */
void note_refuse(struct arena *a, CcEncounter *ev, enum note_code c, const char *ref,
                 const char *fmt, ...)
{
    CcEncounter blank;
    CcIntakeProblem *p;
    va_list ap;

    cc_encounter__init(&blank);
    unmap(a, ev);
    empty_lists(ev);
    ev->encounter = blank.encounter;
    ev->patient_key = blank.patient_key;
    va_start(ap, fmt);
    p = new_problem(a, NOTE_SEVERITY_REFUSED, c, ref, fmt, ap);
    va_end(ap);
    if (!p || !event_push(a, ev, problems, p))
        return;
    memmove(&ev->problems[1], &ev->problems[0], (ev->n_problems - 1) * sizeof(CcIntakeProblem *));
    ev->problems[0] = p;
}

/* note_is_refused - a refusal has the refusing problem first */
bool note_is_refused(const CcEncounter *ev)
{
    return ev->n_problems && str_eq(ev->problems[0]->severity, severities[NOTE_SEVERITY_REFUSED]);
}
