/* rules_fuzz.c - any text as a condition and as a set of codes: compiled or refused with a reason;
 * what was compiled is asked about any values and comes to an end */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/rules/cond.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct bytes {
    const uint8_t *p;
    size_t n;
};

/* fetch - values made of the bytes themselves */
static bool fetch(const void *claim, enum element_id element, size_t i, struct cond_value *out)
{
    static char text[8];
    const struct bytes *b = claim;
    size_t at = ((size_t)element * 7 + i * 3) % b->n;

    if (i > (size_t)b->p[at] % 4 || b->p[at] % 5 == 0)
        return false;
    for (size_t k = 0; k < sizeof(text) - 1; k++)
        text[k] = (char)(b->p[(at + k) % b->n] & 0x7F);
    *out = (struct cond_value){code_key(text), (int64_t)b->p[at] * 500, text};
    return true;
}

/* compile - twice: the same answer */
static void compile(struct span text, const struct bytes *b)
{
    struct cond one = {0}, two = {0};
    struct err e = {0};
    int r = cond_compile(&one, text, &e);

    if (r != cond_compile(&two, text, &e))
        abort();
    if (r != 0 && (e.class != ERR_REJECT || strncmp(e.text, "at ", 3) != 0))
        abort();
    if (r != 0)
        return;
    if (cond_holds(&one, fetch, b) != cond_holds(&two, fetch, b))
        abort();
    cond_release(&one);
    cond_release(&two);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes b = {data, size};
    struct code_set s = {0};
    struct err e = {0};

    if (size < 2 || size > 4096)
        return 0;
    compile((struct span){(const char *)data, size}, &b);
    if (code_set_parse(&s, (struct span){(const char *)data, size}, &e) == 0 && s.n &&
        !code_set_has(&s, s.ranges[0].low) && s.ranges[0].low)
        abort();
    code_set_release(&s);
    return 0;
}
