/* envelope.c - interchanges from the payer back to whom it has the file from */
#include <string.h>

#include "services/sandbox/sandbox.h"

/* sandbox_begin - ISA and GS */
void sandbox_begin(struct x12_writer *w, const struct met *m, const char *gs01, const char *version,
                   uint32_t control)
{
    char hhmm[8];

    x12_isa(w, &(struct x12_isa){.sender_qualifier = m->receiver_qualifier,
                                 .sender = m->receiver,
                                 .receiver_qualifier = m->sender_qualifier,
                                 .receiver = m->sender,
                                 .date = m->date,
                                 .hhmm = m->hhmm,
                                 .control = control,
                                 .test = m->test});
    snprintf(hhmm, sizeof(hhmm), "%04d", m->hhmm % 10000);
    x12_begin(w, "GS");
    x12_put(w, gs01);
    x12_put(w, m->receiver);
    x12_put(w, m->sender);
    x12_date(w, m->date);
    x12_put(w, hhmm);
    x12_number(w, control);
    x12_put(w, "X");
    x12_put(w, version);
    x12_end(w);
}

/* sandbox_end - GE and IEA */
void sandbox_end(struct x12_writer *w, unsigned sets, uint32_t control)
{
    char number[12];

    x12_begin(w, "GE");
    x12_number(w, sets);
    x12_number(w, control);
    x12_end(w);
    snprintf(number, sizeof(number), "%09u", control);
    x12_begin(w, "IEA");
    x12_number(w, 1);
    x12_put(w, number);
    x12_end(w);
}

/* sandbox_set - ST */
void sandbox_set(struct x12_writer *w, const char *st01, unsigned number, const char *version)
{
    char st02[12];

    snprintf(st02, sizeof(st02), "%04u", number);
    x12_begin(w, "ST");
    x12_put(w, st01);
    x12_put(w, st02);
    if (version)
        x12_put(w, version);
    x12_end(w);
}

/* sandbox_set_end - SE with the count */
void sandbox_set_end(struct x12_writer *w, unsigned number)
{
    char st02[12];

    snprintf(st02, sizeof(st02), "%04u", number);
    x12_begin(w, "SE");
    x12_number(w, w->segments + 1);
    x12_put(w, st02);
    x12_end(w);
}
