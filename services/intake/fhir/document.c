/* document.c - DocumentReference, DiagnosticReport, Composition: texts of the record */
#include "services/intake/fhir/fhir.h"

#include <stdio.h>
#include <string.h>

#include "common/sys/digest.h"
#include "common/text/clean.h"
#include "services/intake/value.h"
#include "services/intake/vocab.h"

/* set_text - what there is to read */
static void set_text(struct fhir *f, const char *text, size_t n, CcDocument *d)
{
    d->text.data = n ? arena_memdup(f->a, text, n) : NULL;
    d->text.len = d->text.data ? n : 0;
}

/* close_document - size and hash of the text that is there, then it is part of the event */
static void close_document(struct fhir *f, CcEncounter *ev, CcDocument *d)
{
    char hex[DIGEST_TEXT];

    if (d->text.len) {
        d->bytes = d->text.len;
        fhir_put(f, &d->sha256, digest_hex(d->text.data, d->text.len, hex));
    }
    event_push(f->a, ev, documents, d);
}

/* new_document - with what every kind has */
static CcDocument *new_document(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev,
                                const char *kind)
{
    const json_t *r = e->resource;
    CcDocument *d = event_new(f->a, &cc_document__descriptor);
    bool report = strcmp(e->type, "DiagnosticReport") == 0;
    CcCode *code;

    if (!d)
        return NULL;
    fhir_put(f, &d->ref, e->ref);
    fhir_put(f, &d->id, e->id);
    fhir_put(f, &d->kind, kind);
    fhir_put(f, &d->status, js_text(r, "status"));
    code = fhir_code(f, js_get(r, report ? "code" : "type"), VOCAB_OTHER, NULL, NULL);
    if (code && code->system == CODE_SYSTEM_LOINC)
        d->loinc = code->code;
    d->document_date =
        fhir_day(f, ev, e->ref, r, *js_text(r, "date") ? "date" : "effectiveDateTime");
    fhir_put(f, &d->author_npi,
             fhir_npi(f, r, js_nth(r, report ? "resultsInterpreter" : "author", 0)));
    return d;
}

/* put_data - base64, or something that nobody has read */
static void put_data(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev, const char *data,
                     CcDocument *d)
{
    struct buf b;

    buf_init(&b);
    if (value_bytes(VALUE_BASE64, span_of(data), &b)) {
        set_text(f, b.data, b.len, d);
    } else {
        d->bytes = strlen(data);
        note_problem(f->a, ev, NOTE_SEVERITY_NOTED, NOTE_CHARSET, e->ref,
                     "attachment.data is not base64");
    }
    if (b.failed)
        arena_give_out(f->a);
    buf_wipe(&b);
}

/* put_pointer - a document that is kept elsewhere: it is not fetched, and said */
static void put_pointer(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev,
                        const json_t *at, CcDocument *d)
{
    int64_t size = js_integer(at, "size");

    d->bytes = size > 0 ? (uint64_t)size : strlen(js_text(at, "url"));
    note_problem(f->a, ev, NOTE_SEVERITY_NOTED, NOTE_REFERENCE, e->ref,
                 "attachment.url is not fetched");
}

/* One of the forms that a document comes in. */
struct form {
    const json_t *at;         /* the Attachment */
    struct fhir_entry *taken; /* the Binary of this message that has its bytes, or NULL */
    const char *data, *mime;  /* base64, "" where it is not here; its own type, else the Binary's */
    size_t place;             /* in the resource's list */
};

/* form_of - an Attachment: with its own bytes, with a Binary's, or with none */
static struct form form_of(const struct fhir *f, const json_t *at, size_t place)
{
    struct form m = {at, NULL, js_text(at, "data"), js_text(at, "contentType"), place};
    const struct fhir_entry *e = *m.data ? NULL : fhir_find(f, js_text(at, "url"));

    if (!e || strcmp(e->type, "Binary") != 0)
        return m;
    m.taken = &f->entries[e - f->entries];
    m.data = js_text(e->resource, "data");
    if (!*m.mime)
        m.mime = js_text(e->resource, "contentType");
    return m;
}

/* worth - how well a form can be read */
static int worth(const struct form *m)
{
    if (!*m->data)
        return 0;
    return str_starts(m->mime, "text/plain") ? 3 : str_starts(m->mime, "text/") ? 2 : 1;
}

/* best_form - of a list, the first of those that are read best; `inner` is where the Attachment
 * stands in an element, NULL: it is the element */
