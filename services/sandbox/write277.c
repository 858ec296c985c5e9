/* write277.c - 277CA (005010X214) from what is said of each claim: one set answers one set of ours
 * (billing §4.4) */
#include <string.h>

#include "services/sandbox/sandbox.h"

/* Sums over a stretch of claims. */
struct sums {
    int64_t accepted_cents, rejected_cents;
    unsigned accepted, rejected;
};

/* sum - claims [from, to) */
static struct sums sum(const struct ack_claim *all, size_t from, size_t to)
{
    struct sums s = {0};

    for (size_t i = from; i < to; i++) {
        if (all[i].refused) {
            s.rejected++;
            s.rejected_cents += all[i].charge_cents;
        } else {
            s.accepted++;
            s.accepted_cents += all[i].charge_cents;
        }
    }
    return s;
}

/* put_hl - a level; parent 0: none; children -1: not said */
static void put_hl(struct x12_writer *w, unsigned number, unsigned parent, const char *code,
                   int children)
{
    x12_begin(w, "HL");
    x12_number(w, number);
    if (parent)
        x12_number(w, parent);
    else
        x12_skip(w, 1);
    x12_put(w, code);
    if (children >= 0)
        x12_number(w, children);
    x12_end(w);
}

/* put_name - NM1 of an organisation */
static void put_name(struct x12_writer *w, const char *code, const char *name,
                     const char *qualifier, const char *id)
{
    x12_begin(w, "NM1");
    x12_put(w, code);
    x12_put(w, "2");
    x12_text(w, name[0] ? name : id, 60);
    x12_skip(w, 4);
    x12_put(w, qualifier);
    x12_put(w, id);
    x12_end(w);
}

/* put_two - "TRN*2*x", "QTY*90*1", "AMT*YU*215" */
static void put_two(struct x12_writer *w, const char *id, const char *one, const char *two)
{
    x12_begin(w, id);
    x12_put(w, one);
    x12_put(w, two);
    x12_end(w);
}

/* put_status - STC */
static void put_status(struct x12_writer *w, const char *category, const char *code,
                       const char *entity, int32_t date, bool refused, int64_t cents)
{
    x12_begin(w, "STC");
    x12_put(w, category);
    x12_sub(w, code);
    if (entity[0])
        x12_sub(w, entity);
    x12_date(w, date);
    x12_put(w, refused ? "U" : "WQ");
    x12_money(w, cents);
    x12_end(w);
}

/* put_level - STC of a batch or provider: received, or refused with everything below it */
static void put_level(struct x12_writer *w, const struct refusal *refused, int32_t date,
                      const struct sums *s)
{
    const struct refusal ok = {"A1", "19", "PR"}, *says = refused ? refused : &ok;

    put_status(w, says->category, says->code, says->entity, date, refused != NULL,
               s->accepted_cents + s->rejected_cents);
}

/* put_counts - how many and how much, of each kind there is */
static void put_counts(struct x12_writer *w, const struct sums *s, const char *ok, const char *bad)
{
    char n[12];

    snprintf(n, sizeof(n), "%u", s->accepted);
    if (s->accepted)
        put_two(w, "QTY", ok, n);
    snprintf(n, sizeof(n), "%u", s->rejected);
    if (s->rejected)
        put_two(w, "QTY", bad, n);
    if (s->accepted) {
        x12_begin(w, "AMT");
        x12_put(w, "YU");
        x12_money(w, s->accepted_cents);
        x12_end(w);
    }
    if (s->rejected) {
        x12_begin(w, "AMT");
        x12_put(w, "YY");
        x12_money(w, s->rejected_cents);
        x12_end(w);
    }
}

/* put_dtp - a day, or a range */
static void put_dtp(struct x12_writer *w, const char *code, int32_t from, int32_t thru)
{
    char range[20];

    snprintf(range, sizeof(range), "%08d-%08d", from, thru);
    x12_begin(w, "DTP");
    x12_put(w, code);
    x12_put(w, from == thru ? "D8" : "RD8");
    if (from == thru)
        x12_date(w, from);
    else
        x12_put(w, range);
    x12_end(w);
}

