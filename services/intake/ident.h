/* ident.h - keys and ids: no identity can be read from them, and the same input always gives the
 * same.
 *
 * All are HMAC-SHA-256 with the site's secret over parts separated by byte 31 (design "Kafka").
 * Arena memory; NULL: over its limit. An empty number gives "". */
#ifndef CC_INTAKE_IDENT_H
#define CC_INTAKE_IDENT_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "services/intake/intake.h"

/* 16 lower-case hex digits from facility and medical record number. */
char *ident_patient_key(const struct intake_conf *conf, struct arena *a, const char *facility,
                        const char *mrn);

/* "E" and 16 upper-case hex digits from facility and visit number, or account where there is no
 * visit number. */
char *ident_encounter(const struct intake_conf *conf, struct arena *a, const char *facility,
                      const char *number);

/* 32 lower-case hex digits from format and the message's bytes (line ends folded: a CR, LF or CRLF
 * message has one id). */
char *ident_message(const struct intake_conf *conf, struct arena *a, const char *format,
                    const void *bytes, size_t n);
/* The same length, for event `index` of the message of that id (NULL gives NULL). */
char *ident_event(const struct intake_conf *conf, struct arena *a, const char *message,
                  size_t index);

#endif
