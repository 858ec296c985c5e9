/* explode.c - what a TA1, a 999 or a refused batch means for each claim of the file (billing
 * §4.2-4.4)
 *
 * A refused set holds its culprit and sends all others again: whose fault it is, is told by CTX
 * (our claim number) or by the position of the segment in what we sent. A fault that stands in no
 * claim (header, billing provider) is a fault of all: none of them is sent again by itself, or it
 * would be refused forever. */
#include <string.h>

#include "services/submitter/follow/follow.h"

/* tell - one claim of the file */
static int tell(struct svc_ctx *x, const CcInterchange *f, const CcSentClaim *c,
                const CcAnswer *answer, const char *event, struct err *e)
{
    CcAnswer *one = follow_answer_for(x, f, c, answer, event);

    return one ? svc_emit(x, TOPIC_PAYER_ANSWERS, one->claim_id, &one->base, e)
               : follow_no_memory(e);
}

/* ask_about_file - one question for the whole file */
static int ask_about_file(struct svc_ctx *x, const CcInterchange *f, const CcAnswer *answer,
                          const char *reason, const char *rule, struct err *e)
{
    char *text = arena_printf(svc_arena(x), "%s: %s%s%s", f->file_name, rule,
                              answer->reason[0] ? ": " : "", answer->reason);

    return follow_ask(x,
                      &(struct question){.reason = reason,
                                         .key = answer->receiver,
                                         .what = answer->key,
                                         .answer = answer,
                                         .text = text,
                                         .at_stake_cents = f->charge_cents},
                      e);
}

/* has_code - "TA105=025" */
static bool has_code(const CcAnswer *answer, const char *code)
{
    for (size_t i = 0; i < answer->n_codes; i++)
        if (strcmp(answer->codes[i], code) == 0)
            return true;
    return false;
}

/* all_flags - n of them, set */
static bool *flags(struct svc_ctx *x, const CcInterchange *f, bool value)
{
    bool *which = arena_array(svc_arena(x), f->n_claims + 1, sizeof(bool));

    for (size_t i = 0; which && i < f->n_claims; i++)
        which[i] = value;
    return which;
}

/* refuse_all - TA1 R: the file was not read; a duplicate was, the first time, and must not go again
 */
static int refuse_all(struct svc_ctx *x, CcInterchange *f, const CcAnswer *answer, struct err *e)
{
    bool *which = flags(x, f, true);

    if (has_code(answer, "TA105=025"))
        return ask_about_file(x, f, answer, "duplicate-file",
                              "refused as a duplicate: was the first copy accepted?", e);
    if (!which)
        return follow_no_memory(e);
    if (ask_about_file(x, f, answer, "file-refused", "the receiver refused the interchange", e) !=
        0)
        return -1;
    return follow_resend(x, f, answer, life_event_word(LIFE_TA1_R), which, e);
}

/* follow_all - TA1 */
int follow_all(struct svc_ctx *x, CcInterchange *f, const CcAnswer *answer, struct err *e)
{
    if (strcmp(answer->event, life_event_word(LIFE_TA1_R)) == 0)
        return refuse_all(x, f, answer, e);
    for (size_t i = 0; i < f->n_claims; i++)
        if (tell(x, f, f->claims[i], answer, answer->event, e) != 0)
            return -1;
    return 0;
}

/* is_in - does the answer speak of this set? A group's speaks of those that it does not list */
static bool is_in(const CcAnswer *answer, const char *st02)
{
    if (strcmp(answer->level, "set") == 0)
        return strcmp(answer->st02, st02) == 0;
    for (size_t i = 0; i < answer->n_listed; i++)
        if (strcmp(answer->listed[i], st02) == 0)
            return false;
    return true;
}

/* holds - is this segment one of the claim's own? */
static bool holds(const CcSentClaim *c, uint32_t position)
{
    return position >= c->first_segment && position - c->first_segment < c->segments;
}

/* mark_position - the claim whose segment that is; else those below whose subscriber or patient it
 * stands; false: none */
static bool mark_position(const CcInterchange *f, const CcAnswer *answer, uint32_t position,
                          bool *culprit)
{
    bool found = false;

    for (size_t i = 0; i < f->n_claims; i++)
        if (is_in(answer, f->claims[i]->st02) && holds(f->claims[i], position))
            return culprit[i] = true;
    for (size_t i = 0; i < f->n_claims; i++) {
        const CcSentClaim *c = f->claims[i];

        if (is_in(answer, c->st02) && c->hl_first_segment && position >= c->hl_first_segment &&
            position < c->first_segment)
            found = culprit[i] = true;
    }
    return found;
}

/* mark_named - the claim that CTX names; false: it is not in the set */
static bool mark_named(const CcInterchange *f, const CcAnswer *answer, const char *claim_id,
                       bool *culprit)
{
    for (size_t i = 0; i < f->n_claims; i++)
        if (is_in(answer, f->claims[i]->st02) && strcmp(f->claims[i]->claim_id, claim_id) == 0)
            return culprit[i] = true;
    return false;
}

