/* clock.c - silence leads somewhere: each state's clock, and the limits that run beside it
 *
 * How long a payer may be silent is the payer's row, else a setting. A payer that takes questions
 * is asked for the status (276) first, four times at most with growing gaps and never in the last
 * month before the filing limit; then, and where no question can be asked, a person is (billing §5,
 * §8.8). The limits to file and to appeal are counted on every claim that is open and told as they
 * come near (§8.6). */
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "services/submitter/follow/follow.h"

enum { ASK_MAX = 4, LAST_DAYS = 30, PAYER_KEY = 96 };
#define DAY_MS (INT64_C(24) * 3600000)

/* Days from one question to the next: asked on day 14, 21, 30 and 45 of a payer's usual silence. */
static const int gaps[ASK_MAX] = {7, 9, 15, 15};

/* span_ms - the payer's column in its unit; empty: what the setting says, to the millisecond */
static int64_t span_ms(const struct table_row *row, const char *column, int64_t unit_ms,
                       int64_t setting_ms)
{
    const int64_t n = table_col_i64(row, column, -1);

    return n < 0 ? setting_ms : n * unit_ms;
}

/* life_terms - see follow.h */
struct terms life_terms(struct svc_ctx *x, const char *payer_id)
{
    const struct follow *set = svc_user(x);
    struct terms t = {.file_ms = set->file_ms,
                      .ack_ms = set->clock_ms[LIFE_CLOCK_ACK],
                      .era_ms = set->clock_ms[LIFE_CLOCK_ERA],
                      .crossover_ms = set->clock_ms[LIFE_CLOCK_COB],
                      .replaces = true,
                      .appeal_days = set->appeal_days,
                      .variance_cents = set->variance_cents,
                      .variance_percent = set->variance_percent};
    struct table_row row;
    char key[PAYER_KEY];

    if (!svc_tables(x) || !str_copy(key, sizeof(key), payer_id))
        return t;
    str_upper(key);
    if (tables_find(svc_tables(x), TABLE_PAYERS, key, NULL, date_of_ms(svc_now_ms(x), 0), &row) !=
        LOOKUP_FOUND)
        return t;
    t.file_ms = span_ms(&row, "file_hours", DAY_MS / 24, t.file_ms);
    t.ack_ms = span_ms(&row, "ack_days", DAY_MS, t.ack_ms);
    t.era_ms = span_ms(&row, "era_days", DAY_MS, t.era_ms);
    t.appeal_days = table_col_i64(&row, "appeal_days", t.appeal_days);
    t.variance_cents = table_col_i64(&row, "variance_cents", t.variance_cents);
    t.variance_percent = table_col_i64(&row, "variance_percent", t.variance_percent);
    t.replaces = !table_col_is(&row, "allow_freq7", "N");
    t.crossover_ms = span_ms(&row, "crossover_days", DAY_MS, t.crossover_ms);
    t.crossover_bill = table_col_is(&row, "crossover_bill", "Y");
    t.inquiry = table_col_is(&row, "inquiry", "Y");
    t.resend = table_col_is(&row, "resend_unknown", "Y");
    return t;
}

/* may_ask - does the payer take questions, and is there one left for this claim? */
static bool may_ask(const struct life *l)
{
    static const unsigned states =
        1u << CLAIM_STATE_UNKNOWN | 1u << CLAIM_STATE_ACCEPTED | 1u << CLAIM_STATE_PENDING;
    const CcClaimStatus *st = l->status;
    int32_t today = date_of_ms(svc_now_ms(l->x), 0);

    if (!((states >> st->state) & 1) || l->st->inquiries >= ASK_MAX || !l->st->claim ||
        l->st->claim->version != st->version || !status_askable(l->st->claim) ||
        (date_valid(st->filing_deadline_date) &&
         date_diff(st->filing_deadline_date, today) < LAST_DAYS))
        return false;
    return life_terms(l->x, st->payer_id).inquiry;
}

/* life_clock_ms - see follow.h */
int64_t life_clock_ms(const struct life *l)
{
    enum life_clock clock = life_state(l->status->state)->clock;
    struct terms t = life_terms(l->x, l->status->payer_id);

    if (l->st->inquiries && may_ask(l))
        return gaps[l->st->inquiries - 1] * DAY_MS;
    if (clock == LIFE_CLOCK_ACK)
        return t.ack_ms;
    if (clock == LIFE_CLOCK_COB && l->st->crossover)
        return t.crossover_ms;
    if (clock == LIFE_CLOCK_CLOSE && l->st->claim && life_patient_balance(l) > 0)
        return l->set->patient_ms;
    return clock == LIFE_CLOCK_ERA ? t.era_ms : l->set->clock_ms[clock];
}

