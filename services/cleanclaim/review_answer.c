/* review_answer.c - a person's word on a question of the coder, as a record of claims.decisions
 *
 * What can be said is checked against the question as it was asked; whether it is still open, and
 * whether the code may be billed on the day, the coder decides, with the tables. */
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "common/base/money.h"
#include "common/base/str.h"
#include "common/sys/clock.h"
#include "services/cleanclaim/review.h"

enum { CODE_MAX = 20, NAME_MAX_LENGTH = 80 };

/* review_option - by its id; NULL: none */
const CcReviewOption *review_option(const CcReviewItem *item, const char *id)
{
    for (size_t i = 0; id && i < item->n_options; i++)
        if (strcmp(item->options[i]->id, id) == 0)
            return item->options[i];
    return NULL;
}

/* What a person names with an option (review.proto, `takes`), and how. */
static const struct {
    const char *takes, *how;
    size_t word; /* where in struct review_word; 0: nothing can be named */
} switches[] = {
    {"code", "--code CODE[,CODE]", offsetof(struct review_word, codes)},
    {"day", "--date YYYY-MM-DD[,YYYY-MM-DD]", offsetof(struct review_word, codes)},
    {"npi", "--code NPI", offsetof(struct review_word, codes)},
    {"amount", "--amount CENTS", offsetof(struct review_word, amount)},
    {"units", "--units N", offsetof(struct review_word, units)},
    {"payer", "--payer ID", offsetof(struct review_word, payer)},
    {"facility", "--facility NAME", offsetof(struct review_word, facility)},
    {"modifiers", "--modifiers M[,M]", offsetof(struct review_word, modifiers)},
    {"reason", "--why TEXT", 0}, /* which is always given */
    {"record", "correct the record: the question goes with its next message", 0},
    {"table", "load the table, then --again", 0},
};

enum { SWITCHES = sizeof(switches) / sizeof(switches[0]) };

/* word_at - of a row; NULL: not given */
static const char *word_at(const struct review_word *w, size_t row)
{
    const char *text = NULL;

    if (switches[row].word)
        memcpy(&text, (const char *)w + switches[row].word, sizeof(text));
    return text;
}

/* review_switch - as the header has it */
const char *review_switch(const char *takes)
{
    for (size_t i = 0; i < SWITCHES; i++)
        if (strcmp(switches[i].takes, takes) == 0)
            return switches[i].how;
    return "";
}

/* takes - such a word goes with the option; one of an older worker names nothing but codes */
static bool takes(const CcReviewOption *o, size_t row)
{
    for (size_t i = 0; o && i < o->n_takes; i++)
        if (strcmp(o->takes[i], switches[row].takes) == 0)
            return true;
    return (!o || (o->n_takes == 0 && strcmp(o->id, "other") == 0)) && row == 0;
}

/* is_named - some word of the row's kind is given, and goes with the option */
static bool is_named(const CcReviewOption *o, const struct review_word *w)
{
    for (size_t i = 0; i < SWITCHES; i++)
        if (takes(o, i) && (word_at(w, i) || strcmp(switches[i].takes, "reason") == 0))
            return true;
    return false;
}

/* misfit - a word that does not go with the option; NULL: none */
static const char *misfit(const CcReviewOption *o, const struct review_word *w)
{
    for (size_t i = 0; i < SWITCHES; i++) {
        bool fits = false;

        for (size_t k = 0; k < SWITCHES; k++)
            fits |= switches[k].word == switches[i].word && takes(o, k);
        if (word_at(w, i) && !fits)
            return switches[i].how;
    }
    return NULL;
}

/* say_how - what answers "other" here */
static void say_how(const CcReviewItem *item, const CcReviewOption *o)
{
    fprintf(stderr, "%s: which one?", item->review_id);
    for (size_t i = 0; i < SWITCHES; i++)
        if (takes(o, i))
            fprintf(stderr, " %s", switches[i].how);
    fprintf(stderr, "\n");
}

/* is_said - an option of the question, with what goes with it; "other" names something */
static bool is_said(const CcReviewItem *item, const struct review_word *w)
{
    const char *choose = w->choose ? w->choose : "other", *wrong;
    const CcReviewOption *o = review_option(item, choose);

    if (w->choose && !o)
        fprintf(stderr, "%s: no option \"%s\"; see `cleanclaim review show %s`\n", item->review_id,
                w->choose, item->review_id);
    else if ((wrong = misfit(o, w)))
        fprintf(stderr, "%s: %s does not go with the answer \"%s\"\n", item->review_id, wrong,
                choose);
    else if (strcmp(choose, "other") == 0 && !is_named(o, w))
        say_how(item, o);
    else
        return true;
    return false;
}

/* put_code - one of the list, a code without its dot or a day without its dashes; false: not the
 * form of any code, or out of memory */
