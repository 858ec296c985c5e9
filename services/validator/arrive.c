/* arrive.c - claims of other systems, read from an 837 by the intake: they bring no route, no first
 * status, and may come twice */
#include "services/validator/job.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "common/claim/destination.h"
#include "common/sys/metric.h"

enum { HEX = 16, PRINT_DIGITS = 16, NAME = 96 };

/* came_as_claim - no coder made it */
static bool came_as_claim(const CcClaim *c)
{
    return c->source[0] && !c->encounter[0];
}

/* payer_row - of the destination, an alias followed once */
static bool payer_row(const struct job *j, struct table_row *row)
{
    const CcClaim *c = j->claim;
    const CcClaimCoverage *to = claim_destination(c);
    char key[NAME] = "", canonical[NAME];
    int32_t on = c->from_date;

    if (to)
        str_copy(key, sizeof(key), to->payer_id);
    if (!on && c->n_lines)
        on = c->lines[0]->from_date;
    str_upper(key);
    if (tables_find(svc_tables(j->x), TABLE_PAYERS, key, NULL, on, row) != LOOKUP_FOUND)
        return false;
    table_col_text(row, "canonical", canonical, sizeof(canonical));
    return !canonical[0] || strcmp(canonical, key) == 0 ||
           tables_find(svc_tables(j->x), TABLE_PAYERS, canonical, NULL, on, row) == LOOKUP_FOUND;
}

/* job_route - as the header has it */
void job_route(struct job *j)
{
    struct table_row row;
    char receiver[NAME];

    if (j->claim->receiver[0] || !payer_row(j, &row))
        return;
    j->claim->receiver = job_text(j, table_col_text(&row, "receiver", receiver, sizeof(receiver)));
}

/* same_print - of what is remembered and of the claim in hand */
static int same_print(struct job *j, bool *same, struct err *e)
{
    const char *print = validator_fingerprint(j->claim, j->a);
    char head[PRINT_DIGITS + 1] = "";

    if (!print)
        return job_no_memory(e);
    memcpy(head, print, strlen(print) < PRINT_DIGITS ? strlen(print) : PRINT_DIGITS);
    *same = strtoull(head, NULL, HEX) == j->own->fingerprint;
    return 0;
}

/* job_known - as the header has it */
int job_known(struct job *j, bool *known, struct err *e)
{
    *known = false;
    if (!came_as_claim(j->claim) || j->decision)
        return 0;
    if (j->own && j->own->version == j->claim->version && j->own->n_lines &&
        !j->own->held_version && same_print(j, known, e) != 0)
        return -1;
    if (!*known)
        return job_say_coded(j, e);
    metric_add(metric_get(METRIC_VALIDATOR_REPEATS, ""), 1);
    return 0;
}
