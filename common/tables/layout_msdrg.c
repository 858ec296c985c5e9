/* layout_msdrg.c - the definitions of a version of the MS-DRG grouper, as seven tab-separated files
 * of one folder
 *
 * Diagnoses, procedures, exclusions, formulas, conditions of HACs, clusters, names. Lists inside a
 * cell are separated by one blank. Which version it is stands in the name of the folder or archive
 * ("v431", "msdrg_v43.1.zip"): the files themselves do not say. What the columns mean, and that the
 * formulas name only what is there, is checked when the version is whole (msdrg.c). */
#include "common/tables/layout.h"

#include <stdio.h>
#include <string.h>

#include "common/base/date.h"

/* Groups of rows that a file brings (draft.groups; plan.c finds them by the first key). */
enum {
    GROUP_CLUSTER = 1,
    GROUP_DX = 2,
    GROUP_EXCLUDE = 4,
    GROUP_FORMULA = 8,
    GROUP_HAC = 16,
    GROUP_NAME = 32,
    GROUP_PX = 64,
};
enum { FIELDS_MAX = 10 };

/* What a cell of a file may be. */
enum cell { END, SKIP, KEY, TEXT, LIST, NUMBER, CODE, CLUSTER_CODE };

/* A file: its first line, its first key, and for each field what it may be and the column it goes
 * to; NULL: it is part of the second key. */
struct file {
    const char *head, *list, *expect;
    unsigned group;
    size_t min; /* rows of a full file: at least */
    struct {
        enum cell cell;
        const char *column;
    } fields[FIELDS_MAX];
};

/* clang-format off */
static const struct file files[] = {
    {"# code\tmdc\tmdc_male\tmdc_female\tseverity\t", "DX",
     "diagnosis, three MDCs, severity, collection, three lists, HAC numbers", GROUP_DX, 60000,
     {{CODE, NULL}, {NUMBER, "mdc"}, {NUMBER, "mdc_male"}, {NUMBER, "mdc_female"}, {TEXT, "class"},
      {NUMBER, "collection"}, {LIST, "list"}, {LIST, "list"}, {LIST, "list"}, {SKIP, NULL}}},
    {"# code\tattributes", "PX", "procedure of seven characters or cluster Z@nnnn, attributes", GROUP_PX, 70000,
     {{CLUSTER_CODE, NULL}, {LIST, "list"}}},
    {"# collection\texcluded", "EXCLUDE", "number of a collection, codes", GROUP_EXCLUDE, 1500,
     {{KEY, NULL}, {LIST, "list"}}},
    {"# mdc\torder\trank\tbase_drg\t", "FORMULA",
     "mdc, order, rank, base DRG, DRG, surgical, reroute, severity, suppression, formula", GROUP_FORMULA, 700,
     {{KEY, NULL}, {KEY, NULL}, {NUMBER, "rank"}, {NUMBER, "base_drg"}, {NUMBER, "drg"}, {TEXT, "class"},
      {NUMBER, "reroute_mdc"}, {SKIP, NULL}, {LIST, "list"}, {TEXT, "text"}}},
    {"# hac\torder\tformula", "HAC", "HAC number, order, formula", GROUP_HAC, 14,
     {{KEY, NULL}, {KEY, NULL}, {TEXT, "text"}}},
    {"# cluster\tsuppressed_mdcs\tchoice\t", "CLUSTER", "cluster Z@nnnn, MDCs, choice, codes", GROUP_CLUSTER, 5000,
     {{CLUSTER_CODE, NULL}, {LIST, "mdcs"}, {KEY, NULL}, {LIST, "list"}}},
    {"# kind\tnumber\ttext", "NAME", "kind, number, text", GROUP_NAME, 1000,
     {{KEY, NULL}, {KEY, NULL}, {TEXT, "text"}}},
};
/* clang-format on */
enum { FILES = sizeof(files) / sizeof(files[0]) };

/* The columns of the kind (kind.c), in their order. */
static const char *const order[] = {"class", "mdc",      "mdc_male", "mdc_female",  "collection",
                                    "rank",  "base_drg", "drg",      "reroute_mdc", "mdcs",
                                    "list",  "line",     "text"};
enum { ORDER = sizeof(order) / sizeof(order[0]) };

/* file_of - by the first line */
static const struct file *file_of(const struct source *s)
{
    struct lines l = lines_of(s);
    struct span line;

    if (!lines_next(&l, &line))
        return NULL;
    for (size_t i = 0; i < FILES; i++)
        if (span_starts(line, files[i].head))
            return &files[i];
    return NULL;
}

/* msdrg_is - one of the seven */
bool msdrg_is(const struct source *s)
{
    return file_of(s) != NULL;
}

/* is_word - a letter or digit, part of a word */
static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* is_digit - 0 to 9 */
static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* version_at - v431, V43.1, v43_1 as a word: 431; 0: none begins here */
static int version_at(const char *p)
{
    const char *minor;

    if ((p[0] != 'v' && p[0] != 'V') || !is_digit(p[1]) || !is_digit(p[2]))
        return 0;
    minor = p + 3 + (p[3] == '.' || p[3] == '_');
    if (!is_digit(minor[0]) || is_word(minor[1]))
        return 0;
    return (p[1] - '0') * 100 + (p[2] - '0') * 10 + (minor[0] - '0');
}

