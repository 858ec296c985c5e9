/* envelope.c - interchanges from the payer back to whom it has the file from */
#include <string.h>

#include "common/sys/file.h"
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

/* plain - a name part of a file: what is no letter or digit becomes '-' */
static void plain(const char *s, char *out, size_t size)
{
    size_t n = 0;

    for (; s[n] && n + 1 < size; n++)
        out[n] = (s[n] >= 'A' && s[n] <= 'Z') || (s[n] >= 'a' && s[n] <= 'z') ||
                         (s[n] >= '0' && s[n] <= '9')
                     ? s[n]
                     : '-';
    out[n] = '\0';
}

/* sandbox_reply - whole or not at all */
int sandbox_reply(struct box *b, const struct met *m, const char *kind, const char *extra,
                  const void *p, size_t n, struct err *e)
{
    char name[SANDBOX_KEY], sender[SANDBOX_ID], number[SANDBOX_ID];

    plain(m->sender, sender, sizeof(sender));
    plain(m->isa13, number, sizeof(number));
    snprintf(name, sizeof(name), "%s_%s_%s%s%s.x12", kind, sender, number, extra ? "_" : "",
             extra ? extra : "");
    if (file_write(b->replies, name, p, n, e) != 0)
        return -1;
    for (int64_t i = 1; i <= b->sandbox->scenario.repeat; i++) {
        snprintf(name, sizeof(name), "%s_%s_%s%s%s_again%d.x12", kind, sender, number,
                 extra ? "_" : "", extra ? extra : "", (int)i);
        if (file_write(b->replies, name, p, n, e) != 0)
            return -1;
    }
    return 0;
}
