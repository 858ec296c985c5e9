/* log.c - one write a line */
#include "common/sys/log.h"

#include <pthread.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/sys/clock.h"

enum { TEXT_MAX = 200 };

static struct {
    char program[32];
    enum log_level least;
    enum log_format format;
} sink = {"cleanclaim", LOG_INFO, LOG_KEY_VALUE};

static const char *const level_names[LOG_LEVEL_MAX] = {"debug", "info", "warn", "error"};

/* log_open - name, threshold and form, once at start */
void log_open(const char *program, enum log_level least, enum log_format format)
{
    str_copy(sink.program, sizeof(sink.program), program);
    sink.least = least;
    sink.format = format;
}

/* add_quoted - a JSON string, cut at TEXT_MAX bytes */
static void add_quoted(struct buf *b, const char *s)
{
    buf_addc(b, '"');
    for (int n = 0; *s && n < TEXT_MAX; s++, n++) {
        unsigned char c = (unsigned char)*s;

        if (c == '"' || c == '\\')
            buf_addf(b, "\\%c", c);
        else if (c < 0x20 || c == 0x7f)
            buf_addf(b, "\\u%04x", c);
        else
            buf_addc(b, (char)c);
    }
    buf_addc(b, '"');
}

/* add_field - key and value in the sink's form */
static void add_field(struct buf *b, const char *key, const char *text, int64_t number)
{
    if (sink.format == LOG_JSON)
        buf_addf(b, "%s\"%s\":", b->len > 1 ? "," : "", key);
    else
        buf_addf(b, "%s%s=", b->len ? " " : "", key);
    if (!text)
        buf_addf(b, "%lld", (long long)number);
    else if (sink.format == LOG_JSON || text[strcspn(text, " \"=\\\n\r\t")] != '\0' || !*text)
        add_quoted(b, text);
    else
        buf_addf(b, "%.*s", TEXT_MAX, text);
}

/* log_write - the line, in one write call so that threads do not mix */
void log_write(enum log_level level, const char *event, const struct log_field *fields)
{
    char at[TIME_TEXT];
    struct buf b;

    if (level < sink.least)
        return;
    buf_init(&b);
    if (sink.format == LOG_JSON)
        buf_addc(&b, '{');
    add_field(&b, "at", time_text(clock_ms(), at), 0);
    add_field(&b, "level", level_names[level], 0);
    add_field(&b, "program", sink.program, 0);
    add_field(&b, "event", event, 0);
    for (; fields->key; fields++)
        add_field(&b, fields->key, fields->text, fields->number);
    buf_adds(&b, sink.format == LOG_JSON ? "}\n" : "\n");
    if (!b.failed && write(STDERR_FILENO, b.data, b.len) < 0)
        buf_reset(&b); /* nobody reads: there is nothing better to do than go on */
    buf_release(&b);
}

/* log_err - an error's three parts */
void log_err(enum log_level level, const char *event, const struct err *e)
{
    log_event(level, event, log_s("class", err_class_name(e->class)), log_s("code", e->code),
              log_s("text", e->text));
}
