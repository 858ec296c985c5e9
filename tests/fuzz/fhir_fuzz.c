/* fhir_fuzz.c - any bytes as a FHIR message: never a crash, always an answer */
#include <stdint.h>
#include <stdlib.h>

#include "services/intake/intake.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* drop - a sink that looks at nothing */
static int drop(void *arg, const struct intake_result *r, struct err *e)
{
    (void)arg;
    (void)e;
    if (r->n == 0)
        abort(); /* a message is never without a line */
    return 0;
}

/* LLVMFuzzerTestOneInput - one input as a file */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct conf_row *const rows[] = {intake_settings, NULL};
    static struct conf *settings;
    static struct intake_conf *conf;
    static struct arena *arena;
    struct intake_input in = {.source = "fuzz", .bytes = data, .n = size};
    struct err e = {0};

    if (!settings) {
        settings = conf_load(rows, &e);
        conf = intake_conf_new(settings, &e);
        arena = arena_new((size_t)64 << 20);
    }
    if (intake_fhir_each(conf, arena, &in, drop, NULL, &e) != 0)
        abort();
    return 0;
}
