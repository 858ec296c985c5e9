/* codes.c - formats and check digits */
#include "common/codes/codes.h"

#include <stdio.h>
#include <string.h>

/* is_digit - 0-9 */
static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* is_upper - A-Z */
static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* all_digits - n of them, then the end */
static bool all_digits(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!is_digit(s[i]))
            return false;
    return s[n] == '\0';
}

/* all_same - one character over and over */
static bool all_same(const char *s)
{
    return strspn(s, (char[]){s[0], '\0'}) == strlen(s);
}

/* npi_valid - Luhn with the constant 24 of the prefix 80840 */
bool npi_valid(const char *s)
{
    int sum = 24;

    if (!all_digits(s, 10) || (s[0] != '1' && s[0] != '2'))
        return false;
    for (int i = 0; i < 9; i++) {
        int d = s[i] - '0';

        if (i % 2 == 0)
            d = d * 2 > 9 ? d * 2 - 9 : d * 2;
        sum += d;
    }
    return (sum + s[9] - '0') % 10 == 0;
}

/* icd10cm_form - letter, digit, then alphanumerics; 3 to 7. Fiscal year 2026 has the first category
 * whose second character is a letter and whose third is a digit: QA0 */
bool icd10cm_form(const char *s)
{
    size_t n = strlen(s);

    if (n < 3 || n > 7 || !is_upper(s[0]) ||
        !(is_digit(s[1]) || (is_upper(s[1]) && is_digit(s[2]))))
        return false;
    for (size_t i = 2; i < n; i++)
        if (!is_digit(s[i]) && !is_upper(s[i]))
            return false;
    return true;
}

/* icd10pcs_form - seven characters without I and O */
bool icd10pcs_form(const char *s)
{
    if (strlen(s) != 7)
        return false;
    for (; *s; s++)
        if (!is_digit(*s) && (!is_upper(*s) || *s == 'I' || *s == 'O'))
            return false;
    return true;
}

/* cpt_form - 99213, 0001F, 0042T, 0240U */
bool cpt_form(const char *s)
{
    return strlen(s) == 5 && strspn(s, "0123456789") >= 4 &&
           (is_digit(s[4]) || strchr("FTUAM", s[4]));
}

/* hcpcs2_form - J1100 */
bool hcpcs2_form(const char *s)
{
    return s[0] >= 'A' && s[0] <= 'V' && all_digits(s + 1, 4);
}

/* modifier_form - two characters */
bool modifier_form(const char *s)
{
    return strlen(s) == 2 && (is_digit(s[0]) || is_upper(s[0])) &&
           (is_digit(s[1]) || is_upper(s[1]));
}

/* revenue_form - four digits */
bool revenue_form(const char *s)
{
    return all_digits(s, 4) && s[0] <= '3';
}

/* taxonomy_form - ten, ending in X */
bool taxonomy_form(const char *s)
{
    if (strlen(s) != 10 || s[9] != 'X')
        return false;
    for (; *s; s++)
        if (!is_digit(*s) && !is_upper(*s))
            return false;
    return true;
}

/* zip_form - 5 or 9 digits that mean a place */
bool zip_form(const char *s)
{
    return (all_digits(s, 5) || (strlen(s) == 9 && all_digits(s, 9))) &&
           strncmp(s, "00000", 5) != 0 && strncmp(s, "99999", 5) != 0;
}

/* ein_form - nine digits, not a filler */
bool ein_form(const char *s)
{
    return strlen(s) == 9 && all_digits(s, 9) && !all_same(s);
}

/* mbi_form - C A N D A N D A A D D by position (CMS); letters without S L O I B Z */
bool mbi_form(const char *s)
{
    static const char pattern[] = "CANDANDAADD";

    if (strlen(s) != 11)
        return false;
    for (int i = 0; i < 11; i++) {
        bool letter = is_upper(s[i]) && !strchr("SLOIBZ", s[i]), digit = is_digit(s[i]);
        bool ok = pattern[i] == 'C'   ? digit && s[i] != '0'
                  : pattern[i] == 'A' ? letter
                  : pattern[i] == 'N' ? letter || digit
                                      : digit;

        if (i == 3 || i == 6)
            ok = digit;
        if (!ok)
            return false;
    }
    return true;
}

/* clia_form - 36D9999999 */
bool clia_form(const char *s)
{
    return strlen(s) == 10 && is_digit(s[0]) && is_digit(s[1]) && s[2] == 'D' &&
           all_digits(s + 3, 7);
}

/* ndc11_form - eleven digits */
bool ndc11_form(const char *s)
{
    return strlen(s) == 11 && all_digits(s, 11);
}

/* state_code - USPS */
bool state_code(const char *s)
{
    static const char states[] = " AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD "
                                 "MA MI MN MS MO MT NE NV NH NJ NM"
                                 " NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU "
                                 "MP PR VI FM MH PW AA AE AP ";
    const char word[] = {' ', s[0], s[0] ? s[1] : '\0', ' ', '\0'};

    return strlen(s) == 2 && strstr(states, word) != NULL;
}

/* code_plain - without dots and blanks, upper case */
bool code_plain(const char *s, char *out, size_t size)
{
    size_t n = 0;

    for (; *s; s++) {
        char c = *s >= 'a' && *s <= 'z' ? (char)(*s - 32) : *s;

        if (c == '.' || c == ' ')
            continue;
        if (n + 1 >= size)
            return false;
        out[n++] = c;
    }
    out[n] = '\0';
    return true;
}

/* icd10cm_display - with the dot behind the category */
const char *icd10cm_display(const char *plain, char *out)
{
    enum { CATEGORY = 3, LONGEST = 13 };
    size_t n = strlen(plain), all = n < LONGEST ? n : LONGEST;

    if (n <= CATEGORY)
        return memcpy(out, plain, n + 1);
    memcpy(out, plain, CATEGORY);
    out[CATEGORY] = '.';
    memcpy(out + CATEGORY + 1, plain + CATEGORY, all - CATEGORY);
    out[all + 1] = '\0';
    return out;
}

/* pad_part - one hyphenated part of an NDC, left-padded to its billing width */
static bool pad_part(const char *p, size_t n, size_t width, char *out)
{
    if (n == 0 || n > width || n + 1 < width)
        return false;
    memset(out, '0', width - n);
    memcpy(out + width - n, p, n);
    return true;
}

/* ndc_to_11 - exactly one part may be one digit short; without hyphens only eleven digits are
 * unambiguous */
bool ndc_to_11(const char *s, char out[12])
{
    const char *a = strchr(s, '-'), *b = a ? strchr(a + 1, '-') : NULL;
    char made[12] = "";
    size_t n = strlen(s);

    if (!a && ndc11_form(s)) {
        memcpy(out, s, 12);
        return true;
    }
    if (!b || n < 12 || n > 13 || !pad_part(s, (size_t)(a - s), 5, made) ||
        !pad_part(a + 1, (size_t)(b - a - 1), 4, made + 5) ||
        !pad_part(b + 1, strlen(b + 1), 2, made + 9))
        return false;
    if (!ndc11_form(made))
        return false;
    memcpy(out, made, 12);
    return true;
}