static bool put_code(struct arena *a, CcReviewAnswer *answer, const char *text, size_t n)
{
    CcCode *code = event_new(a, &cc_code__descriptor);
    char plain[CODE_MAX + 1];
    size_t len = 0;

    for (size_t i = 0; i < n; i++) {
        if (text[i] == '.' || text[i] == '-')
            continue;
        if (len == CODE_MAX || !((text[i] >= '0' && text[i] <= '9') ||
                                 ((text[i] | 32) >= 'a' && (text[i] | 32) <= 'z')))
            return false;
        plain[len++] = text[i];
    }
    plain[len] = '\0';
    str_upper(plain);
    return len && code && (code->code = arena_strdup(a, plain)) &&
           event_push(a, answer, codes, code);
}

/* put_name - a payer or facility as the tables write it */
static bool put_name(struct arena *a, CcReviewAnswer *answer, const char *name)
{
    CcCode *code = event_new(a, &cc_code__descriptor);

    if (strlen(name) > NAME_MAX_LENGTH) {
        fprintf(stderr, "%.*s: over %d characters\n", NAME_MAX_LENGTH, name, NAME_MAX_LENGTH);
        return false;
    }
    return code && (code->code = arena_strdup(a, name)) && event_push(a, answer, codes, code);
}

/* put_numbers - cents, and units up to three decimals; false: they are none */
static bool put_numbers(CcReviewAnswer *answer, const struct review_word *w)
{
    answer->amount_given = w->amount != NULL;
    if (w->amount && (!str_to_i64(w->amount, &answer->amount_cents) || answer->amount_cents < 0)) {
        fprintf(stderr, "%s: no amount: whole cents are wanted\n", w->amount);
        return false;
    }
    if (w->units &&
        (decimal_parse(w->units, strlen(w->units), 3, &answer->units_milli) != DECIMAL_OK ||
         answer->units_milli <= 0)) {
        fprintf(stderr, "%s: no units: a number over zero is wanted\n", w->units);
        return false;
    }
    return true;
}

/* put_codes - the list of the command line, or the option's own code */
static bool put_codes(struct arena *a, CcReviewAnswer *answer, const CcReviewItem *item,
                      const struct review_word *w)
{
    const CcReviewOption *o = review_option(item, w->choose);

    if (o && o->code)
        return event_push(a, answer, codes, o->code);
    if (w->payer || w->facility)
        return put_name(a, answer, w->payer ? w->payer : w->facility);
    for (const char *p = w->codes; p && *p;) {
        size_t n = strcspn(p, ",");

        if (!put_code(a, answer, p, n)) {
            fprintf(stderr, "%.*s: no code: letters and digits are wanted\n", (int)n, p);
            return false;
        }
        p += n + (p[n] == ',');
    }
    return true;
}

/* review_word_of - as the header has it */
CcDecision *review_word_of(struct arena *a, const CcReviewItem *item, const struct review_word *w)
{
    CcDecision *d = event_new(a, &cc_decision__descriptor);
    CcReviewAnswer *answer = event_new(a, &cc_review_answer__descriptor);

    if (!d || !answer || !put_codes(a, answer, item, w) || !put_numbers(answer, w) ||
        !review_put_modifiers(a, answer, w->modifiers))
        return NULL;
    d->answer = answer;
    d->encounter = item->encounter;
    d->patient_key = item->patient_key;
    d->at_ms = answer->at_ms = clock_ms();
    answer->review_id = item->review_id;
    answer->choice = arena_strdup(a, w->choose ? w->choose : "other");
    answer->role = arena_strdup(a, w->role);
    answer->why = arena_strdup(a, w->reason);
    answer->version = item->version;
    return arena_exhausted(a) ? NULL : d;
}

/* say - what was sent */
static void say(const CcDecision *d, bool json)
{
    const CcReviewAnswer *answer = d->answer;
    json_t *codes = json_array();

    for (size_t i = 0; i < answer->n_codes; i++)
        json_array_append_new(codes, json_string(answer->codes[i]->code));
    if (json)
        cmd_json(json_pack("{s:s, s:s, s:s, s:o, s:s}", "review", answer->review_id, "encounter",
                           d->encounter, "choice", answer->choice, "codes", json_incref(codes),
                           "role", answer->role));
    else
        printf("%s: decided; the coder makes the next version of %s, `cleanclaim show` tells what "
               "came of it\n",
               answer->review_id, d->encounter);
    json_decref(codes);
}

/* review_answer - as the header has it */
int review_answer(const struct conf *c, struct arena *a, const CcReviewItem *item,
                  const struct review_word *w)
{
    struct review_word word = *w;
    struct err e = {0};
    CcDecision *d;

    if (w->edits || w->instead) {
        fprintf(stderr, "%s: a question of the coder: see `cleanclaim review show %s`\n",
                item->review_id, item->review_id);
        return EXIT_FOUND;
    }
    if (w->again) {
        word.choose = "again";
        word.reason = w->reason ? w->reason : "looked at again";
    }
    if (!is_said(item, &word) || !(d = review_word_of(a, item, &word)))
        return EXIT_FOUND;
    if (review_publish(c, a, d, &e) != 0)
        return cmd_fail(&e);
    say(d, w->json);
    return 0;
}
