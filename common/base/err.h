/* err.h - an error says what to do next; a function that can fail takes one last and returns -1.
 *
 * An error is ours (design §6): it is never a finding about a claim nor a payer's acknowledgment.
 * Texts never hold patient data: name the place ("PID-7", "row 12") and the rule, never the value.
 */
#ifndef CC_BASE_ERR_H
#define CC_BASE_ERR_H

enum err_class {
    ERR_NONE = 0,
    ERR_RETRY,  /* Kafka, Redis, disk is away: the same call may work later */
    ERR_REJECT, /* this message is poison: to the dead letters, go on with the next */
    ERR_FATAL,  /* cannot start or go on: say so and stop */
    ERR_MAX
};

enum { ERR_TEXT_MAX = 256 };

struct err {
    enum err_class class;
    char code[32]; /* one word for metrics and dead letters: "protobuf", "schema", "size" */
    char text[ERR_TEXT_MAX]; /* one line for people */
};

/* Sets *e (which may be NULL) and returns -1, so that `return err_set(...)` reads well. */
int err_set(struct err *e, enum err_class class, const char *code, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* Puts "prefix: " before the text; keeps class and code. Returns -1. */
int err_prefix(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* "retry", "reject", "fatal", "none". */
const char *err_class_name(enum err_class class);

#endif
