/* price_out.c - an expected amount as JSON and for people */
#include "services/cleanclaim/price_out.h"

#include <stdio.h>

#include "common/base/money.h"
#include "services/cleanclaim/live.h"

/* parts_json - names and amounts */
static json_t *parts_json(CcExpectedPart *const *parts, size_t n)
{
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, json_pack("{s:s, s:I}", "part", parts[i]->name, "amount_cents",
                                              (json_int_t)parts[i]->amount_cents));
    return list;
}

/* lines_json - one each */
static json_t *lines_json(const CcExpected *x)
{
    json_t *list = json_array();

    for (size_t i = 0; i < x->n_lines; i++) {
        const CcExpectedLine *l = x->lines[i];

        json_array_append_new(
            list, json_pack("{s:I, s:o, s:o, s:o}", "line", (json_int_t)l->line, "allowed_cents",
                            live_amount(l->allowed_given, l->allowed_cents), "within",
                            cmd_json_text(l->within), "parts", parts_json(l->parts, l->n_parts)));
    }
    return list;
}

/* price_json - see price_out.h */
json_t *price_json(const CcExpected *x)
{
    json_t *missing = json_array(), *tables = json_array();

    if (!x)
        return json_null();
    for (size_t i = 0; i < x->n_missing; i++)
        json_array_append_new(missing, json_string(x->missing[i]));
    for (size_t i = 0; i < x->n_tables; i++)
        json_array_append_new(tables,
                              json_sprintf("%s@%s", x->tables[i]->table, x->tables[i]->edition));
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "method", cmd_json_text(x->method),
                     "allowed_cents", live_amount(x->allowed_given, x->allowed_cents), "lines",
                     lines_json(x), "parts", parts_json(x->parts, x->n_parts), "missing", missing,
                     "tables", tables);
}

/* amount_of - a member as dollars, "" where it is null */
static const char *amount_of(const json_t *o, char *out)
{
    const json_t *v = json_object_get(o, "allowed_cents");

    return json_is_integer(v) ? decimal_text(json_integer_value(v), 2, out) : "";
}

/* print_parts - behind what they make */
static void print_parts(const json_t *parts)
{
    char text[DECIMAL_TEXT];
    json_t *part;
    size_t i;

    json_array_foreach(parts, i, part)
        printf("%s%s %s", i ? ", " : "  = ", json_string_value(json_object_get(part, "part")),
               decimal_text(json_integer_value(json_object_get(part, "amount_cents")), 2, text));
    printf("\n");
}

/* print_amount - dollars, or why there are none */
static void print_amount(const json_t *o, const char *word)
{
    char text[DECIMAL_TEXT];
    const char *amount = amount_of(o, text), *instead = json_string_value(json_object_get(o, word));

    printf("%s", amount[0] ? amount : instead ? instead : "not known");
}

/* price_print - see price_out.h */
void price_print(const json_t *o, const char *indent)
{
    const char *method = json_string_value(json_object_get(o, "method"));
    json_t *one;
    size_t i;

    printf("%sexpected ", indent);
    print_amount(o, "none");
    printf("%s%s", method ? " by " : "", method ? method : "");
    print_parts(json_object_get(o, "parts"));
    json_array_foreach(json_object_get(o, "lines"), i, one)
    {
        printf("%s  line %lld ", indent,
               (long long)json_integer_value(json_object_get(one, "line")));
        print_amount(one, "within");
        print_parts(json_object_get(one, "parts"));
    }
    json_array_foreach(json_object_get(o, "missing"), i, one)
        printf("%s  missing: %s\n", indent, json_string_value(one));
}
