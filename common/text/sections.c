/* sections.c - the headers of a note */
#include "common/text/sections.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "common/text/lists.h"
#include "common/text/read.h"

enum { HEADER_WORDS = 6, HEADER_BYTES = 80 };

static const char *const names[SECTION_MAX] = {
    [SECTION_ASSESSMENT] = "assessment",
    [SECTION_COURSE] = "course",
    [SECTION_HPI] = "hpi",
    [SECTION_COMPLAINT] = "complaint",
    [SECTION_PMH] = "pmh",
    [SECTION_PSH] = "psh",
    [SECTION_PROBLEMS] = "problems",
    [SECTION_FAMILY] = "family",
    [SECTION_SOCIAL] = "social",
    [SECTION_ALLERGIES] = "allergies",
    [SECTION_MEDS] = "meds",
    [SECTION_ROS] = "ros",
    [SECTION_EXAM] = "exam",
    [SECTION_RESULTS] = "results",
    [SECTION_PROCEDURE] = "procedure",
    [SECTION_INSTRUCTIONS] = "instructions",
    [SECTION_SIGNATURE] = "signature",
};

struct header {
    struct span phrase;
    enum text_section section;
};

struct headers {
    struct header *row;
    size_t n;
};

/* section_by - its name in the list */
static enum text_section section_by(struct span name)
{
    for (int i = 1; i < SECTION_MAX; i++)
        if (span_is(name, names[i]))
            return (enum text_section)i;
    return SECTION_NONE;
}

/* read_headers - the list's rows */
static bool read_headers(struct arena *a, struct headers *h)
{
    struct span f[LIST_FIELDS];
    struct list_walk w;

    for (list_begin(LIST_SECTIONS, &w); list_next(&w, f);) {
        struct header *more = arena_grow(a, h->row, h->n, sizeof(*more));

        if (!more)
            return false;
        h->row = more;
        h->row[h->n++] = (struct header){f[0], section_by(f[1])};
    }
    return true;
}

/* begins_with - a header the words of a row, blanks and case apart; what follows is no letter */
static bool begins_with(struct span s, struct span phrase)
{
    size_t i = 0, k = 0;

    while (k < phrase.n) {
        if (i >= s.n || tolower((unsigned char)s.p[i]) != phrase.p[k])
            return false;
        k++;
        if (s.p[i++] == ' ')
            while (i < s.n && s.p[i] == ' ')
                i++;
    }
    return i == s.n || !isalnum((unsigned char)s.p[i]);
}

/* known - the section of the longest row that a header begins with; NONE: no such row */
static enum text_section known(const struct headers *h, struct span s)
{
    const struct header *best = NULL;

    for (size_t i = 0; i < h->n; i++)
        if ((!best || h->row[i].phrase.n > best->phrase.n) && begins_with(s, h->row[i].phrase))
            best = &h->row[i];
    return best ? best->section : SECTION_NONE;
}

/* at_line - does a sentence begin a line? blanks, bullets and numbers may stand before it */
static bool at_line(const struct reader *r, size_t at)
{
    while (at > 0 && strchr(" \t\r-*#.)0123456789", r->text[at - 1]))
        at--;
    return at == 0 || r->text[at - 1] == '\n';
}

/* header_at - the header that begins a line at a place; n 0: none */
static struct span header_at(const struct reader *r, size_t at)
{
    struct span s = {r->text + at, 0};
    size_t words = 0, small = 0, letters = 0;

    while (at + s.n < r->n && s.n <= HEADER_BYTES && !strchr(":\n\r", s.p[s.n])) {
        small += islower((unsigned char)s.p[s.n]) != 0;
        letters += isalpha((unsigned char)s.p[s.n]) != 0;
        words += s.p[s.n] == ' ';
        s.n++;
    }
    if (s.n > HEADER_BYTES || words >= HEADER_WORDS || !letters)
        s.n = 0;
    else if ((at + s.n >= r->n || s.p[s.n] != ':') && (small || letters < 2))
        s.n = 0;
    return s;
}

/* only_there - a section that does not go on behind an unknown header or an empty line */
static bool only_there(enum text_section s)
{
    return s == SECTION_FAMILY || s == SECTION_INSTRUCTIONS || s == SECTION_ALLERGIES;
}

/* is_capitals - no small letter in it */
static bool is_capitals(struct span s)
{
    for (size_t i = 0; i < s.n; i++)
        if (islower((unsigned char)s.p[i]))
            return false;
    return s.n > 0;
}

/* after_gap - an empty line stands before a place */
static bool after_gap(const struct reader *r, size_t at)
{
    size_t lines = 0;

    while (at > 0 && strchr(" \t\r\n", r->text[at - 1]))
        lines += r->text[--at] == '\n';
    return lines > 1;
}

/* drop_header - the words of a header name a part of the note, and nothing in it */
static void drop_header(struct sentence *s, size_t end)
{
    while (s->n && s->words[0].start < end) {
        s->words++;
        s->n--;
    }
}

/* sections_mark - see sections.h */
bool sections_mark(struct reader *r)
{
    struct headers h = {0};
    enum text_section now = SECTION_NONE;
    bool filled = false; /* something stands in the section already */

    if (!read_headers(r->a, &h))
        return false;
    for (size_t i = 0; i < r->n_sentences; i++) {
        struct sentence *s = &r->sentences[i];
        size_t at = s->words[0].start;
        struct span head = at_line(r, at) ? header_at(r, at) : (struct span){0};
        enum text_section found = head.n ? known(&h, head) : SECTION_NONE;

        if (found || (only_there(now) && (is_capitals(head) || (filled && after_gap(r, at)))))
            now = found;
        filled = !found || s->words[s->n - 1].start > at + head.n;
        s->section = (uint8_t)now;
        r->structured = r->structured || now == SECTION_ASSESSMENT;
        if (found)
            drop_header(s, at + head.n);
    }
    return true;
}
