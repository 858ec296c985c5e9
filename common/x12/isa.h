/* isa.h - the 106 bytes of an ISA. Inside this room only. */
#ifndef CC_X12_ISA_H
#define CC_X12_ISA_H

#include "common/x12/x12.h"

enum { ISA_SIZE = 106, ISA_TERMINATOR = 105 };
enum { ISA_LOOSE = 256 }; /* one of other widths is looked for in so many bytes */

bool is_word_byte(char c);

/* What is wrong with the 106 bytes at p, of which n are there; NULL: nothing. */
const char *isa_fault(const char *p, size_t n);

/* Delimiters of a whole ISA. */
void isa_delims(const char *p, struct x12_delims *out);

/* The sixteen elements of an ISA whose widths are wrong: how many bytes up to ISA16, and the
 * delimiters; 0: it cannot be divided. */
size_t isa_divide(const char *p, size_t n, struct x12_delims *out);

/* Its sixteen elements, by the separators alone: what ends a segment may stand in an ISA. n: bytes,
 * terminator included. */
void isa_split(const char *p, size_t n, struct x12_segment *out);

#endif
