/* step.c - one try to hand a file over */
#include "services/submitter/deliver/step.h"

#include <stdio.h>

/* unable - an outcome of what lies there, where that ends the step */
static enum outcome unable(enum presence there)
{
    return there == THERE_STOPPED ? OUT_STOPPED : OUT_AWAY;
}

/* upload - NAME.part, whole: its size, or its content, is looked at before anything is renamed */
static enum outcome upload(struct dest *d, const struct parcel *p, const char *part, struct err *e)
{
    enum outcome o = d->by->put(d, p, part, e);
    enum presence there;

    if (o == OUT_AWAY)
        return OUT_AGAIN; /* NAME.part is nothing to a payer: the next try writes it again */
    if (o != OUT_DONE)
        return o;
    there = d->by->look(d, p, part, e);
    if (there == THERE_SAME)
        return OUT_NEXT;
    if (there == THERE_AWAY || there == THERE_STOPPED)
        return there == THERE_AWAY ? OUT_AGAIN : OUT_STOPPED;
    err_set(e, ERR_RETRY, "size", "what was uploaded is not there as it was sent");
    return OUT_AGAIN;
}

/* publish - NAME.part becomes NAME; both gone: it was, and the payer has taken it */
static enum outcome publish(struct dest *d, const struct parcel *p, const char *part, struct err *e)
{
    enum presence there = d->by->look(d, p, p->name, e);

    if (there == THERE_SAME)
        return OUT_DONE;
    if (there == THERE_OTHER) {
        err_set(e, ERR_REJECT, "name-reused", "another file lies there under this name");
        return OUT_REFUSED;
    }
    if (there != THERE_NOT)
        return unable(there);
    there = d->by->look(d, p, part, e);
    if (there == THERE_NOT)
        return OUT_DONE;
    if (there == THERE_SAME)
        return d->by->rename(d, part, p->name, e);
    if (there != THERE_OTHER)
        return unable(there);
    err_set(e, ERR_REJECT, "part-changed", "the uploaded file was changed before it was renamed");
    return OUT_REFUSED;
}

/* look_first - bytes may have gone out, and cannot be taken back */
static enum outcome look_first(struct dest *d, const struct parcel *p, struct err *e)
{
    enum presence there = d->by->look(d, p, p->name, e);

    switch (there) {
    case THERE_SAME:
        return OUT_DONE;
    case THERE_OTHER:
        err_set(e, ERR_REJECT, "name-reused", "another file lies there under this name");
        return OUT_REFUSED;
    case THERE_NOT: /* any more, or not yet: the receiver may have taken it */
    case THERE_UNKNOWN:
        if (d->repeat)
            return d->by->put(d, p, p->name, e);
        err_set(e, ERR_REJECT, "unknown-outcome",
                "the file may have arrived, and the receiver cannot say whether it did");
        return OUT_UNSURE;
    default:
        return unable(there);
    }
}

/* step_run - see step.h */
enum outcome step_run(struct dest *d, const struct parcel *p, enum phase phase, struct err *e)
{
    char part[PARCEL_NAME + 8];
    enum outcome o;

    snprintf(part, sizeof(part), "%s.part", p->name);
    if (!d->by->rename)
        o = phase == PHASE_NEW ? d->by->put(d, p, p->name, e) : look_first(d, p, e);
    else
        o = phase == PHASE_RENAME ? publish(d, p, part, e) : upload(d, p, part, e);
    if (d->by->end)
        d->by->end(d);
    return o;
}
