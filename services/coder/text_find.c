/* text_find.c - the texts of a visit, read: what they say of each code */
#include "services/coder/text.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "common/sys/digest.h"
#include "common/text/open.h"
#include "common/text/sections.h"
#include "services/coder/relate.h"

/* taken_back - by its status (FHIR, HL7 tables 0123 and 0271), or nothing stands in it yet: one
 * that is kept elsewhere or that intake could not decode has bytes */
static bool taken_back(const CcDocument *d)
{
    static const char *const words[] = {
        "entered-in-error", "superseded", "cancelled", "registered", "X", "I", "O", "S"};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (strcmp(d->status, words[i]) == 0)
            return true;
    return d->bytes == 0 && d->text.len == 0;
}

/* find_of - the entry of a code, made when there is none; NULL: no memory */
static struct text_find *find_of(struct work *w, const char *code)
{
    struct text_find *grown;

    for (size_t i = 0; i < w->n_finds; i++)
        if (strcmp(w->finds[i].code, code) == 0)
            return &w->finds[i];
    grown = arena_grow(w->a, w->finds, w->n_finds, sizeof(*grown));
    if (!grown)
        return NULL;
    w->finds = grown;
    grown[w->n_finds] = (struct text_find){.said = TEXT_SAID_MAX};
    str_copy(grown[w->n_finds].code, DX_CODE, code);
    return &grown[w->n_finds++];
}

/* place_at - bytes of a document, and the words there */
static struct text_place place_at(struct work *w, const CcDocument *d, size_t start, size_t end,
                                  struct span words)
{
    return (struct text_place){
        .document = d,
        .start = (uint32_t)start,
        .end = (uint32_t)end,
        .quote_hash = digest_u64(d->text.data + start, end - start),
        .quote = arena_strndup(w->a, words.p, words.n),
    };
}

/* add_place - one mention */
static void add_place(struct work *w, struct text_find *f, const CcDocument *d,
                      const struct text_concept *c)
{
    struct text_place *grown;

    if (f->n_places == FIND_PLACES)
        return;
    grown = arena_grow(w->a, f->places, f->n_places, sizeof(*grown));
    if (!grown)
        return;
    f->places = grown;
    grown[f->n_places++] = place_at(w, d, c->start, c->end, (struct span){c->quote, c->quote_len});
}

/* said_here - a stay's last word may be uncertain: as if established */
static enum text_said said_here(const struct work *w, const struct text_concept *c, bool *doubt)
{
    enum text_said said = text_said_at(c);

    *doubt = said == TEXT_DOUBT && w->inpatient && c->section == SECTION_ASSESSMENT;
    return *doubt ? TEXT_PLAIN : said;
}

/* is_interpreted - a report that is final and that a physician answers for (FHIR final and what
 * changed it later, HL7 tables 0123 and 0271) */
static bool is_interpreted(const CcDocument *d)
{
    static const char *const last[] = {"final", "amended", "corrected", "appended",
                                       "F",     "C",       "AU",        "LA"};

    for (size_t i = 0; i < sizeof(last) / sizeof(last[0]); i++)
        if (strcmp(d->status, last[i]) == 0)
            return strcmp(d->kind, "report") == 0 && d->author_npi[0];
    return false;
}

/* concludes - a part of a report that says what was found; without parts it is its conclusion */
static bool concludes(const struct text_concept *c)
{
    return c->section == SECTION_ASSESSMENT || c->section == SECTION_NONE;
}

/* add_mentions - of one code in one text; the strongest that is said of it counts */
static void add_mentions(struct work *w, struct text_find *f, const CcDocument *d,
                         const struct text_code *c)
{
    for (size_t i = 0; i < c->n_concepts; i++) {
        const struct text_concept *m = c->concepts[i];
        bool doubt;
        enum text_said said = said_here(w, m, &doubt);

        if (said > f->said)
            continue;
        if (said < f->said) {
            f->n_places = 0;
            f->said = said;
            f->doubt = doubt;
            f->assessed = f->interpreted = false;
        }
        f->assessed = f->assessed || m->section == SECTION_ASSESSMENT;
        f->interpreted = f->interpreted || (concludes(m) && is_interpreted(d));
        f->doubt = f->doubt && doubt;
        if (!f->node[0] || strlen(m->node) < strlen(f->node))
            str_copy(f->node, DX_CODE, m->node);
        add_place(w, f, d, m);
    }
}

/* add_open - what a code leaves open */
static void add_open(struct text_find *f, const struct text_index *x)
{
    struct text_open open;

    if (f->missing || !text_left_open(x, f->code, &open))
        return;
    f->missing = open.axis;
    for (size_t i = 0; i < open.n; i++)
        str_copy(f->choice[f->n_choices++], DX_CODE, open.code[i]);
}

/* unread - a text that nobody has read, and why: one question a reason, a place for each text */
static void unread(struct work *w, const struct rule *r, const CcDocument *d, const char *why)
{
    CcReviewItem *item =
        work_ask(w, r, "text-unread",
                 work_printf(w, "A text of the record was not read: %s. What does it say?", why));
    CcEvidence *ev = work_new(w, &cc_evidence__descriptor);

    ev->event_id = work_text(w, d->event_id);
    ev->ref = work_text(w, d->ref);
    event_push(w->a, item, evidence, ev);
    if (item->n_options)
        return;
    work_option(w, item, CODE_SYSTEM_UNKNOWN, "", "nothing that is not coded");
    dx_open_options(w, item);
}

