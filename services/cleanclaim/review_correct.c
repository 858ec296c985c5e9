/* review_correct.c - what the validator found in a claim is right: another code, or other modifiers
 *
 * The person names the code of the claim that is wrong; where it was read is its place in the
 * record. The coder puts the answer there and makes the next version, which is validated again. */
#include <stdio.h>
#include <string.h>

#include "common/base/str.h"
#include "services/cleanclaim/review.h"

enum { CODE_MAX = 20, MODIFIER = 2 };

/* code_of - of an assignment; "" = none */
static const char *code_of(const CcCodeAssignment *as)
{
    return as && as->code ? as->code->code : "";
}

/* find - the first line, then diagnosis, of the claim with this code; NULL: none */
static const CcCodeAssignment *find(const CcClaim *c, const char *code)
{
    for (size_t i = 0; i < c->n_lines; i++)
        if (strcmp(code_of(c->lines[i]->procedure), code) == 0)
            return c->lines[i]->procedure;
    for (size_t i = 0; i < c->n_diagnoses; i++)
        if (strcmp(code_of(c->diagnoses[i]->assignment), code) == 0)
            return c->diagnoses[i]->assignment;
    return NULL;
}

/* only_code - the one code that all open findings speak of; "" = none, or several */
static const char *only_code(const CcReviewItem *item)
{
    const char *found = "";

    for (size_t i = 0; i < item->n_findings; i++)
        for (size_t k = 0; k < item->findings[i]->n_codes; k++) {
            const char *code = item->findings[i]->codes[k];

            if (item->findings[i]->overridden || strcmp(found, code) == 0)
                continue;
            if (*found)
                return "";
            found = code;
        }
    return found;
}

/* plain - without dot, upper case */
static void plain(const char *text, char out[CODE_MAX + 1])
{
    size_t n = 0;

    for (; *text && n < CODE_MAX; text++)
        if (*text != '.')
            out[n++] = *text;
    out[n] = '\0';
    str_upper(out);
}

/* review_put_modifiers - of the line, all of them; false: one that is none, or out of memory */
bool review_put_modifiers(struct arena *a, CcReviewAnswer *answer, const char *list)
{
    while (list && *list) {
        size_t n = strcspn(list, ",");
        char *one = n == MODIFIER ? arena_strndup(a, list, n) : NULL;

        if (!one) {
            fprintf(stderr, "%.*s: no modifier: two characters are wanted\n", (int)n, list);
            return false;
        }
        str_upper(one);
        if (!event_push(a, answer, modifiers, one))
            return false;
        list += n + (list[n] == ',');
    }
    return true;
}

/* place_of - where the wrong code was read; NULL: not on the claim, or from nowhere, which is said
 */
static const CcCodeAssignment *place_of(const CcReviewItem *item, const CcClaim *claim,
                                        const struct review_word *w, char wrong[CODE_MAX + 1])
{
    const CcCodeAssignment *as;

    plain(w->instead ? w->instead : only_code(item), wrong);
    if (!wrong[0]) {
        fprintf(stderr, "%s: which code of the claim? Name it with --instead-of\n",
                item->review_id);
        return NULL;
    }
    as = find(claim, wrong);
    if (!as || !as->n_evidence) {
        fprintf(stderr, "%s: %s is not on version %u of the claim\n", item->review_id, wrong,
                item->version);
        return NULL;
    }
    return as;
}

/* review_correct - as the header has it */
int review_correct(const struct conf *c, struct arena *a, const CcReviewItem *item,
                   const CcClaim *claim, const struct review_word *w)
{
    char wrong[CODE_MAX + 1];
    const CcCodeAssignment *as = place_of(item, claim, w, wrong);
    CcDecision *d = as ? review_word_of(a, item, w) : NULL;
    struct err e = {0};

    if (!d)
        return EXIT_FOUND;
    if (!claim->encounter[0]) {
        fprintf(stderr, "%s: the claim was coded elsewhere: correct it there\n", item->claim_id);
        return EXIT_FOUND;
    }
    d->claim_id = item->claim_id;
    d->version = item->version;
    d->encounter = claim->encounter;
    d->patient_key = claim->patient_key;
    d->answer->place = as->evidence[0];
    d->answer->before = arena_strdup(a, wrong);
    d->answer->review_id = arena_printf(a, "%s/%s", item->review_id, as->evidence[0]->ref);
    if (!d->answer->before || !d->answer->review_id)
        err_set(&e, ERR_REJECT, "size", "the claim needs more memory than a message may");
    if (e.code[0] || review_publish(c, a, d, &e) != 0)
        return cmd_fail(&e);
    if (w->json)
        cmd_json(json_pack("{s:s, s:s, s:i, s:s, s:s}", "review", item->review_id, "claim",
                           d->claim_id, "version", (int)d->version, "instead_of", wrong, "role",
                           d->answer->role));
    else
        printf("%s version %u: %s is corrected; the coder makes the next version\n", d->claim_id,
               d->version, wrong);
    return 0;
}
