/* answer.c - what people decided of the coder's questions: an answer is one more fact of the record
 *
 * The claim is made of the encounter and the answers. An answer is taken only where the same
 * question (the same id: encounter, reason, words, place) is asked; it is then put where the record
 * would have said it, and all rules run again, as if the record had. What a person decided stands
 * on the code as evidence: whose decision, when, why. An answer that settles nothing leaves the
 * question open. */
#include <string.h>

#include "common/codes/codes.h"
#include "services/coder/answer.h"

/* Options that a question of this reason offers, and what an option without a code does. */
static const struct choice {
    const char *reason, *id;
    const char *text; /* NULL: offered otherwise */
    enum answer_effect effect;
} choices[] = {
    {"bundled", "same", NULL, ANSWER_SETTLE}, /* one service */
    {"bundled", OPTION_UNDETERMINED, NULL, ANSWER_SETTLE},
    {"charge-unmapped", "none", "nothing is billed for it", ANSWER_DROP},
    {"credit-without-charge", "none", "what it takes back was not billed here", ANSWER_DROP},
    {"coverage-dates", OPTION_SELF, NULL, ANSWER_SETTLE},
    {"conflict", "2", NULL, ANSWER_DROP}, /* no diagnosis of this visit */
    {"conflict", OPTION_UNDETERMINED, NULL, ANSWER_HOLD},
    {"equal-principal", OPTION_UNDETERMINED, NULL, ANSWER_SETTLE},
    {"incomplete", OPTION_UNDETERMINED, NULL, ANSWER_SETTLE},
    {"indicator", "none", "no diagnosis", ANSWER_SETTLE},
    {"indicator", OPTION_UNDETERMINED, NULL, ANSWER_SETTLE},
    {"level-gap", "charged", "as it is charged", ANSWER_SETTLE},
    {"level-gap", OPTION_UNDETERMINED, NULL, ANSWER_SETTLE},
    {"missed-charge", "none", "it is not billed apart", ANSWER_SETTLE},
    {"missed-charge", OPTION_UNDETERMINED, NULL, ANSWER_SETTLE},
    {"modifier", "none", NULL, ANSWER_DROP}, /* part of another service */
    {"no-charges", "none", "nothing is to be billed", ANSWER_SETTLE},
    {"no-class", "inpatient", "inpatient", ANSWER_SETTLE},
    {"no-class", "newborn", "newborn", ANSWER_SETTLE},
    {"no-class", "observation", "observation", ANSWER_SETTLE},
    {"no-class", "emergency", "emergency", ANSWER_SETTLE},
    {"no-class", "outpatient", "outpatient", ANSWER_SETTLE},
    {"no-class", "recurring", "recurring", ANSWER_SETTLE},
    {"no-class", "home", "at the patient's home", ANSWER_SETTLE},
    {"no-class", "virtual", "by telecommunication", ANSWER_SETTLE},
    {"no-code", "none", "no diagnosis of this visit", ANSWER_DROP},
    {"no-code", OPTION_UNDETERMINED, NULL, ANSWER_DROP},
    {"no-facility", OPTION_AGAIN, "its row is loaded: look again", ANSWER_HOLD},
    {"no-order", "charged", "it was ordered", ANSWER_SETTLE},
    {"no-order", "none", "it was not: it is not billed", ANSWER_DROP},
    {"no-order", OPTION_UNDETERMINED, NULL, ANSWER_SETTLE},
    {"no-payer", OPTION_SELF, "the patient pays: nothing is claimed", ANSWER_SETTLE},
    {"no-provider", OPTION_AGAIN, NULL, ANSWER_HOLD},
    {"no-price", OPTION_AGAIN, NULL, ANSWER_HOLD},
    {"no-table", OPTION_AGAIN, "it is loaded: look again", ANSWER_HOLD},
    {"not-ready", "complete", "it is complete as it stands", ANSWER_SETTLE},
    {"old-code", "none", "no diagnosis of this visit", ANSWER_DROP},
    {"old-code", OPTION_UNDETERMINED, NULL, ANSWER_DROP},
    {"poa-missing", "Y", "present", ANSWER_POA},
    {"poa-missing", "N", "not present", ANSWER_POA},
    {"poa-missing", "U", "the documentation is insufficient", ANSWER_POA},
    {"poa-missing", "W", "a clinician cannot determine it", ANSWER_POA},
    {"poa-missing", OPTION_UNDETERMINED, NULL, ANSWER_POA},
    {"procedure", "both", NULL, ANSWER_SETTLE},
    {"procedure", "none", NULL, ANSWER_DROP}, /* it is not coded */
    {"procedure-missed", "none", "none", ANSWER_SETTLE},
    {"procedure-missed", OPTION_UNDETERMINED, NULL, ANSWER_SETTLE},
    {"single-mention", "supported", "the record supports it", ANSWER_SETTLE},
    {"single-mention", "none", "no diagnosis of this visit", ANSWER_DROP},
    {"text-conflict", "2", NULL, ANSWER_DROP}, /* no diagnosis of this visit */
    {"text-conflict", OPTION_UNDETERMINED, NULL, ANSWER_HOLD},
    {"text-missed", OPTION_UNDETERMINED, NULL, ANSWER_SETTLE},
    {"text-specific", OPTION_UNDETERMINED, NULL, ANSWER_SETTLE},
    {"text-support", OPTION_UNDETERMINED, NULL, ANSWER_DROP},
    {"text-unexplained", OPTION_OTHER, NULL, ANSWER_SETTLE}, /* these, and no other */
    {"text-unexplained", "none", "none of them", ANSWER_SETTLE},
    {"text-unexplained", OPTION_UNDETERMINED, NULL, ANSWER_SETTLE},
    {"text-unread", OPTION_OTHER, NULL, ANSWER_SETTLE},
    {"text-unread", "none", "nothing of it is coded", ANSWER_SETTLE},
    {"text-unread", OPTION_UNDETERMINED, NULL, ANSWER_SETTLE},
    {"undocumented", "charged", "the record supports it as it is charged", ANSWER_SETTLE},
    {"undocumented", "none", "it is not billed", ANSWER_DROP},
    {"unlinked", OPTION_UNDETERMINED, NULL, ANSWER_SETTLE},
};

