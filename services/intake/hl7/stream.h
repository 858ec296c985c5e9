/* stream.h - a stream of bytes cut into messages: several MSH, batches, MLLP frames */
#ifndef CC_INTAKE_HL7_STREAM_H
#define CC_INTAKE_HL7_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/str.h"
#include "services/intake/intake.h"

/* A count that a batch gave and that does not hold. */
struct hl7_batch_flaw {
    const char *segment; /* "BTS", "FTS", "BHS", "FHS" */
    const char *text;
};

enum { HL7_FLAWS_MAX = 4 };

/* One message with what stands around it: [from, to) holds its MSH at `msh`, batch headers and
 * lines of no segment before it, batch trailers behind it. Every byte of the stream is in exactly
 * one piece. */
struct hl7_piece {
    size_t from, to;
    size_t msh;  /* SIZE_MAX: there is none in the whole stream */
    bool framed; /* started by MLLP's 0x0B */
    bool closed; /* ended by 0x1C */
    bool utf8;   /* most likely, whatever MSH-18 says: behind a BOM, or the stream was UTF-16 */
    struct hl7_batch_flaw flaws[HL7_FLAWS_MAX];
    size_t n_flaws;
};

/* Cuts; at least one piece. *out is plain memory, the caller frees it. NULL: no memory. */
struct hl7_piece *hl7_cut(struct span stream, size_t *n);

/* One message: `in` is the whole piece, its offset that of the MSH (or of the piece without one).
 */
int hl7_one(const struct intake_conf *conf, struct arena *a, const struct intake_input *in,
            const struct hl7_piece *piece, struct intake_result *out, struct err *e);

#endif
