/* scenario.c - how a payer behaves, as lines "word value" of a file; '#' begins a remark */
#include <string.h>

#include "common/sys/file.h"
#include "services/sandbox/sandbox.h"

enum { LIMIT = 1 << 16, LINE = 80, MOMENT_MAX = 86400000 };

/* clang-format off */
const struct scenario_word scenario_words[] = {
    {"paid",            offsetof(struct scenario, share[FATE_PAID]),     1000,       "with the next three: shares of the claims, instead of SANDBOX_MIX"},
    {"reduced",         offsetof(struct scenario, share[FATE_REDUCED]),  1000,       "one line is refused, or half of the only one"},
    {"denied",          offsetof(struct scenario, share[FATE_DENIED]),   1000,       "all lines are refused, nothing is paid"},
    {"rejected",        offsetof(struct scenario, share[FATE_REJECTED]), 1000,       "rejected by the 277CA"},
    {"ack-after-ms",    offsetof(struct scenario, ack_after_ms),         MOMENT_MAX, "time to the 277CA, instead of SANDBOX_ACK_AFTER_MS; 0: that one"},
    {"pay-after-ms",    offsetof(struct scenario, pay_after_ms),         MOMENT_MAX, "time to the 835, instead of SANDBOX_PAY_AFTER_MS; 0: that one"},
    {"repeat",          offsetof(struct scenario, repeat),               9,          "every answer comes so many times more, under other names"},
    {"no-999",          offsetof(struct scenario, no_999),               1,          "1: neither TA1 nor 999 comes"},
    {"no-277ca",        offsetof(struct scenario, no_277ca),             1,          "1: no 277CA comes"},
    {"no-835",          offsetof(struct scenario, no_835),               1,          "1: no 835 comes"},
    {"out-of-order",    offsetof(struct scenario, out_of_order),         1,          "1: the 835 comes first, then the 277CA, then TA1 and 999"},
    {"together",        offsetof(struct scenario, together),             2,          "1: all that is due comes in one file, an interchange each; 2: as the groups of one interchange"},
    {"refuse-set",      offsetof(struct scenario, refuse_set),           9999,       "this set of an interchange is refused by the 999 (IK3 and IK4 blame its first claim; AK9 P where others are accepted)"},
    {"note-sets",       offsetof(struct scenario, note_sets),            1,          "1: sets are accepted with errors noted (IK5 and AK9 E)"},
    {"reject-percent",  offsetof(struct scenario, reject_percent),       100,        "claims that the 277CA rejects"},
    {"reject-provider", offsetof(struct scenario, reject_provider),      1,          "1: the 277CA rejects the first provider of each set, with all of its claims"},
    {"reject-batch",    offsetof(struct scenario, reject_batch),         1,          "1: the 277CA rejects each set as a whole"},
    {"interest-cents",  offsetof(struct scenario, interest_cents),       1000000,    "interest in each payment (PLB L6)"},
    {"takeback-cents",  offsetof(struct scenario, takeback_cents),       1000000,    "taken from each payment for a claim that was paid before (PLB WO)"},
    {"reverse-percent", offsetof(struct scenario, reverse_percent),      100,        "claims that are paid, taken back and decided anew in one payment"},
    {"reverse-later",   offsetof(struct scenario, reverse_later),        1,          "1: taken back and decided anew in a payment that comes later"},
    {"forward-percent", offsetof(struct scenario, forward_percent),      100,        "claims with a next payer and a share left to it: forwarded (CLP02 19, NM1 TT); the next payer's 835 comes by itself, later"},
    {"zero-percent",    offsetof(struct scenario, zero_percent),         100,        "claims of which all that is allowed is the patient's deductible"},
    {"bundle-percent",  offsetof(struct scenario, bundle_percent),       100,        "claims whose second line is paid with the first (SVC06, CO 97, OA 94)"},
    {"split-percent",   offsetof(struct scenario, split_percent),        100,        "claims whose first line comes back as two of its number"},
    {"no-modifiers",    offsetof(struct scenario, no_modifiers),         1,          "1: lines come back without their modifiers"},
    {"no-line-numbers", offsetof(struct scenario, no_line_numbers),      1,          "1: lines come back without their number (REF 6R)"},
    {NULL, 0, 0, NULL},
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
    for (const struct scenario_word *w = scenario_words; w->name; w++)
        if (strcmp(w->name, text) == 0 && str_to_i64(blank + 1, &value) && value >= 0 &&
            value <= w->max) {
            *(int64_t *)(void *)((char *)out + w->offset) = value;
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

/* scenario_apply - see sandbox.h */
void scenario_apply(struct sandbox *s)
{
    const struct scenario *from = &s->scenario;
    struct mix m = {0};

    for (int f = 0; f < FATE_MAX; f++) {
        m.weight[f] = (unsigned)from->share[f];
        m.sum += m.weight[f];
    }
    if (m.sum)
        s->mix = m;
    if (from->ack_after_ms)
        s->ack_after_ms = from->ack_after_ms;
    if (from->pay_after_ms)
        s->pay_after_ms = from->pay_after_ms;
}
