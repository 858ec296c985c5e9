/* rule_value.c - the column `value`: lists, fields, expressions, patterns */
#include "common/rules/rule_value.h"

#include <regex.h>
#include <stdlib.h>
#include <string.h>

/* rule_value_none - nothing may stand there */
int rule_value_none(struct payer_rule *r, struct err *e)
{
    if (!r->cells.value.n)
        return 0;
    return err_set(e, ERR_REJECT, "rule", "expected nothing for a rule of type %s",
                   rule_what_name(r->what));
}

/* cut_item - up to ; or , */
static struct span cut_item(struct span *rest)
{
    struct span item = {rest->p, 0};

    while (item.n < rest->n && rest->p[item.n] != ';' && rest->p[item.n] != ',')
        item.n++;
    rest->p += item.n + (item.n < rest->n);
    rest->n -= item.n + (item.n < rest->n);
    return span_trim(item);
}

/* rule_value_fields - names of elements */
int rule_value_fields(struct payer_rule *r, struct err *e)
{
    struct span rest = r->cells.value;

    while (rest.n) {
        struct span item = cut_item(&rest);
        enum element_id id = element_by_name(item);

        if (id == ELEMENT_MAX)
            return err_set(e, ERR_REJECT, "rule", "expected names of elements, found \"%.*s\"",
                           (int)(item.n < 40 ? item.n : 40), item.p);
        if (r->n_fields == RULE_FIELDS_MAX)
            return err_set(e, ERR_REJECT, "rule", "expected at most %d elements",
                           (int)RULE_FIELDS_MAX);
        r->fields[r->n_fields++] = id;
    }
    return r->n_fields ? 0
                       : err_set(e, ERR_REJECT, "rule",
                                 "expected the name of an element, as "
                                 "group_number");
}

/* rule_value_must - a condition that has to hold */
int rule_value_must(struct payer_rule *r, struct err *e)
{
    if (!r->cells.value.n)
        return err_set(e, ERR_REJECT, "rule", "expected what has to hold, as units <= 4");
    return cond_compile(&r->must, r->cells.value, e);
}

/* rule_value_list - codes, at least one */
int rule_value_list(struct payer_rule *r, struct err *e)
{
    if (code_set_parse(&r->accepted, r->cells.value, e) != 0)
        return -1;
    return r->accepted.n ? 0
                         : err_set(e, ERR_REJECT, "rule", "expected a list of what is accepted");
}

/* copy_of - ended by a zero */
static char *copy_of(struct span s)
{
    char *copy = malloc(s.n + 1);

    if (copy) {
        memcpy(copy, s.p, s.n);
        copy[s.n] = '\0';
    }
    return copy;
}

/* rule_value_pattern - a regular expression that compiles */
int rule_value_pattern(struct payer_rule *r, struct err *e)
{
    regex_t re;

    if (!r->cells.value.n || r->cells.value.n > 200)
        return err_set(e, ERR_REJECT, "rule", "expected a regular expression of at most 200 bytes");
    r->pattern = copy_of(r->cells.value);
    if (!r->pattern)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    if (regcomp(&re, r->pattern, REG_EXTENDED | REG_NOSUB) != 0)
        return err_set(e, ERR_REJECT, "rule", "expected a POSIX extended regular expression");
    regfree(&re);
    return 0;
}

/* is_taxonomy - ten letters and digits, or fewer and a star */
static bool is_taxonomy(struct span s)
{
    size_t n = s.n && s.p[s.n - 1] == '*' ? s.n - 1 : s.n;

    for (size_t i = 0; i < n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'A' && s.p[i] <= 'Z')))
            return false;
    return n < s.n ? n && n < 10 : n == 10;
}

/* rule_value_specialty - taxonomy codes and prefixes */
int rule_value_specialty(struct payer_rule *r, struct err *e)
{
    struct span rest = r->cells.value;

    while (rest.n) {
        struct span item = cut_item(&rest);

        if (!is_taxonomy(item))
            return err_set(e, ERR_REJECT, "rule",
                           "expected taxonomy codes of ten characters, or PREFIX*");
        if (r->n_texts == RULE_TEXTS)
            return err_set(e, ERR_REJECT, "rule", "expected at most %d taxonomy codes",
                           (int)RULE_TEXTS);
        r->texts[r->n_texts] = copy_of(item);
        if (!r->texts[r->n_texts++])
            return err_set(e, ERR_RETRY, "memory", "out of memory");
    }
    return r->n_texts ? 0 : err_set(e, ERR_REJECT, "rule", "expected taxonomy codes, or PREFIX*");
}
