/* exc.c - DXR-01, DXR-03: what the tabular list says of two diagnoses
 *
 * Notes stand at a node and apply to all below it (common/tables/tabular.h). The notes of each
 * diagnosis are collected once; then pairs are compared. */
#include "services/validator/edits/edits.h"

#include <string.h>

#include "common/base/str.h"
#include "common/tables/tabular.h"

/* notes_of - all of them, kept in the digest */
static const struct edit_notes *notes_of(struct edit_run *r, struct edit_dx *d,
                                         struct edit_notes *kept, enum tabular_part part)
{
    const struct tabular_note *x;
    struct tabular_walk w;

    if (kept->asked)
        return kept;
    kept->asked = true;
    if (d->valid == ASKED_ABSENT || !edit_ask_table(r, TABLE_ICD10CM_TABULAR, d->on))
        return kept;
    if (!d->climb.begun)
        tabular_begin(r->tables, d->code, d->on, &d->climb);
    w = d->climb;
    while ((x = tabular_note_next(r->tables, d->code, part, d->on, &w))) {
        const struct tabular_note **grown =
            arena_grow(r->arena, kept->list, kept->n_list, sizeof(*grown));

        if (!grown)
            break; /* the arena says so: no claim passes with half its notes */
        kept->list = grown;
        kept->list[kept->n_list++] = x;
    }
    return kept;
}

/* excluding - does a note above a name b and not a itself */
static bool excluding(struct edit_run *r, struct edit_dx *a, const struct edit_dx *b)
{
    const struct edit_notes *notes = notes_of(r, a, &a->excludes, TABULAR_EXCLUDES1);

    for (size_t i = 0; i < notes->n_list; i++)
        if (tabular_note_names(notes->list[i], b->key) &&
            !tabular_note_names(notes->list[i], a->key))
            return true;
    return false;
}

/* tabular_place - at a diagnosis, by the list of the day of the one whose note it is */
static struct place tabular_place(struct edit_run *r, const struct edit_dx *by,
                                  const struct edit_dx *at)
{
    return in_edition(at_dx(r, at), edit_edition(r, TABLE_ICD10CM_TABULAR, by->on));
}

/* is_paired - does the claim say this diagnosis of the patient, here for the first time */
static bool is_paired(const struct edit_dx *d)
{
    return edit_dx_reported(d) && !d->again;
}

/* edit_dxr_01 - two diagnoses that the list calls two names of one, or impossible together
 * (I.A.12.a)
 */
void edit_dxr_01(struct edit_run *r)
{
    for (size_t i = 1; i < r->c->n_dx; i++) {
        struct edit_dx *b = &r->c->dx[i];

        for (size_t k = 0; is_paired(b) && k < i; k++) {
            struct edit_dx *a = &r->c->dx[k];

            if (a->key != b->key && is_paired(a) && (excluding(r, a, b) || excluding(r, b, a)))
                edit_found(r, tabular_place(r, excluding(r, a, b) ? a : b, b),
                           edit_pair_of(r, edit_dx_shown(r, a), edit_dx_shown(r, b)),
                           "%s and %s exclude each other (Excludes1), unless the two conditions "
                           "are unrelated",
                           edit_dx_shown(r, a), edit_dx_shown(r, b));
        }
    }
}

/* says - the note's words, in lower case */
static bool says(const struct tabular_note *n, const char *words)
{
    struct table_row row;
    struct span text;

    tabular_note_row(n, &row);
    text = table_col(&row, "text");
    return memmem(text.p, text.n, words, strlen(words)) != NULL;
}

/* named_at - the first reported diagnosis in this stretch that a note names, or NULL */
static const struct edit_dx *named_at(const struct edit_claim *c, const struct tabular_note *n,
                                      size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (edit_dx_reported(&c->dx[i]) && tabular_note_names(n, c->dx[i].key))
            return &c->dx[i];
    return NULL;
}

/* cause_before - some diagnosis before it that may be its cause: one that the notes name, or, where
 * they only give examples or none, any that is no manifestation itself */
static bool cause_before(struct edit_run *r, const struct edit_dx *d,
                         const struct edit_notes *notes)
{
    bool examples = notes->n_list == 0;

    for (size_t i = 0; i < notes->n_list; i++) {
        if (named_at(r->c, notes->list[i], 0, d->index))
            return true;
        examples |= says(notes->list[i], "such as");
    }
    for (size_t i = 0; examples && i < d->index; i++)
        if (edit_dx_reported(&r->c->dx[i]) && !(edit_dx_flags(r, &r->c->dx[i]) & MCE_MANIFESTATION))
            return true;
    return false;
}

/* after_it - a cause that the notes name and that stands behind the diagnosis, or NULL; notes that
 * begin "if applicable", "if known" bind nobody, nor do those after them */
static const struct edit_dx *after_it(const struct edit_claim *c, const struct edit_dx *d,
                                      const struct edit_notes *notes)
{
    const struct edit_dx *late = NULL;
    size_t n = 0;

    for (; n < notes->n_list && !late; n++) {
        if (named_at(c, notes->list[n], 0, d->index))
            return NULL;
        late = named_at(c, notes->list[n], d->index + 1, c->n_dx);
    }
    for (size_t i = 0; late && i < n; i++)
        if (says(notes->list[i], "if applicable") || says(notes->list[i], "if known"))
            return NULL;
    return late;
}

/* check_cause - one diagnosis with "code first" above it, or a manifestation */
static void check_cause(struct edit_run *r, struct edit_dx *d)
{
    bool manifestation = edit_dx_flags(r, d) & MCE_MANIFESTATION;
    const struct edit_notes *notes = notes_of(r, d, &d->first, TABULAR_CODE_FIRST);
    const struct edit_dx *late = after_it(r->c, d, notes);
    enum table_id by = notes->n_list ? TABLE_ICD10CM_TABULAR : TABLE_MCE;
    struct place p;

    if (!late && (!manifestation || cause_before(r, d, notes)))
        return;
    p = in_edition(at_dx(r, d), edit_edition(r, by, d->on));
    if (late)
        edit_found_as(r, manifestation ? SEVERITY_REJECT : SEVERITY_HOLD, p,
                      edit_pair_of(r, edit_dx_shown(r, late), edit_dx_shown(r, d)),
                      "%s goes before %s (code first)", edit_dx_shown(r, late),
                      edit_dx_shown(r, d));
    else
        edit_found(r, p, edit_dx_shown(r, d),
                   "%s is a manifestation, and its cause is not before it", edit_dx_shown(r, d));
}

/* edit_dxr_03 - the cause before what it causes (I.A.13); first place itself is DXR-02's */
void edit_dxr_03(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_dx; i++) {
        struct edit_dx *d = &r->c->dx[i];

        if (!edit_dx_reported(d) || d->again ||
            (d == r->c->principal && (edit_dx_flags(r, d) & MCE_MANIFESTATION)))
            continue;
        check_cause(r, d);
    }
}
