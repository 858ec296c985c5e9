/* json.c - borrowed looks into a jansson tree */
#include "services/intake/fhir/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_MAX = 64 };

/* js_get - a member, or NULL */
json_t *js_get(const json_t *object, const char *key)
{
    return json_is_object(object) ? json_object_get(object, key) : NULL;
}

/* step - one name or index of a path; what is no list is the first of its own (see js_count) */
static json_t *step(const json_t *value, const char *key)
{
    if (!str_is_digits(key, 1, 6))
        return js_get(value, key);
    if (json_is_array(value))
        return json_array_get(value, (size_t)strtoul(key, NULL, 10));
    return strcmp(key, "0") == 0 ? (json_t *)(uintptr_t)value : NULL;
}

/* js_path - step by step */
json_t *js_path(const json_t *value, const char *path)
{
    json_t *at = NULL;
    char key[KEY_MAX];

    while (*path) {
        size_t n = strcspn(path, ".");

        if (n >= sizeof(key))
            return NULL;
        memcpy(key, path, n);
        key[n] = '\0';
        at = step(value, key);
        if (!at)
            return NULL;
        value = at;
        path += n + (path[n] == '.');
    }
    return at;
}

/* js_text - a string's text */
const char *js_text(const json_t *object, const char *path)
{
    const char *s = json_string_value(js_path(object, path));

    return s ? s : "";
}

/* js_span - the same, for readers of spans */
struct span js_span(const json_t *object, const char *path)
{
    return span_of(js_text(object, path));
}

/* js_count - R5 and careless senders write one object where R4 has a list, and the other way round
 */
size_t js_count(const json_t *object, const char *path)
{
    const json_t *v = js_path(object, path);

    return json_is_array(v) ? json_array_size(v) : v && !json_is_null(v);
}

/* js_nth - element i of a list, or the lone object */
json_t *js_nth(const json_t *object, const char *path, size_t i)
{
    json_t *v = js_path(object, path);

    if (json_is_array(v))
        return json_array_get(v, i);
    return i == 0 ? v : NULL;
}

/* js_decimal - without an exponent; what needs one is no amount */
const char *js_decimal(struct arena *a, const json_t *object, const char *path)
{
    const json_t *v = js_path(object, path);
    char text[40];

    if (json_is_string(v))
        return json_string_value(v);
    if (json_is_integer(v))
        snprintf(text, sizeof(text), "%lld", (long long)json_integer_value(v));
    else if (json_is_real(v))
        snprintf(text, sizeof(text), "%.15g", json_real_value(v));
    else
        return NULL;
    return arena_strdup(a, text);
}

/* js_integer - a whole number */
int64_t js_integer(const json_t *object, const char *path)
{
    return json_integer_value(js_path(object, path));
}
