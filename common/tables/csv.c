/* csv.c - CSV records from memory */
#include "common/tables/csv.h"

#include <string.h>

/* csv_init - past a byte-order mark */
void csv_init(struct csv *c, const void *data, size_t n)
{
    memset(c, 0, sizeof(*c));
    c->p = data;
    c->end = c->p + n;
    c->at_line = 1;
    if (n >= 3 && memcmp(c->p, "\xEF\xBB\xBF", 3) == 0)
        c->p += 3;
}

/* csv_release - frees the scratch */
void csv_release(struct csv *c)
{
    buf_release(&c->scratch);
}

/* quoted - a cell from its first quote to its last, into the scratch; false: it never ends, or goes
 * on after */
static bool quoted(struct csv *c)
{
    for (c->p++; c->p < c->end; c->p++) {
        c->at_line += *c->p == '\n';
        if (*c->p != '"') {
            buf_addc(&c->scratch, *c->p);
        } else if (c->p + 1 < c->end && c->p[1] == '"') {
            buf_addc(&c->scratch, *c->p++);
        } else {
            c->p++;
            return c->p == c->end || *c->p == ',' || *c->p == '\n' || *c->p == '\r';
        }
    }
    return false;
}

/* bare - a cell without quotes around it */
static void bare(struct csv *c)
{
    const char *from = c->p;

    while (c->p < c->end && *c->p != ',' && *c->p != '\n')
        c->p++;
    buf_add(&c->scratch, from,
            (size_t)(c->p - from) -
                (c->p > from && c->p[-1] == '\r' && (c->p == c->end || *c->p == '\n')));
}

/* end_of_record - past CR LF; false: more cells follow */
static bool end_of_record(struct csv *c)
{
    if (c->p < c->end && *c->p == '\r' && (c->p + 1 == c->end || c->p[1] == '\n'))
        c->p++;
    if (c->p < c->end && *c->p == ',') {
        c->p++;
        return false;
    }
    if (c->p < c->end) {
        c->p++;
        c->at_line++;
    }
    return true;
}

/* record - cells as offsets into the scratch */
static int record(struct csv *c, size_t offsets[CSV_CELLS_MAX + 1], struct err *e)
{
    c->line = c->at_line;
    c->n = 0;
    buf_reset(&c->scratch);
    do {
        if (c->n == CSV_CELLS_MAX)
            return err_set(e, ERR_REJECT, "layout", "line %zu: over %d columns", c->line,
                           CSV_CELLS_MAX);
        offsets[c->n] = c->scratch.len;
        if (c->p < c->end && *c->p == '"') {
            if (!quoted(c))
                return err_set(e, ERR_REJECT, "layout", "line %zu: a quoted cell does not end",
                               c->line);
        } else {
            bare(c);
        }
        offsets[++c->n] = c->scratch.len;
    } while (!end_of_record(c));
    return c->scratch.failed ? err_set(e, ERR_RETRY, "memory", "out of memory") : 0;
}

/* csv_next - skips lines that hold nothing */
int csv_next(struct csv *c, struct err *e)
{
    size_t offsets[CSV_CELLS_MAX + 1];

    while (c->p < c->end) {
        if (record(c, offsets, e) != 0)
            return -1;
        if (offsets[c->n] == 0)
            continue;
        for (size_t i = 0; i < c->n; i++)
            c->cells[i] = (struct span){c->scratch.data + offsets[i], offsets[i + 1] - offsets[i]};
        return 1;
    }
    return 0;
}
