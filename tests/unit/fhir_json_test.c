/* fhir_json_test.c - looks into JSON that somebody else wrote: whatever stands there, the answer is
 * a value or nothing */
#include "tests/support/test.h"

#include "services/intake/fhir/json.h"

#define LONG "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklm" /* 65 letters */

/* clang-format off */
static const struct {
    const char *json, *path, *text, *decimal; /* decimal NULL: none */
    size_t count;
    int64_t integer;
} rows[] = {
    {"{}",                            "a",            "",     NULL,     0, 0},
    {"{\"a\":null}",                  "a",            "",     NULL,     0, 0},
    {"{\"a\":\"x\"}",                 "a",            "x",    "x",      1, 0},
    {"{\"a\":\"x\"}",                 "a.b",          "",     NULL,     0, 0},
    {"{\"a\":\"x\"}",                 "a.0",          "x",    "x",      1, 0},
    {"{\"a\":\"x\"}",                 "a.1",          "",     NULL,     0, 0},
    {"{\"a\":[]}",                    "a",            "",     NULL,     0, 0},
    {"{\"a\":[]}",                    "a.0",          "",     NULL,     0, 0},
    {"{\"a\":[\"x\",\"y\"]}",         "a",            "",     NULL,     2, 0},
    {"{\"a\":[\"x\",\"y\"]}",         "a.1",          "y",    "y",      1, 0},
    {"{\"a\":[\"x\"]}",               "a.9999999",    "",     NULL,     0, 0},
    {"{\"a\":[{\"b\":\"x\"}]}",       "a.b",          "",     NULL,     0, 0},
    {"{\"a\":{\"b\":[{\"c\":7}]}}",   "a.b.0.c",      "",     "7",      1, 7},
    {"{\"a\":{\"b\":{\"c\":7}}}",     "a.b.0.c",      "",     "7",      1, 7},
    {"{\"a\":-1.25}",                 "a",            "",     "-1.25",  1, 0},
    {"{\"a\":0.1}",                   "a",            "",     "0.1",    1, 0},
    {"{\"a\":12345678901234567}",     "a",            "",     "12345678901234567", 1, 12345678901234567},
    {"{\"a\":true}",                  "a",            "",     NULL,     1, 0},
    {"{\"a\":{\"b\":1}}",             "a",            "",     NULL,     1, 0},
    {"{\"" LONG "\":\"x\"}",          LONG,           "",     NULL,     0, 0},
    {"[\"x\"]",                       "0",            "x",    "x",      1, 0},
    {"[\"x\"]",                       "a",            "",     NULL,     0, 0},
};
/* clang-format on */

/* looks - each way of looking at each row */
static void looks(void **state)
{
    struct arena *a = arena_new(1 << 16);

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        json_t *root = json_loads(rows[i].json, 0, NULL);
        const char *decimal = js_decimal(a, root, rows[i].path);

        assert_non_null(root);
        assert_string_equal(js_text(root, rows[i].path), rows[i].text);
        assert_int_equal(js_span(root, rows[i].path).n, strlen(rows[i].text));
        assert_int_equal(js_count(root, rows[i].path), rows[i].count);
        assert_int_equal(js_integer(root, rows[i].path), rows[i].integer);
        assert_string_equal(decimal ? decimal : "none", rows[i].decimal ? rows[i].decimal : "none");
        for (size_t k = 0; k < 3; k++)
            assert_int_equal(js_nth(root, rows[i].path, k) != NULL,
                             k < rows[i].count ||
                                 (k == 0 && json_is_null(js_path(root, rows[i].path))));
        json_decref(root);
    }
    assert_string_equal(js_text(NULL, "a"), "");
    assert_int_equal(js_count(NULL, "a.0"), 0);
    assert_null(js_nth(NULL, "a", 0));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(looks)};

    return cmocka_run_group_tests_name("fhir_json", tests, NULL, NULL);
}
