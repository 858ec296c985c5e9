/* pattern.c - payers' member id patterns: nearly all are a row of classes and counts between ^ and
 * $, matched here in one pass; any other goes to the C library, which compiles it for each claim */
#include "services/validator/pattern.h"

#include <regex.h>
#include <stdlib.h>
#include <string.h>

enum { COUNT_MAX = 255, ATOMS_MAX = 16 };

struct atom {
    bool set[256];
    int least, most;
};

/* take_class - [A-Z0-9], a plain character; false: something else */
static bool take_class(const char **p, struct atom *a)
{
    const char *s = *p;

    memset(a->set, 0, sizeof(a->set));
    if (*s != '[') {
        if (!*s || strchr("\\^$.|?*+(){}]", *s))
            return false;
        a->set[(unsigned char)*s] = true;
        *p = s + 1;
        return true;
    }
    for (s++; *s && *s != ']'; s++) {
        unsigned char from = (unsigned char)*s, to = from;

        if (*s == '^' || *s == '[' || *s == '\\')
            return false;
        if (s[1] == '-' && s[2] && s[2] != ']') {
            to = (unsigned char)s[2];
            s += 2;
        }
        for (unsigned c = from; c <= to; c++)
            a->set[c] = true;
    }
    *p = s + 1;
    return *s == ']';
}

/* take_count - {3}, {6,10}, {2,}, +, *, ?; once where none stands; false: something else */
static bool take_count(const char **p, struct atom *a)
{
    char *end;

    a->least = **p == '*' || **p == '?' ? 0 : 1;
    a->most = **p == '*' || **p == '+' ? COUNT_MAX : 1;
    if (**p == '*' || **p == '?' || **p == '+') {
        (*p)++;
        return true;
    }
    if (**p != '{')
        return true;
    a->least = (int)strtol(*p + 1, &end, 10);
    a->most = a->least;
    if (*end == ',')
        a->most = end[1] == '}' ? COUNT_MAX : (int)strtol(end + 1, NULL, 10);
    end += strcspn(end, "}");
    *p = end + 1;
    return *end == '}' && a->least >= 0 && a->least <= a->most && a->most <= COUNT_MAX;
}

/* match - the atoms from here against the rest of the text; the longest count is tried first */
static bool match(const struct atom *a, size_t n, const char *text)
{
    int taken = 0;

    if (n == 0)
        return *text == '\0';
    while (taken < a->most && text[taken] && a->set[(unsigned char)text[taken]])
        taken++;
    for (; taken >= a->least; taken--)
        if (match(a + 1, n - 1, text + taken))
            return true;
    return false;
}

/* simple - matched here: 1 fits, 0 does not, -1: not such a pattern */
static int simple(const char *text, const char *p)
{
    struct atom atoms[ATOMS_MAX];
    size_t n = 0;

    if (*p++ != '^')
        return -1;
    while (*p && *p != '$') {
        if (n == sizeof(atoms) / sizeof(atoms[0]) || !take_class(&p, &atoms[n]) ||
            !take_count(&p, &atoms[n]))
            return -1;
        n++;
    }
    return strcmp(p, "$") == 0 ? match(atoms, n, text) : -1;
}

/* pattern_fits - the short way, or the library's */
bool pattern_fits(const char *text, const char *pattern)
{
    int answer = pattern[0] ? simple(text, pattern) : 1;
    regex_t re;
    bool fine;

    if (answer >= 0)
        return answer == 1;
    if (regcomp(&re, pattern, REG_EXTENDED | REG_NOSUB) != 0)
        return true;
    fine = regexec(&re, text, 0, NULL, 0) == 0;
    regfree(&re);
    return fine;
}
