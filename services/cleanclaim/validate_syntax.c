/* validate_syntax.c - what the guide does not allow in an 837 that is read, told with the claims */
#include "services/cleanclaim/validate_syntax.h"

#include <stdlib.h>
#include <string.h>

#define NOWHERE UINT64_MAX

enum { LEVELS = 3 }; /* HL 20, 22, 23 */

struct list {
    struct x12_finding *item;
    size_t n, cap;
};

struct validate_syntax {
    struct x12_checker *checker;
    validate_loose_fn loose;
    void *arg;
    struct list noted, told;      /* of the open set; those of them that a claim has told */
    struct list envelope;         /* of ISA, GS, ST and their ends, not told yet */
    struct list out;              /* handed out */
    uint64_t head, level[LEVELS]; /* where the first HL, and each open level, begins */
    uint64_t claim, before, end;  /* the open claim; the one before it, from `before` to `end` */
    uint64_t lost;                /* where a claim begins that damage took: its rest is not told */
    uint64_t drop_from, drop_to;  /* what is over: dropped before the next segment */
    bool damage, failed;
};

/* add - a copy; what it points at is not kept */
static void add(struct validate_syntax *s, struct list *l, const struct x12_finding *f)
{
    if (l->n == l->cap) {
        const size_t cap = l->cap ? l->cap * 2 : 16;
        struct x12_finding *grown = realloc(l->item, cap * sizeof(*grown));

        s->failed |= grown == NULL;
        if (!grown)
            return;
        l->item = grown;
        l->cap = cap;
    }
    l->item[l->n] = *f;
    l->item[l->n].value = l->item[l->n].claim = (struct span){"", 0};
    l->n++;
}

/* wanted - SNIP 1 and 2; of the conditions of SNIP 4, which the edits ask by their own means, those
 * that a claim cannot show any more once it is read: a patient below a subscriber who is the
 * patient, an address without its state */
static bool wanted(const struct x12_finding *f)
{
    return f->snip <= 2 || strcmp(f->code, "IK403=I13") == 0 ||
           (strcmp(f->code, "IK403=I9") == 0 && strcmp(f->segment, "N4") == 0);
}

/* note - of the open set */
static void note(struct validate_syntax *s, const struct x12_finding *f)
{
    if (!wanted(f))
        return;
    add(s, &s->noted, f);
    if (s->noted.n && f->snip > 2)
        s->noted.item[s->noted.n - 1].snip = 2;
}

/* of_envelope - of ST or SE */
static bool of_envelope(const struct x12_finding *f)
{
    return strcmp(f->segment, "ST") == 0 || strcmp(f->segment, "SE") == 0;
}

/* told_by_reader - the reader names it too: a set without end, damage and what it leaves open */
static bool told_by_reader(const struct validate_syntax *s, const struct x12_finding *f)
{
    if (strcmp(f->code, "IK502=2") == 0)
        return true;
    return s->damage &&
           (strcmp(f->code, "AK905=3") == 0 ||
            (f->element == 0 && (f->segment[0] == '\0' || strcmp(f->segment, "ISA") == 0)));
}

/* same_fault - said already: of the same element, or of each segment behind a lost ST */
static bool same_fault(const struct x12_finding *a, const struct x12_finding *b)
{
    const char *x = strchr(a->message, ':'), *y = strchr(b->message, ':');

    if (a->offset == b->offset && a->element == b->element && strcmp(a->segment, b->segment) == 0)
        return true;
    return a->element == b->element && strcmp(a->code, b->code) == 0 && x && y && strcmp(x, y) == 0;
}

/* add_envelope - one of a kind is enough */
static void add_envelope(struct validate_syntax *s, const struct x12_finding *f)
{
    for (size_t i = 0; i < s->envelope.n; i++)
        if (same_fault(&s->envelope.item[i], f))
            return;
    if (!told_by_reader(s, f))
        add(s, &s->envelope, f);
}

/* on_result - of the check: a set, a group, an interchange has ended */
static int on_result(void *arg, const struct x12_result *r)
{
    struct validate_syntax *s = arg;

    for (size_t i = 0; i < r->count; i++)
        if (r->level == X12_SET && !of_envelope(&r->findings[i]))
            note(s, &r->findings[i]);
        else
            add_envelope(s, &r->findings[i]);
    if (r->level == X12_SET) {
        s->drop_from = 0;
        s->drop_to = NOWHERE;
    }
    return 0;
}

/* validate_syntax_new - see validate_syntax.h */
struct validate_syntax *validate_syntax_new(validate_loose_fn loose, void *arg)
{
    static const struct x12_check_options options = {.snip = 4};
    struct validate_syntax *s = calloc(1, sizeof(*s));

    if (!s)
        return NULL;
    s->loose = loose;
    s->arg = arg;
    s->head = s->claim = s->before = s->lost = s->drop_from = NOWHERE;
    for (int i = 0; i < LEVELS; i++)
        s->level[i] = NOWHERE;
    s->checker = x12_checker_new(&options, on_result, s);
    if (s->checker)
        return s;
    validate_syntax_free(s);
    return NULL;
}

