/* shelf.c - compiled indexes by the editions that they are made of */
#include "common/text/shelf.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "common/sys/digest.h"

enum { DESK_BYTES = 256 << 20 }; /* five megabytes of dense findings take about half of it */

/* What an index is made of. */
static const enum table_id made_of[] = {TABLE_ICD10CM,       TABLE_ICD10CM_TABULAR,
                                        TABLE_ICD10CM_INDEX, TABLE_ICD10CM_EINDEX,
                                        TABLE_ICD10CM_DRUG,  TABLE_ICD10CM_NEOPLASM};

struct place {
    char key[DIGEST_TEXT];
    struct text_index *index; /* NULL: empty */
    uint64_t used;
};

struct text_shelf {
    struct place place[SHELF_MAX];
    uint64_t turn;
    struct arena *desk;
};

/* text_shelf_new - see shelf.h */
struct text_shelf *text_shelf_new(void)
{
    struct text_shelf *s = calloc(1, sizeof(*s));

    if (s && (s->desk = arena_new(DESK_BYTES)))
        return s;
    free(s);
    return NULL;
}

/* text_shelf_free - see shelf.h */
void text_shelf_free(struct text_shelf *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < SHELF_MAX; i++)
        text_index_free(s->place[i].index);
    arena_free(s->desk);
    free(s);
}

/* text_shelf_desk - see shelf.h */
struct arena *text_shelf_desk(struct text_shelf *s)
{
    arena_reset(s->desk);
    return s->desk;
}

/* key_of - the digest of the editions' digests */
static void key_of(const struct tables *t, int32_t on, char key[DIGEST_TEXT])
{
    enum { N = sizeof(made_of) / sizeof(made_of[0]) };
    char all[N][DIGEST_TEXT] = {{0}};

    for (size_t i = 0; i < N; i++) {
        const struct edition_info *info = tables_edition(t, made_of[i], on);

        if (info)
            str_copy(all[i], DIGEST_TEXT, info->sha256);
    }
    digest_hex(all, sizeof(all), key);
}

/* oldest - the place to use next */
static struct place *oldest(struct text_shelf *s)
{
    struct place *best = &s->place[0];

    for (size_t i = 1; i < SHELF_MAX; i++)
        if (s->place[i].used < best->used)
            best = &s->place[i];
    return best;
}

/* text_shelf_index - see shelf.h */
const struct text_index *text_shelf_index(struct text_shelf *s, const struct tables *t, int32_t on,
                                          struct err *e)
{
    char key[DIGEST_TEXT];
    struct text_index *made;
    struct place *p;

    key_of(t, on, key);
    s->turn++;
    for (size_t i = 0; i < SHELF_MAX; i++)
        if (s->place[i].index && strcmp(s->place[i].key, key) == 0) {
            s->place[i].used = s->turn;
            return s->place[i].index;
        }
    made = text_index_new(t, on, e);
    if (!made)
        return NULL;
    p = oldest(s);
    text_index_free(p->index);
    *p = (struct place){.index = made, .used = s->turn};
    str_copy(p->key, sizeof(p->key), key);
    return made;
}