/* choice_of - the row of an answer; NULL: none */
static const struct choice *choice_of(const char *reason, const char *id)
{
    for (size_t i = 0; i < sizeof(choices) / sizeof(choices[0]); i++)
        if (strcmp(choices[i].reason, reason) == 0 && strcmp(choices[i].id, id) == 0)
            return &choices[i];
    return NULL;
}

/* is_open - one of the two answers that every question has */
static bool is_open(const char *choice)
{
    return !choice[0] || strcmp(choice, OPTION_OTHER) == 0 ||
           strcmp(choice, OPTION_UNDETERMINED) == 0;
}

/* answer_effect - an option of the question that names no code says that it stands as it is */
enum answer_effect answer_effect(const struct answered *x)
{
    const struct choice *c = choice_of(x->item->reason, x->answer->choice);

    if (c)
        return c->effect;
    return is_open(x->answer->choice) || x->answer->n_codes ? ANSWER_HOLD : ANSWER_SETTLE;
}

/* answer_offer - see work.h */
void answer_offer(struct work *w, CcReviewItem *item)
{
    bool own = item->n_options > 0;

    for (size_t i = 0; i < sizeof(choices) / sizeof(choices[0]) && !own; i++) {
        CcReviewOption *o;

        if (!choices[i].text || strcmp(choices[i].reason, item->reason) != 0)
            continue;
        o = work_choice(w, item, choices[i].id, choices[i].text);
        if (choices[i].effect == ANSWER_POA) /* of some of the codes only */
            work_takes(w, o, "code");
    }
}

/* is_taken - the answer is in the list */
static bool is_taken(const struct answered *list, size_t n, const CcReviewAnswer *answer)
{
    for (size_t i = 0; i < n; i++)
        if (list[i].answer == answer)
            return true;
    return false;
}

/* question_of - that the run asks; NULL: it does not */
static const CcReviewItem *question_of(const struct work *w, const CcReviewAnswer *answer)
{
    for (size_t k = 0; k < w->out->n_review; k++)
        if (strcmp(w->out->review[k]->review_id, answer->review_id) == 0)
            return w->out->review[k];
    return NULL;
}

/* entry_of - what the validator found in a claim, as a question about the entry: it still has the
 * code that the person looked at; NULL: it has not */
