/* charset.h - bytes of a message in the character set it names, as UTF-8 */
#ifndef CC_INTAKE_HL7_CHARSET_H
#define CC_INTAKE_HL7_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/arena.h"
#include "common/base/str.h"

/* HL7 table 0211 and what senders write instead, as a name that iconv knows; NULL: no row. MSH-18
 * may repeat: the first repetition is the set of the text. */
const char *charset_name(struct span name);

/* How a text was read. */
enum charset_result {
    CHARSET_AS_SAID,
    CHARSET_IS_UTF8,  /* not what was said, but UTF-8 all through */
    CHARSET_NOT_UTF8, /* what was said, though it stands behind the BOM of UTF-8 */
    CHARSET_DAMAGED   /* some bytes are no character of the set: U+FFFD stands for each */
};

/* `name` as charset_name gives it; NULL: unknown, ASCII and UTF-8 are tried. *out points into `in`
 * where nothing had to be changed, else into the arena. Over the arena's limit, or without memory
 * beside it, *out is empty and the arena exhausted. */
enum charset_result charset_decode(struct arena *a, const char *name, struct span in,
                                   struct span *out);

/* The same of text behind a BOM (in front of it, or of the file that it is joined to), or once
 * UTF-16: the set that was said does not count where the bytes are UTF-8, since programs that store
 * a message as such leave MSH-18 as it was. */
enum charset_result charset_decode_marked(struct arena *a, const char *name, struct span in,
                                          struct span *out);

/* Does it begin with the BOM of UTF-8? */
bool charset_bom(struct span in);

/* The byte order of UTF-16 text that starts with a BOM or with "MSH", "FHS", "BHS": "UTF-16LE",
 * "UTF-16BE", or NULL. */
const char *charset_utf16(struct span in);
/* All of it (of one that has a byte order) as UTF-8 in plain memory; damaged units become U+FFFD.
 */
void charset_from_utf16(const char *name, struct span in, struct buf *out);

#endif
