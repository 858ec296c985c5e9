/* hl7_fuzz.c - any bytes as an HL7 file: always a line, the sum holds, every event passes the door
 */
#include <stdlib.h>

#include "services/intake/intake.h"
#include "services/intake/note.h"
#include "tests/support/hl7_sum.h"

enum { MEMORY = 16 << 20, LONGEST = 1 << 18 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* take - one message of the file */
static int take(void *arg, const struct intake_result *r, struct err *e)
{
    unsigned *lines = arg;
    char name[64];

    (void)e;
    if (hl7_sum_breaks(r, name))
        abort();
    for (size_t i = 0; i < r->n; i++) {
        if (event_check(&r->events[i]->base, NULL) != 0 || !*r->events[i]->event_id)
            abort();
        if (r->refused != note_is_refused(r->events[i]))
            abort();
    }
    *lines += (unsigned)r->n;
    return 0;
}

/* LLVMFuzzerTestOneInput - libFuzzer's entry */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct intake_conf conf = {
        .secret = "s", .facility = "MAIN", .max_bytes = LONGEST, .charset = "UNICODE UTF-8"};
    struct intake_input in = {.source = "fuzz", .bytes = data, .n = size, .message = 1};
    struct arena *a = arena_new(MEMORY);
    struct err e = {0};
    unsigned lines = 0;

    if (size <= LONGEST && (intake_hl7_each(&conf, a, &in, take, &lines, &e) != 0 || !lines))
        abort();
    arena_free(a);
    return 0;
}
