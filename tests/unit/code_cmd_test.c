/* code_cmd_test.c - cleanclaim code NOTE: the shape of a line (cli.md), and the same bytes for a
 * note in any batch */
#include "tests/support/folder.h"
#include "tests/support/loading.h"
#include "tests/support/test.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/sys/file.h"
#include "services/cleanclaim/cmd.h"

static const char order[] =
    "00001 H65     0 Nonsuppurative otitis media                                  "
    "Nonsuppurative otitis media\n"
    "00002 H659    0 Unspecified nonsuppurative otitis media                      "
    "Unspecified nonsuppurative otitis media\n"
    "00003 H6590   1 Unspecified nonsuppurative otitis media, unspecified ear     "
    "Unspecified nonsuppurative otitis media, unspecified ear\n"
    "00004 H6591   1 Unspecified nonsuppurative otitis media, right ear           "
    "Unspecified nonsuppurative otitis media, right ear\n"
    "00005 J18     0 Pneumonia, unspecified organism                              "
    "Pneumonia, unspecified organism\n"
    "00006 J189    1 Pneumonia, unspecified organism                              "
    "Pneumonia, unspecified organism\n";

static const char tabular[] =
    "<ICD10CM.tabular><version>2026</version><chapter><name>10</name><desc>All</desc>"
    "<section id=\"H65-J18\"><desc>All</desc><diag><name>J18</name><desc>Pneumonia</desc></diag>"
    "</section></chapter></ICD10CM.tabular>\n";

static const char alphabet[] =
    "<ICD10CM.index><version>2026</version><title>INDEX</title><letter><title>P</title>"
    "<mainTerm><title>Pneumonia</title><code>J18.9</code></mainTerm>"
    "<mainTerm><title>Otitis, nonsuppurative</title><code>H65.9-</code></mainTerm>"
    "</letter></ICD10CM.index>\n";

/* One family: a kind of note each. */
static const char *const notes[][2] = {
    {"a.txt", "ASSESSMENT:\nNonsuppurative otitis. No pneumonia.\n"},
    {"b.html", "<p>Assessment:</p><p>Father: pneumonia</p>"},
    {"c.txt", "Possible pneumonia.\nNot seen by us before.\n"},
    {"d.txt", ""},
};
enum { NOTES = sizeof(notes) / sizeof(notes[0]) };

static char dir[200], tables[220], paths[NOTES][260];

/* write_tables - each edition as a file of the folder */
static void write_tables(void)
{
    struct loading l;
    const struct edition_info *i;
    struct err e = {0};

    loading_begin(&l, NULL);
    loading_add(&l, "icd10cm_order_2026.txt", order);
    loading_add(&l, "icd10cm_tabular_2026.xml", tabular);
    loading_add(&l, "icd10cm_index_2026.xml", alphabet);
    loading_publish(&l);
    assert_int_equal(file_make_dirs(tables, &e), 0);
    for (size_t k = 0; (i = tables_edition_at(l.tables, k)); k++) {
        struct snapshot_head h = {.table = i->table};
        char name[256];
        struct buf b;

        str_copy(h.edition, sizeof(h.edition), i->edition);
        snapshot_file_name(&h, i->sha256, name, sizeof(name));
        buf_init(&b);
        edition_write(i, &b);
        assert_int_equal(file_write(tables, name, b.data, b.len, &e), 0);
        buf_release(&b);
    }
    loading_end(&l);
}

/* begin - the folder with tables and notes */
static int begin(void **state)
{
    struct err e = {0};

    (void)state;
    folder_make(dir, sizeof(dir), "code");
    snprintf(tables, sizeof(tables), "%s/tabs", dir);
    write_tables();
    for (size_t i = 0; i < NOTES; i++) {
        snprintf(paths[i], sizeof(paths[i]), "%s/%s", dir, notes[i][0]);
        if (file_write(dir, notes[i][0], notes[i][1], strlen(notes[i][1]), &e) != 0)
            return -1;
    }
    return 0;
}

/* end - removes it */
static int end(void **state)
{
    (void)state;
    folder_remove(dir);
    return 0;
}

/* run - the command over notes by number; what it printed */
static void run(const size_t *which, size_t n, struct buf *out)
{
    char path[] = "/tmp/code_cmd_XXXXXX",
         *argv[8 + NOTES] = {(char[]){"code"},       (char[]){"--concepts"}, (char[]){"--on"},
                             (char[]){"2026-03-01"}, (char[]){"--tables"},   tables};
    const int file = mkstemp(path), keep = dup(1);
    struct err e = {0};

    for (size_t i = 0; i < n; i++)
        argv[6 + i] = paths[which[i]];
    fflush(stdout);
    dup2(file, 1);
    assert_int_equal(cmd_code((int)(6 + n), argv), 0);
    fflush(stdout);
    dup2(keep, 1);
    close(file);
    close(keep);
    buf_init(out);
    assert_int_equal(file_read(path, 1 << 20, out, &e), 0);
    unlink(path);
}

