/* scenario.c - how a payer misbehaves, as lines "word value" of a file; '#' begins a remark */
#include <string.h>

#include "common/sys/file.h"
#include "services/sandbox/sandbox.h"

enum { LIMIT = 1 << 16, LINE = 80 };

/* A word of the file. */
struct word {
    const char *name;
    size_t offset;
    int64_t max;
};

/* clang-format off */
static const struct word words[] = {
    {"repeat",         offsetof(struct scenario, repeat),         9},
    {"no-999",         offsetof(struct scenario, no_999),         1},
    {"no-277ca",       offsetof(struct scenario, no_277ca),       1},
    {"no-835",         offsetof(struct scenario, no_835),         1},
    {"interest-cents", offsetof(struct scenario, interest_cents), 1000000},
    {"takeback-cents", offsetof(struct scenario, takeback_cents), 1000000},
    {"reverse-percent", offsetof(struct scenario, reverse_percent), 100},
};
/* clang-format on */

/* take - one line; false: no word of ours, or a value out of its bounds */
static bool take(const char *line, size_t n, struct scenario *out)
{
    char text[LINE], *blank;
    int64_t value;

    while (n && (line[n - 1] == ' ' || line[n - 1] == '\r'))
        n--;
    if (n == 0 || line[0] == '#')
        return true;
    if (n >= sizeof(text))
        return false;
    memcpy(text, line, n);
    text[n] = '\0';
    blank = strchr(text, ' ');
    if (!blank)
        return false;
    *blank = '\0';
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (strcmp(words[i].name, text) == 0 && str_to_i64(blank + 1, &value) && value >= 0 &&
            value <= words[i].max) {
            *(int64_t *)(void *)((char *)out + words[i].offset) = value;
            return true;
        }
    return false;
}

/* scenario_parse - see sandbox.h */
int scenario_parse(const char *text, size_t n, struct scenario *out, struct err *e)
{
    unsigned row = 1;

    memset(out, 0, sizeof(*out));
    for (size_t at = 0; at < n; row++) {
        const char *end = memchr(text + at, '\n', n - at);
        size_t length = end ? (size_t)(end - text) - at : n - at;

        if (!take(text + at, length, out))
            return err_set(e, ERR_FATAL, "setting",
                           "SANDBOX_SCENARIO: line %u: a word of the table and a number within its "
                           "bounds",
                           row);
        at += length + 1;
    }
    return 0;
}

/* scenario_read - see sandbox.h */
int scenario_read(const char *path, struct scenario *out, struct err *e)
{
    struct buf b;
    int r;

    buf_init(&b);
    r = file_read(path, LIMIT, &b, e);
    if (r == 0)
        r = scenario_parse(b.data ? b.data : "", b.len, out, e);
    buf_release(&b);
    return r;
}
