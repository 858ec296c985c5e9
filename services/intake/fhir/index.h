/* index.h - the entries of a Bundle under every name that a reference may call them by. All memory
 * is the arena's; names are borrowed from the tree. */
#ifndef CC_INTAKE_FHIR_INDEX_H
#define CC_INTAKE_FHIR_INDEX_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "common/base/arena.h"

struct fhir_index;

/* Room for so many resources and so many identifiers of theirs. NULL: over the arena's limit. */
struct fhir_index *fhir_index_new(struct arena *a, size_t resources, size_t identifiers);
/* Adds resource number `entry`; a name that another one has stays that one's. */
void fhir_index_add(struct fhir_index *x, struct arena *a, const json_t *resource, const char *url,
                    size_t entry);
/* Reference.reference (relative, absolute, urn:uuid, conditional by identifier, with or without a
 * version) to the number of its entry; SIZE_MAX: none of them. */
size_t fhir_index_find(const struct fhir_index *x, const char *reference);
/* The value that a conditional reference gives for an identifier of `system`: in
 * "Practitioner?identifier=SYSTEM|VALUE". False: it is no such reference. */
bool fhir_reference_identifier(const char *reference, const char *system, char *out, size_t size);

#endif