/* evidence_of - a place */
static CcEvidence *evidence_of(struct work *w, const struct text_place *p)
{
    CcEvidence *ev = work_new(w, &cc_evidence__descriptor);

    ev->event_id = work_text(w, p->document->event_id);
    ev->ref = work_text(w, p->document->ref);
    ev->start = p->start;
    ev->end = p->end;
    ev->quote_hash = p->quote_hash;
    ev->text = work_text(w, p->quote);
    return ev;
}

/* read_one - a document into the finds */
static void read_one(struct work *w, const struct rule *r, const struct text_index *x,
                     const CcDocument *d)
{
    struct text_reading said;
    struct err e = {0};

    if (d->text.len == 0) {
        unread(w, r, d, "it is not kept with the events of the visit");
        return;
    }
    if (text_read(x, (const char *)d->text.data, d->text.len, text_shelf_desk(w->shelf), &said,
                  &e) != 0) {
        unread(w, r, d, e.text);
        return;
    }
    for (size_t i = 0; i < said.n_codes; i++) {
        struct text_find *f = find_of(w, said.codes[i]->code);
        uint32_t ppm = (uint32_t)(said.codes[i]->confidence * 1e6),
                 measured = (uint32_t)(said.codes[i]->measured * 1e6);

        if (!f)
            return;
        f->ppm = ppm > f->ppm ? ppm : f->ppm;
        f->measured_ppm = measured > f->measured_ppm ? measured : f->measured_ppm;
        add_mentions(w, f, d, said.codes[i]);
        add_open(f, x);
    }
    for (size_t i = 0; i < said.n_unexplained; i++) {
        const struct text_word *u = &said.unexplained[i];
        struct text_place p =
            place_at(w, d, u->start, u->end, (struct span){u->quote, u->quote_len});

        event_push(w->a, w->out, unexplained, evidence_of(w, &p));
    }
}

/* by_probability - the best first */
static int by_probability(const void *a, const void *b)
{
    const struct text_find *x = a, *y = b;

    if (x->ppm != y->ppm)
        return x->ppm > y->ppm ? -1 : 1;
    return strcmp(x->code, y->code);
}

/* no_index - a table that is missing is a question; no memory is tried again */
static void no_index(struct work *w, const struct rule *r, const struct err *e)
{
    if (e->class == ERR_REJECT)
        work_ask(w, r, "no-table",
                 work_printf(w, "The texts of the record were not read: %s. Load it.", e->text));
    else
        w->stop = *e;
}

/* text_read_all - see text.h */
void text_read_all(struct work *w, const struct rule *r)
{
    const struct text_index *x = NULL;
    size_t n = w->texts_read ? 0 : w->enc->n_documents;
    struct err e = {0};

    w->texts_read = true;
    for (size_t i = 0; i < n && w->coding_date; i++) {
        const CcDocument *d = w->enc->documents[i];

        if (taken_back(d))
            continue;
        if (!w->shelf) {
            unread(w, r, d, "this program reads none");
            continue;
        }
        if (!x && !(x = text_shelf_index(w->shelf, w->t, w->coding_date, &e))) {
            no_index(w, r, &e);
            return;
        }
        read_one(w, r, x, d);
    }
    if (w->n_finds)
        qsort(w->finds, w->n_finds, sizeof(*w->finds), by_probability);
}

/* text_evidence - see text.h */
void text_evidence(struct work *w, CcCodeAssignment *as, const struct text_find *f)
{
    for (size_t i = 0; i < f->n_places; i++)
        work_evidence_once(w, as, evidence_of(w, &f->places[i]));
}

/* text_other - see text.h */
void text_other(struct work *w, CcCodeAssignment *as, const char *code, uint32_t ppm,
                const char *missing)
{
    CcAlternative *other = work_new(w, &cc_alternative__descriptor);

    other->code = work_new(w, &cc_code__descriptor);
    other->code->system = CODE_SYSTEM_ICD10CM;
    other->code->code = work_text(w, code);
    other->confidence_ppm = ppm;
    other->missing = work_text(w, missing);
    event_push(w->a, as, alternatives, other);
}

/* text_choices - see text.h */
void text_choices(struct work *w, CcCodeAssignment *as, const struct text_find *f)
{
    for (size_t i = 0; i < f->n_choices; i++)
        text_other(w, as, f->choice[i], 0, work_printf(w, "%s not documented", f->missing));
    if (f->doubt)
        work_cite(w, as, rule_by_id("CM-II.H"));
}

/* text_assign - see text.h */
CcCodeAssignment *text_assign(struct work *w, const struct text_find *f, const struct rule *r,
                              CcCodeStatus status)
{
    CcCodeAssignment *as =
        work_assignment(w, CODE_SYSTEM_ICD10CM, work_text(w, f->code), ORIGIN_TEXT);

    as->status = status;
    as->confidence_ppm = f->ppm;
    work_cite_table(w, as, r, tables_edition(w->t, TABLE_ICD10CM_INDEX, w->coding_date));
    text_evidence(w, as, f);
    text_choices(w, as, f);
    event_push(w->a, w->out, codes, as);
    return as;
}
