/* cell.c - bytes of any file as the text of a cell */
#include "common/tables/sheet.h"

/* from_cp1252 - one byte of Windows-1252 as UTF-8 */
static void from_cp1252(struct buf *out, unsigned char c)
{
    static const unsigned short high[32] = {
        0x20AC, 0x20,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x20,   0x017D, 0x20,   0x20,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x20,   0x017E, 0x0178};
    unsigned u = c >= 0x80 && c < 0xA0 ? high[c - 0x80] : c;

    if (u < 0x80) {
        buf_addc(out, (char)u);
    } else if (u < 0x800) {
        buf_addc(out, (char)(0xC0 | (u >> 6)));
        buf_addc(out, (char)(0x80 | (u & 0x3F)));
    } else {
        buf_addc(out, (char)(0xE0 | (u >> 12)));
        buf_addc(out, (char)(0x80 | ((u >> 6) & 0x3F)));
        buf_addc(out, (char)(0x80 | (u & 0x3F)));
    }
}

/* is_plain - printable ASCII only: the common case, copied whole */
static bool is_plain(struct span t)
{
    for (size_t i = 0; i < t.n; i++)
        if ((unsigned char)t.p[i] < 0x20 || (unsigned char)t.p[i] > 0x7E)
            return false;
    return true;
}

/* cell_clean - blanks for control characters, UTF-8 whatever came */
void cell_clean(struct buf *out, struct span t)
{
    bool utf8;

    t = span_trim(t);
    if (is_plain(t)) {
        buf_add(out, t.p, t.n);
        return;
    }
    utf8 = utf8_valid(t.p, t.n);
    for (size_t i = 0; i < t.n; i++) {
        unsigned char c = (unsigned char)t.p[i];

        if (c < 0x20 || c == 0x7F)
            buf_addc(out, ' ');
        else if (utf8)
            buf_addc(out, (char)c);
        else
            from_cp1252(out, c);
    }
}
