/* x12_fuzz.c - any bytes through reader, placer, check and answers; and what is cleaned never holds
 * a delimiter */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/x12/ack.h"
#include "common/x12/place.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* answer - every result is answered */
static int answer(void *arg, const struct x12_result *r)
{
    for (size_t i = 0; i < r->count; i++)
        if (r->findings[i].snip < 1 || r->findings[i].snip > 5 || !r->findings[i].code[0])
            abort();
    if (r->accepted && r->damaged)
        abort();
    x12_ack_add(arg, r);
    return 0;
}

/* sound - our own answers have nothing worse than what they quote */
static int sound(void *arg, const struct x12_result *r)
{
    (void)arg;
    if (r->damaged)
        abort();
    return 0;
}

/* check - and answer */
static void check(const uint8_t *data, size_t size)
{
    const struct x12_ack_options o = {20260402, 800, 1, true, false};
    struct x12_ack *a = x12_ack_new(&o);
    struct span file;

    if (!a)
        return;
    (void)x12_check(data, size, NULL, answer, a, NULL);
    file = x12_ack_999(a);
    if (file.n > 0)
        (void)x12_check(file.p, file.n, NULL, sound, NULL, NULL);
    x12_ack_free(a);
}

/* place - every segment has a loop and a depth */
static void place(const uint8_t *data, size_t size)
{
    struct x12_placer *p = x12_placer_new();
    struct x12_reader r;
    struct x12_segment s;
    struct err e;
    unsigned depth;
    int got;

    x12_reader_init(&r, data, size);
    while (p && (got = x12_next(&r, &s, &e)) != 0)
        if (got > 0 && (strlen(x12_place(p, &s, &depth)) > 7 || depth > 16))
            abort();
    x12_placer_free(p);
}

/* clean - the bytes as text */
static void clean(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1), out[256];

    if (!text)
        return;
    memcpy(text, data, size);
    text[size] = '\0';
    x12_clean(text, &x12_customary, 80, out, sizeof(out));
    if (strlen(out) > 80 || strpbrk(out, "*^:~"))
        abort();
    free(text);
}

/* LLVMFuzzerTestOneInput - all of it */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check(data, size);
    place(data, size);
    clean(data, size);
    return 0;
}
