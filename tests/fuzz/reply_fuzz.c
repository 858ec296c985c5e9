/* reply_fuzz.c - any bytes as a payer's reply: never a crash, nothing half read, everything that is
 * said passes the door */
#include <stdint.h>
#include <stdlib.h>

#include "common/claim/denial.h"
#include "common/claim/lifecycle.h"
#include "common/claim/read835.h"
#include "common/claim/readack.h"

enum { MEMORY = 32 << 20, LONGEST = 1 << 18 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* ties - charge is what was paid and who bears the rest */
static void ties(int64_t charge, int64_t paid, int64_t contractual, int64_t patient, int64_t other)
{
    if (charge != paid + contractual + patient + other)
        abort();
}

/* say_payment - a balanced payment adds up, line by line and claim by claim */
static void say_payment(const struct payment *p)
{
    for (size_t i = 0; i < p->n_claims; i++) {
        CcRemittance *c = p->claims[i];

        if (event_check(&c->base, NULL) != 0)
            abort();
        remit_split(c);
        if (!p->balanced)
            continue;
        ties(c->charge_cents, c->paid_cents, c->contractual_cents, c->patient_cents,
             c->other_cents);
        for (size_t k = 0; k < c->n_lines; k++)
            ties(c->lines[k]->charge_cents, c->lines[k]->paid_cents, c->lines[k]->contractual_cents,
                 c->lines[k]->patient_cents, c->lines[k]->other_cents);
    }
}

/* say_answers - each is a whole message with a key, and leads nowhere that no row allows */
static void say_answers(const struct reply_answers *answers)
{
    for (size_t i = 0; i < answers->n_item; i++) {
        const CcAnswer *a = answers->item[i];

        if (event_check(&a->base, NULL) != 0 || a->key[0] == '\0' || a->event[0] == '\0')
            abort();
        for (int s = 0; s < 24; s++) {
            CcClaimState to = (CcClaimState)s;

            life_move((CcClaimState)s, life_event_of(a->event, a->category), CLAIM_STATE_PAID, &to);
            if (life_state((CcClaimState)s)->posted && !life_state(to)->posted)
                abort(); /* an acknowledgment took a posted claim back */
        }
    }
}

/* LLVMFuzzerTestOneInput - one input as a file */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = size <= LONGEST ? arena_new(MEMORY) : NULL;
    struct reply_walk w;
    struct reply_item item;
    struct err e = {0};

    if (!a)
        return 0;
    reply_walk_init(&w, data, size);
    while (reply_walk_next(&w, &item)) {
        struct reply_answers answers = {0};
        struct payment *p;

        if (item.kind == REPLY_DAMAGED)
            continue;
        if (readack_reads(&item) && readack(a, &item, &answers, &e) == 0)
            say_answers(&answers);
        if (read835_reads(&item) && read835(a, &item, &p, &e) == 0)
            say_payment(p);
        arena_reset(a);
    }
    arena_free(a);
    return 0;
}
