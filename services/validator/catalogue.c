/* catalogue.c - the edits as people and the command see them */
#include "services/validator/edit.h"

#include <string.h>

#include "common/base/str.h"

/* kinds_text - as a list with commas */
static const char *kinds_text(unsigned kinds)
{
    static const char *const texts[KIND_ALL + 1] = {
        "",
        "professional",
        "inpatient",
        "professional,inpatient",
        "outpatient",
        "professional,outpatient",
        "inpatient,outpatient",
        "professional,inpatient,outpatient",
    };

    return texts[kinds & KIND_ALL];
}

/* names_of - the tables' names with commas */
static void names_of(const struct edit *row, char *out, size_t size)
{
    struct buf b;

    buf_init(&b);
    for (int i = 0; i < EDIT_TABLES && row->tables[i].on != ON_NOTHING; i++)
        buf_addf(&b, "%s%s", i ? "," : "", table_name(row->tables[i].table));
    str_copy(out, size, b.data && !b.failed ? b.data : "");
    buf_release(&b);
}

/* validator_edit_at - a row of the list */
bool validator_edit_at(size_t i, struct validator_edit *out)
{
    const struct edit *row = edit_list;

    while (row->id && i--)
        row++;
    if (!row->id)
        return false;
    *out = (struct validator_edit){
        .id = row->id,
        .severity = row->severity,
        .snip = row->snip,
        .kinds = kinds_text(row->kinds),
        .authority = row->authority,
        .valid_from = row->valid_from,
        .valid_to = row->valid_to,
        .same_as = row->same_as ? row->same_as : "",
        .summary = row->summary,
        .fix = row->fix,
    };
    names_of(row, out->tables, sizeof(out->tables));
    return true;
}

/* validator_edit_find - by id */
bool validator_edit_find(const char *id, struct validator_edit *out)
{
    for (size_t i = 0; validator_edit_at(i, out); i++)
        if (strcmp(out->id, id) == 0)
            return true;
    return false;
}
