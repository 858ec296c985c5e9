/* reply.c - reply files for the tests of what reads them */
#include "tests/support/reply.h"

#include <string.h>

#include "common/sys/file.h"
#include "tests/support/test.h"

/* reply_golden - by name */
void reply_golden(const char *name, struct buf *out)
{
    char path[256];
    struct err e = {0};

    assert_true(file_join(path, sizeof(path), "tests/golden/x12", name));
    if (file_read(path, 1 << 20, out, &e) != 0)
        fail_msg("%s", e.text);
}

/* reply_envelope - around one set */
void reply_envelope(const char *gs01, const char *version, const char *st01, const char *segments,
                    struct buf *out)
{
    unsigned count = 2;
    const char *st03 = strcmp(st01, "835") == 0 ? "" : version;

    for (const char *p = segments; *p; p++)
        count += *p == '~';
    buf_addf(out,
             "ISA*00*          *00*          *ZZ*PAYER1         *ZZ*SUBM10001      *260401*0916*^*"
             "00501*000000501*0*T*:~GS*%s*PAYER1*SUBM10001*20260401*0916*501*X*%s~ST*%s*0001%s%s~%s"
             "SE*%u*0001~GE*1*501~IEA*1*000000501~",
             gs01, version, st01, *st03 ? "*" : "", st03, segments, count);
}

/* reply_replace - once */
int reply_replace(struct buf *b, const char *from, const char *to)
{
    char *at = b->data ? strstr(b->data, from) : NULL;
    struct buf out;

    if (!at)
        return 0;
    buf_init(&out);
    buf_add(&out, b->data, (size_t)(at - b->data));
    buf_adds(&out, to);
    buf_adds(&out, at + strlen(from));
    buf_release(b);
    *b = out;
    return 1;
}
