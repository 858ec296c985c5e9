/* hold.c - how long a finished visit waits for late charges, by class and payer */
#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "services/coder/room.h"

enum { HOLD_ROWS_MAX = 64 };

struct hold_row {
    CcEncounterClass class;
    char payer[64]; /* "" = any */
    int64_t ms;
};

struct coder_hold {
    int64_t usual_ms;
    struct hold_row rows[HOLD_ROWS_MAX];
    size_t n;
};

/* add_row - "inpatient/00001", "345600000"; what is wrong with it, or NULL */
static const char *add_row(void *arg, char *key, char *value)
{
    struct coder_hold *h = arg;
    struct hold_row *row = &h->rows[h->n];
    char *payer = strchr(key, '/');
    int class;

    if (h->n == HOLD_ROWS_MAX)
        return "over 64 rows";
    if (payer)
        *payer++ = '\0';
    class = event_word_value(&cc_encounter_class__descriptor, key);
    if (class <= 0)
        return "a class that is none";
    row->class = (CcEncounterClass) class;
    if (!str_copy(row->payer, sizeof(row->payer), payer ? payer : ""))
        return "a payer id over 63 characters";
    if (!str_to_i64(value, &row->ms) || row->ms < 0)
        return "a time that is none";
    h->n++;
    return NULL;
}

/* hold_new - NULL: a bad setting */
struct coder_hold *hold_new(const struct conf *c, struct err *e)
{
    struct coder_hold *h = calloc(1, sizeof(*h));

    if (!h) {
        err_set(e, ERR_FATAL, "memory", "out of memory");
        return NULL;
    }
    h->usual_ms = conf_number(c, "BILL_HOLD_MS");
    if (conf_rows(c, "BILL_HOLD", "class[/payer]=milliseconds", add_row, h, e) == 0)
        return h;
    hold_free(h);
    return NULL;
}

/* hold_free - accepts NULL */
void hold_free(struct coder_hold *h)
{
    free(h);
}

/* hold_ms - the row of class and payer, else of the class, else the usual */
int64_t hold_ms(const struct coder_hold *h, CcEncounterClass class, const char *payer)
{
    int64_t ms = h->usual_ms;

    for (size_t i = 0; i < h->n; i++) {
        const struct hold_row *row = &h->rows[i];

        if (row->class != class)
            continue;
        if (row->payer[0] && strcmp(row->payer, payer) == 0)
            return row->ms;
        if (!row->payer[0])
            ms = row->ms;
    }
    return ms;
}
