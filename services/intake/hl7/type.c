/* type.c - HL7 data types as ours: times, money, names, addresses, codes */
#include "services/intake/hl7/map.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "common/codes/codes.h"

/* hl7_ref - the segment in hand as evidence names it */
char *hl7_ref(struct hl7_map *x)
{
    return arena_printf(x->a, "%s[%u]", x->seg->name, x->seg->nth);
}

/* hl7_problem - at the field in hand */
void hl7_problem(struct hl7_map *x, enum note_severity s, enum note_code c, const char *text)
{
    char ref[32];

    snprintf(ref, sizeof(ref), "%s[%u]-%u", x->seg->name, x->seg->nth, x->field);
    note_problem(x->a, x->ev, s, c, ref, "%s", text);
}

/* tell_zone - a zone that is none, and (once) that UTC stands for one that nobody named */
static void tell_zone(struct hl7_map *x, const struct value_time *t)
{
    if (t->odd_zone)
        hl7_problem(x, NOTE_SEVERITY_NOTED, NOTE_TIME_ZONE,
                    "no zone of the earth; the day is taken as written");
    if (!t->clock || t->zone || x->zone_known || x->conf->tz_known || x->zone_said)
        return;
    x->zone_said = true;
    hl7_problem(x, NOTE_SEVERITY_NOTED, NOTE_TIME_ZONE,
                "no zone in the message and no TIME_ZONE set; UTC is assumed");
}

/* hl7_when - a time, or a problem */
bool hl7_when(struct hl7_map *x, struct span value, struct value_time *out)
{
    struct span s = hl7_sub(x->m, hl7_component(x->m, hl7_repetition(x->m, value, 0), 1), 1);
    enum value v = value_time(x->conf, s, x->zone_known ? &x->zone : NULL, out);

    if (v == VALUE_NOT)
        hl7_problem(x, NOTE_SEVERITY_NOTED, NOTE_TIME, "not a date");
    if (v != VALUE_OK)
        return false;
    if (out->bad_clock)
        hl7_problem(x, NOTE_SEVERITY_NOTED, NOTE_TIME, "not a time of day; the day is taken");
    tell_zone(x, out);
    return out->day != 0;
}

/* hl7_day - the sender's own day, or 0 */
int32_t hl7_day(struct hl7_map *x, struct span value)
{
    struct value_time t;

    return hl7_when(x, value, &t) ? t.day : 0;
}

/* hl7_cents - an amount in dollars; another currency is a problem */
bool hl7_cents(struct hl7_map *x, struct span repetition, int64_t *out)
{
    static const char *const why[] = {
        [DECIMAL_NOT] = "not an amount",
        [DECIMAL_TOO_FINE] = "more than two decimals; not rounded",
        [DECIMAL_TOO_LARGE] = "an amount too large",
    };
    struct span price = hl7_component(x->m, repetition, 1),
                currency = span_trim(hl7_sub(x->m, price, 2));
    enum decimal d;

    if (hl7_empty(hl7_sub(x->m, price, 1)))
        return false;
    if (currency.n && !span_is(currency, "USD") && !span_is(currency, "US$") &&
        !span_is(currency, "$")) {
        hl7_problem(x, NOTE_SEVERITY_NOTED, NOTE_AMOUNT, "a currency that is not USD");
        return false;
    }
    d = value_cents(hl7_sub(x->m, price, 1), out);
    if (d != DECIMAL_OK)
        hl7_problem(x, NOTE_SEVERITY_NOTED, NOTE_AMOUNT, why[d]);
    return d == DECIMAL_OK;
}

/* hl7_milli - a quantity */
bool hl7_milli(struct hl7_map *x, struct span value, int64_t *out)
{
    struct span s = hl7_sub(x->m, hl7_component(x->m, value, 1), 1);
    enum decimal d = value_milli(s, out);

    if (hl7_empty(s))
        return false;
    if (d != DECIMAL_OK)
        hl7_problem(x, NOTE_SEVERITY_NOTED, NOTE_UNITS,
                    d == DECIMAL_TOO_FINE ? "more than three decimals; not rounded"
                                          : "not a quantity");
    return d == DECIMAL_OK;
}

/* put - only what could be had */
static void put(char **slot, char *value)
{
    if (value)
        *slot = value;
}

/* hl7_name - XPN: family (sub 1), given, middle, suffix, prefix */
CcName *hl7_name(struct hl7_map *x, struct span repetition)
{
    CcName *n = event_new(x->a, &cc_name__descriptor);

    if (!n || hl7_empty(repetition))
        return NULL;
    put(&n->last, hl7_id(x->m, hl7_component(x->m, repetition, 1)));
    put(&n->first, hl7_id(x->m, hl7_component(x->m, repetition, 2)));
    put(&n->middle, hl7_id(x->m, hl7_component(x->m, repetition, 3)));
    put(&n->suffix, hl7_id(x->m, hl7_component(x->m, repetition, 4)));
    put(&n->prefix, hl7_id(x->m, hl7_component(x->m, repetition, 5)));
    return n;
}

/* street - XAD-1 is a whole line, or number and street as sub-components */
static char *street(struct hl7_map *x, struct span component)
{
    char *first = hl7_id(x->m, component), *second = hl7_text(x->m, hl7_sub(x->m, component, 2));

    if (str_empty(second) || (first && strstr(first, second)))
        return first;
    return str_empty(first) ? second : arena_printf(x->a, "%s %s", first, second);
}

