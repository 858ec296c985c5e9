/* reader.h - an HL7 v2 message as segments, fields, repetitions, components, sub-components.
 *
 * The reader never refuses: it says what it saw. Spans point into the decoded text and are escaped
 * as they came; hl7_text, hl7_id and their like give unescaped text of the arena. Fields are
 * numbered as in the standard (MSH-1 is the separator), components and sub-components from 1,
 * repetitions from 0. What is not there is an empty span. */
#ifndef CC_INTAKE_HL7_READER_H
#define CC_INTAKE_HL7_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/arena.h"
#include "common/base/str.h"

struct hl7_delims {
    char field, component, repetition, escape, sub;
};

struct hl7_segment {
    char name[4]; /* "?": a line that is no segment */
    unsigned nth; /* of its name in the message, from 1 */
    struct span raw;
    struct span *fields; /* [0] is the name */
    size_t n_fields;
    bool envelope; /* FHS BHS BTS FTS */
    bool joined;   /* a line without name that was taken into the text of the segment before it */
};

struct hl7_message {
    struct arena *arena;
    struct hl7_delims delims;
    const char *charset; /* iconv's name of the set; NULL: not known */
    struct hl7_segment *segments;
    size_t n;
    size_t last;                   /* index of the last segment that is not joined to another */
    size_t last_separators;        /* field separators in it so far */
    const struct hl7_segment *msh; /* NULL: there is none */
    bool terminated;               /* the last segment ends with its terminator */
    bool partial; /* the last line, not terminated, is the beginning of a segment's name */
    bool separators_repaired; /* MSH-2 was malformed: the customary ones were taken */
};

/* Reads decoded text. false: over the arena's limit. */
bool hl7_read(struct hl7_message *m, struct arena *a, struct span text);

/* One line of raw text, as hl7_read and the stream cut them, BOMs and blanks in front left out.
 * false: at the end. Lines without anything in them are skipped. */
struct hl7_line {
    struct span text;
    bool terminated;
};
bool hl7_next_line(struct span text, size_t *at, struct hl7_line *out);
/* Is it a segment (three of [A-Z0-9], a letter first, then an ASCII sign or the end)? Copies the
 * name. */
bool hl7_is_segment(struct span line, char name[4]);
bool hl7_is_envelope(const char *name);

/* Elements. */
struct span hl7_field(const struct hl7_segment *s, unsigned field);
/* The next repetition of a field, from *at = 0; false: no more (an empty field has none). */
bool hl7_next_repetition(const struct hl7_message *m, struct span field, size_t *at,
                         struct span *out);
struct span hl7_repetition(const struct hl7_message *m, struct span field, size_t k);
struct span hl7_component(const struct hl7_message *m, struct span repetition, unsigned c);
struct span hl7_sub(const struct hl7_message *m, struct span component, unsigned s);
bool hl7_empty(struct span s);   /* nothing or blanks; `""` is not empty */
bool hl7_deleted(struct span s); /* `""` */

/* Unescaped, trimmed, without control characters; "" for nothing and for `""`; NULL: over the
 * arena's limit. */
char *hl7_text(const struct hl7_message *m, struct span s);
/* The first sub-component of it. */
char *hl7_id(const struct hl7_message *m, struct span component);
/* Component c of the first repetition of a field, as hl7_id. */
char *hl7_first(const struct hl7_message *m, const struct hl7_segment *s, unsigned field,
                unsigned c);
/* Appends unescaped text with its line breaks (CR and CRLF become LF). */
void hl7_add_text(const struct hl7_message *m, struct span s, struct buf *out);

#endif