/* version_of - the last one in the path; 0: none */
static int version_of(const char *path)
{
    int version = 0;

    for (const char *p = path; *p; p++) {
        int v = p == path || !is_word(p[-1]) ? version_at(p) : 0;

        version = v ? v : version;
    }
    return version;
}

/* msdrg_period - version 43 is fiscal year 2026; .0 serves from October, .1 from April, each half a
 * year */
int msdrg_period(const struct source *s, struct period *out, struct err *e)
{
    int version = version_of(s->name), year = 1983 + version / 10;

    if (!version)
        return err_set(e, ERR_REJECT, "year",
                       "no version in the name of folder or file (v431), or --name and --from");
    if (version % 10 > 1)
        return err_set(e, ERR_REJECT, "year",
                       "releases .0 and .1 begin in October and April: of another say --name and "
                       "--from");
    snprintf(out->edition, sizeof(out->edition), "v%d.%d", version / 10, version % 10);
    out->starts = version % 10 ? date_make(year, 4, 1) : date_make(year - 1, 10, 1);
    out->until = version % 10 ? date_make(year, 9, 30) : date_make(year, 3, 31);
    return 0;
}

/* is_cluster - Z@ and four digits */
static bool is_cluster(struct span s)
{
    return s.n == 6 && s.p[0] == 'Z' && s.p[1] == '@' && span_digits((struct span){s.p + 2, 4}, 4);
}

/* cell_fits - what stands there may stand there */
static bool cell_fits(enum cell cell, struct span s)
{
    switch (cell) {
    case KEY:
        return s.n > 0 && s.n <= 20;
    case NUMBER:
        return !s.n || (s.n <= 6 && span_digits(s, s.n));
    case CODE:
        return s.n >= 3 && s.n <= 7 && span_alnum(s, s.n);
    case CLUSTER_CODE:
        return is_cluster(s) || span_alnum(s, 7);
    default:
        return !memchr(s.p, ';', s.n);
    }
}

/* cut_fields - as many as the file has, each fitting; a file without a last empty cell is fine */
static bool cut_fields(const struct file *f, struct span line, struct span out[FIELDS_MAX])
{
    for (size_t i = 0; i < FIELDS_MAX && f->fields[i].cell != END; i++) {
        if (!line.p && f->fields[i].cell != LIST && f->fields[i].cell != SKIP)
            return false;
        out[i] = cut_tab(&line);
        if (!cell_fits(f->fields[i].cell, out[i]))
            return false;
    }
    return !line.p;
}

/* add_list - items with ";" between, behind what is there */
static void add_list(struct buf *b, struct span items)
{
    if (b->len && items.n)
        buf_add(b, ";", 1);
    for (size_t i = 0; i < items.n; i++)
        buf_add(b, items.p[i] == ' ' ? ";" : items.p + i, 1);
}

/* put_column - every field that goes there */
static void put_column(struct sheet *s, const struct file *f, const struct span *fields,
                       const char *column, struct buf *b)
{
    b->len = 0;
    for (size_t i = 0; i < FIELDS_MAX && f->fields[i].cell != END; i++) {
        if (!f->fields[i].column || strcmp(f->fields[i].column, column) != 0)
            continue;
        if (f->fields[i].cell == LIST)
            add_list(b, fields[i]);
        else
            buf_add(b, fields[i].p, fields[i].n);
    }
    sheet_cell(s, (struct span){b->len ? b->data : "", b->len});
}

/* put_row - the key, then the columns in the order of the kind */
static void put_row(struct sheet *s, const struct file *f, const struct span *fields, size_t number,
                    struct buf *b)
{
    char key[KEY_BYTES_MAX], line[24];
    size_t n = 0;

    for (size_t i = 0; i < FIELDS_MAX && f->fields[i].cell != END; i++)
        if (!f->fields[i].column && f->fields[i].cell != SKIP)
            n += (size_t)snprintf(key + n, sizeof(key) - n, "%s%.*s", n ? " " : "",
                                  (int)fields[i].n, fields[i].p);
    snprintf(line, sizeof(line), "%zu", number);
    if (!sheet_row(s, span_of(f->list), (struct span){key, n}, 0, 0))
        return;
    for (size_t i = 0; i < ORDER; i++) {
        if (strcmp(order[i], "line") != 0)
            put_column(s, f, fields, order[i], b);
        else
            sheet_text(s, f->group & (GROUP_FORMULA | GROUP_HAC) ? line : "");
    }
    sheet_end(s);
}

/* msdrg_parse - any of the seven */
int msdrg_parse(struct job *j, struct err *e)
{
    const struct file *f = file_of(j->src);
    struct sheet *s = job_sheet(j, TABLE_MSDRG);
    struct lines l = lines_of(j->src);
    struct span line, fields[FIELDS_MAX];
    struct buf b;
    int r = 0;

    if (!f)
        return bad_line(e, 1, j->layout->expect);
    j->groups = f->group;
    buf_init(&b);
    lines_next(&l, &line);
    while (r == 0 && lines_next(&l, &line)) {
        if (!span_trim(line).n || line.p[0] == '#')
            continue;
        if (!cut_fields(f, line, fields))
            r = bad_line(e, l.number, f->expect);
        else
            put_row(s, f, fields, l.number, &b);
        j->rows++;
    }
    s->failed = s->failed || b.failed;
    buf_release(&b);
    if (r == 0 && j->whole && j->rows < f->min)
        return err_set(e, ERR_REJECT, "count", "%zu rows where a full file has %zu or more",
                       j->rows, f->min);
    return r;
}
