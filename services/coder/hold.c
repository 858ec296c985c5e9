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

/* refuse - the setting's row by name */
static int refuse(const char *why, struct err *e)
{
    return err_set(e, ERR_FATAL, "setting",
                   "BILL_HOLD: %s; wanted class[/payer]=milliseconds, blank separated", why);
}

/* parse_row - "inpatient/00001=345600000" */
static int parse_row(struct hold_row *row, char *word, struct err *e)
{
    char *value = strchr(word, '='), *payer;
    int class;

    if (!value)
        return refuse("a row without =", e);
    *value++ = '\0';
    payer = strchr(word, '/');
    if (payer)
        *payer++ = '\0';
    class = event_word_value(&cc_encounter_class__descriptor, word);
    if (class <= 0)
        return refuse("a class that is none", e);
    row->class = (CcEncounterClass) class;
    if (!str_copy(row->payer, sizeof(row->payer), payer ? payer : ""))
        return refuse("a payer id over 63 characters", e);
    if (!str_to_i64(value, &row->ms) || row->ms < 0)
        return refuse("a time that is none", e);
    return 0;
}

/* parse - all rows */
static int parse(struct coder_hold *h, char *text, struct err *e)
{
    char *word, *next = text;

    while ((word = strsep(&next, " \t"))) {
        if (!*word)
            continue;
        if (h->n == HOLD_ROWS_MAX)
            return refuse("over 64 rows", e);
        if (parse_row(&h->rows[h->n++], word, e) != 0)
            return -1;
    }
    return 0;
}

/* fill - from the settings */
static int fill(struct coder_hold *h, const struct conf *c, struct err *e)
{
    char *text = strdup(conf_text(c, "BILL_HOLD"));
    int r;

    if (!text)
        return err_set(e, ERR_FATAL, "memory", "out of memory");
    h->usual_ms = conf_number(c, "BILL_HOLD_MS");
    r = parse(h, text, e);
    free(text);
    return r;
}

/* hold_new - NULL: a bad setting */
struct coder_hold *hold_new(const struct conf *c, struct err *e)
{
    struct coder_hold *h = calloc(1, sizeof(*h));

    if (!h) {
        err_set(e, ERR_FATAL, "memory", "out of memory");
        return NULL;
    }
    if (fill(h, c, e) == 0)
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
