/* json.h - reading JSON that somebody else wrote: every getter accepts a NULL or a value of another
 * type and answers "nothing".
 *
 * Values are borrowed. Texts live as long as the tree. Numbers become decimal text by the shortest
 * form that has 15 significant digits, which gives back what a sender wrote up to that length:
 * money never meets a double's arithmetic. */
#ifndef CC_INTAKE_FHIR_JSON_H
#define CC_INTAKE_FHIR_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/str.h"

json_t *js_get(const json_t *object, const char *key);
/* "period.start", "coding.0.code": names and array indexes by dots. */
json_t *js_path(const json_t *value, const char *path);
const char *js_text(const json_t *object, const char *path); /* "" when not there */
struct span js_span(const json_t *object, const char *path);
size_t js_count(const json_t *object,
                const char *path); /* elements of an array; one for a lone object; 0 for nothing */
json_t *js_nth(const json_t *object, const char *path, size_t i);
/* A number (or a string that looks like one) as decimal text of the arena; NULL: neither. */
const char *js_decimal(struct arena *a, const json_t *object, const char *path);
int64_t js_integer(const json_t *object, const char *path); /* 0 when not there */

#endif