/* validate_syntax_free - accepts NULL */
void validate_syntax_free(struct validate_syntax *s)
{
    if (!s)
        return;
    x12_checker_free(s->checker);
    free(s->noted.item);
    free(s->told.item);
    free(s->envelope.item);
    free(s->out.item);
    free(s);
}

/* remove_from - of a list, what begins in [from, to); copied to s->out if wanted */
static void remove_from(struct validate_syntax *s, struct list *l, uint64_t from, uint64_t to,
                        bool out)
{
    size_t kept = 0;

    for (size_t i = 0; i < l->n; i++) {
        const bool inside = l->item[i].offset >= from && l->item[i].offset < to;

        if (inside && out)
            add(s, &s->out, &l->item[i]);
        if (!inside)
            l->item[kept++] = l->item[i];
    }
    l->n = kept;
}

/* settle - what is over: told by itself if no claim has told it */
static void settle(struct validate_syntax *s)
{
    s->out.n = 0;
    if (s->drop_from != NOWHERE) {
        remove_from(s, &s->noted, s->drop_from, s->drop_to, true);
        remove_from(s, &s->told, s->drop_from, s->drop_to, false);
        s->drop_from = NOWHERE;
    }
    for (size_t i = 0; i < s->envelope.n; i++)
        add(s, &s->out, &s->envelope.item[i]);
    s->envelope.n = 0;
    if (s->out.n)
        s->loose(s->arg, s->out.item, s->out.n);
    s->out.n = 0;
}

/* open_level - HL: the last of this level is over, and what stood below it */
static void open_level(struct validate_syntax *s, const struct x12_segment *segment)
{
    const int k = x12_element_is(segment, 3, "20") ? 0 : x12_element_is(segment, 3, "23") ? 2 : 1;

    for (int i = k; i < LEVELS; i++) {
        if (s->level[i] < s->drop_from)
            s->drop_from = s->level[i];
        s->level[i] = i == k ? segment->offset : NOWHERE;
    }
    s->drop_to = segment->offset;
    s->head = s->head == NOWHERE ? segment->offset : s->head;
}

/* open_segment - which claim ends, which begins */
static void open_segment(struct validate_syntax *s, const struct x12_segment *segment)
{
    const bool claim = x12_is(segment, "CLM");

    if (x12_is(segment, "ST")) {
        s->head = NOWHERE;
        for (int i = 0; i < LEVELS; i++)
            s->level[i] = NOWHERE;
    }
    if (x12_is(segment, "HL"))
        open_level(s, segment);
    else if (!claim && !x12_is(segment, "SE") && segment->position > 1)
        return;
    s->before = s->claim;
    s->end = segment->offset;
    s->claim = claim ? segment->offset : NOWHERE;
}

/* take_found - what the check has found so far in the open set */
static void take_found(struct validate_syntax *s)
{
    size_t n;
    const struct x12_finding *f = x12_checker_found(s->checker, &n);

    for (size_t i = 0; i < n; i++)
        if (of_envelope(&f[i]))
            add_envelope(s, &f[i]);
        else
            note(s, &f[i]);
    if (n)
        x12_checker_forget(s->checker);
}

/* validate_syntax_take - see validate_syntax.h */
uint64_t validate_syntax_take(struct validate_syntax *s, const struct x12_segment *segment,
                              uint64_t offset, bool over, const struct err *damage)
{
    settle(s);
    s->damage = segment == NULL;
    if (segment) {
        open_segment(s, segment);
        x12_checker_take(s->checker, segment);
    } else {
        s->lost = over || s->lost != NOWHERE ? s->lost : s->claim;
        s->before = s->claim;
        s->end = offset;
        s->claim = NOWHERE;
        x12_checker_damage(s->checker, offset, over, damage);
    }
    take_found(s);
    if (segment && s->lost != NOWHERE && s->end == offset) {
        remove_from(s, &s->noted, s->lost, offset, false);
        s->lost = NOWHERE;
    }
    return s->claim == NOWHERE ? offset : s->claim;
}

/* validate_syntax_of - see validate_syntax.h */
const struct x12_finding *validate_syntax_of(struct validate_syntax *s, size_t *n)
{
    s->out.n = 0;
    if (s->before != NOWHERE) {
        remove_from(s, &s->noted, s->head, s->before, true);
        for (size_t i = 0; i < s->out.n; i++)
            add(s, &s->told, &s->out.item[i]);
        s->out.n = 0;
        for (size_t i = 0; i < s->told.n; i++)
            add(s, &s->out, &s->told.item[i]);
        remove_from(s, &s->noted, s->before, s->end, true);
    }
    s->before = NOWHERE;
    *n = s->out.n;
    return s->out.item;
}

/* validate_syntax_end - see validate_syntax.h */
bool validate_syntax_end(struct validate_syntax *s)
{
    settle(s);
    return !s->failed && !x12_checker_failed(s->checker);
}
