/* cmd_x12_print.c - cleanclaim x12 print: one segment a line, indented by loop, values named */
#include <stdio.h>

#include "common/x12/place.h"
#include "services/cleanclaim/x12.h"

/* put_safe - a value as a terminal may have it */
static void put_safe(struct span v)
{
    for (size_t i = 0; i < v.n; i++)
        putchar((unsigned char)v.p[i] >= ' ' && v.p[i] != '\x7f' ? v.p[i] : '?');
}

/* put_value - "85 (billing provider)" */
static void put_value(const struct x12_segment *s, unsigned n, unsigned k, struct span v)
{
    const struct span word = x12_value_name(s->id, n, k, v);

    put_safe(v);
    if (word.n > 0)
        printf(" (%.*s)", (int)word.n, word.p);
}

/* put_name - "last name: ", or the element's number where it has none */
static void put_name(const struct x12_segment *s, unsigned n, unsigned k)
{
    const struct span name = x12_element_name(s->id, n, k);

    if (name.n > 0)
        printf("%.*s: ", (int)name.n, name.p);
    else if (k > 0)
        printf("%02u-%u: ", n, k);
    else
        printf("%02u: ", n);
}

/* put_components - "procedure: [type: HC, code: 99213]" */
static void put_components(const struct x12_segment *s, unsigned n, struct span v)
{
    bool first = true;

    putchar('[');
    for (unsigned k = 1; k <= v.n + 1; k++) {
        const struct span part = x12_component_of(v, s->delims, k);

        if (part.n == 0)
            continue;
        printf("%s", first ? "" : ", ");
        put_name(s, n, k);
        put_value(s, n, k, part);
        first = false;
    }
    putchar(']');
}

/* is_composite - does the dictionary, or the value itself, say so? */
static bool is_composite(const struct x12_segment *s, unsigned n, struct span v)
{
    if (x12_is(s, "ISA"))
        return false;
    return x12_element_name(s->id, n, 1).n > 0 || x12_component_of(v, s->delims, 2).n > 0;
}

/* put_element - all its repetitions */
static void put_element(const struct x12_segment *s, unsigned n)
{
    const struct span whole = x12_element(s, n);
    struct span v = x12_is(s, "ISA") ? span_trim(whole) : x12_repetition(s, n, 0);

    put_name(s, n, 0);
    for (unsigned k = 0; k == 0 || v.n > 0;
         v = x12_is(s, "ISA") ? (struct span){"", 0} : x12_repetition(s, n, ++k)) {
        if (k > 0)
            printf(" | ");
        if (is_composite(s, n, v))
            put_components(s, n, v);
        else
            put_value(s, n, 0, v);
        if (x12_is(s, "ISA"))
            break;
    }
}

/* put_segment - one line */
static void put_segment(const struct x12_segment *s, const char *loop, unsigned depth)
{
    bool first = true;

    printf("%-7s%*s", loop, (int)(depth * 2), "");
    put_safe(s->id);
    for (unsigned n = 1; n <= s->count; n++) {
        if (span_trim(x12_element(s, n)).n == 0)
            continue;
        printf("%s", first ? "  " : "; ");
        put_element(s, n);
        first = false;
    }
    putchar('\n');
}

/* x12_print_file - damage is said where it is */
int x12_print_file(void *arg, const struct cmd_file *f)
{
    struct x12_placer *p = x12_placer_new();
    struct x12_reader r;
    struct x12_segment s;
    struct err e;
    int got, result = p ? 0 : EXIT_GONE;

    (void)arg;
    x12_reader_init(&r, f->data, f->size);
    while (p && (got = x12_next(&r, &s, &e)) != 0) {
        unsigned depth;
        const char *loop;

        if (got < 0) {
            fprintf(stderr, "error: %s: %s\n", f->name, e.text);
            result = EXIT_FOUND;
            continue;
        }
        loop = x12_place(p, &s, &depth);
        put_segment(&s, loop, depth);
    }
    if (p && x12_placer_failed(p))
        result = EXIT_GONE;
    x12_placer_free(p);
    return result;
}