/* find_culprits - false: the fault is nobody's, or everybody's */
static bool find_culprits(const CcInterchange *f, const CcAnswer *answer, bool *culprit)
{
    bool known = answer->n_culprits + answer->n_culprit_positions > 0;

    for (size_t i = 0; i < answer->n_culprits; i++)
        known = mark_named(f, answer, answer->culprits[i], culprit) && known;
    for (size_t i = 0; i < answer->n_culprit_positions; i++)
        known = mark_position(f, answer, answer->culprit_positions[i], culprit) && known;
    return known;
}

/* hold_and_resend - culprits are held, the others of the set go again */
static int hold_and_resend(struct svc_ctx *x, CcInterchange *f, const CcAnswer *answer,
                           const bool *culprit, struct err *e)
{
    bool *others = flags(x, f, false);

    if (!others)
        return follow_no_memory(e);
    for (size_t i = 0; i < f->n_claims; i++) {
        others[i] = is_in(answer, f->claims[i]->st02) && !culprit[i];
        if (culprit[i] && tell(x, f, f->claims[i], answer, life_event_word(LIFE_999_R), e) != 0)
            return -1;
    }
    return follow_resend(x, f, answer, life_event_word(LIFE_999_R_OTHER), others, e);
}

/* refuse_set - 999 R */
static int refuse_set(struct svc_ctx *x, CcInterchange *f, const CcAnswer *answer, struct err *e)
{
    bool *culprit = flags(x, f, false);

    if (!culprit)
        return follow_no_memory(e);
    if (find_culprits(f, answer, culprit))
        return hold_and_resend(x, f, answer, culprit, e);
    for (size_t i = 0; i < f->n_claims; i++)
        if (is_in(answer, f->claims[i]->st02) &&
            tell(x, f, f->claims[i], answer, life_event_word(LIFE_999_R), e) != 0)
            return -1;
    return ask_about_file(x, f, answer, "writer-bug", "a set was refused for what is in no claim",
                          e);
}

/* has_set - is there such a set in the file? */
static bool has_set(const CcInterchange *f, const CcAnswer *answer)
{
    for (size_t i = 0; i < f->n_claims; i++)
        if (is_in(answer, f->claims[i]->st02))
            return true;
    return false;
}

/* follow_set - 999, one set or those that the group does not list; unlisted sets of a partly
 * accepted group are accepted */
int follow_set(struct svc_ctx *x, CcInterchange *f, const CcAnswer *answer, struct err *e)
{
    const char *event = answer->event;

    if (strcmp(answer->level, "set") == 0 && !has_set(f, answer))
        return ask_about_file(x, f, answer, "unknown-file",
                              "a 999 about a set that is not in this file", e);
    if (strcmp(event, life_event_word(LIFE_999_R)) == 0)
        return refuse_set(x, f, answer, e);
    if (strcmp(event, "999_P") == 0)
        event = life_event_word(LIFE_999_A);
    for (size_t i = 0; i < f->n_claims; i++)
        if (is_in(answer, f->claims[i]->st02) && tell(x, f, f->claims[i], answer, event, e) != 0)
            return -1;
    return 0;
}

/* is_meant - a claim of the batch, and of the provider where one is named */
static bool is_meant(const CcAnswer *answer, const CcSentClaim *c)
{
    return strcmp(c->bht03, answer->bht03) == 0 &&
           (strcmp(answer->level, "provider") != 0 || strcmp(c->billing_npi, answer->npi) == 0);
}

/* check_counts - what the receiver counted is what we sent */
static int check_counts(struct svc_ctx *x, const CcInterchange *f, const CcAnswer *answer,
                        uint32_t sent, struct err *e)
{
    char *rule;

    if (!answer->counts_given || answer->accepted + answer->rejected == sent)
        return 0;
    rule = arena_printf(
        svc_arena(x), "%u claims sent under this batch number, %u accepted and %u rejected counted",
        sent, answer->accepted, answer->rejected);
    return rule ? ask_about_file(x, f, answer, "count-mismatch", rule, e) : follow_no_memory(e);
}

/* follow_batch - 277CA about a batch or a provider's claims: a refusal is theirs; receipt is told
 * claim by claim below it */
int follow_batch(struct svc_ctx *x, CcInterchange *f, const CcAnswer *answer, struct err *e)
{
    bool refused = strcmp(answer->event, life_event_word(LIFE_277CA_U)) == 0;
    uint32_t meant = 0;

    for (size_t i = 0; i < f->n_claims; i++) {
        if (!is_meant(answer, f->claims[i]))
            continue;
        meant++;
        if (refused && tell(x, f, f->claims[i], answer, answer->event, e) != 0)
            return -1;
    }
    if (refused && meant == 0)
        return ask_about_file(x, f, answer, "provider-refused",
                              "claims of a provider were refused that are not in this file", e);
    return strcmp(answer->level, "batch") == 0 && !refused ? check_counts(x, f, answer, meant, e)
                                                           : 0;
}
