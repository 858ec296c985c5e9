/* hi.h - HI segments as rows of qualifiers; between the files seg_hi*.c only */
#ifndef CC_CLAIM_HI_H
#define CC_CLAIM_HI_H

#include "common/claim/guide.h"

/* A qualifier: which codes it carries, how many there may be. A row that joins goes on in the
 * segment of the row before it. */
struct hi {
    const char *qualifier, *old; /* `old`: the ICD-9 one */
    unsigned kinds, max;
    bool joins, required, poa;
    CcDiagnosisRole role;
    size_t (*count)(const struct put *p, const struct hi *h);
    void (*write)(struct put *p, const struct hi *h, size_t i);
    void (*read)(struct take *t, const struct hi *h, unsigned element);
};

/* Qualifier and code; the element stays open for more components. */
void hi_put_item(struct put *p, const char *qualifier, const char *code);
/* The element carries the row's ICD-9 qualifier; of rows that have one. */
bool hi_is_old(const struct take *t, const struct hi *h, unsigned element);

size_t hi_count_dx(const struct put *p, const struct hi *h);
void hi_write_dx(struct put *p, const struct hi *h, size_t i);
void hi_read_dx(struct take *t, const struct hi *h, unsigned element);
size_t hi_count_procedures(const struct put *p, const struct hi *h);
void hi_write_procedure(struct put *p, const struct hi *h, size_t i);
void hi_read_procedure(struct take *t, const struct hi *h, unsigned element);
size_t hi_count_spans(const struct put *p, const struct hi *h);
void hi_write_span(struct put *p, const struct hi *h, size_t i);
void hi_read_span(struct take *t, const struct hi *h, unsigned element);
size_t hi_count_occurrences(const struct put *p, const struct hi *h);
void hi_write_occurrence(struct put *p, const struct hi *h, size_t i);
void hi_read_occurrence(struct take *t, const struct hi *h, unsigned element);
size_t hi_count_values(const struct put *p, const struct hi *h);
void hi_write_value(struct put *p, const struct hi *h, size_t i);
void hi_read_value(struct take *t, const struct hi *h, unsigned element);
size_t hi_count_plain(const struct put *p, const struct hi *h);
void hi_write_plain(struct put *p, const struct hi *h, size_t i);
void hi_read_plain(struct take *t, const struct hi *h, unsigned element);

#endif
