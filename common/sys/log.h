/* log.h - one line an event on stderr, key=value or JSON; never patient data.
 *
 * Fields are typed, so that nobody formats a name into a sentence by habit. Text values are escaped
 * and cut at 200 bytes. The sink is the one allowed static of this room; lines of several threads
 * do not mix. */
#ifndef CC_SYS_LOG_H
#define CC_SYS_LOG_H

#include <stdint.h>

#include "common/base/err.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR, LOG_LEVEL_MAX };
enum log_format { LOG_KEY_VALUE, LOG_JSON };

struct log_field {
    const char *key; /* NULL ends a list */
    const char *text;
    int64_t number;
};

static inline struct log_field log_s(const char *key, const char *text)
{
    return (struct log_field){key, text ? text : "", 0};
}

static inline struct log_field log_i(const char *key, int64_t number)
{
    return (struct log_field){key, 0, number};
}

void log_open(const char *program, enum log_level least, enum log_format format);
void log_write(enum log_level level, const char *event, const struct log_field *fields);

/* log_event(LOG_INFO, "committed", log_i("records", n), log_s("topic", t)) */
#define log_event(level, event, ...)                                                               \
    log_write(level, event, (const struct log_field[]){__VA_ARGS__, {0, 0, 0}})

/* The event with class, code and text of an error. */
void log_err(enum log_level level, const char *event, const struct err *e);

#endif