/* put_claim - 2000D */
static void put_claim(struct x12_writer *w, const struct ack_claim *c, const struct met *m,
                      unsigned number, unsigned parent)
{
    const struct refusal ok = {"A2", "20", "PR"}, *says = c->refused ? c->refused : &ok;

    put_hl(w, number, parent, "PT", -1);
    x12_begin(w, "NM1");
    x12_put(w, "QC");
    x12_put(w, "1");
    x12_text(w, c->last, 60);
    x12_text(w, c->first, 35);
    x12_text(w, c->middle, 25);
    x12_skip(w, 2);
    x12_put(w, c->member[0] ? "MI" : "");
    x12_text(w, c->member, 80);
    x12_end(w);
    put_two(w, "TRN", "2", c->claim_id);
    put_status(w, says->category, says->code, says->entity, m->date, c->refused != NULL,
               c->charge_cents);
    if (!c->refused)
        put_two(w, "REF", "1K", c->icn);
    if (c->trace[0])
        put_two(w, "REF", "D9", c->trace);
    if (c->tob[0])
        put_two(w, "REF", "BLT", c->tob + (c->tob[0] == '0'));
    if (c->from_date)
        put_dtp(w, "472", c->from_date, c->thru_date);
}

/* put_head - 2000A and 2000B */
static void put_head(struct x12_writer *w, const struct ack_claim *all, const struct met *m,
                     size_t from, size_t to, unsigned number)
{
    struct sums s = sum(all, from, to);
    char reference[40], hhmm[8];

    snprintf(reference, sizeof(reference), "CA%s%04u", m->isa13, number);
    snprintf(hhmm, sizeof(hhmm), "%04d", m->hhmm % 10000);
    x12_begin(w, "BHT");
    x12_put(w, "0085");
    x12_put(w, "08");
    x12_put(w, reference);
    x12_date(w, m->date);
    x12_put(w, hhmm);
    x12_put(w, "TH");
    x12_end(w);
    put_hl(w, 1, 0, "20", 1);
    put_name(w, "AY", "SANDBOX PAYER", "46", m->receiver);
    put_two(w, "TRN", "1", reference);
    put_dtp(w, "050", m->date, m->date);
    put_dtp(w, "009", m->date, m->date);
    put_hl(w, 2, 1, "21", all[from].with_batch ? 0 : 1);
    put_name(w, "41", all[from].provider, "46", m->sender);
    put_two(w, "TRN", "2", all[from].bht03);
    put_level(w, all[from].with_batch ? all[from].refused : NULL, m->date, &s);
    put_counts(w, &s, "90", "AA");
}

/* put_provider - 2000C with the claims below it; returns the next HL number */
static unsigned put_provider(struct x12_writer *w, const struct ack_claim *all, const struct met *m,
                             size_t from, size_t to, unsigned hl)
{
    struct sums s = sum(all, from, to);
    unsigned parent = hl++;

    bool whole = all[from].with_provider;

    put_hl(w, parent, 2, "19", whole ? 0 : 1);
    put_name(w, "85", all[from].provider, "XX", all[from].npi);
    put_two(w, "TRN", "1", "0");
    put_level(w, whole ? all[from].refused : NULL, 0, &s);
    put_counts(w, &s, "QA", "QC");
    for (size_t i = from; i < to && !whole; i++)
        put_claim(w, &all[i], m, hl++, parent);
    return hl;
}

/* write_277ca - one ST for claims [from, to) of one set of ours */
void write_277ca(struct x12_writer *w, const struct ack_claim *all, const struct met *m,
                 size_t from, size_t to, unsigned number)
{
    unsigned hl = 3;

    sandbox_set(w, "277", number, "005010X214");
    put_head(w, all, m, from, to, number);
    for (size_t i = from; i < to && !all[from].with_batch;) {
        size_t j = i + 1;

        while (j < to && strcmp(all[j].npi, all[i].npi) == 0)
            j++;
        hl = put_provider(w, all, m, i, j, hl);
        i = j;
    }
    sandbox_set_end(w, number);
}
