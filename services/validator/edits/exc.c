/* exc.c - DXR-01, DXR-03: what the tabular list says of two diagnoses
 *
 * Notes stand at a node and apply to all below it (common/tables/tabular.h). The notes of each
 * diagnosis are collected once; then pairs are compared. */
#include "services/validator/edits/edits.h"

#include <string.h>

#include "common/base/str.h"
#include "common/tables/tabular.h"

/* notes_of - all notes of one part that apply to a diagnosis, kept in the digest */
static const struct edit_notes *notes_of(struct edit_run *r, struct edit_dx *d,
                                         struct edit_notes *kept, const char *part)
{
    struct tabular_walk w = {0};
    struct table_row row;

    if (kept->asked)
        return kept;
    kept->asked = true;
    if (d->valid == ASKED_ABSENT || !edit_ask_table(r, TABLE_ICD10CM_TABULAR, d->on))
        return kept;
    while (tabular_next(r->tables, d->code, part, d->on, &w, &row)) {
        struct edit_note *n = arena_alloc(r->arena, sizeof(*n));

        if (!n)
            break;
        *n = (struct edit_note){table_col(&row, "codes"), table_col(&row, "text"), row.edition};
        if (!event_push(r->arena, kept, list, n))
            break;
    }
    return kept;
}

/* excluding - a note above a that names b and not a itself, or NULL */
static const struct edit_note *excluding(struct edit_run *r, struct edit_dx *a,
                                         const struct edit_dx *b)
{
    const struct edit_notes *notes = notes_of(r, a, &a->excludes, "excludes1");

    for (size_t i = 0; i < notes->n_list; i++)
        if (tabular_refers(notes->list[i]->codes, b->code) &&
            !tabular_refers(notes->list[i]->codes, a->code))
            return notes->list[i];
    return NULL;
}

/* edit_dxr_01 - two diagnoses that the list calls two names of one, or impossible together
 * (I.A.12.a)
 */
void edit_dxr_01(struct edit_run *r)
{
    for (size_t i = 1; i < r->c->n_dx; i++)
        for (size_t k = 0; k < i; k++) {
            struct edit_dx *a = &r->c->dx[k], *b = &r->c->dx[i];
            const struct edit_note *n;

            if (!edit_dx_reported(a) || !edit_dx_reported(b) || a->key == b->key ||
                edit_dx_again(r->c, a) || edit_dx_again(r->c, b))
                continue;
            n = excluding(r, a, b);
            n = n ? n : excluding(r, b, a);
            if (n)
                edit_found(r, in_edition(at_dx(r, b), n->edition),
                           edit_pair_of(r, edit_dx_shown(r, a), edit_dx_shown(r, b)),
                           "%s and %s exclude each other (Excludes1), unless the two conditions "
                           "are unrelated",
                           edit_dx_shown(r, a), edit_dx_shown(r, b));
        }
}

/* says - the note's words, in lower case */
static bool says(const struct edit_note *n, const char *words)
{
    return memmem(n->text.p, n->text.n, words, strlen(words)) != NULL;
}

/* named_at - the first reported diagnosis in this stretch that a note names, or NULL */
static const struct edit_dx *named_at(const struct edit_claim *c, const struct edit_note *n,
                                      size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (edit_dx_reported(&c->dx[i]) && tabular_refers(n->codes, c->dx[i].code))
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
 * begin "if applicable", "if known" bind nobody */
static const struct edit_dx *after_it(const struct edit_claim *c, const struct edit_dx *d,
                                      const struct edit_notes *notes)
{
    for (size_t i = 0; i < notes->n_list; i++) {
        const struct edit_note *n = notes->list[i];

        if (says(n, "if applicable") || says(n, "if known") || named_at(c, n, 0, d->index))
            return NULL;
        if (named_at(c, n, d->index + 1, c->n_dx))
            return named_at(c, n, d->index + 1, c->n_dx);
    }
    return NULL;
}

/* check_cause - one diagnosis with "code first" above it, or a manifestation */
static void check_cause(struct edit_run *r, struct edit_dx *d)
{
    bool manifestation = edit_dx_flags(r, d) & MCE_MANIFESTATION;
    const struct edit_notes *notes = notes_of(r, d, &d->first, "code-first");
    const struct edit_dx *late = after_it(r->c, d, notes);
    struct place p = in_edition(at_dx(r, d), notes->n_list ? notes->list[0]->edition
                                                           : edit_edition(r, TABLE_MCE, d->on));

    if (late)
        edit_found_as(r, manifestation ? SEVERITY_REJECT : SEVERITY_HOLD, p,
                      edit_pair_of(r, edit_dx_shown(r, late), edit_dx_shown(r, d)),
                      "%s goes before %s (code first)", edit_dx_shown(r, late),
                      edit_dx_shown(r, d));
    else if (manifestation && !cause_before(r, d, notes))
        edit_found(r, p, edit_dx_shown(r, d),
                   "%s is a manifestation, and its cause is not before it", edit_dx_shown(r, d));
}

/* edit_dxr_03 - the cause before what it causes (I.A.13); first place itself is DXR-02's */
void edit_dxr_03(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_dx; i++) {
        struct edit_dx *d = &r->c->dx[i];

        if (!edit_dx_reported(d) || edit_dx_again(r->c, d) ||
            (d == r->c->principal && (edit_dx_flags(r, d) & MCE_MANIFESTATION)))
            continue;
        check_cause(r, d);
    }
}
