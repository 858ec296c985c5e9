/* reading.c - one file: which layout it has, which period, is it whole, then its rows */
#include <stdio.h>
#include <string.h>

#include "common/base/date.h"
#include "common/tables/canary.h"
#include "common/tables/layout.h"

/* wanted - --kind names a layout, or a table that it yields */
static bool wanted(const struct layout *y, const char *kind)
{
    if (!kind || strcmp(y->name, kind) == 0)
        return true;
    for (size_t i = 0; y->tables[i] != TABLE_MAX; i++)
        if (strcmp(table_name(y->tables[i]), kind) == 0)
            return true;
    return false;
}

/* by_hint - a file that is not what its name, or --kind, says: the layout refuses it with the line
 */
static const struct layout *by_hint(const struct source *s, const char *kind)
{
    for (const struct layout *y = layouts; y->name; y++)
        if (!y->ignore && wanted(y, kind) && (kind || (y->hint && name_has(s, y->hint))))
            return y;
    return NULL;
}

/* layout_find - by content; --kind settles what only a name would tell */
const struct layout *layout_find(const struct source *s, const char *kind)
{
    for (const struct layout *y = layouts; y->name; y++)
        if (y->is(s) && (y->ignore || wanted(y, kind)))
            return y;
    return by_hint(s, kind);
}

/* seed_reach - a seed table serves as far back as its kind of code goes, so that few small files do
 * for a demo */
static int32_t seed_reach(const struct job *j)
{
    static const enum table_id icd[] = {TABLE_ICD10CM, TABLE_ICD10CM_TABULAR, TABLE_ICD10PCS,
                                        TABLE_POA_EXEMPT};
    int32_t reach = 20000101;

    for (size_t i = 0; i < sizeof(icd) / sizeof(icd[0]); i++)
        if (j->layout->tables[0] == icd[i])
            reach = 20151001; /* ICD-10 began */
    return j->period.starts < reach ? j->period.starts : reach;
}

/* set_period - from the file, then from the options */
static int set_period(struct job *j, const struct load_options *o, struct err *e)
{
    struct err own = {0};
    int r = j->layout->period(j->src, &j->period, &own);

    if (r != 0 && !(o->from && o->edition)) {
        if (e)
            *e = own;
        return -1;
    }
    if (o->from)
        j->period.starts = o->from;
    if (o->to)
        j->period.until = o->to;
    if (!j->period.reach || o->from)
        j->period.reach = j->period.starts;
    if (j->seed && !o->from)
        j->period.reach = seed_reach(j);
    if (o->edition)
        str_copy(j->period.edition, sizeof(j->period.edition), o->edition);
    if (j->period.until && j->period.until < j->period.starts)
        return err_set(e, ERR_REJECT, "period", "the period ends before it begins");
    if (o->today && j->period.starts > date_add(o->today, 730))
        return err_set(e, ERR_REJECT, "year",
                       "the period begins over two years from now: a wrong year in the name?");
    return 0;
}

/* name_mce - the version is known by the last day: v43 serves to the end of fiscal year 2026 */
static void name_mce(struct job *j, const struct load_options *o)
{
    int version = 0;
    const char *at =
        memmem(j->src->data, j->src->n < 400 ? j->src->n : 400, "Medicare Code Editor ", 21);

    if (at && j->src->data + j->src->n - at > 23)
        version = (int)layout_number((struct span){at + 21, 2});
    if (version > 30 && version < 100)
        j->period.until = date_make(1983 + version, 9, 30);
    else if (j->period.until)
        version = j->period.until / 10000 + (j->period.until / 100 % 100 >= 10) - 1983;
    if (o->to)
        j->period.until = o->to;
    if (!o->edition && version > 0)
        snprintf(j->period.edition, sizeof(j->period.edition), "v%d", version);
}

/* check_end - a file that stops inside a line was cut */
static int check_end(const struct job *j, struct err *e)
{
    struct lines l = lines_of(j->src);
    struct span line;

    if (!j->layout->ends_with_line || !j->src->n || j->src->data[j->src->n - 1] == '\n')
        return 0;
    while (lines_next(&l, &line))
        ;
    return err_set(e, ERR_REJECT, "cut", "line %zu: expected a line end: the file was cut",
                   l.number);
}

/* is_itself - the content is of the layout, not only the name; the two NCCI settings differ in the
 * name alone */
static bool is_itself(const struct job *j, const struct load_options *o)
{
    return j->layout->is(j->src) || (o->kind && j->layout->parse == ptp_parse);
}

/* job_read - one file through its layout */
int job_read(struct job *j, const struct load_options *o, struct err *e)
{
    if (set_period(j, o, e) != 0 || check_end(j, e) != 0 || j->layout->parse(j, e) != 0)
        return -1;
    if (!is_itself(j, o))
        return bad_line(e, 1, j->layout->expect);
    if (j->layout->tables[0] == TABLE_MCE)
        name_mce(j, o);
    if (!j->rows)
        return err_set(e, ERR_REJECT, "count", "no row: expected %s", j->layout->expect);
    return canary_check(j, e);
}