static const CcReviewItem *entry_of(struct work *w, const CcReviewAnswer *answer)
{
    CcReviewItem *item = work_new(w, &cc_review_item__descriptor);

    item->review_id = answer->review_id;
    item->reason = work_text(w, "finding");
    event_push(w->a, item, evidence, answer->place);
    for (size_t i = 0; i < w->out->n_codes; i++)
        if (answer_is_about(item, w->out->codes[i]) &&
            w->out->codes[i]->status == CODE_STATUS_ACCEPTED &&
            strcmp(w->out->codes[i]->code->code, answer->before) == 0)
            return item;
    return NULL;
}

/* answer_collect - see work.h */
bool answer_collect(struct work *w, struct answered **list, size_t *n)
{
    size_t before = *n;

    for (size_t i = 0; i < w->visit->n_answers; i++) {
        const CcReviewAnswer *answer = w->visit->answers[i];
        const CcReviewItem *item;
        struct answered *grown;

        if (is_taken(*list, *n, answer))
            continue;
        item = answer->place ? entry_of(w, answer) : question_of(w, answer);
        if (!item)
            continue;
        grown = arena_grow(w->a, *list, *n, sizeof(*grown));
        if (!grown)
            return false;
        *list = grown;
        grown[(*n)++] = (struct answered){item, answer};
    }
    return *n > before;
}

/* answer_new_code - see answer.h */
CcCode *answer_new_code(struct work *w, CcCodeSystem system, const char *code)
{
    CcCode *c = work_new(w, &cc_code__descriptor);
    char plain[DX_CODE];

    c->system = system;
    c->code = work_text(
        w, system == CODE_SYSTEM_ICD10CM && code_plain(code, plain, sizeof(plain)) ? plain : code);
    return c;
}

/* keeps_own - the person names the code that is there already; which is first is asked of a code
 * that may not be */
static bool keeps_own(const struct answered *x, const CcCodeAssignment *about)
{
    return about && about->status == CODE_STATUS_ACCEPTED && x->answer->n_codes == 1 &&
           strcmp(x->item->reason, "no-principal") != 0 &&
           strcmp(x->answer->codes[0]->code, about->code->code) == 0;
}

/* answer_given - see answer.h */
const CcReviewAnswer *answer_given(const struct work *w, const CcReviewItem *item)
{
    for (size_t i = 0; i < w->n_answered; i++)
        if (strcmp(w->answered[i].answer->review_id, item->review_id) == 0)
            return w->answered[i].answer;
    return NULL;
}

/* asked_by - the rule whose question it is */
static bool asked_by(const struct answered *x, const char *rule)
{
    return x->item->n_rules && strcmp(x->item->rules[0]->rule, rule) == 0;
}

/* answer_of_line - see answer.h */
bool answer_of_line(const struct answered *x)
{
    return asked_by(x, "MOD-MAX");
}

/* is_waste - of a container, not yet how much */
static bool is_waste(const struct answered *x)
{
    return asked_by(x, "UNI-12") && strcmp(x->answer->choice, OPTION_DISCARDED) == 0;
}

/* answer_waste_milli - see answer.h */
int64_t answer_waste_milli(const struct answered *x)
{
    int64_t units = is_waste(x) ? x->answer->units_milli : 0;

    return units > 0 && units % 1000 == 0 ? units : 0;
}

/* is_offered - the choice is one of the question's own options */
static bool is_offered(const struct answered *x)
{
    for (size_t i = 0; i < x->item->n_options; i++)
        if (strcmp(x->item->options[i]->id, x->answer->choice) == 0)
            return !is_open(x->answer->choice);
    return false;
}

/* stands - nothing is left to ask: of a line's modifiers the person chose or named some, of what
 * was discarded how much */
static bool stands(const struct answered *x, const CcCodeAssignment *about)
{
    enum answer_effect effect = answer_effect(x);

    if (answer_of_line(x))
        return x->answer->n_modifiers ? x->answer->n_modifiers <= LINE_MODIFIERS : is_offered(x);
    if (is_waste(x))
        return answer_waste_milli(x) > 0;
    return effect == ANSWER_SETTLE || effect == ANSWER_DROP || keeps_own(x, about);
}

/* answer_settles - see work.h */
bool answer_settles(struct work *w, const CcReviewItem *item, CcCodeAssignment *about)
{
    for (size_t i = 0; i < w->n_answered; i++) {
        const struct answered *x = &w->answered[i];

        if (strcmp(x->answer->review_id, item->review_id) != 0)
            continue;
        if (!stands(x, about))
            return false;
        if (about)
            answer_decided(w, rule_by_id("DEC-01"), about, x->answer);
        return true;
    }
    return false;
}
