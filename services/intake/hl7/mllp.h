/* mllp.h - the MLLP listener: frames in, events to the broker, acknowledgments back
 *
 * A thread per connection; a positive acknowledgment is given only after publish returned. A frame
 * that is cut, too large or no HL7 is answered and the connection goes on; bytes between frames are
 * skipped and counted. */
#ifndef CC_INTAKE_HL7_MLLP_H
#define CC_INTAKE_HL7_MLLP_H

#include <stdatomic.h>
#include <stdbool.h>

#include "services/intake/intake.h"
#include "services/intake/tls.h"

struct mllp_options {
    const struct intake_conf *conf;
    const struct intake_out *out;
    size_t max_bytes;  /* of a frame */
    int frame_seconds; /* from the first byte of a frame to its last */
    int idle_seconds;  /* between frames; then the connection is closed */
    struct tls *tls;   /* NULL: in clear */
};

/* Serves one connection until the peer hangs up, time is over or *stop is set. Does not close it.
 * For the listener and tests. */
void mllp_serve(int fd, const struct mllp_options *o, const atomic_bool *stop);

/* The listener of main.c: address, port and limits from the rows of intake_settings. */
struct mllp;
int mllp_start(const struct conf *c, const struct intake_conf *conf, const struct intake_out *out,
               struct mllp **mllp, struct err *e);
/* Messages in hand are finished first; accepts NULL. false: a thread still waits for the broker,
 * and with it stays what it uses
 * (`conf`, `out`): the process must end. */
bool mllp_stop(struct mllp *m);
int mllp_port(const struct mllp *m);

#endif
