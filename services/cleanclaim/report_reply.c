/* report_reply.c - what payers sent: every payment of an 835, whether anything of it was posted or
 * not, so that a payment of which no claim was known is not missed beside the bank's deposits */
#include "services/cleanclaim/report.h"

enum { MEMORY = 256 << 20 };

/* report_payments - see report.h */
void report_payments(const CcReply *r, void (*fn)(void *arg, const struct payment *p), void *arg)
{
    struct arena *a = arena_new(MEMORY);
    struct reply_walk w;
    struct reply_item item;
    struct payment *p;
    struct err e = {0};

    reply_walk_init(&w, r->x12.data, r->x12.len);
    while (a && reply_walk_next(&w, &item))
        if (read835_reads(&item) && read835(a, &item, &p, &e) == 0)
            fn(arg, p);
    arena_free(a);
}