/* is - has an object a member of this kind? */
static json_t *is(json_t *o, const char *key, json_type type)
{
    json_t *v = json_object_get(o, key);

    if (!v || json_typeof(v) != type)
        fail_msg("%s: %s", key, v ? "of another kind" : "missing");
    return v;
}

/* check_code - one line of `coding` */
static void check_code(json_t *c, size_t bytes)
{
    static const char *const words[] = {"accepted", "review", "rejected"};
    const char *status = json_string_value(is(c, "status", JSON_STRING));
    json_t *evidence = is(c, "evidence", JSON_ARRAY), *ev, *other;
    size_t i, known = 0;

    for (i = 0; i < 3; i++)
        known += strcmp(status, words[i]) == 0;
    assert_int_equal(known, 1);
    assert_string_equal(json_string_value(is(c, "system", JSON_STRING)), "icd10cm");
    assert_string_equal(json_string_value(is(c, "origin", JSON_STRING)), "text");
    assert_int_equal(json_string_value(is(c, "code", JSON_STRING))[3], '.');
    assert_true(json_real_value(is(c, "confidence", JSON_REAL)) < 1.0);
    assert_true(json_array_size(is(c, "rules", JSON_ARRAY)) > 0);
    assert_true(json_array_size(evidence) > 0);
    json_array_foreach(evidence, i, ev)
    {
        json_int_t from = json_integer_value(is(ev, "start", JSON_INTEGER)),
                   to = json_integer_value(is(ev, "end", JSON_INTEGER));

        assert_true(from >= 0 && from < to && (size_t)to <= bytes);
        assert_string_equal(json_string_value(is(ev, "ref", JSON_STRING)), "note");
        is(ev, "text", JSON_STRING);
    }
    json_array_foreach(is(c, "alternatives", JSON_ARRAY), i, other)
    {
        is(other, "code", JSON_STRING);
        assert_string_equal(json_string_value(is(other, "missing", JSON_STRING)),
                            "side not documented");
    }
}

/* check_line - of one note */
static void check_line(json_t *o, size_t which)
{
    json_t *v, *review = is(o, "review", JSON_ARRAY);
    size_t i;

    assert_string_equal(json_string_value(is(o, "source", JSON_STRING)), paths[which]);
    assert_int_equal(json_string_value(is(o, "encounter", JSON_STRING))[0], 'E');
    assert_int_equal(json_array_size(is(o, "claims", JSON_ARRAY)), 0);
    assert_int_equal(json_array_size(is(o, "lines", JSON_ARRAY)), 0);
    is(o, "unexplained", JSON_ARRAY);
    json_array_foreach(is(o, "coding", JSON_ARRAY), i, v) check_code(v, strlen(notes[which][1]));
    json_array_foreach(review, i, v)
    {
        is(v, "reason", JSON_STRING);
        is(v, "question", JSON_STRING);
        assert_true(json_array_size(is(v, "options", JSON_ARRAY)) >= 2);
    }
    json_array_foreach(is(o, "concepts", JSON_ARRAY), i, v)
    {
        is(v, "start", JSON_INTEGER);
        is(v, "end", JSON_INTEGER);
        is(v, "text", JSON_STRING);
        is(v, "code", JSON_STRING);
        assert_true(json_is_boolean(json_object_get(v, "negated")));
        is(v, "temporality", JSON_STRING);
        is(v, "experiencer", JSON_STRING);
        is(v, "certainty", JSON_STRING);
    }
}

/* shape - every member of a line, of four kinds of note */
static void shape(void **state)
{
    static const size_t all[] = {0, 1, 2, 3};
    static const size_t coding[] = {2, 1, 1, 0}, concepts[] = {2, 1, 1, 0};
    struct buf b;
    char *at, *line;

    (void)state;
    run(all, NOTES, &b);
    at = b.data;
    for (size_t i = 0; i < NOTES; i++) {
        json_t *o = json_loads(line = strsep(&at, "\n"), 0, NULL);

        if (!o)
            fail_msg("%s", line);
        check_line(o, i);
        if (json_array_size(json_object_get(o, "coding")) != coding[i])
            fail_msg("%s", line);
        assert_int_equal(json_array_size(json_object_get(o, "concepts")), concepts[i]);
        json_decref(o);
    }
    buf_release(&b);
}

/* any_batch - alone, first, last, twice: a note's line is the same */
static void any_batch(void **state)
{
    static const size_t forth[] = {0, 1, 2, 0}, back[] = {2, 0, 1}, one[] = {0};
    struct buf b[3];
    size_t len;

    (void)state;
    run(forth, 4, &b[0]);
    run(back, 3, &b[1]);
    run(one, 1, &b[2]);
    len = b[2].len;
    assert_true(len > 100);
    assert_memory_equal(b[0].data, b[2].data, len);
    assert_memory_equal(b[0].data + b[0].len - len, b[2].data, len);
    assert_non_null(memmem(b[1].data, b[1].len, b[2].data, len));
    for (size_t i = 0; i < 3; i++)
        buf_release(&b[i]);
}

/* main - both */
int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(shape), cmocka_unit_test(any_batch)};

    return cmocka_run_group_tests(tests, begin, end);
}