/* life_inquire - see follow.h */
int life_inquire(struct life *l, bool *asked, struct err *e)
{
    CcAnswer *a;

    *asked = may_ask(l);
    if (!*asked)
        return 0;
    l->st->inquiries++;
    a = event_new(svc_arena(l->x), &cc_answer__descriptor);
    if (!a || !(a->kind = arena_strdup(svc_arena(l->x), "276")) ||
        !(a->level = arena_strdup(svc_arena(l->x), "inquiry")) ||
        !(a->key = arena_printf(svc_arena(l->x), "276|%s|%u", l->id, l->st->inquiries)) ||
        !(a->trace = arena_printf(svc_arena(l->x), "%s-%u", l->id, l->st->inquiries)))
        return follow_no_memory(e);
    a->claim_id = l->status->claim_id;
    a->receiver = l->status->receiver;
    a->payer_claim = l->status->payer_claim;
    a->claim = l->st->claim;
    a->accepted = l->st->not_found;
    a->received_ms = svc_now_ms(l->x);
    l->moved = true;
    return svc_emit(l->x, TOPIC_PAYER_ANSWERS, a->receiver, &a->base, e) != 0
               ? -1
               : life_say(l,
                          &(struct said){.event = LIFE_INQUIRY,
                                         .to = l->status->state,
                                         .reason = arena_printf(
                                             svc_arena(l->x),
                                             "the payer is asked for the status (276), question %u",
                                             l->st->inquiries)},
                          e);
}

/* What a clock that ran out asks. */
struct silence_row {
    enum life_clock clock;
    const char *reason, *text;
};

/* clang-format off */
static const struct silence_row silences[] = {
    {LIFE_CLOCK_STEP,   "stuck",       "a worker of ours has not acted on this claim for long"},
    {LIFE_CLOCK_PERSON, "still-open",  "this claim still waits for a person"},
    {LIFE_CLOCK_ACK,    "silent",      "no acknowledgment came: ask for the status (276) or call; do not send it again unasked"},
    {LIFE_CLOCK_ERA,    "no-payment",  "accepted, and no remittance came: ask for the status (276)"},
    {LIFE_CLOCK_COB,    "cob-silent",  "the next payer has its claim, and no remittance of it came"},
    {LIFE_CLOCK_CLOSE,  "balance-left", "paid, and something is left that nobody has billed or written off"},
};
/* clang-format on */

/* ask_silence - the question of a clock */
static int ask_silence(struct life *l, enum life_clock clock, CcClaimState before, struct err *e)
{
    char word[EVENT_WORD];

    for (size_t i = 0; i < sizeof(silences) / sizeof(silences[0]); i++)
        if (silences[i].clock == clock)
            return life_ask(
                l,
                &(struct question){
                    .reason = silences[i].reason,
                    .what = event_word(&cc_claim_state__descriptor, (int)before, true, word),
                    .text = silences[i].text,
                    .at_stake_cents = l->status->charge_cents - l->status->paid_cents,
                    .due_date = l->status->filing_deadline_date},
                e);
    return 0;
}

/* other_left - an amount that neither payer, patient nor contract explains */
static bool other_left(const struct life *l)
{
    int64_t left = 0;

    for (size_t i = 0; i < l->st->n_posted; i++)
        left |= l->st->posted[i]->other_cents - l->st->posted[i]->neutral_cents;
    return left != 0;
}

/* nothing_left - paid, written off, and nobody owes anything */
static bool nothing_left(const struct life *l)
{
    int64_t owed = l->status->patient_cents - (l->st->claim ? l->st->claim->patient_paid_cents : 0);

    return owed == 0 && !life_waits_next(l) && !other_left(l);
}

/* ask_credit - the patient has paid more than is owed */
static int ask_credit(struct life *l, struct err *e)
{
    return life_ask(l,
                    &(struct question){.reason = "patient-credit",
                                       .text = "the patient has paid more than is owed",
                                       .fix = "refund the difference",
                                       .owner = "patient accounts",
                                       .at_stake_cents = -life_patient_balance(l)},
                    e);
}

/* statement - what is left is the patient's where no other payer is; else a person looks */
static int statement(struct life *l, struct err *e)
{
    CcClaimState before = l->status->state, to = before;
    int64_t balance = l->st->claim && !other_left(l) ? life_patient_balance(l) : 0;

    if (balance < 0)
        return ask_credit(l, e);
    if (balance == 0 || life_move(before, LIFE_PATIENT_BALANCE, before, &to) != LIFE_MOVES)
        return ask_silence(l, LIFE_CLOCK_CLOSE, before, e);
    return life_say(l,
                    &(struct said){.event = LIFE_PATIENT_BALANCE,
                                   .to = to,
                                   .reason = "no other payer is left: the patient owes the rest"},
                    e);
}

