/* isa.c - the one segment of fixed width: is it whole, and what does it say separates what */
#include "common/x12/isa.h"

enum { ISA_REPETITION = 82, ISA_COMPONENT = 104 };
enum { ISA_ELEMENTS = 16, ISA_REPEATS = 11 };

/* Where the element separator stands in an ISA (billing §1.1). */
static const unsigned char isa_separators[] = {3,  6,  17, 20, 31, 34, 50,  53,
                                               69, 76, 81, 83, 89, 99, 101, 103};

/* is_word_byte - a letter or digit of ASCII */
bool is_word_byte(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* isa_fault - what is wrong with the 106 bytes at p, of which n are there; NULL: nothing */
const char *isa_fault(const char *p, size_t n)
{
    if (n < ISA_SIZE)
        return "ISA is cut, 106 bytes expected";
    if (is_word_byte(p[3]) || p[3] == ' ')
        return "ISA: byte 3 is no element separator";
    for (size_t i = 0; i < sizeof(isa_separators); i++)
        if (p[isa_separators[i]] != p[3])
            return "ISA is not 106 bytes: element separators are not where they belong";
    if (is_word_byte(p[ISA_COMPONENT]) || p[ISA_COMPONENT] == ' ')
        return "ISA16 is no component separator";
    if (is_word_byte(p[ISA_TERMINATOR]) || p[ISA_TERMINATOR] == ' ')
        return "ISA: byte 105 is no segment terminator";
    if (p[3] == p[ISA_COMPONENT] || p[3] == p[ISA_TERMINATOR] || p[3] == p[ISA_REPETITION] ||
        p[ISA_COMPONENT] == p[ISA_TERMINATOR] || p[ISA_REPETITION] == p[ISA_COMPONENT] ||
        p[ISA_REPETITION] == p[ISA_TERMINATOR])
        return "ISA: delimiters are not distinct";
    return NULL;
}

/* isa_delims - from a whole ISA at p */
void isa_delims(const char *p, struct x12_delims *out)
{
    out->element = p[3];
    out->repetition = is_word_byte(p[ISA_REPETITION]) ? '\0' : p[ISA_REPETITION];
    out->component = p[ISA_COMPONENT];
    out->segment = p[ISA_TERMINATOR];
}

/* isa_divide - the sixteen elements of an ISA whose widths are wrong; bytes up to ISA16, 0: it
 * cannot be divided */
size_t isa_divide(const char *p, size_t n, struct x12_delims *out)
{
    unsigned elements = 0;
    size_t i, start = 0;

    for (i = 3; i < n && i < ISA_LOOSE && elements < ISA_ELEMENTS; i++) {
        if (p[i] != p[3])
            continue;
        if (elements++ == ISA_REPEATS)
            out->repetition = i == start + 2 && !is_word_byte(p[i - 1]) ? p[i - 1] : '\0';
        start = i;
    }
    if (elements < ISA_ELEMENTS || n - i < 2 || is_word_byte(p[3]))
        return 0;
    out->element = p[3];
    out->component = p[i];
    out->segment = p[i + 1];
    if (is_word_byte(p[i]) || is_word_byte(p[i + 1]) || p[i] == p[3] || p[i + 1] == p[3] ||
        p[i] == p[i + 1])
        return 0;
    return i;
}

/* isa_split - see isa.h */
void isa_split(const char *p, size_t n, struct x12_segment *out)
{
    const char *start = p, *const last = p + n - 1;
    unsigned k = 0;

    for (const char *q = p; q <= last; q++) {
        if ((*q != p[3] || k == ISA_ELEMENTS) && q != last)
            continue;
        if (k == 0)
            out->id = (struct span){start, (size_t)(q - start)};
        else
            out->element[k] = (struct span){start, (size_t)(q - start)};
        start = q + 1;
        k++;
    }
    out->count = k - 1;
}
