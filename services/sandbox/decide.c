/* decide.c - what becomes of a claim follows from the seed and the claim's number, never from
 * chance */
#include <string.h>

#include "common/sys/digest.h"
#include "services/sandbox/sandbox.h"

static const char *const fates[FATE_MAX] = {"paid", "reduced", "denied", "rejected"};

/* take_weight - one "word=number"; false: not one */
static bool take_weight(const char *p, size_t n, struct mix *out, unsigned *seen)
{
    const char *equals = memchr(p, '=', n);
    char number[8];
    int64_t value;

    if (!equals || (size_t)(p + n - equals) > sizeof(number))
        return false;
    memcpy(number, equals + 1, (size_t)(p + n - equals) - 1);
    number[(size_t)(p + n - equals) - 1] = '\0';
    for (unsigned f = 0; f < FATE_MAX; f++) {
        if (strlen(fates[f]) != (size_t)(equals - p) ||
            memcmp(fates[f], p, (size_t)(equals - p)) != 0)
            continue;
        if ((*seen >> f) & 1 || !str_to_i64(number, &value) || value < 0 || value > 1000)
            return false;
        *seen |= 1u << f;
        out->weight[f] = (unsigned)value;
        out->sum += (unsigned)value;
        return true;
    }
    return false;
}

/* mix_parse - words and weights */
int mix_parse(const char *text, struct mix *out, struct err *e)
{
    struct mix m = {0};
    unsigned seen = 0;

    for (const char *p = text; *p;) {
        size_t n = strcspn(p, ",");

        if (!take_weight(p, n, &m, &seen))
            return err_set(e, ERR_FATAL, "setting",
                           "SANDBOX_MIX: paid, reduced, denied, rejected, each once with a weight "
                           "from 0 to 1000");
        p += n + (p[n] == ',');
    }
    if (m.sum == 0)
        return err_set(e, ERR_FATAL, "setting", "SANDBOX_MIX: some weight must not be 0");
    *out = m;
    return 0;
}

/* sandbox_number - a number that only these three texts decide */
uint64_t sandbox_number(const char *seed, const char *claim_id, const char *what)
{
    char text[SANDBOX_KEY];
    int n = snprintf(text, sizeof(text), "%s|%s|%s", seed, claim_id, what);

    return digest_u64(text, (size_t)n < sizeof(text) ? (size_t)n : sizeof(text) - 1);
}

/* fate_of - by weight */
enum fate fate_of(const struct mix *m, const char *seed, const char *claim_id)
{
    unsigned at = (unsigned)(sandbox_number(seed, claim_id, "fate") % m->sum);

    for (int f = 0; f < FATE_MAX; f++) {
        if (at < m->weight[f])
            return (enum fate)f;
        at -= m->weight[f];
    }
    return FATE_PAID;
}

/* sandbox_chosen - see sandbox.h */
bool sandbox_chosen(const struct sandbox *s, const CcClaim *c, const char *what, int64_t percent)
{
    return percent > 0 && (int64_t)(sandbox_number(s->seed, c->claim_id, what) % 100) < percent;
}