/* ring - what the clock of a state says */
static int ring(struct life *l, enum life_clock clock, struct err *e)
{
    enum life_event event = life_clock_event(clock);
    CcClaimState before = l->status->state, to = before;
    bool closing = event == LIFE_BALANCE_ZERO, asked,
         moves = life_move(before, event, before, &to) == LIFE_MOVES;

    if (closing && !nothing_left(l))
        return statement(l, e);
    if (clock == LIFE_CLOCK_COB && l->st->crossover)
        return life_crossover_silent(l, e);
    if (moves &&
        life_say(l,
                 &(struct said){.event = event,
                                .to = to,
                                .reason = closing ? "nothing is left" : "nobody answered in time"},
                 e) != 0)
        return -1;
    if (closing && moves)
        return 0;
    if (before == CLAIM_STATE_REVERSED && l->st->child[0])
        return life_ask_changed(l, NULL, "it took its decision back, and no other came", e);
    if (life_inquire(l, &asked, e) != 0)
        return -1;
    return asked ? 0 : ask_silence(l, clock, before, e);
}

/* follow_clock - a claim's clock ran out */
int follow_clock(struct svc_ctx *x, const char *id, struct err *e)
{
    struct life l;
    enum life_clock clock;

    if (life_load(&l, x, id, e) != 0)
        return -1;
    if (!l.status)
        return 0;
    clock = life_state(l.status->state)->clock;
    if (clock == LIFE_CLOCK_NONE)
        return 0;
    if (ring(&l, clock, e) != 0)
        return -1;
    l.moved = true; /* wound again */
    return life_save(&l, e);
}

/* Days before a limit on which it is told. */
static const int filing_days[] = {60, 30, 15, 5, 0, -1}, appeal_days[] = {30, 15, 5, 0, -1};

/* limit_of - the day that an open claim must not miss, and when it is told; 0: none runs */
static int32_t limit_of(const struct life *l, const int **days)
{
    static const unsigned proved =
        1u << CLAIM_STATE_ACK_RECEIVED | 1u << CLAIM_STATE_ACCEPTED | 1u << CLAIM_STATE_PENDING;
    const CcClaimStatus *st = l->status;
    const struct life_state *row = life_state(st->state);

    if (!row->posted && row->clock != LIFE_CLOCK_NONE && !((proved >> st->state) & 1)) {
        *days = filing_days;
        return date_valid(st->filing_deadline_date) ? st->filing_deadline_date : 0;
    }
    *days = appeal_days;
    return st->state == CLAIM_STATE_DENIED || st->state == CLAIM_STATE_PARTIAL
               ? life_appeal_limit(l)
               : 0;
}

/* wind - the next time that the limit is told */
static int wind(struct life *l, int32_t limit, const int *days, struct err *e)
{
    int64_t now = svc_now_ms(l->x), at = 0;

    for (; limit && *days >= 0 && at <= now; days++)
        at = ms_of(date_add(limit, -*days), 0, 0, 0, 0, 0);
    return life_timer(l, "due", at > now ? at - now : 0, e);
}

/* life_watch - see follow.h */
int life_watch(struct life *l, struct err *e)
{
    const int *days;
    int32_t limit = limit_of(l, &days);

    if (limit == l->st->limit_date)
        return 0;
    l->st->limit_date = limit;
    l->changed = true;
    return wind(l, limit, days, e);
}

/* follow_due - a limit comes near */
int follow_due(struct svc_ctx *x, const char *id, struct err *e)
{
    const int *days;
    struct life l;
    int32_t limit, left;
    bool filing;

    if (life_load(&l, x, id, e) != 0)
        return -1;
    limit = l.status ? limit_of(&l, &days) : 0;
    if (!limit)
        return 0;
    filing = days == filing_days;
    left = date_diff(limit, date_of_ms(svc_now_ms(x), 0));
    if (follow_ask(x,
                   &(struct question){
                       .reason = filing ? "filing-limit" : "appeal-limit",
                       .key = id,
                       .what = arena_printf(svc_arena(x), "%d", (int)limit),
                       .claim = l.status,
                       .life = &l,
                       .text = arena_printf(svc_arena(x), "%d days are left to %s", (int)left,
                                            filing ? "file this claim" : "appeal the decision"),
                       .route = filing ? "FIX" : "APP",
                       .at_stake_cents = l.status->charge_cents - l.status->paid_cents,
                       .due_date = limit},
                   e) != 0)
        return -1;
    return wind(&l, limit, days, e);
}