/* zip - five or nine digits without hyphen; what is no ZIP stays as it came */
static char *zip(struct hl7_map *x, struct span component)
{
    char *text = hl7_id(x->m, component), digits[10];
    size_t n = 0;

    for (const char *p = text; p && *p; p++) {
        if (isdigit((unsigned char)*p) && n < 9)
            digits[n++] = *p;
        else if (*p != '-' && *p != ' ')
            return text;
    }
    digits[n] = '\0';
    return n == 5 || n == 9 ? arena_strdup(x->a, digits) : text;
}

/* hl7_address - XAD: street, other, city, state, zip, country */
CcAddress *hl7_address(struct hl7_map *x, struct span repetition)
{
    CcAddress *a = event_new(x->a, &cc_address__descriptor);

    if (!a || hl7_empty(repetition))
        return NULL;
    put(&a->line1, street(x, hl7_component(x->m, repetition, 1)));
    put(&a->line2, hl7_id(x->m, hl7_component(x->m, repetition, 2)));
    put(&a->city, hl7_id(x->m, hl7_component(x->m, repetition, 3)));
    put(&a->state, hl7_id(x->m, hl7_component(x->m, repetition, 4)));
    put(&a->zip, zip(x, hl7_component(x->m, repetition, 5)));
    put(&a->country, hl7_id(x->m, hl7_component(x->m, repetition, 6)));
    return a;
}

/* Where CE, CWE keep their codings: code, text, system, version. */
static const struct {
    unsigned code, text, system, version;
} codings[] = {{1, 2, 3, 7}, {4, 5, 6, 8}, {10, 11, 12, 13}};

enum { CODINGS = sizeof(codings) / sizeof(codings[0]) };

/* coding - one of them; NULL: no code there. The first one without system has `otherwise` */
static CcCode *coding(struct hl7_map *x, struct span rep, size_t i, CcCodeSystem otherwise)
{
    struct span system = hl7_component(x->m, rep, codings[i].system);
    char *code = hl7_id(x->m, hl7_component(x->m, rep, codings[i].code));
    char *text = hl7_id(x->m, hl7_component(x->m, rep, codings[i].text));
    char *version = hl7_id(x->m, hl7_component(x->m, rep, codings[i].version));
    CcCodeSystem s = vocab_system(hl7_sub(x->m, system, 1));

    if (str_empty(code))
        return NULL;
    if (i == 0 && hl7_empty(system))
        s = otherwise;
    return vocab_code(x->a, s, span_of(code), span_of(text ? text : ""),
                      span_of(version ? version : ""));
}

/* words_of - the text of a repetition that has no code at all: component 2, 5, or 9 (original text)
 */
static CcCode *words_of(struct hl7_map *x, struct span rep)
{
    static const unsigned places[] = {2, 9, 5};
    CcCode *c = event_new(x->a, &cc_code__descriptor);

    for (size_t i = 0; c && i < sizeof(places) / sizeof(places[0]) && str_empty(c->text); i++)
        put(&c->text, hl7_id(x->m, hl7_component(x->m, rep, places[i])));
    return c && !str_empty(c->text) ? c : NULL;
}

/* hl7_code - the coding to use of a repetition, the others in *also; NULL: neither code nor words
 */
CcCode *hl7_code(struct hl7_map *x, struct span rep, CcCodeSystem otherwise, enum vocab_use use,
                 CcCode ***also, size_t *n_also)
{
    CcCode *found[CODINGS], *c;
    size_t n = 0, chosen;

    for (size_t i = 0; i < CODINGS; i++)
        if ((c = coding(x, rep, i, otherwise)) != NULL)
            found[n++] = c;
    if (!n)
        return words_of(x, rep);
    chosen = vocab_choose(use, found, n);
    for (size_t i = 0; i < n; i++)
        if (i != chosen && also)
            event_push_pointer(x->a, (void ***)(void *)also, n_also, found[i]);
    return found[chosen];
}

/* hl7_cx - the id of the first type in `types` that a repetition has, in either case */
char *hl7_cx(struct hl7_map *x, struct span field, const char *const *types)
{
    struct span rep;

    for (; *types; types++)
        for (size_t at = 0; hl7_next_repetition(x->m, field, &at, &rep);) {
            struct span type = span_trim(hl7_sub(x->m, hl7_component(x->m, rep, 5), 1));

            if (strlen(*types) == type.n && strncasecmp(type.p, *types, type.n) == 0 &&
                !hl7_empty(hl7_component(x->m, rep, 1)))
                return hl7_id(x->m, hl7_component(x->m, rep, 1));
        }
    return arena_strdup(x->a, "");
}

/* hl7_set_id - component 1 of the first repetition */
void hl7_set_id(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    struct span rep = hl7_repetition(x->m, value, 0);

    put((char **)(void *)((char *)x->target + row->at), hl7_id(x->m, hl7_component(x->m, rep, 1)));
}

/* hl7_set_text - the field as one text */
void hl7_set_text(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    put((char **)(void *)((char *)x->target + row->at), hl7_text(x->m, value));
}

/* hl7_set_name2 - the words of a coded field, else its code */
void hl7_set_name2(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    struct span rep = hl7_repetition(x->m, value, 0);
    char *text = hl7_id(x->m, hl7_component(x->m, rep, 2));

    if (str_empty(text))
        text = hl7_id(x->m, hl7_component(x->m, rep, 1));
    put((char **)(void *)((char *)x->target + row->at), text);
}

/* hl7_set_day - a day */
void hl7_set_day(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    *(int32_t *)(void *)((char *)x->target + row->at) = hl7_day(x, value);
}
