/* envelope.h - CAQH CORE Connectivity Rule vC2.2.0 (Phase II 270): the SOAP envelope, written and
 * read. Pure. */
#ifndef CC_SUBMITTER_DELIVER_ENVELOPE_H
#define CC_SUBMITTER_DELIVER_ENVELOPE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/str.h"

enum { ENVELOPE_ID = 37, ENVELOPE_WORD = 128 };

#define ENVELOPE_BOUNDARY "cleanclaim-part-7d1f0e2c94b84a53"

/* What is asked or sent; texts are escaped. */
struct envelope {
    const char *message; /* COREEnvelopeBatchSubmission … */
    const char *payload_type, *payload_id, *sender, *receiver;
    const char *user, *password; /* NULL: no UsernameToken */
    int64_t at_ms;
    const void *payload; /* NULL: none */
    size_t size;
};

/* A UUID that is always the same for the same text. */
void envelope_id(const char *text, char out[ENVELOPE_ID]);
/* The body of a multipart/related message (MTOM) with ENVELOPE_BOUNDARY; the payload is its second
 * part. */
void envelope_write(const struct envelope *m, const char *action, struct buf *out);

struct envelope_answer {
    char payload_type[ENVELOPE_WORD], payload_id[ENVELOPE_WORD], error[ENVELOPE_WORD];
    struct buf payload; /* buf_wipe */
};
/* Reads a SOAP answer, in one part or in several (then the second is the payload); false: it is
 * none. `error` holds only letters and digits: it may be logged. */
bool envelope_read(const struct buf *body, struct envelope_answer *out);

#endif