static struct form best_form(const struct fhir *f, const struct fhir_entry *e, const char *list,
                             const char *inner)
{
    struct form best = {0};

    for (size_t i = 0; i < js_count(e->resource, list); i++) {
        const json_t *element = js_nth(e->resource, list, i);
        struct form m = form_of(f, inner ? js_path(element, inner) : element, i);

        if (i == 0 || worth(&m) > worth(&best))
            best = m;
    }
    return best;
}

/* put_form - its bytes, or where they are */
static void put_form(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev,
                     const struct form *m, CcDocument *d)
{
    if (m->taken)
        m->taken->taken = true;
    fhir_put(f, &d->mime, m->mime);
    if (*m->data)
        put_data(f, e, ev, m->data, d);
    else if (*js_text(m->at, "url"))
        put_pointer(f, e, ev, m->at, d);
}

/* add_form - DocumentReference.content and DiagnosticReport.presentedForm say the same in each of
 * their forms (FHIR R4): the one that is read best, named by its place where it is not the only
 * text of the resource */
static void add_form(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev, const char *kind,
                     const char *list, const char *inner)
{
    size_t n = js_count(e->resource, list);
    CcDocument *d = n ? new_document(f, e, ev, kind) : NULL;
    struct form best;
    char name[64];

    if (!d)
        return;
    best = best_form(f, e, list, inner);
    snprintf(name, sizeof(name), "%s.%s", e->type, list);
    if (n > 1)
        note_ignored(f->a, ev, name, NOTE_FIELD, (uint32_t)(n - 1));
    if (n > 1 || *js_text(e->resource, "conclusion"))
        fhir_put(f, &d->ref, arena_printf(f->a, "%s.%s[%zu]", e->ref, list, best.place));
    put_form(f, e, ev, &best, d);
    close_document(f, ev, d);
}

/* fhir_map_document - see fhir.h */
void fhir_map_document(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev)
{
    add_form(f, e, ev, "note", "content", "attachment");
}

/* put_text - plain words */
static void put_text(struct fhir *f, const char *text, CcDocument *d)
{
    fhir_put(f, &d->mime, "text/plain");
    set_text(f, text, strlen(text), d);
}

/* note_report - a report without text is the frame of its observations */
static void note_report(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev)
{
    CcObservation *o = event_new(f->a, &cc_observation__descriptor);

    if (!o)
        return;
    fhir_put(f, &o->ref, e->ref);
    o->code = fhir_code(f, js_get(e->resource, "code"), VOCAB_OTHER, NULL, NULL);
    fhir_put(f, &o->status, js_text(e->resource, "status"));
    o->at_ms = fhir_ms(f, e->resource, "effectiveDateTime");
    event_push(f->a, ev, observations, o);
}

/* fhir_map_report - its conclusion is a document, its form another */
void fhir_map_report(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev)
{
    const char *conclusion = js_text(e->resource, "conclusion");
    CcDocument *d;

    if (!*conclusion && js_count(e->resource, "presentedForm") == 0)
        note_report(f, e, ev);
    if (*conclusion && (d = new_document(f, e, ev, "report")) != NULL) {
        put_text(f, conclusion, d);
        close_document(f, ev, d);
    }
    add_form(f, e, ev, "report", "presentedForm", NULL);
}

/* add_section - title and the narrative's words, without its tags (Narrative.div is XHTML, whatever
 * it looks like); then the sections inside it */
static void add_section(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev, struct buf *b,
                        const json_t *section)
{
    struct span div = js_span(section, "text.div");
    struct text_clean words;
    struct err ignored;

    buf_addf(b, "%s:\n", js_text(section, "title"));
    if (text_clean_html(div.p, div.n, f->a, &words, &ignored) == 0)
        buf_add(b, words.text, words.n);
    else
        note_problem(f->a, ev, NOTE_SEVERITY_NOTED, NOTE_CHARSET, e->ref,
                     "a section's narrative is no text");
    buf_addc(b, '\n');
    for (size_t i = 0; i < js_count(section, "section"); i++)
        add_section(f, e, ev, b, js_nth(section, "section", i));
}

/* fhir_map_composition - its sections as one text */
void fhir_map_composition(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev)
{
    CcDocument *d = new_document(f, e, ev, "summary");
    struct buf b;

    if (!d)
        return;
    buf_init(&b);
    for (size_t i = 0; i < js_count(e->resource, "section"); i++)
        add_section(f, e, ev, &b, js_nth(e->resource, "section", i));
    if (b.failed)
        arena_give_out(f->a);
    else if (b.len)
        put_text(f, b.data, d);
    buf_wipe(&b);
    close_document(f, ev, d);
}
